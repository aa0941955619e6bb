"""A result worked by rules that are still being written: a made panel, and sheets such as panels give."""

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from app.meeting.decimals import plain
from app.meeting.hints import groups_never_trimmed
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, ItemKind, Plan, Rules, Seat, Segment, SegmentKind, Unit
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.sheets.state import Sheet, SheetVersion, Standing

SHARES = tuple(map(Decimal, ("0.95", "0.88", "0.91", "0.83", "0.86", "0.79", "0.9", "0.85", "0.7")))
"""What share of a criterion's range the seats give in turn; like real panels they cluster near the top."""

LEANINGS = tuple(map(Decimal, ("0", "0.03", "-0.04", "0.02", "-0.02", "0.04")))
"""By how much a seat leans from its share in each criterion in turn, so that sheets are not all of one shape."""

FEWEST_SEATS, MOST_SEATS = 3, 15


def example_of(plan: Plan) -> dict[str, Any]:
    """The sheets of an example, their result, and the steps of its working for the painter's ``working``."""
    meeting, round = _made(plan)
    result = result_of(meeting, round)
    return {
        "sheets": [_row(meeting, result, seat) for seat in meeting.plan.seats],
        "score": str(result.score) if result.score is not None else "",
        "grade": result.grade,
        "outcome": str(result.outcome),
        "untrimmed": [str(group) for group in groups_never_trimmed(meeting.plan)],
        "trim_from": meeting.plan.rules.trim_from,
        "working": result.working,
    }


def _row(meeting: Meeting, result: Result, seat: Seat) -> dict[str, Any]:
    sheet = next((each for each in result.sheets if each.seat == seat.id), None)
    level = ""
    if sheet and meeting.plan.mode == "levels":
        scale = meeting.plan.criteria[0]
        level = scale.level_name(sheet.marks[scale.id])
    return {
        "label": seat.label,
        "total": level or (str(sheet.total) if sheet else ""),
        "dropped": sheet.dropped if sheet else "",
    }


def _made(plan: Plan) -> tuple[Meeting, Round]:
    seats = _panel(plan)
    unit = Unit("example", "", "")
    item = AgendaItem(
        "example", ItemKind.PRESENTATION, "", (Segment(SegmentKind.REPORT, timedelta(minutes=1)),), unit.id
    )
    rules = _weighing(plan.rules, seats)
    made = replace(plan, units=(unit,), seats=seats, agenda=(item,), rules=rules)
    sheets = {
        seat.id: Sheet(seat.id, Standing.SUBMITTED, marks, (SheetVersion(1, marks, plan.starts_at, ""),))
        for at, seat in enumerate(seats)
        for marks in [_marks(plan, at)]
    }
    return Meeting.planned(made), Round(item.id, unit.id, plan.starts_at, plan.starts_at, sheets=sheets)


def _panel(plan: Plan) -> tuple[Seat, ...]:
    """The meeting's own seats if there are enough, else three of each of its first groups; nobody is recused."""
    if len(plan.seats) >= FEWEST_SEATS:
        return tuple(replace(seat, recusals=(), reasons={}) for seat in plan.seats[:MOST_SEATS])
    groups = [group.id for group in plan.groups[:3] for _ in range(3)]
    return tuple(Seat(f"seat-{at}", str(at), group) for at, group in enumerate(groups, start=1))


def _weighing(rules: Rules, seats: tuple[Seat, ...]) -> Rules:
    groups = {seat.group for seat in seats}
    if not rules.group_weights:
        return rules
    return replace(rules, group_weights={group: rules.group_weights.get(group, Decimal(1)) for group in groups})


def _marks(plan: Plan, seat: int) -> dict[str, Decimal]:
    return {each.id: _mark(each, seat, at) for at, each in enumerate(plan.criteria)}


def _mark(criterion: Criterion, seat: int, at: int) -> Decimal:
    if criterion.levels:
        best_first = sorted(criterion.levels, key=lambda level: -level.points)
        return best_first[(0, 0, 1, 1, 0, 2, 1, 1, 3)[seat % 9] % len(best_first)].points
    share = min(SHARES[seat % len(SHARES)] + LEANINGS[(seat + at) % len(LEANINGS)], Decimal(1))
    steps = ((criterion.maximum - criterion.minimum) * share / criterion.step).to_integral_value(ROUND_DOWN)
    return plain(criterion.minimum + steps * criterion.step)
