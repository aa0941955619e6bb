"""Rooms when something fails or a meeting is gone: one that raises holds up no other, and nobody waits in vain."""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.live.room import Room, Watching
from app.live.rooms import Rooms
from app.live.screens import VIEWS
from app.live.views import Look, picture
from app.live.wire import Frame
from app.meeting import commands as c
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.screen import Screen
from tests.live.watched import (
    ANNS_TABLET,
    BENS_TABLET,
    CONSOLE,
    HALL,
    LONG_ENOUGH,
    PHONE,
    PUBLIC_RESULTS,
    TIMER,
    Brush,
    joined,
    moves,
    says,
)
from tests.meetings import at_water

# --- faults -----------------------------------------------------------------------------------------------------------


@leaping
async def test_a_room_that_cannot_be_painted_silences_no_other_and_recovers(rooms, brush, story, caplog):
    console, phone, timer = (joined(rooms, each) for each in (CONSOLE, PHONE, TIMER))
    await asyncio.sleep(LONG_ENOUGH)
    brush.cannot_paint = "console-step"
    moves(rooms, story, c.Pause())
    assert "已暂停" in phone.regions["phone-now"]
    assert "已暂停" in timer.regions["timer-face"]
    assert "console-step cannot be painted" in caplog.text
    brush.cannot_paint = ""
    await asyncio.sleep(LONG_ENOUGH)
    moves(rooms, story, says("on we go"))
    assert "已暂停" in console.regions["console-step"]


class _PlainHandle:
    """What uvloop answers where the time to wait is short: it can be cancelled, and not be asked when it is due."""

    def __init__(self, handle: asyncio.Handle) -> None:
        self.cancel = handle.cancel


@leaping
async def test_a_timer_need_not_say_when_it_is_due(rooms, story, monkeypatch):
    loop = asyncio.get_running_loop()
    for name in ("call_later", "call_at"):
        call = getattr(loop, name)
        monkeypatch.setattr(loop, name, lambda *args, call=call, **more: _PlainHandle(call(*args, **more)))
    phone, console = joined(rooms, PHONE), joined(rooms, CONSOLE)
    moves(rooms, story, c.Pause())
    moves(rooms, story, c.Resume())
    moves(rooms, story, c.Pause())
    monkeypatch.undo()
    await asyncio.sleep(LONG_ENOUGH)
    assert "已暂停" in phone.regions["phone-now"]
    assert "已暂停" in console.regions["console-step"]


@leaping
async def test_a_sooner_due_push_takes_the_place_of_a_later_one(rooms, story):
    console = joined(rooms, CONSOLE)
    for _ in range(2):  # the first is told at once, the second in a second
        joined(rooms, PHONE)
    moves(rooms, story, c.Pause())
    await asyncio.sleep(0.1)
    assert "已暂停" in console.regions["console-step"]
    assert console.times[-1] <= 0.1


class Faulty(Screen):
    """A screen whose line breaks now and then."""

    breaks = False

    def deliver(self, frame: Frame) -> bool:
        if self.breaks:
            raise ConnectionAbortedError("this line is broken")
        return super().deliver(frame)


EVERYBODY = (HALL, TIMER, PHONE, CONSOLE, PUBLIC_RESULTS, ANNS_TABLET, BENS_TABLET)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sets(st.integers(0, 2 * len(EVERYBODY) - 1), max_size=5),
            st.sampled_from(["", "", "console-step", "hall-head", "timer-face", "phone-now", "panel-head"]),
            st.sampled_from([None, *EVERYBODY]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_one_raises_all_others_are_told_and_it_is_told_later(painter, caplog, steps):
    """Lines that break, templates that cannot be painted, rooms that raise when they are woken: by any of them."""

    @leaping
    async def meeting_with_faults():
        brush, story = Brush(painter), at_water()
        rooms = RoomsByHand(brush)
        rooms.moved("small", story.meeting)
        screens, faulty = [Faulty(watching) for watching in EVERYBODY for _ in range(2)], set()
        for screen in screens:
            rooms.join(screen.watching, screen, "")
        await asyncio.sleep(LONG_ENOUGH)
        for at, (broken, unpaintable, raising) in enumerate(steps):
            caplog.clear()
            for number, screen in enumerate(screens):
                screen.breaks = number in broken
            brush.cannot_paint = unpaintable
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Room, "wake", _unless(raising, Room.wake))
                moves(rooms, story, c.Pause() if not story.meeting.is_paused else c.Resume(), says(at))
                await asyncio.sleep(LONG_ENOUGH)
            unpainted = [name for name, view in VIEWS.items() if unpaintable in {each.name for each in view.regions}]
            faulty |= {each for each in screens if each.breaks or each.watching == raising}
            faulty |= {each for each in screens if each.watching.view in unpainted}
            for screen in set(screens) - faulty:
                assert screen.have == fingerprint_now(rooms, screen.watching), screen.watching
            if any(screen.breaks and screen.watching == TIMER for screen in screens) and raising != TIMER:
                assert "timer-face cannot be painted" in caplog.text or "this line is broken" in caplog.text
        for screen in screens:
            screen.breaks = False
        brush.cannot_paint = ""
        for text in ("all is well", "and stays well"):  # who was left out is told with the next change
            moves(rooms, story, c.Pause() if not story.meeting.is_paused else c.Resume(), says(text))
            await asyncio.sleep(LONG_ENOUGH)
        for screen in [each for each in screens if each.watching in (HALL, TIMER, PHONE, CONSOLE)]:
            assert screen.have == fingerprint_now(rooms, screen.watching), screen.watching

    meeting_with_faults()


def _unless(raising, wake):
    def woken(room, *pause, **regions):
        if room.watching == raising:
            raise RuntimeError("this room does not wake")
        wake(room, *pause, **regions)

    return woken


def fingerprint_now(rooms: Rooms, watching: Watching) -> str:
    meeting = rooms.meeting(watching.code)
    assert meeting
    return picture(VIEWS[watching.view], Look(meeting, watching.viewer, rooms.presence(watching.code))).fingerprint


# --- a meeting that is gone -------------------------------------------------------------------------------------------


class Leaver(Screen):
    """A screen that keeps what it was told last, and whether it was shown out."""

    told = ""
    is_shown_out = False

    def deliver(self, frame: Frame) -> bool:
        self.told = frame.text
        return not self.is_stuck

    def end(self) -> None:
        self.is_shown_out = True


@leaping
async def test_who_watches_a_meeting_that_is_gone_is_told_to_ask_again_and_shown_out(rooms, brush):
    quick, slow = Leaver(HALL), Leaver(PHONE)
    rooms.join(HALL, quick, have="")
    slow.is_stuck = True
    rooms.join(PHONE, slow, have="")
    rooms.forget("small")
    assert json.loads(quick.told) == {"reload": brush.build}
    assert "reload" not in slow.told, "who was behind is not given more to read"
    assert (quick.is_shown_out, slow.is_shown_out) == (True, True)
    assert rooms.meeting("small") is None
    assert rooms.clients == 0
    rooms.leave(HALL, quick)  # as its socket ends, it says so itself


@leaping
async def test_one_that_cannot_be_shown_out_keeps_no_other_in(rooms, caplog):
    class Clinging(Leaver):
        def end(self) -> None:
            raise RuntimeError("does not go")

    clinging, other, elsewhere = Clinging(HALL), Leaver(HALL), Leaver(PHONE)
    for screen in (clinging, other, elsewhere):
        rooms.join(screen.watching, screen, have="")
    rooms.forget("small")
    assert (other.is_shown_out, elsewhere.is_shown_out) == (True, True)
    assert "does not go" in caplog.text


@leaping
async def test_forgetting_a_meeting_leaves_the_others_alone(rooms, story):
    screen = joined(rooms, TIMER)
    rooms.forget("another")
    moves(rooms, story, says("still here"))
    assert "still here" in screen.regions["timer-message"]
