"""The small meeting that most tests are about: its plan, its names, its time; and the plans that come with Kaimen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

from app.meeting.plan import AgendaItem, ItemKind, Mode, Plan, Preset, Seat, Segment, SegmentKind, Unit
from app.meeting.rubric import Criterion, Level

HALL = timezone(timedelta(hours=8))
NOON = datetime(2023, 11, 17, 12, 0, tzinfo=HALL).astimezone(UTC)
"""When the small meeting is to start, as the log writes it."""

OPENING, WATER, COURT, BREAK, SCHOOL, SUMMARY = (
    "opening",
    "report-water",
    "report-court",
    "break",
    "report-school",
    "summary",
)
ANN, BEN, CAT, DAN, EVE = "ann", "ben", "cat", "dan", "eve"

CLARITY = Criterion("clarity", "Clarity", maximum=Decimal(60))
EFFECT = Criterion("effect", "Effect", maximum=Decimal(40))
OVERALL = Criterion(
    "overall",
    "Overall",
    minimum=Decimal(1),
    maximum=Decimal(4),
    step=Decimal(1),
    levels=(
        Level(Decimal(4), "excellent", approving=True),
        Level(Decimal(3), "good", approving=True),
        Level(Decimal(2), "fair"),
        Level(Decimal(1), "poor"),
    ),
)

SEED, OTHER_SEED = "cafe" * 16, "0ddb" * 16
"""Of draws. With the word “seven”, the small meeting is drawn as schools, court, water by the first."""

Points = int | str | Decimal


def small_plan(**changes: Any) -> Plan:
    """Three units, five seats in three groups (eve is recused from the court), two criteria of 60 and 40 points.

    66 minutes from noon: opening 5, reports of 8 + 3 + 1 around a break of 10, summary 15. ``changes`` replace fields
    of the plan; a changed mode brings its own rubric.
    """
    rubrics = {Mode.POINTS: (CLARITY, EFFECT), Mode.LEVELS: (OVERALL,), Mode.COMMENTS: ()}
    plan = Plan(
        code="small",
        title="A small review",
        starts_at=NOON.astimezone(HALL),
        mode=Mode.POINTS,
        units=(
            Unit("water", "The Water Office of the City", "Water"),
            Unit("court", "The High Court of the City", "Court"),
            Unit("school", "The School Board of the City", "Schools"),
        ),
        seats=(
            Seat(ANN, "Expert 1", Preset.EXPERT),
            Seat(BEN, "Expert 2", Preset.EXPERT),
            Seat(CAT, "Deputy 1", Preset.DEPUTY),
            Seat(DAN, "Deputy 2", Preset.DEPUTY),
            Seat(EVE, "Member 1", Preset.CPPCC, recusals=("court",)),
        ),
        agenda=(
            whole(OPENING, ItemKind.OPENING, "Opening", 5),
            report("water", "Water"),
            report("court", "Court"),
            whole(BREAK, ItemKind.BREAK, "Break", 10),
            report("school", "Schools"),
            whole(SUMMARY, ItemKind.SUMMARY, "Summary", 15),
        ),
        criteria=rubrics[changes.get("mode", Mode.POINTS)],
    )
    return replace(plan, **changes)


def whole(id: str, kind: ItemKind, title: str, planned: int) -> AgendaItem:
    return AgendaItem(id, kind, title, (Segment(SegmentKind.WHOLE, minutes(planned)),))


def report(unit: str, title: str) -> AgendaItem:
    lengths = {SegmentKind.REPORT: 8, SegmentKind.COMMENTS: 3, SegmentKind.SCORING: 1}
    segments = tuple(Segment(kind, minutes(length)) for kind, length in lengths.items())
    return AgendaItem(f"report-{unit}", ItemKind.PRESENTATION, title, segments, unit)


def panel(*groups: str) -> tuple[Seat, ...]:
    """A seat for each group named: seat-1, seat-2 …"""
    return tuple(Seat(f"seat-{at}", f"Seat {at}", group) for at, group in enumerate(groups, start=1))


def hundred(step: Points = "0.5") -> tuple[Criterion, ...]:
    """A rubric of one criterion, so that a mark is a total."""
    return (Criterion("whole", "Whole", maximum=Decimal(100), step=Decimal(step)),)


@cache
def shipped(code: str) -> Plan:
    """A meeting that comes with Kaimen: ``demo``, ``comments`` or ``levels``."""
    from app.papers.plan.textfile import shipped_plans  # the one thing here that is not of the rules

    return next(plan for plan in shipped_plans() if plan.code == code)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def noon(minutes_later: float) -> datetime:
    return NOON + minutes(minutes_later)
