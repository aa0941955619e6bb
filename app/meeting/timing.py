"""Planned, actual and projected times, from stored instants.

Nothing here ticks. What depends on the present moment is answered as a ``Clock`` or a ``Projection``: numbers that do
not change while time passes, from which a browser (or ``at(now)``) tells the time of the moment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.meeting.agenda.state import Place
from app.meeting.meeting import Meeting


@dataclass(frozen=True, slots=True)
class SegmentClock:
    """A segment's clock: ``spent`` until ``since``, running from then on (standing still without), up to ``limit``."""

    limit: timedelta
    spent: timedelta
    since: datetime | None

    def elapsed(self, now: datetime) -> timedelta:
        return self.spent + (max(now - self.since, timedelta()) if self.since else timedelta())

    def remaining(self, now: datetime) -> timedelta:
        """Negative in overrun: an overrun counts up, nothing advances by itself."""
        return self.limit - self.elapsed(now)

    @property
    def due(self) -> datetime | None:
        """When the limit is reached, if the clock goes on running."""
        return self.since + (self.limit - self.spent) if self.since else None


@dataclass(frozen=True, slots=True)
class Projection:
    """An instant expected ``after`` the end of what is running now.

    That end is ``due`` if time remains, else the present moment; with a standing clock it is ``left`` from now.
    """

    due: datetime | None
    left: timedelta
    after: timedelta

    def at(self, now: datetime) -> datetime:
        end = max(self.due, now) if self.due else now + max(self.left, timedelta())
        return end + self.after

    def later(self, by: timedelta) -> "Projection":
        return Projection(self.due, self.left, self.after + by)


@dataclass(frozen=True, slots=True)
class ItemTimes:
    """The times of one agenda item.

    ``planned_start`` is the plan's; ``shifted_start`` counts the plan from when the meeting really began.
    ``actual`` is the time used so far without the running visit, ``allotted`` the plan with time added or taken.
    """

    item: str
    planned_start: datetime
    shifted_start: datetime
    allotted: timedelta
    actual: timedelta
    began_at: datetime | None
    left_at: datetime | None
    projected_start: Projection | None

    @property
    def over(self) -> timedelta:
        """Over (positive) or under (negative) the allotted time; meaningful once the item has been left."""
        return self.actual - self.allotted


def clock_of(meeting: Meeting, place: Place) -> SegmentClock:
    run = meeting.agenda.runs[place.item]
    limit = meeting.segment(place).planned + run.added[place.segment]
    return SegmentClock(
        limit, run.spent[place.segment], meeting.agenda.since if place == meeting.agenda.place else None
    )


def current_clock(meeting: Meeting) -> SegmentClock | None:
    return clock_of(meeting, meeting.agenda.place) if meeting.agenda.place else None


def timetable(meeting: Meeting) -> list[ItemTimes]:
    """The times of every item, in the order they are taken; the plan stays as printed where one is left out of it."""
    planned = meeting.plan.starts_at
    late_by = _late_by(meeting)
    coming = _end_of_current(meeting)
    rows = []
    for id in meeting.agenda.order:
        run = meeting.agenda.runs[id]
        is_to_come = not run.skipped and _is_to_come(meeting, id)
        allotted = _allotted(meeting, id)
        rows.append(
            ItemTimes(
                item=id,
                planned_start=planned,
                shifted_start=planned + late_by,
                allotted=allotted,
                actual=sum(run.spent, timedelta()),
                began_at=run.began_at,
                left_at=run.left_at,
                projected_start=coming if is_to_come else None,
            )
        )
        planned += meeting.item(id).planned
        if is_to_come and coming:
            coming = coming.later(by=_unused(meeting, id))
    return rows


def planned_finish(meeting: Meeting) -> datetime:
    return meeting.plan.starts_at + sum((item.planned for item in meeting.plan.agenda), timedelta())


def projected_finish(meeting: Meeting) -> Projection | None:
    """When the meeting will be over if all goes to plan from here; None once it is finished."""
    coming = _end_of_current(meeting)
    if coming is None:
        return None
    rest = [id for id in meeting.agenda.order if not meeting.agenda.runs[id].skipped and _is_to_come(meeting, id)]
    return coming.later(by=sum((_unused(meeting, id) for id in rest), timedelta()))


def _late_by(meeting: Meeting) -> timedelta:
    begun = [run.began_at for run in meeting.agenda.runs.values() if run.began_at]
    return min(begun) - meeting.plan.starts_at if begun else timedelta()


def _end_of_current(meeting: Meeting) -> Projection | None:
    """The end of the current item, as far as its remaining segments go."""
    if meeting.is_finished:
        return None
    if meeting.agenda.place is None:
        return Projection(meeting.plan.starts_at, timedelta(), timedelta())
    clock = clock_of(meeting, meeting.agenda.place)
    rest = range(meeting.agenda.place.segment + 1, len(meeting.item(meeting.agenda.place.item).segments))
    after = sum((_left_in(meeting, Place(meeting.agenda.place.item, at)) for at in rest), timedelta())
    return Projection(clock.due, clock.limit - clock.spent, after)


def _is_to_come(meeting: Meeting, item: str) -> bool:
    if meeting.agenda.place is None:
        return True
    return meeting.agenda.order.index(item) > meeting.agenda.order.index(meeting.agenda.place.item)


def _unused(meeting: Meeting, item: str) -> timedelta:
    segments = range(len(meeting.item(item).segments))
    return sum((_left_in(meeting, Place(item, at)) for at in segments), timedelta())


def _left_in(meeting: Meeting, place: Place) -> timedelta:
    clock = clock_of(meeting, place)
    return max(clock.limit - clock.spent, timedelta())


def _allotted(meeting: Meeting, item: str) -> timedelta:
    return meeting.item(item).planned + sum(meeting.agenda.runs[item].added, timedelta())
