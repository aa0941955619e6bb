"""Who is there, as the console sees it: seats, displays and phones, told no oftener than somebody looks."""

import asyncio

from app.live.room import Watching
from app.live.rooms import PAUSE_OF_COUNTS
from app.live.screens import VIEWS
from app.live.views import Viewer
from app.meeting import commands as c
from tests.live.leaping import leaping
from tests.live.watched import (
    ANNS_TABLET,
    BENS_TABLET,
    HALL,
    LONG_ENOUGH,
    PHONE,
    PUBLIC_RESULTS,
    TIMER,
    devices,
    every,
    joined,
    moves,
    spoken_console,
)
from tests.meetings import ANN


@leaping
async def test_the_console_sees_which_seats_are_there(rooms):
    console = spoken_console(rooms)
    assert devices(console) == {}
    tablet, spare = joined(rooms, ANNS_TABLET), joined(rooms, Watching("small", "panel", Viewer(ANN)))
    await asyncio.sleep(LONG_ENOUGH)
    assert devices(console) == {ANN: 2}
    rooms.leave(ANNS_TABLET, tablet)
    rooms.leave(spare.watching, spare)
    await asyncio.sleep(LONG_ENOUGH)
    assert devices(console) == {}


@leaping
async def test_the_console_counts_displays_without_its_own_miniature(rooms):
    console = spoken_console(rooms)
    for watching in (HALL, TIMER, Watching("small", "hall", is_miniature=True)):
        joined(rooms, watching)
    await asyncio.sleep(LONG_ENOUGH)
    assert console.regions["console-panel"]["displays"] == 2


@leaping
async def test_a_phone_that_calls_itself_a_miniature_is_no_display_less(rooms):
    console = spoken_console(rooms)
    joined(rooms, Watching("small", "phone", is_miniature=True))
    await asyncio.sleep(LONG_ENOUGH)
    assert (console.regions["console-panel"]["displays"], console.regions["console-panel"]["phones"]) == (0, 1)


@leaping
async def test_a_hall_of_phones_arriving_tells_the_console_once_a_second(rooms):
    console = spoken_console(rooms)
    await asyncio.sleep(LONG_ENOUGH)
    console.pushes.clear()
    await every(0.01, times=300, act=lambda _: joined(rooms, PHONE))
    await asyncio.sleep(LONG_ENOUGH)
    assert console.regions["console-panel"]["phones"] == 300
    between = [later - sooner for sooner, later in zip(console.times, console.times[1:], strict=False)]
    assert len(console.times) == 4
    assert min(between) >= PAUSE_OF_COUNTS - 1e-6


@leaping
async def test_counting_phones_does_not_hold_back_the_console(rooms, story):
    console = spoken_console(rooms)
    await asyncio.sleep(LONG_ENOUGH)
    joined(rooms, PHONE)
    joined(rooms, PHONE)
    await asyncio.sleep(0.01)
    moves(rooms, story, c.Pause())
    await asyncio.sleep(LONG_ENOUGH)
    assert console.times[-2:] == [LONG_ENOUGH, LONG_ENOUGH + VIEWS["moderator"].pause]
    assert console.regions["console-panel"]["phones"] == 2


@leaping
async def test_phones_and_displays_do_not_hear_who_comes_and_goes(rooms):
    screens = [joined(rooms, each) for each in (HALL, PHONE, BENS_TABLET, PUBLIC_RESULTS)]
    for each in (ANNS_TABLET, PHONE, HALL):
        rooms.leave(each, joined(rooms, each))
    await asyncio.sleep(LONG_ENOUGH)
    assert [len(screen.pushes) for screen in screens] == [1] * 4


@leaping
async def test_taking_out_another_sheet_does_not_look_like_leaving(rooms):
    console, tablet = spoken_console(rooms), joined(rooms, ANNS_TABLET)
    await asyncio.sleep(LONG_ENOUGH)
    before = len(console.pushes)
    rooms.move(ANNS_TABLET, Watching("small", "panel", Viewer(ANN, "court")), tablet)
    await asyncio.sleep(LONG_ENOUGH)
    assert console.pushes[before:] == []
    assert devices(console) == {ANN: 1}
    assert "High Court" in tablet.regions["panel-head"]
    assert rooms.clients == 2
