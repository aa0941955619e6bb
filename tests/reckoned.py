"""Cases for the arithmetic: rules and sheets as JSON, and what they come to by our own. Any number of them, too."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import msgspec

from app.meeting import events as e
from app.meeting.composites.agreed import Composite
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import (
    FIRST_RECKONING,
    RECKONING,
    GradeLine,
    Group,
    LevelRule,
    Mode,
    Plan,
    Preset,
    QuorumBy,
    RoundAt,
    Rules,
    Seat,
    TrimOf,
    Unit,
)
from app.meeting.polls.state import Poll
from app.meeting.results.state import TieRuling
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.composite import composites_of, points_of
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.sheets.state import Sheet, SheetVersion, Standing
from app.store import log
from tests.meetings import NOON, OVERALL, small_plan

PARTS = ("mode", "units", "seats", "criteria", "rules", "groups", "composite")
"""Of a plan: what decides a result."""

Said = dict[str, Any]

GRADES = (GradeLine(Decimal(90), "excellent"), GradeLine(Decimal(80), "good"), GradeLine(Decimal(70), "fair"))
WEIGHTS = {Preset.EXPERT: Decimal("0.5"), Preset.DEPUTY: Decimal("0.3"), Preset.CPPCC: Decimal("0.2")}


# --- a case, and what it comes to -------------------------------------------------------------------------------------


def said_of(plan: Plan) -> Said:
    """The parts of a plan as the log has them."""
    said = json.loads(log._encode(plan))
    return {part: said[part] for part in PARTS}


def plan_of(said: Said) -> Plan:
    kinds = {"units": tuple[Unit, ...], "seats": tuple[Seat, ...], "criteria": tuple[Criterion, ...]}
    kinds |= {"rules": Rules, "groups": tuple[Group, ...], "mode": Mode, "composite": Composite}
    return replace(small_plan(), **{part: msgspec.convert(said[part], kinds[part]) for part in PARTS})


def case(says: str, plan: Plan, sheets: Mapping[str, Any], unit: str = "water", reckoning: int = RECKONING) -> Said:
    """``sheets`` by seat: the marks of one that was submitted, or the standing of one that was not."""
    told = [
        {"seat": seat, "standing": "submitted", "marks": _marks(plan, given)}
        if isinstance(given, tuple)
        else {"seat": seat, "standing": given}
        for seat, given in sheets.items()
    ]
    return {"says": says, "plan": said_of(plan), "reckoning": reckoning, "unit": unit, "sheets": told}


def _marks(plan: Plan, given: tuple[Any, ...]) -> dict[str, str]:
    return {criterion.id: str(points) for criterion, points in zip(plan.criteria, given, strict=True)}


def round_of(said: Said, id: str = "") -> Round:
    sheets = {each["seat"]: _sheet(each) for each in said["sheets"]}
    return Round(id or f"report-{said['unit']}", said["unit"], NOON, NOON, sheets=sheets)


def _sheet(said: Said) -> Sheet:
    marks = {id: Decimal(points) for id, points in said.get("marks", {}).items()}
    versions = (SheetVersion(1, marks, NOON, ""),) if marks else ()
    return Sheet(said["seat"], Standing(said["standing"]), marks, versions)


def comes_to(said: Said) -> Said:
    """What a case comes to by our own arithmetic."""
    meeting = replace(Meeting.planned(plan_of(said["plan"])), reckoning=said["reckoning"])
    return told(result_of(meeting, round_of(said)))


def told(result: Result) -> Said:
    """What both programs say of a result; an exact number as a fraction."""
    turnout = {name: getattr(result.turnout, name) for name in (*result.turnout.__slots__, "entitled")}
    return {
        "outcome": str(result.outcome),
        "turnout": turnout,
        "score": None if result.score is None else str(result.score),
        "grade": result.grade,
        "approval": None if result.approval is None else str(result.approval),
        "untrimmed": None if result.untrimmed is None else fraction(result.untrimmed),
        "criteria": {each.criterion: str(each.shown) for each in result.criteria},
        "groups": {each.group: str(each.shown) for each in result.groups},
        "levels": {each.level.name: each.sheets for each in result.levels},
        "dropped": {each.seat: each.dropped for each in result.sheets if each.dropped},
        "dropped_marks": {each.seat: each.dropped_marks for each in result.sheets if each.dropped_marks},
    }


def fraction(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


def ranks_of(said: Said) -> list[list[Any]]:
    """Of a case of several rounds: rank, round, and what separated it from its equals."""
    meeting = Meeting.planned(plan_of(said["plan"]))
    rulings = tuple(TieRuling(tuple(rounds), "", "") for rounds in said["rulings"])
    meeting = replace(meeting, reckoning=RECKONING, rulings=rulings)
    results = [result_of(meeting, round_of(each, each["round"])) for each in said["rounds"]]
    return [[each.rank, each.result.round, each.broken_by] for each in ranking(meeting, results)]


def voted_of(said: Said) -> str | None:
    """Of a case of votes: the points of a part of the first unit, or none."""
    plan = plan_of(said["plan"])
    part = next(each for each in plan.composite.parts if each.id == said["part"])
    unit = plan.units[0]
    poll = Poll("poll", unit.id, 1, NOON, shown_at=NOON, tally={part.voice or "": said["tally"]})
    points = points_of(replace(Meeting.planned(plan), polls={poll.id: poll}), part, unit)
    return None if points is None else str(points)


def joined_of(said: Said) -> list[Said]:
    """Of a case of parts by their points: what is announced of every unit."""
    entered = [
        e.PartEntered(part, {unit: Decimal(each) for unit, each in points.items()}, "", NOON)
        for part, points in said["points"].items()
    ]
    meeting = fold(Meeting.planned(plan_of(said["plan"])), entered)
    found: list[Said] = json.loads(log._encode([each.as_announced for each in composites_of(meeting)]))
    return found


# --- and any number more ----------------------------------------------------------------------------------------------


def random_case(random: Random) -> Said:
    """A meeting with points or levels and whatever rules there may be, small enough for ties to be common."""
    seats = tuple(
        Seat(f"s{at}", f"S{at}", random.choice(("expert", "deputy", "cppcc"))) for at in range(random.randint(1, 12))
    )
    is_of_levels = random.random() < 0.2
    criteria = (OVERALL,) if is_of_levels else tuple(_criterion(random, at) for at in range(random.randint(1, 4)))
    plan = replace(
        small_plan(),
        seats=seats,
        criteria=criteria,
        rules=_rules(random),
        mode=Mode.LEVELS if is_of_levels else Mode.POINTS,
    )
    given = {seat.id: tuple(_mark(random, each) for each in criteria) for seat in seats if random.random() < 0.9}
    for seat in random.sample(sorted(given), len(given) // 6):
        given[seat] = random.choice(("abstained", "recused", "void", "draft"))  # type: ignore[assignment]
    return case("", plan, given, reckoning=random.choice((FIRST_RECKONING, RECKONING)))


def _criterion(random: Random, at: int) -> Criterion:
    weight = Decimal(random.choice(("1", "0.5", "0.35", "2", "0.333")))
    return Criterion(f"c{at}", f"C{at}", maximum=Decimal(10), minimum=Decimal(random.choice((0, -5))), weight=weight)


def _mark(random: Random, criterion: Criterion) -> str:
    if criterion.levels:
        return str(random.choice([level.points for level in criterion.levels]))
    return str(Decimal(random.randint(0, 20)) / 2 + (criterion.minimum if random.random() < 0.3 else 0))


def _rules(random: Random) -> Rules:
    high, low = random.randint(0, 2), random.randint(0, 2)
    return Rules(
        trim_high=high,
        trim_low=low,
        trim_from=high + low + random.randint(1, 4),
        trim_of=random.choice(list(TrimOf)),
        group_weights=WEIGHTS if random.random() < 0.4 else {},
        places=random.randint(0, 3),
        round_at=random.choice(list(RoundAt)),
        quorum=random.choice((Decimal("0.5"), Decimal("0.3"))),
        quorum_by=random.choice(list(QuorumBy)),
        grades=GRADES,
        level_rule=random.choice(list(LevelRule)),
    )
