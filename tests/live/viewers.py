"""Who looks at a meeting, and a meeting step by step to look at."""

from collections.abc import Iterator
from itertools import groupby
from random import Random

from app.live.room import Watching
from app.live.views import NOBODY, Viewer
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.events import Event
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.refusals import Refused
from tests.meeting.any_asks import ASKS
from tests.meetings import whole_meeting

STAFF = Viewer(is_staff=True)
DEVICES = ("device-one", "device-two")
"""Two devices of which each leads the first seat at some time, in the stories of the tests."""
LEFT = "left"
"""A display that is told things of its own in these stories."""


def name(plan: Plan) -> str:
    return f"{plan.code}-{plan.mode}"


def viewers(plan: Plan) -> list[Watching]:
    """Every view; of the panel some seats with the sheet of their unit, of another one, of none."""
    first, second, *_, last = (seat.id for seat in plan.seats)
    units = [unit.id for unit in plan.units]
    tablets = [(first, units[0]), (first, None), (second, units[0]), (first, units[-1]), (last, units[0])]
    tablets += [(last, units[1])]
    views = [("hall", NOBODY), ("timer", NOBODY), ("phone", NOBODY), ("moderator", NOBODY), ("results", NOBODY)]
    return [
        *(Watching(plan.code, view, viewer) for view, viewer in [*views, ("results", STAFF)]),
        *(Watching(plan.code, "panel", Viewer(seat, unit)) for seat, unit in tablets),
        *(Watching(plan.code, "panel", Viewer(first, units[0], device=device)) for device in DEVICES),
        *(Watching(plan.code, view, Viewer(display=LEFT)) for view in ("hall", "timer", "lower", "prompt")),
        Watching(plan.code, "lower"),
        Watching(plan.code, "prompt"),
        Watching(plan.code, "devices"),
    ]


def steps(plan: Plan) -> Iterator[Meeting]:
    """A whole meeting, as it stands after each of its commands (a second passes after each)."""
    for _, meeting in told_steps(plan):
        yield meeting


def told_steps(plan: Plan) -> Iterator[tuple[list[Event], Meeting]]:
    """The same, each with what has happened."""
    meeting = Meeting.planned(plan)
    for _, group in groupby(whole_meeting(plan).events, key=lambda event: event.at):
        events = list(group)
        meeting = fold(meeting, events)
        yield events, meeting


def asked(meeting: Meeting, command: c.Command) -> list[Event]:
    """What comes of a command; nothing if it is refused."""
    try:
        return decide(meeting, command, meeting.plan.starts_at)
    except Refused:
        return []


def after(meeting: Meeting, command: c.Command) -> Meeting:
    return fold(meeting, asked(meeting, command))


def any_story(plan: Plan, seeds: list[int]) -> Iterator[Meeting]:
    """A meeting that was opened, after each of the things asked by these seeds (``tests.meeting.any_asks``).

    What came to nothing is left out: the meeting is the one before.
    """
    meetings = [meeting for _, meeting in told_story(plan, seeds)]
    return (meeting for at, meeting in enumerate(meetings) if not at or meeting is not meetings[at - 1])


def told_story(plan: Plan, seeds: list[int]) -> Iterator[tuple[list[Event], Meeting]]:
    """The same, each with what has happened."""
    meeting = after(Meeting.planned(plan), c.OpenMeeting(plan))
    for seed in seeds:
        chance = Random(seed)
        events: list[Event] = []
        for command in chance.choice(ASKS)(meeting, chance):
            new = asked(meeting, command)
            meeting = fold(meeting, new)
            events += new
        yield events, meeting
