"""The bell between processes: it says that a meeting has moved on; who hears it looks for himself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.live import bell
from app.live.bell import Listener
from app.live.room import Watching
from app.live.venue import Venue
from app.meeting import commands as c
from app.store import rehearsals
from app.store.database import CHANNEL, Database
from app.store.heads import Head, load_head
from app.store.scribe import Scribe
from tests.live.screen import Screen
from tests.live.served import PATIENCE
from tests.meetings import small_plan
from tests.records import save

OPEN = c.OpenMeeting(small_plan())
TIMER = Watching("small", "timer")

# --- the listener, on either database ---------------------------------------------------------------------------------


def test_a_listener_that_looks_finds_what_another_has_written(database, scribe):
    save(database, small_plan())
    heard: list[tuple[str, int]] = []
    listener = Listener(database, lambda code, head: heard.append((code, head.seq)))
    listener.know("small", head_of(database))
    listener._look()
    assert heard == []
    performed(scribe, OPEN)
    performed(scribe, c.Advance(None))
    listener._look()
    listener._look()
    assert heard == [("small", 2)]


def test_a_listener_does_not_hear_what_its_own_process_wrote(database, scribe):
    save(database, small_plan())
    heard: list[int] = []
    listener = Listener(database, lambda _code, head: heard.append(head.seq))
    performed(scribe, OPEN)
    listener.know("small", head_of(database))
    listener._look()
    assert heard == []


def test_what_is_known_never_becomes_older(database, scribe):
    save(database, small_plan())
    before = head_of(database)
    performed(scribe, OPEN)
    heard: list[int] = []
    listener = Listener(database, lambda _code, head: heard.append(head.seq))
    listener.know("small", head_of(database))
    listener.know("small", before)
    listener._look()
    assert heard == []


def test_on_sqlite_nobody_listens(tmp_path):
    database = Database(str(tmp_path / "kaimen.db"))
    listener = Listener(database, lambda _code, _head: None)
    listener.start()
    assert not listener._thread.is_alive()
    listener.stop()
    database.close()


# --- two servers on one PostgreSQL ------------------------------------------------------------------------------------


async def test_a_screen_of_one_server_shows_what_was_done_at_the_other(postgresql, painter):
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        screen = await watching(there)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("from over here"), "moderator", "command-2")
        await until(lambda: "from over here" in screen.regions["timer-message"])


async def test_a_ring_is_heard_before_the_next_heartbeat(postgresql, painter, monkeypatch):
    monkeypatch.setattr(bell, "HEARTBEAT", 10 * PATIENCE)
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        screen = await watching(there)
        await until(lambda: len(listeners(here.database)) == 2)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("at once"), "moderator", "command-2")
        await until(lambda: "at once" in screen.regions["timer-message"])
        for venue in (here, there):
            venue._listener._ending.set()
        await here.perform("small", c.TellSpeaker("goodbye"), "moderator", "command-3")


async def test_commands_given_at_both_make_one_log(postgresql, painter):
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        screens = [await watching(here), await watching(there)]
        await here.perform("small", OPEN, "moderator", "command-0")
        says = [
            (here, there)[at % 2].perform("small", c.TellSpeaker(f"{at}"), "moderator", f"command-{at}")
            for at in range(1, 41)
        ]
        assert sorted(performed.seq for performed in await asyncio.gather(*says)) == list(range(2, 42))
        last = head_of(here.database).meeting.displays.speaker_message
        for screen in screens:
            await until(lambda screen=screen: f"<p>{last}</p>" in screen.regions["timer-message"])


async def test_a_lost_ring_heals_by_itself(postgresql, painter, monkeypatch):
    monkeypatch.setattr(Database, "announce", lambda *_: None)
    monkeypatch.setattr(bell, "HEARTBEAT", 0.1)
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        screen = await watching(there)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("nobody rang"), "moderator", "command-2")
        await until(lambda: "nobody rang" in screen.regions["timer-message"])


async def test_a_listener_whose_connection_is_cut_listens_again(postgresql, painter, monkeypatch, caplog):
    monkeypatch.setattr(bell, "PAUSE_AFTER_FAILURE", 0.05)
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        screen = await watching(there)
        await until(lambda: len(listeners(here.database)) == 2)
        cut(here.database)
        await until(lambda: "Not listening" in caplog.text)
        await until(lambda: len(listeners(here.database)) == 2)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("and again"), "moderator", "command-2")
        await until(lambda: "and again" in screen.regions["timer-message"])


async def test_a_plan_written_at_one_server_is_known_at_the_other(postgresql, painter):
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        await watching(there)
        save(here.database, small_plan(title="Another title"))
        await until(lambda: there.rooms.meeting("small").plan.title == "Another title")
        await here.perform("small", c.TakeSeat("ann", "tablet-0001"), "seat:ann", "command-1")
        await until(lambda: there.rooms.meeting("small").panel.holders)
        assert there.rooms.meeting("small").plan.title == "Another title"


async def test_a_meeting_deleted_at_one_server_is_gone_at_the_other(postgresql, painter):
    async with two_venues(postgresql.emptied_database(), painter) as (here, there):
        await watching(there)
        await here.write(lambda connection: rehearsals.erase(connection, "small"))
        await until(lambda: there.rooms.meeting("small") is None)


@asynccontextmanager
async def two_venues(url: str, painter) -> AsyncIterator[tuple[Venue, Venue]]:
    databases = [Database(url), Database(url)]
    save(databases[0], small_plan())
    here, there = (Venue(database, painter, most_sockets=10) for database in databases)
    await here.open()
    await there.open()
    try:
        yield here, there
    finally:
        await asyncio.gather(here.close(), there.close())
        for database in databases:
            database.close()


async def watching(venue: Venue) -> Screen:
    await venue.meeting("small")
    screen = Screen(TIMER)
    venue.rooms.join(TIMER, screen, have="")
    return screen


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  it happens in the listeners' threads
            await asyncio.sleep(0.005)


def listeners(database: Database) -> list[int]:
    query = f"SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN {CHANNEL}' AND datname = current_database()"
    with database.reading() as connection:
        return list(connection.exec_driver_sql(query).scalars())


def cut(database: Database) -> None:
    with database.writing() as connection:
        for pid in listeners(database):
            connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")


def head_of(database: Database) -> Head:
    with database.reading() as connection:
        head = load_head(connection, "small")
    assert head is not None
    return head


def performed(scribe: Scribe, command: c.Command) -> int:
    return scribe.ask("small", command, "moderator", f"command-{type(command).__name__}").result(PATIENCE).seq
