"""Who is connected to another server on the same PostgreSQL is seen on every screen that shows who is there."""

import asyncio
from contextlib import closing
from dataclasses import replace
from secrets import token_urlsafe

import pytest

from app.live import bell
from app.live.devices import MOST, Device, Health, Post, WakeLock, unit_out
from app.live.framed import Format
from app.live.neighbours import Neighbours
from app.live.room import Watching
from app.live.rooms import PAUSE_OF_COUNTS
from app.live.sights import Sight
from app.live.there import There
from app.live.views import Viewer
from app.store.database import Database
from tests.live.leaping import leaping
from tests.live.listening import cut, listeners
from tests.live.venues import PAUSE, one, two, until, up, watches
from tests.live.watched import (
    ANNS_TABLET,
    BENS_TABLET,
    HALL,
    LONG_ENOUGH,
    PHONE,
    TIMER,
    devices,
    every,
    joined,
    spoken_console,
)
from tests.meetings import ANN, BEN, NOON, noon

TABLET = Device(Post("tablet-0001", "panel", ANN, key="k1"), "Chrome 126", NOON)
ANNS = There({ANN: 1}, devices=(TABLET,))
CONSOLE = Watching("small", "moderator", format=Format.JSON)
BOARD = Watching("small", "devices", format=Format.JSON)
LEFT = Device(Post("display-0001", "hall", display="left"), "Chrome 126", NOON)


# --- on the screens of this one ---------------------------------------------------------------------------------------


@leaping
async def test_the_console_adds_those_who_are_elsewhere_and_takes_them_away_again(rooms):
    console = spoken_console(rooms)
    for each in (ANNS_TABLET, HALL, PHONE):
        joined(rooms, each)
    rooms.gather({"small": There({ANN: 1, BEN: 1}, 2, 40)})
    await asyncio.sleep(LONG_ENOUGH)
    panel = console.regions["console-panel"]
    assert (devices(console), panel["displays"], panel["phones"]) == ({ANN: 2, BEN: 1}, 3, 41)
    rooms.gather({})
    await asyncio.sleep(LONG_ENOUGH)
    panel = console.regions["console-panel"]
    assert (devices(console), panel["displays"], panel["phones"]) == ({ANN: 1}, 1, 1)


@leaping
async def test_two_devices_at_one_seat_are_said_to_be_two_wherever_they_are(rooms):
    console = spoken_console(rooms)
    joined(rooms, ANNS_TABLET)
    rooms.devices("small").enter(Post("spare-0002", "panel", ANN, key="k1"), "Chrome 126", "en", None, NOON)
    rooms.gather({"small": ANNS})
    await asyncio.sleep(LONG_ENOUGH)
    assert [seat["different"] for seat in console.regions["console-panel"]["seats"] if seat["different"]] == [2]


@leaping
async def test_the_board_lists_the_devices_of_others_and_says_which_have_gone(rooms):
    board = joined(rooms, BOARD)
    rooms.gather({"small": ANNS})
    await asyncio.sleep(LONG_ENOUGH)
    assert [row["is_connected"] for row in board.regions["devices-board"]["rows"] if row["seat"] == ANN] == [True]
    rooms.gather({"small": There(devices=(replace(TABLET, sockets=0, since=noon(60)),))})
    await asyncio.sleep(LONG_ENOUGH)
    rows = [row for row in board.regions["devices-board"]["rows"] if row["seat"] == ANN]
    assert [(row["is_connected"], row["troubles"][0]["code"]) for row in rows] == [(False, "gone")]


@leaping
async def test_a_tablet_is_told_that_its_seat_is_open_elsewhere_too(rooms):
    tablet = joined(rooms, Watching("small", "panel", Viewer(ANN, "water", device="own-00003"), format=Format.JSON))
    bens = joined(rooms, BENS_TABLET)
    rooms.gather({"small": ANNS})
    await asyncio.sleep(LONG_ENOUGH)
    assert tablet.regions["panel-seat"]["others"] == 1
    rooms.gather({})
    await asyncio.sleep(LONG_ENOUGH)
    assert tablet.regions["panel-seat"]["others"] == 0
    assert bens.offered == 1


@leaping
async def test_whoever_shows_nobody_hears_nothing_of_others(rooms):
    screens = [joined(rooms, each) for each in (HALL, TIMER, PHONE, BENS_TABLET)]
    rooms.gather({"small": ANNS, "another": ANNS})
    await asyncio.sleep(LONG_ENOUGH)
    assert [len(screen.pushes) for screen in screens] == [1] * 4


HEALTH = Health(2, 40, 0, WakeLock.HELD, 1024, 768, is_visible=True)


@pytest.mark.parametrize(
    ("changed", "stirred"),
    [
        (replace(TABLET, health=HEALTH), ["devices"]),
        (replace(TABLET, acked_at=noon(5)), ["devices"]),
        (replace(TABLET, unit="court"), ["devices"]),
        (replace(TABLET, sockets=0, since=noon(5)), ["devices", "moderator", "panel"]),
        (replace(TABLET, since=noon(5)), ["devices", "moderator"]),
        (replace(TABLET, language="en"), ["devices", "moderator"]),
    ],
)
@leaping
async def test_a_console_looks_again_when_somebody_elsewhere_comes_or_goes_and_the_board_also_at_how_they_are(
    rooms, monkeypatch, changed, stirred
):
    rooms.gather({"small": ANNS})
    for each in (CONSOLE, BOARD, HALL, PHONE, ANNS_TABLET, BENS_TABLET):
        joined(rooms, each)
    await asyncio.sleep(LONG_ENOUGH)
    doubted: list[str] = []
    doubt = Sight.doubt
    monkeypatch.setattr(Sight, "doubt", lambda sight: (doubted.append(sight.view.name), doubt(sight)))
    rooms.gather({"small": replace(ANNS, devices=(changed,))})
    assert sorted(doubted) == stirred


@leaping
async def test_what_a_device_elsewhere_says_of_itself_comes_to_the_board_at_once(rooms):
    board = joined(rooms, BOARD)
    rooms.gather({"small": ANNS})
    await asyncio.sleep(LONG_ENOUGH)
    rooms.gather({"small": replace(ANNS, devices=(replace(TABLET, health=HEALTH),))})
    await asyncio.sleep(LONG_ENOUGH)
    [row] = [row for row in board.regions["devices-board"]["rows"] if row["device"] and row["seat"] == ANN]
    assert [each["code"] for each in row["troubles"]] == ["unsent"]


@leaping
async def test_the_phones_of_others_are_told_once_a_second(rooms):
    console = spoken_console(rooms)
    await asyncio.sleep(LONG_ENOUGH)
    console.pushes.clear()
    await every(0.1, times=30, act=lambda at: rooms.gather({"small": There(phones=at)}))
    await asyncio.sleep(LONG_ENOUGH)
    assert console.regions["console-panel"]["phones"] == 29
    between = [later - sooner for sooner, later in zip(console.times, console.times[1:], strict=False)]
    assert min(between) >= PAUSE_OF_COUNTS - 1e-6


@leaping
async def test_who_is_elsewhere_is_known_to_screens_that_come_later(rooms):
    rooms.gather({"small": ANNS})
    assert devices(spoken_console(rooms)) == {ANN: 1}


@leaping
async def test_what_is_told_of_this_one_is_without_those_of_others_and_without_a_meeting_that_is_gone(rooms):
    joined(rooms, ANNS_TABLET)
    rooms.gather({"small": There({BEN: 1})})
    assert rooms.here() == {"small": There({ANN: 1})}
    rooms.forget("small")
    assert rooms.here() == {}
    rooms.gather({"small": There({BEN: 2})})
    assert rooms.devices("small").listed == ()


@leaping
async def test_a_meeting_that_all_have_left_is_not_told_of_unless_a_device_is_listed(rooms):
    assert (rooms.presence("small").phones, rooms.here()) == (0, {})
    watching = [HALL, PHONE, ANNS_TABLET]
    screens = [joined(rooms, each) for each in watching]
    assert rooms.here() == {"small": There({ANN: 1}, displays=1, phones=1)}
    for each, screen in zip(watching, screens, strict=True):
        rooms.leave(each, screen)
    assert rooms.here() == {}
    rooms.devices("small").enter(TABLET.post, TABLET.browser, "", None, NOON)
    rooms.devices("small").leave(TABLET.post, noon(60))
    assert rooms.here() == {"small": There(devices=(replace(TABLET, sockets=0, since=noon(60)),))}


@leaping
async def test_the_sheet_that_was_out_elsewhere_is_found_out_by_a_spare_tablet(rooms):
    rooms.gather({"small": There({ANN: 1}, devices=(replace(TABLET, unit="court"),))})
    assert unit_out(rooms.presence("small").devices, ANN, on=None) == "court"


@pytest.mark.parametrize(("came_here", "out"), [(-60, "court"), (60, "water")])
@leaping
async def test_of_a_tablet_here_and_one_elsewhere_the_sheet_of_the_one_that_came_last_is_found_out(
    rooms, came_here, out
):
    rooms.devices("small").enter(Post("spare-0002", "panel", ANN), "Chrome 126", "en", "water", noon(came_here))
    rooms.gather({"small": There({ANN: 1}, devices=(replace(TABLET, unit="court"),))})
    assert unit_out(rooms.presence("small").devices, ANN, on=None) == out


@leaping
async def test_a_display_is_elsewhere_as_long_as_it_is_connected_there(rooms):
    rooms.gather({"small": There(devices=(LEFT,))})
    assert [rooms.is_display_elsewhere("small", name) for name in ("left", "right")] == [True, False]
    rooms.gather({"small": There(devices=(replace(LEFT, sockets=0),))})
    assert not rooms.is_display_elsewhere("small", "left")


# --- where nobody else can be -----------------------------------------------------------------------------------------


async def test_beside_a_file_nothing_is_called(tmp_path, painter, monkeypatch):
    called: list[object] = []
    monkeypatch.setattr(Database, "call", lambda *_: called.append(None))
    looks: list[object] = []
    monkeypatch.setattr(Neighbours, "look", lambda _: asyncio.sleep(0, looks.append(None)))
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    async with up(database, painter) as venue:
        venue.neighbours.roll.ask()
        await until(lambda: len(looks) >= 5)
    assert called == []


# --- two servers on one PostgreSQL ------------------------------------------------------------------------------------


async def test_a_tablet_of_one_server_is_connected_on_the_console_of_the_other(postgresql, painter):
    async with two(postgresql.emptied_database(), painter) as (here, there):
        console = await watches(there, CONSOLE)
        tablet = await watches(here, ANNS_TABLET)
        await until(lambda: devices(console) == {ANN: 1})
        here.rooms.leave(ANNS_TABLET, tablet)
        await until(lambda: devices(console) == {})


async def test_who_was_here_before_the_other_server_started_is_known_there(postgresql, painter):
    url = postgresql.emptied_database()
    async with one(url, painter) as here:
        await watches(here, ANNS_TABLET)
        async with one(url, painter) as there:
            console = await watches(there, CONSOLE)
            await until(lambda: devices(console) == {ANN: 1})


async def test_who_was_at_a_server_that_ends_is_gone_at_once(postgresql, painter, monkeypatch):
    monkeypatch.setattr("app.live.rollcall.LONGEST_SILENCE", 10**9)
    async with two(postgresql.emptied_database(), painter) as (here, there):
        console = await watches(there, CONSOLE)
        await watches(here, ANNS_TABLET)
        await until(lambda: devices(console) == {ANN: 1})
        await here.neighbours.close()
        await until(lambda: devices(console) == {})


async def test_who_was_at_a_server_that_dies_is_gone_after_a_while(postgresql, painter):
    async with two(postgresql.emptied_database(), painter) as (here, there):
        console = await watches(there, CONSOLE)
        await watches(here, ANNS_TABLET)
        await until(lambda: devices(console) == {ANN: 1})
        await here.neighbours._roll_heartbeat.close()  # and says nothing any more
        await until(lambda: devices(console) == {})


async def test_a_line_that_was_cut_is_made_good(postgresql, painter, monkeypatch):
    monkeypatch.setattr(bell, "PAUSE_AFTER_FAILURE", PAUSE)
    async with two(postgresql.emptied_database(), painter) as (here, there):
        console = await watches(there, CONSOLE)
        await until(lambda: len(listeners(here.database)) == 2)
        cut(here.database)
        await watches(here, ANNS_TABLET)
        await until(lambda: len(listeners(here.database)) == 2)
        await until(lambda: devices(console) == {ANN: 1})


async def test_a_server_whose_calls_do_not_come_back_listens_over_another_line(postgresql, painter, monkeypatch):
    monkeypatch.setattr(bell, "LONGEST_ENDING", PAUSE)
    monkeypatch.setattr(Database, "call", lambda *_: None)
    async with one(postgresql.emptied_database(), painter) as venue:
        await until(lambda: listeners(venue.database))
        before = listeners(venue.database)
        await until(lambda: listeners(venue.database) not in ([], before))


async def test_two_kaimens_in_two_schemas_of_one_database_do_not_hear_each_other(postgresql, painter):
    """Each may have a meeting of the same code."""
    url, own = postgresql.another_schema()
    for each in (url, own):
        with closing(Database(each)) as database:
            database.create()
    async with two(url, painter) as (here, beside_it), two(own, painter) as (another, beside_that):
        for venue in (beside_it, beside_that):
            await venue.meeting("small")
        tablet = await watches(another, BENS_TABLET)
        await until(lambda: beside_that.rooms.presence("small").seats == {BEN: 1})
        await watches(here, ANNS_TABLET)
        await until(lambda: beside_it.rooms.presence("small").seats == {ANN: 1})
        another.rooms.leave(BENS_TABLET, tablet)  # what is said later is heard later
        await until(lambda: beside_that.rooms.presence("small").seats == {})


async def test_as_many_devices_as_are_kept_are_brought(postgresql, painter):
    """In as many calls as it takes: PostgreSQL brings 7999 bytes at once."""
    async with two(postgresql.emptied_database(), painter) as (here, there):
        board = await watches(there, BOARD)
        await here.meeting("small")
        for at in range(MOST):
            post = Post(token_urlsafe(40), "hall", display=f"display-{at}")
            here.rooms.devices("small").enter(post, "Chrome 126", "en", None, NOON)
        await until(lambda: sum(row["is_connected"] for row in board.regions["devices-board"]["rows"]) == MOST)


async def test_a_server_alone_on_postgresql_asks_once_and_tells_nothing(postgresql, painter, monkeypatch):
    asked: list[list[str]] = []
    call = Database.call
    monkeypatch.setattr(Database, "call", lambda self, at, calls: (asked.append(list(calls)), call(self, at, calls)))
    async with one(postgresql.emptied_database(), painter) as venue:
        await watches(venue, ANNS_TABLET)
        await until(lambda: asked)
        for _ in range(5):
            await venue.neighbours.roll.beat()
    assert [call.split(" ")[2] for calls in asked for call in calls] == ["asks"]
