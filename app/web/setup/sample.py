"""What the words to say would sound like: this meeting's first unit, and numbers that it could have."""

from collections.abc import Iterator
from datetime import timedelta

from app.meeting.comments.state import CommentKind
from app.meeting.groups import said_of_group
from app.meeting.meeting import Meeting
from app.meeting.moments import GAPS, Gap, Moment
from app.meeting.plan import ItemKind, Mode, Plan, SegmentKind
from app.meeting.promises.agreed import count_of
from app.meeting.refusals import Fact, Said
from app.meeting.script.words import MOMENTS, SEGMENTS, dropped_said, length_said, promises_said, time_of_day
from app.meeting.timing import timetable
from app.meeting.titles import in_one_line

TOTALS = {Gap.HIGHEST: ("92.5", "91.0"), Gap.LOWEST: ("84.5", "85.0")}
SCORE, APPROVAL, MOST_LISTED = "88.60", "88.9", 3


def sample_of(plan: Plan, moment: Moment) -> Said:
    """Facts for every gap that a text of this moment can have, as far as this plan would have them."""
    known = {**dict(_always(plan)), **dict(_of_units(plan)), **dict(_of_result(plan)), **dict(_of_time(plan, moment))}
    return Said(moment, {str(gap): known[gap] for gap in GAPS[moment] if gap in known})


def _always(plan: Plan) -> Iterator[tuple[Gap, Fact]]:
    yield Gap.MEETING, plan.name
    yield Gap.VENUE, plan.place
    yield Gap.UNITS, len(plan.units)
    yield Gap.STARTS, f"{plan.starts_at:%H:%M}"
    yield Gap.GROUP, (said_of_group(plan, plan.seats[0].group if plan.seats else plan.groups[0].id),)
    yield Gap.KIND, (Said(f"comment.{CommentKind.PROBLEM}"),)
    yield Gap.COMMENT, (Said("sample_comment"),)
    yield Gap.TALLY, tuple(Said(f"comments_{kind}", {"number": at}) for at, kind in enumerate(CommentKind, start=2))


def _of_units(plan: Plan) -> Iterator[tuple[Gap, Fact]]:
    names = [unit.short_name for unit in plan.units]
    if plan.units:
        yield Gap.UNIT, plan.units[0].name
        yield Gap.SHORT, names[0]
        yield Gap.OFFICE, plan.units[0].office
        yield Gap.NUMBER, 1
        yield from promises_said(count_of(plan.units[0].promises))
        yield Gap.LIST, (*names[:MOST_LISTED], *(["…"] if len(names) > MOST_LISTED else []))
    if len(names) > 1:
        yield Gap.NEXT, names[1]


def _of_result(plan: Plan) -> Iterator[tuple[Gap, Fact]]:
    rules, seats = plan.rules, len(plan.seats)
    levels = [level.name for criterion in plan.criteria for level in criterion.levels]
    grades = levels if plan.mode is Mode.LEVELS else [line.name for line in rules.grades]
    yield Gap.COUNTED, seats
    yield Gap.ENTITLED, seats
    if plan.mode is Mode.LEVELS:
        given = list(zip(levels, (seats - seats // 3, seats // 3), strict=False))
        yield Gap.LEVELS, tuple(Said("level_given", {"name": name, "sheets": n}) for name, n in given if n)
        yield Gap.APPROVAL, APPROVAL
    else:
        yield Gap.SCORE, SCORE
        yield from _of_trim(rules.trim_high, rules.trim_low)
    if grades:
        yield Gap.GRADE, grades[min(1, len(grades) - 1)]


def _of_trim(high: int, low: int) -> Iterator[tuple[Gap, Fact]]:
    totals = {gap: TOTALS[gap][:number] for gap, number in ((Gap.HIGHEST, high), (Gap.LOWEST, low)) if number}
    yield from totals.items()
    yield Gap.DROPPED, tuple(dropped_said(gap, them) for gap, them in totals.items())


def _of_time(plan: Plan, moment: Moment) -> Iterator[tuple[Gap, Fact]]:
    """Of the first item of the kind, and its segment."""
    kinds: list[ItemKind] = [kind for kind, each in MOMENTS.items() if each is moment]
    segments: list[SegmentKind] = [kind for kind, each in SEGMENTS.items() if each is moment]
    lengths = [segment.planned for item in plan.agenda for segment in item.segments if segment.kind in segments]
    meeting = Meeting.planned(plan)
    for item, times in zip(plan.agenda, timetable(meeting), strict=True):
        if item.kind in kinds and item.kind is not ItemKind.PRESENTATION:
            lengths.append(item.planned)
            yield Gap.TITLE, in_one_line(item.title)
            yield Gap.RESUMES, time_of_day(meeting, times.planned_start + item.planned)
            break
    yield Gap.TIME, length_said(next(iter(lengths), timedelta(minutes=3)))
