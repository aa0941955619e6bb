"""How many contexts are made for one tap on a tablet: counted in this process, before the screens of a whole hall."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from app.bench.ground import SPACE
from app.live.painter import TEMPLATES, Painter
from app.live.room import Watching
from app.live.rooms import Rooms
from app.live.screens import VIEWS
from app.live.views import Viewer
from app.live.wire import Frame
from app.meeting.agenda.commands import Advance, OpenMeeting
from app.meeting.commands import Command
from app.meeting.decide import decide
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.sheets.commands import GiveScore
from app.store.heads import Head, Heads
from app.store.log import beginning, entries_after
from app.web.pages.static import StaticFiles

VIEWS_BESIDE_THE_PANEL = ("hall", "timer", "moderator", "phone")


async def contexts_of_a_tap(plan: Plan) -> int:
    """One seat gives its second mark for the first unit; with the first one it arrives."""
    meeting = Meeting.planned(plan)
    for _ in range(3):
        meeting = _after(meeting, Advance(meeting.agenda.place) if meeting.is_open else OpenMeeting(plan))
    head = Head(meeting, beginning(plan.code), "")
    heads = Heads()
    heads.know(plan.code, head)
    rooms = _hall(meeting, heads)
    criterion, seat, round = plan.criteria[0], plan.seats[0].id, meeting.open_rounds[0].id
    for points in (criterion.maximum, criterion.minimum):
        events = decide(meeting, GiveScore(round, seat, criterion.id, points), plan.starts_at)
        meeting = fold(meeting, events)
        head = head.followed_by(list(entries_after(head.tail, plan.code, "", "", events)), meeting)
        heads.know(plan.code, head)
        await asyncio.sleep(SPACE)
        with _counted() as counts:
            rooms.look_again(plan.code)
            await asyncio.sleep(SPACE)  # for whoever looks a little later
    return sum(counts.values())


def _after(meeting: Meeting, command: Command) -> Meeting:
    return fold(meeting, decide(meeting, command, meeting.plan.starts_at))


def _hall(meeting: Meeting, heads: Heads) -> Rooms:
    """One screen of each kind, and every seat's tablet with the sheet of the first unit out."""
    plan, static = meeting.plan, StaticFiles(TEMPLATES)
    rooms = Rooms(Painter(static.addresses, static.build, static.modules, static.inside), heads)
    watchings = [Watching(plan.code, view) for view in VIEWS_BESIDE_THE_PANEL]
    watchings += [Watching(plan.code, "panel", Viewer(seat.id, plan.units[0].id)) for seat in plan.seats]
    for watching in watchings:
        rooms.join(watching, _Onlooker(), "")
    return rooms


class _Onlooker:
    """A screen that takes whatever it is given."""

    def __init__(self) -> None:
        self.on_writable = lambda: None

    def deliver(self, _frame: Frame) -> bool:
        return True

    def end(self) -> None:
        """It stays."""

    async def comes_up(self) -> None:
        """At once."""

    def is_known(self) -> None:
        """It says nothing anyway."""


@contextmanager
def _counted() -> Iterator[dict[str, int]]:
    """The calls of every region's context, by its name."""
    codes = {region.context.__code__: region.name for view in VIEWS.values() for region in view.regions}
    counts = dict.fromkeys(codes.values(), 0)

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code in codes:
            counts[codes[frame.f_code]] += 1

    sys.setprofile(note)
    try:
        yield counts
    finally:
        sys.setprofile(None)
