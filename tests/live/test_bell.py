"""Two servers on one PostgreSQL: a bell says that a meeting has moved on; who hears it looks for himself."""

import asyncio
from contextlib import closing
from queue import Empty, Queue
from types import SimpleNamespace

from app.live import bell
from app.live.bell import Bell
from app.live.heartbeat import PAUSE
from app.live.room import Watching
from app.meeting import commands as c
from app.store import rehearsals
from app.store.database import CHANNEL, Database
from app.store.heads import Head, load_head
from tests.live.listening import cut, is_up, listeners
from tests.live.served import PATIENCE
from tests.live.venues import two, until, watches
from tests.meetings import small_plan
from tests.records import save

OPEN = c.OpenMeeting(small_plan())
TIMER = Watching("small", "timer")
CALLS = "calls_of_these_tables"


# --- what comes over a line -------------------------------------------------------------------------------------------


class Line:
    """The database and its connection in one: takes LISTEN, and brings what is put into it."""

    is_sqlite = False

    def __init__(self) -> None:
        self.done: Queue[object] = Queue()
        self.brings: Queue[SimpleNamespace] = Queue()
        self.connection = SimpleNamespace(driver_connection=self)

    def listening(self):
        return closing(self)

    def channel_of_calls(self, _connection: object) -> str:
        return CALLS

    def close(self) -> None:
        self.done.put("closed")

    def invalidate(self) -> None:
        self.done.put("thrown away")

    def exec_driver_sql(self, statement: str) -> None:
        self.done.put(statement)

    def notifies(self, timeout: float, **_: int):
        try:
            yield self.brings.get(timeout=timeout)
        except Empty:
            return


def test_rings_and_calls_come_apart_once_all_of_them_are_listened_to(monkeypatch):
    monkeypatch.setattr(bell, "LONGEST_ENDING", 0.05)
    line = Line()
    done = line.done
    listener = Bell(line, lambda *of: done.put(of), done.put, lambda: done.put("listens"))
    for channel, payload in ((CHANNEL, "small 12"), (CALLS, "some one 3"), (CHANNEL, "small 13")):
        line.brings.put(SimpleNamespace(channel=channel, payload=payload))
    listener.start()
    heard = [done.get(timeout=PATIENCE) for _ in range(6)]
    listener.stop()
    listens = [f"LISTEN {CALLS}", f"LISTEN {CHANNEL}", "listens"]
    assert heard == [*listens, ("small", 12), "some one 3", ("small", 13)]


async def test_over_a_line_that_brings_nothing_a_bell_listens_no_more(postgresql, monkeypatch):
    monkeypatch.setattr(bell, "LONGEST_ENDING", 0.05)
    heard: Queue[object] = Queue()
    with closing(Database(postgresql.emptied_database())) as database:
        listener = Bell(database, lambda *of: heard.put(of), heard.put, lambda: heard.put("listens"))
        listener.start()
        assert heard.get(timeout=PATIENCE) == "listens"
        [before] = listeners(database)
        listener.listen_anew()
        assert heard.get(timeout=PATIENCE) == "listens"
        await until(lambda: not is_up(database, before))
        with database.reading() as connection:
            database.call(connection, ["one 1 asks"])
        assert heard.get(timeout=PATIENCE) == "one 1 asks"
        listener.stop()
        assert heard.empty()


# --- two servers on one PostgreSQL ------------------------------------------------------------------------------------


async def test_a_screen_of_one_server_shows_what_was_done_at_the_other(postgresql, painter):
    async with two(postgresql.emptied_database(), painter, PAUSE) as (here, there):
        screen = await watches(there, TIMER)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("from over here"), "moderator", "command-2")
        await until(lambda: "from over here" in screen.regions["timer-message"])


async def test_a_ring_is_heard_before_the_next_look(postgresql, painter):
    async with two(postgresql.emptied_database(), painter, 10 * PATIENCE) as (here, there):
        screen = await watches(there, TIMER)
        await until(lambda: len(listeners(here.database)) == 2)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("at once"), "moderator", "command-2")
        await until(lambda: "at once" in screen.regions["timer-message"])


async def test_commands_given_at_both_make_one_log(postgresql, painter):
    async with two(postgresql.emptied_database(), painter, PAUSE) as (here, there):
        screens = [await watches(here, TIMER), await watches(there, TIMER)]
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
    async with two(postgresql.emptied_database(), painter, 0.1) as (here, there):
        screen = await watches(there, TIMER)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("nobody rang"), "moderator", "command-2")
        await until(lambda: "nobody rang" in screen.regions["timer-message"])


async def test_a_listener_whose_connection_is_cut_listens_again(postgresql, painter, monkeypatch, caplog):
    monkeypatch.setattr(bell, "PAUSE_AFTER_FAILURE", 0.05)
    async with two(postgresql.emptied_database(), painter, 10 * PATIENCE) as (here, there):
        screen = await watches(there, TIMER)
        await until(lambda: len(listeners(here.database)) == 2)
        cut(here.database)
        await until(lambda: "Not listening" in caplog.text)
        await until(lambda: len(listeners(here.database)) == 2)
        await here.perform("small", OPEN, "moderator", "command-1")
        await here.perform("small", c.TellSpeaker("and again"), "moderator", "command-2")
        await until(lambda: "and again" in screen.regions["timer-message"])


async def test_a_plan_written_at_one_server_is_known_at_the_other(postgresql, painter):
    async with two(postgresql.emptied_database(), painter, PAUSE) as (here, there):
        await watches(there, TIMER)
        save(here.database, small_plan(title="Another title"))
        await until(lambda: there.rooms.meeting("small").plan.title == "Another title")
        await here.perform("small", c.TakeSeat("ann", "tablet-0001"), "seat:ann", "command-1")
        await until(lambda: there.rooms.meeting("small").panel.holders)
        assert there.rooms.meeting("small").plan.title == "Another title"


async def test_a_meeting_deleted_at_one_server_is_gone_at_the_other(postgresql, painter):
    async with two(postgresql.emptied_database(), painter, PAUSE) as (here, there):
        await watches(there, TIMER)
        await here.write(lambda connection: rehearsals.erase(connection, "small"))
        await until(lambda: there.rooms.meeting("small") is None)


def head_of(database: Database) -> Head:
    with database.reading() as connection:
        head = load_head(connection, "small")
    assert head is not None
    return head
