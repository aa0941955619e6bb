"""The ribbon of the meeting along the edge of the display: where it stands, and how far it has come."""

from datetime import timedelta

from app.live.contexts import Context
from app.live.screens import parts
from app.live.screens.parts import ClockShown
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem
from app.meeting.timing import SegmentClock


class Bead(Context, frozen=True, kw_only=True):
    """An item of the agenda, skipped ones left out; ``state``: done, now or to_come."""

    kind: str
    state: str


class Ribbon(Context, frozen=True, kw_only=True):
    """``clock``: of the whole item that is on now; ``number``: which of the beads that is, from 1."""

    beads: list[Bead]
    number: int | None
    clock: ClockShown | None


def ribbon(look: Look) -> Ribbon:
    meeting = look.meeting
    items = [item for item in meeting.items if not meeting.agenda.runs[item.id].skipped]
    now = meeting.current_item if meeting.is_open else None
    return Ribbon(
        beads=[Bead(kind=item.kind, state=_state(meeting, item, now)) for item in items],
        number=items.index(now) + 1 if now in items else None,
        clock=_clock(meeting, now) if now else None,
    )


def _state(meeting: Meeting, item: AgendaItem, now: AgendaItem | None) -> str:
    if item == now:
        return "now"
    return "done" if meeting.agenda.runs[item.id].has_begun else "to_come"


def _clock(meeting: Meeting, item: AgendaItem) -> ClockShown:
    run = meeting.agenda.runs[item.id]
    limit, spent = item.planned + sum(run.added, timedelta()), sum(run.spent, timedelta())
    return parts.clock(SegmentClock(limit, spent, meeting.agenda.since))
