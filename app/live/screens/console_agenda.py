"""The agenda on the console: what was planned, what has happened, what is expected, and what can be done about it."""

from typing import Any

from app.live.screens import parts
from app.live.screens.console_contexts import Agenda, ItemOnConsole, Segment
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.timing import ItemTimes, planned_finish, projected_finish

SHORTEST_HELD = 30_000
"""Milliseconds from which on an item has been held; one walked over by mistake was not early."""
SHORTEST_SAID = 60_000
"""Milliseconds over or under that are worth a word."""


def agenda(look: Look) -> Agenda:
    meeting = look.meeting
    numbers = parts.numbers(meeting)
    rows = [_agenda_row(meeting, times, numbers) for times in parts.times(meeting)]
    return Agenda(
        is_open=meeting.is_open,
        offset=parts.offset_minutes(meeting),
        planned_finish=parts.time_of_day(meeting, planned_finish(meeting)),
        projected_finish=parts.projection(projected_finish(meeting)),
        items=rows,
    )


def _agenda_row(meeting: Meeting, times: ItemTimes, numbers: dict[str, int]) -> ItemOnConsole:
    item, run = meeting.item(times.item), meeting.agenda.runs[times.item]
    is_current = meeting.agenda.place is not None and meeting.agenda.place.item == item.id and not meeting.is_finished
    is_over = run.left_at is not None
    segments = [
        Segment(
            at=at,
            kind=segment.kind,
            minutes=parts.milliseconds(segment.planned + run.added[at]) // 60_000,
            is_current=is_current and meeting.agenda.place is not None and meeting.agenda.place.segment == at,
        )
        for at, segment in enumerate(item.segments)
    ]
    return ItemOnConsole(
        item=item.id,
        kind=item.kind,
        title=parts.title_of(meeting, item),
        number=numbers.get(item.id),
        segments=segments,
        planned=parts.time_of_day(meeting, times.planned_start),
        shifted=parts.time_of_day(meeting, times.shifted_start),
        began=parts.time_of_day(meeting, times.began_at),
        projected=parts.projection(times.projected_start),
        allotted=parts.milliseconds(times.allotted),
        allotted_minutes=parts.minutes(times.allotted),
        over=parts.milliseconds(times.over) if is_over else None,
        over_minutes=_minutes_said(times) if is_over else None,
        is_current=is_current,
        is_over=is_over,
        is_skipped=run.skipped,
        skip_reason=run.skip_reason,
        **_moves(meeting, item.id),
        can_skip=meeting.is_open and not run.skipped and not is_over,
    )


def _minutes_said(times: ItemTimes) -> int | None:
    over, held = parts.milliseconds(abs(times.over)), parts.milliseconds(times.actual)
    return over // 60_000 if over >= SHORTEST_SAID and held >= SHORTEST_HELD else None


def _moves(meeting: Meeting, item: str) -> dict[str, Any]:
    """Where an item that has not begun can be moved: before its neighbour, or behind the next one."""
    order = meeting.agenda.order
    at = order.index(item)
    stays = not meeting.is_open or meeting.agenda.runs[item].has_begun
    earlier = order[at - 1] if at > 0 else None
    behind = order[at + 2] if at + 2 < len(order) else None
    can_move_later = at + 1 < len(order) and not (behind and meeting.agenda.runs[behind].has_begun)
    return {
        "earlier": None if stays or earlier is None or meeting.agenda.runs[earlier].has_begun else earlier,
        "can_move_later": can_move_later and not stays,
        "later": behind,
    }
