"""The test vectors of the record, ``docs/record-vectors.json``, to which our arithmetic and verify.html's are held.

``python -m tests.vectors`` adds cases that the file does not have yet, as Kaimen reckons them now. Those that it has
stay as they are for ever: a program that comes to something else is wrong.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.plan import (
    FIRST_RECKONING,
    PRESETS,
    Group,
    LevelRule,
    Mode,
    Plan,
    QuorumBy,
    Receipts,
    RoundAt,
    Rules,
    TieBreak,
    TrimOf,
)
from app.meeting.polls.agreed import Counts, OwnChoice
from app.meeting.rubric import Criterion
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.turnout import quorum_of
from app.meeting.sealing import rule_seal, sealed_text
from app.meeting.sheets.deciding import receipt_of
from app.store import log
from tests.meetings import ANN, BEN, CAT, CLARITY, DAN, EFFECT, EVE, SEED, small_plan
from tests.polled import KEY, digest_of_lines, told_of
from tests.reckoned import GRADES, WEIGHTS, Said, case, comes_to, joined_of, plan_of, ranks_of, said_of, voted_of

FILE = Path(__file__).parents[1] / "docs" / "record-vectors.json"
# --- the cases --------------------------------------------------------------------------------------------------------

FIVE = {ANN: (60, 32), BEN: (50, 30), CAT: (50, 31), DAN: (55, 30), EVE: (50, "34.5")}
FINE = tuple(replace(each, weight=Decimal(3), step=Decimal("0.01")) for each in (CLARITY, EFFECT))
ALIKE = dict.fromkeys(FIVE, ("51.20", "31.25"))
BELOW = (Criterion("change", "Change", maximum=Decimal(5), minimum=Decimal(-5)),)


def points(**rules: Any) -> Plan:
    return small_plan(rules=Rules(**rules))


def results() -> list[Said]:
    levels = small_plan(mode=Mode.LEVELS)
    median = small_plan(mode=Mode.LEVELS, rules=Rules(level_rule=LevelRule.MEDIAN, places=1))
    even = {ANN: (4,), BEN: (4,), CAT: (2,), DAN: (2,)}
    left = {ANN: (60, 32), BEN: "recused", CAT: "abstained", DAN: "void"}
    return [
        case("the highest and the lowest sheet are dropped; the rest has its mean", points(grades=GRADES), FIVE),
        case("one sheet too few for dropping any", points(grades=GRADES), dict(list(FIVE.items())[:4])),
        case("of equal totals the earlier seat's is dropped", points(), dict.fromkeys(FIVE, (50, 30))),
        case("two high ones and no low one", points(trim_high=2, trim_low=0, trim_from=3), FIVE),
        case("single marks are dropped, among equals that of the earlier seat", points(trim_of=TrimOf.CRITERION), FIVE),
        case("half a tenth is rounded up", points(quorum=Decimal(0), places=1), {ANN: (50, 30), BEN: (50, "30.5")}),
        case("weights of criteria, rounded at the end", _by(RoundAt.END), ALIKE),
        case("rounded at the mean of each criterion", _by(RoundAt.CRITERION), ALIKE),
        case("rounded at each mean times its weight", _by(RoundAt.WEIGHTED), ALIKE),
        case("groups have weights, and nobody of one is there", points(group_weights=WEIGHTS), _without_eve()),
        case(
            "groups have weights, and each drops its own", points(group_weights=WEIGHTS, trim_from=2, trim_low=0), FIVE
        ),
        case(
            "the same by the first reckoning", points(group_weights=WEIGHTS), _without_eve(), "water", FIRST_RECKONING
        ),
        case("numbers below zero are rounded away from it", _below_zero(), {ANN: (-1,), BEN: ("-1.5",)}),
        case("more than half of those entitled must have handed in", points(), left),
        case("at least two thirds, exactly", _two_thirds(), _without_eve(), "court"),
        case("nobody handed in", points(), {ANN: "abstained"}),
        case("a seat that the plan recuses does not count", points(), FIVE, "court"),
        case("grade lines: the score lies on one", points(grades=GRADES, trim_from=9), dict.fromkeys(FIVE, (50, 30))),
        case("grade lines: none is reached", points(grades=GRADES), dict.fromkeys(FIVE, (10, 10))),
        case("of levels given equally often the lower one", levels, even),
        case("the level given most often", levels, {**even, EVE: (4,)}),
        case("of two middle levels the lower one", median, even),
        case("shares have one decimal by the first reckoning", levels, {**even, EVE: (3,)}, "water", FIRST_RECKONING),
    ]


def _by(where: RoundAt) -> Plan:
    return small_plan(criteria=FINE, rules=Rules(round_at=where, places=0))


def _below_zero() -> Plan:
    return small_plan(criteria=BELOW, rules=Rules(quorum=Decimal(0), places=1))


def _without_eve() -> dict[str, Any]:
    return {seat: marks for seat, marks in FIVE.items() if seat != EVE} | {DAN: "draft"}


def _two_thirds() -> Plan:
    return points(quorum=Decimal(2), quorum_parts=3, quorum_by=QuorumBy.AT_LEAST)


def rankings() -> list[Said]:
    alike = {"report-water": FIVE, "report-court": FIVE, "report-school": dict.fromkeys(FIVE, (60, 40))}
    # Of the same score, with something else dropped; and of the same totals, made of other marks.
    spread = {**FIVE, ANN: (60, 40)}
    other = {**FIVE, DAN: (56, 29)}
    return [
        _ranking("equal scores share a rank", (), alike),
        _ranking("the mean of all sheets decides", (TieBreak.UNTRIMMED_MEAN,), {**alike, "report-court": spread}),
        _ranking("the criterion with most points decides", tuple(TieBreak), {**alike, "report-court": other}),
        _ranking(
            "the chair's latest word decides",
            (TieBreak.CHAIR,),
            alike,
            [["report-court", "report-water"], ["report-water", "report-court"]],
        ),
        _ranking("a word that does not name all of them decides nothing", (TieBreak.CHAIR,), alike, [["report-water"]]),
    ]


def _ranking(says: str, ladder: tuple[TieBreak, ...], rounds: Said, rulings: list[list[str]] | None = None) -> Said:
    seats = tuple(replace(seat, recusals=()) for seat in small_plan().seats)
    plan = small_plan(seats=seats, rules=Rules(tie_ladder=ladder))
    told = [
        {"round": id, **{k: v for k, v in case("", plan, sheets, id.removeprefix("report-")).items() if k in KEPT}}
        for id, sheets in rounds.items()
    ]
    return {"says": says, "plan": said_of(plan), "rounds": told, "rulings": rulings or []}


KEPT = ("unit", "sheets")


def seals() -> list[Said]:
    later = Rules(receipts=Receipts.AS_GIVEN, checked=True, quorum_by=QuorumBy.AT_LEAST, group_weights=WEIGHTS)
    own = (*PRESETS[:3], Group("firms", "企业代表 “甲”\\n"))
    return [
        {"says": "rules that came later are left out where they are at their default", "plan": said_of(small_plan())},
        {"says": "and stand there where they are not", "plan": said_of(small_plan(rules=later))},
        {
            "says": "levels, and groups of the organiser's own",
            "plan": said_of(small_plan(mode=Mode.LEVELS, groups=own)),
        },
    ]


def joined_plan() -> Plan:
    """A panel of 50, a vote of 40 and an assessment of 10; two classes of units."""
    water, court, school = small_plan().units
    parts = (
        Part("panel", "Panel", Decimal(50), Source.SCORED),
        Part("vote", "Vote", Decimal(40)),
        Part("daily", "Daily", Decimal(10), Source.IMPORTED, full=Decimal(20)),
    )
    grades = (CompositeGrade("first", Decimal(75), Decimal(30)), CompositeGrade("passed", Decimal(60)))
    composite = Composite(parts, grades, date(2023, 12, 1))
    units = (replace(water, of_class="A"), replace(court, of_class="A"), school)
    return replace(small_plan(), units=units, composite=composite)


def composites() -> list[Said]:
    """Everything entered; two in a class, of whom half may be first; and parts that are missing."""
    plan = joined_plan()
    entered = tuple(replace(part, source=Source.ENTERED) for part in plan.composite.parts)
    grades = (CompositeGrade("first", Decimal(75), Decimal(50)), CompositeGrade("passed", Decimal(60)))
    plan = replace(plan, composite=replace(plan.composite, parts=entered, grades=grades))
    rounds = replace(plan, composite=replace(plan.composite, rounds_parts=True))
    whole = {
        "panel": {"water": "90", "court": "90.01", "school": "80"},
        "vote": {"water": "88.5", "court": "88.5", "school": "70"},
        "daily": {"water": "19.333", "court": "19.333", "school": "15"},
    }
    lacking = {**whole, "daily": {"water": "19.333"}}
    return [
        {"says": "joined and rounded once", "plan": said_of(plan), "points": whole},
        {"says": "each part rounded before", "plan": said_of(rounds), "points": whole},
        {"says": "a part is missing of two units", "plan": said_of(plan), "points": lacking},
    ]


def votes() -> list[Said]:
    """A part by votes, each kind of choice, with a half to round, and of nobody who says anything."""
    part = Part("vote", "Vote", Decimal(40), Source.TICKETS, Decimal(20))
    plan = replace(joined_plan(), composite=Composite((part,)))
    choices = (OwnChoice("Good", Counts.FOR), OwnChoice("Poor"), OwnChoice("None", Counts.NEITHER))
    own = replace(plan, rules=replace(plan.rules, own_choices=choices))
    chosen = {"own_1": 2, "own_2": 1, "own_3": 9}
    says = "the organiser's own choices count as the rules say"
    return [
        *(
            {"says": says, "plan": said_of(plan), "part": part.id, "tally": tally}
            for says, tally in (
                ("those who do not know do not count", {"satisfied": 5, "fairly": 2, "dissatisfied": 1, "unknown": 90}),
                ("half a hundredth is rounded up", {"very": 1, "dissatisfied": 3999}),
                ("for and against", {"for": 2, "against": 1, "abstain": 9}),
                ("nobody who says anything: the part is missing", {"unknown": 3}),
            )
        ),
        {"says": says, "plan": said_of(own), "part": part.id, "tally": chosen},
    ]


def polls() -> list[Said]:
    """Ballots of three voices, and one ballot alone."""
    cast = [
        ("0b", "phone", "satisfied"),
        ("0a", "phone", "satisfied"),
        ("1c", "ticket", "own_2"),
        ("2d", "web", "unknown"),
    ]
    return [
        {"says": says, "key": KEY, "meeting": "small", "poll": poll, "ballots": [list(each) for each in ballots]}
        for says, poll, ballots in (
            ("slips and receipts, each in order", "water.1", cast),
            ("in another poll the same voter has another slip", "water.2", cast[:1]),
            ("whichever ballot is read first", "water.1", cast[::-1]),
        )
    ]


def slips_of(case: Said) -> Said:
    """What is sealed and told of these ballots."""
    told = told_of(case["meeting"], case["poll"], [tuple(each) for each in case["ballots"]])
    digests = {"digest_of_slips": digest_of_lines(told.slips), "digest_of_receipts": digest_of_lines(told.receipts)}
    return {"slips": list(told.slips), "receipts": list(told.receipts), **digests}


def chains() -> list[Said]:
    said = {"by": "moderator", "command": "command-1", "data": {}, "kind": "ClockPaused", "meeting": "small"}
    lines = [_line({**said, "at": "2023-11-17T04:00:00Z", "seq": seq}) for seq in (1, 2)]
    over_digests = [_line({**json.loads(lines[0]), "chain": 2}), lines[1]]
    return [
        {"says": "an older log: each seal is over the line itself", "code": "small", "lines": lines},
        {"says": "each seal is over the digest of the line", "code": "small", "lines": over_digests},
    ]


def _line(said: Said) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def last_seals(said: Said) -> list[str]:
    tail, found = log.beginning(said["code"]), []
    for line in said["lines"]:
        tail = log.tail_with(tail, line)
        found.append(tail.seal)
    return found


ROUNDED = [("1/8", 2), ("-1/8", 2), ("5/2", 0), ("1/3", 2), ("2/3", 0), ("-1/3", 0), ("199999/2000", 2), ("7", 3)]
QUORUMS = [
    *(("0.5", 1, QuorumBy.MORE_THAN, of) for of in (1, 8, 9)),
    *(("2", 3, QuorumBy.AT_LEAST, of) for of in (1, 8, 9)),
    ("0", 1, QuorumBy.AT_LEAST, 9),
]


def all_cases() -> Said:
    """What there is to be tried, with what it comes to now."""
    marks = {"clarity": Decimal(50), "effect": Decimal("30.5")}
    quorums = [(Rules(quorum=Decimal(q), quorum_parts=p, quorum_by=by), of) for q, p, by, of in QUORUMS]
    return {
        "rounded": [[exact, places, str(rounded(Fraction(exact), places))] for exact, places in ROUNDED],
        "quorum": [
            [str(rules.quorum), rules.quorum_parts, rules.quorum_by, of, quorum_of(rules, of)] for rules, of in quorums
        ],
        "receipts": [
            [
                "salt-of-sixteen--",
                "report-water",
                ANN,
                {c: str(m) for c, m in marks.items()},
                receipt_of("salt-of-sixteen--", "report-water", ANN, marks),
            ]
        ],
        "draws": [
            [
                SEED,
                "seven",
                ["water", "court", "school"],
                commitment_of(SEED),
                list(drawn_order(SEED, "seven", ["water", "court", "school"])),
            ]
        ],
        "seals": [
            {**each, "sealed": sealed_text(plan_of(each["plan"])), "rule_seal": rule_seal(plan_of(each["plan"]))}
            for each in seals()
        ],
        "chains": [{**each, "seals": last_seals(each)} for each in chains()],
        "results": [{**each, "comes_to": comes_to(each)} for each in results()],
        "composites": [{**each, "comes_to": joined_of(each)} for each in composites()],
        "votes": [{**each, "points": voted_of(each)} for each in votes()],
        "polls": [{**each, **slips_of(each)} for each in polls()],
        "rankings": [{**each, "ranks": ranks_of(each)} for each in rankings()],
    }


def vectors() -> Said:
    found: Said = json.loads(FILE.read_text("utf-8"))
    return found


# --- writing ----------------------------------------------------------------------------------------------------------


def main() -> None:
    then, now = vectors() if FILE.exists() else {}, all_cases()
    for name, cases in now.items():
        kept = then.setdefault(name, [])
        known = {_named(each) for each in kept}
        kept += [each for each in cases if _named(each) not in known]
    FILE.write_text(readable(then), encoding="utf-8")


def readable(said: Said) -> str:
    """JSON with a line for each case."""
    lines = ["{"]
    for name, cases in said.items():
        told = [f"  {json.dumps(each, ensure_ascii=False)}," for each in cases]
        lines += [f'"{name}": [', *told[:-1], told[-1].removesuffix(","), "],"]
    lines[-1] = "]"
    return "\n".join([*lines, "}", ""])


def _named(each: Any) -> str:
    return each["says"] if isinstance(each, dict) else json.dumps(each)


if __name__ == "__main__":
    main()
