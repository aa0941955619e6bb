"""The venue: the one road to a write, and what the screens know of it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.live import rooms
from app.live import venue as venue_module
from app.live.heartbeat import PAUSE
from app.live.reach import EVERYWHERE
from app.live.room import Watching
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.refusals import Refused
from app.store import log, plans, refusals
from app.store.database import Database
from app.store.heads import load_head
from app.store.scribe import Scribe
from tests.live.screen import Screen
from tests.live.served import PATIENCE
from tests.meetings import opened, small_plan
from tests.records import save

OPEN = c.OpenMeeting(small_plan())
TIMER = Watching("small", "timer")


@pytest.fixture
def disk(tmp_path) -> Iterator["Disk"]:
    disk = Disk(str(tmp_path / "kaimen.db"))
    disk.create()
    save(disk, small_plan())
    yield disk
    disk.may_commit.set()
    disk.close()


@pytest.fixture
async def venue(disk, painter) -> AsyncIterator[Venue]:
    """It does not look for what other processes do, so that every read is one that was asked for."""
    async with opened_venue(disk, painter, pause=3600.0) as venue:
        yield venue


class Disk(Database):
    """A database that is slow to commit when it is told to, or cannot at all."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.may_commit = threading.Event()
        self.may_commit.set()
        self.is_about_to_commit = threading.Event()
        self.is_full = False
        self.reads = 0

    @contextmanager
    def writing(self):
        with super().writing() as connection:
            yield connection
            self.is_about_to_commit.set()
            assert self.may_commit.wait(PATIENCE)
            if self.is_full:
                raise sa.exc.OperationalError("COMMIT", {}, OSError("database or disk is full"))

    @contextmanager
    def reading(self):
        self.reads += 1
        with super().reading() as connection:
            yield connection


@asynccontextmanager
async def opened_venue(database: Database, painter, pause: float = PAUSE) -> AsyncIterator[Venue]:
    venue = Venue(database, painter, most_sockets=10, pause=pause)
    await venue.open()
    try:
        yield venue
    finally:
        await venue.close()


def entries(database: Database) -> int:
    with database.reading() as connection:
        return len(list(log.load(connection, "small")))


async def until(holds) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  it happens in the scribe's thread
            await asyncio.sleep(0.005)


# --- a long log ------------------------------------------------------------------------------------------------------


async def test_a_log_is_read_and_folded_once_for_pages_and_commands_alike(database, painter, monkeypatch):
    save(database, small_plan())
    async with opened_venue(database, painter) as before:
        await before.perform("small", OPEN, "moderator", "command-1")
    read, load = [], log.load
    monkeypatch.setattr(log, "load", lambda *args, **more: read.append(more.get("after")) or load(*args, **more))
    async with opened_venue(database, painter) as venue:
        assert await venue.meeting("small")
        assert (await venue.perform("small", c.TellSpeaker("hello"), "moderator", "command-2")).seq == 2
    assert read.count(0) == 1


# --- acknowledged means durable ---------------------------------------------------------------------------------------


async def test_nobody_hears_of_a_command_before_it_is_durable(venue, disk):
    screen = await watching(venue)
    disk.may_commit.clear()
    asked = asyncio.create_task(venue.perform("small", OPEN, "moderator", "command-1"))
    await asyncio.to_thread(disk.is_about_to_commit.wait, PATIENCE)
    assert await venue.read(plans.codes) == ["small"]  # as long as it likes: others are answered
    assert (asked.done(), len(screen.pushes), entries(disk)) == (False, 1, 0)
    disk.may_commit.set()
    assert (await asked).seq == 1
    assert entries(disk) == 1
    await until(lambda: len(screen.pushes) == 2)


async def test_the_answer_comes_before_anybody_looks_and_what_is_asked_after_it_is_told_of_the_new(venue, monkeypatch):
    """Even where it is on the wire only at the end of a turn, as with uvloop."""
    screen = await watching(venue)
    turns, known = [], []

    async def asks() -> None:
        await venue.perform("small", OPEN, "moderator", "command-1")
        known.append(venue.rooms.meeting("small").is_open)
        asyncio.get_running_loop().call_soon(lambda: turns.append("the end of the turn in which it is answered"))

    monkeypatch.setattr(venue.rooms, "look_again", lambda _code: turns.append("a look"))
    await asks()
    await until(lambda: len(turns) == 2)
    assert turns == ["the end of the turn in which it is answered", "a look"]
    assert known == [True]
    assert len(screen.pushes) == 1


async def test_only_where_something_can_have_changed_is_looked_and_everywhere_after_entries_of_others(
    venue, disk, monkeypatch
):
    await watching(venue)
    looks = []
    monkeypatch.setattr(rooms, "reach_of", lambda events, _after: looks.append(events) or EVERYWHERE)
    await venue.perform("small", OPEN, "moderator", "command-1")
    await until(lambda: len(looks) == 1)
    await venue.perform("small", c.TellSpeaker("hello"), "moderator", "command-2")
    await until(lambda: len(looks) == 2)
    assert [type(event).__name__ for event in looks[1]] == ["SpeakerTold"]
    elsewhere = Scribe(disk)
    elsewhere.start()
    await asyncio.wrap_future(elsewhere.ask("small", c.TellSpeaker("from elsewhere"), "moderator", "command-3"))
    elsewhere.stop()
    await venue.perform("small", c.TellSpeaker("again"), "moderator", "command-4")
    await until(lambda: len(looks) == 3)
    assert [event.text for event in looks[2]] == ["from elsewhere", "again"]


async def test_what_could_not_be_committed_is_refused_and_shown_to_nobody(venue, disk, caplog):
    screen = await watching(venue)
    disk.is_full = True
    assert await refusal(venue.perform("small", OPEN, "moderator", "command-1")) == "record.unavailable"
    assert not venue.rooms.meeting("small").is_open
    disk.is_full = False
    assert (await venue.perform("small", OPEN, "moderator", "command-1")).seq == 1
    await until(lambda: len(screen.pushes) == 2)
    assert "disk is full" in caplog.text


async def test_a_refusal_of_the_rules_reaches_the_one_who_asked_and_no_screen(venue):
    screen = await watching(venue)
    assert await refusal(venue.perform("small", c.Pause(), "moderator", "command-1")) == "meeting.not_open"
    assert await refusal(venue.perform("nothing", c.Pause(), "moderator", "command-2")) == "meeting.unknown"
    assert len(screen.pushes) == 1


async def test_a_flurry_of_commands_ends_on_the_last_picture(venue, disk):
    screen = await watching(venue)
    await venue.perform("small", OPEN, "moderator", "command-0")
    says = [venue.perform("small", c.TellSpeaker(f"{at}"), "moderator", f"command-{at}") for at in range(1, 101)]
    assert [performed.seq for performed in await asyncio.gather(*says)] == list(range(2, 102))
    await until(lambda: "<p>100</p>" in screen.regions["timer-message"])
    assert entries(disk) == 101
    assert len(screen.pushes) < 50


async def test_what_is_asked_while_the_venue_closes_is_still_carried_out(disk, painter):
    async with opened_venue(disk, painter) as venue:
        disk.may_commit.clear()
        asked = [asyncio.create_task(venue.perform("small", OPEN, "moderator", "command-1"))]
        await asyncio.to_thread(disk.is_about_to_commit.wait, PATIENCE)
        asked.append(asyncio.create_task(venue.perform("small", c.Advance(None), "moderator", "command-2")))
        await asyncio.sleep(0)
        disk.may_commit.set()
    assert [(await each).seq for each in asked] == [1, 2]
    assert entries(disk) == 2


async def test_whoever_looks_after_what_was_seen_is_written_finds_all_of_it(venue, disk):
    """What somebody else is writing already is in no memory any more, and in no database yet."""
    venue.signs.refused("small", "water", "phone", "ballot.no_device")
    disk.may_commit.clear()
    first, second = (asyncio.create_task(venue.write_signs()) for _ in range(2))
    await asyncio.to_thread(disk.is_about_to_commit.wait, PATIENCE)
    assert not second.done()
    disk.may_commit.set()
    await asyncio.gather(first, second)
    found = await venue.read(partial(refusals.refused_of, meeting="small"))
    assert found == {"ballot.no_device": 1}


async def test_what_is_durable_is_acknowledged_though_the_loop_was_held_up(venue, monkeypatch):
    """Time is up in the same turn in which the writer's answer comes: nobody is told that nothing was written."""
    monkeypatch.setattr(venue_module, "LONGEST_WRITE", 0.0)
    written: Future[str] = Future()
    written.set_result("durable")
    assert await venue._written(written) == "durable"


async def test_nobody_need_wait_for_what_he_asked(venue, disk):
    """A socket whose task is cancelled takes nothing with it."""
    disk.may_commit.clear()
    asked = asyncio.create_task(venue.perform("small", OPEN, "moderator", "command-1"))
    await asyncio.to_thread(disk.is_about_to_commit.wait, PATIENCE)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    disk.may_commit.set()
    assert (await venue.perform("small", c.Advance(None), "moderator", "command-2")).seq == 2


# --- meetings are loaded once, and never turn back --------------------------------------------------------------------


async def test_an_unknown_meeting_is_none(venue):
    assert await venue.meeting("nothing") is None
    assert await venue.codes() == ["small"]


async def test_a_meeting_is_read_once_however_many_ask(venue, disk):
    found = await asyncio.gather(*(venue.meeting("small") for _ in range(20)))
    assert disk.reads == 1
    assert all(each is found[0] for each in found)


async def test_after_a_restart_a_meeting_stands_where_its_log_ends(disk, painter):
    async with opened_venue(disk, painter) as venue:
        await venue.perform("small", OPEN, "moderator", "command-1")
        await venue.perform("small", c.TellSpeaker("two minutes left"), "moderator", "command-2")
        await until(lambda: venue.rooms.meeting("small") and venue.rooms.meeting("small").displays.speaker_message)
        before = venue.rooms.meeting("small")
    async with opened_venue(disk, painter) as venue:
        assert await venue.meeting("small") == before


async def test_a_meeting_known_by_a_command_is_not_read_again(venue, disk):
    await venue.perform("small", OPEN, "moderator", "command-1")
    await until(lambda: venue.rooms.meeting("small") is not None)
    reads = disk.reads
    assert (await venue.meeting("small")).is_open
    assert disk.reads == reads


async def test_what_is_heard_of_late_does_not_turn_a_meeting_back(venue, disk):
    await venue.perform("small", OPEN, "moderator", "command-1")
    await until(lambda: venue.rooms.meeting("small") is not None)
    with disk.reading() as connection:
        old = load_head(connection, "small")
    await venue.perform("small", c.TellSpeaker("newer"), "moderator", "command-2")
    await until(lambda: venue.rooms.meeting("small").displays.speaker_message == "newer")
    venue.heads.know("small", old)
    venue.heads.know("small", replace(old, meeting=opened().meeting))
    assert venue.rooms.meeting("small").displays.speaker_message == "newer"


async def test_a_head_with_a_plan_that_was_written_anew_since_is_made_good(venue, disk):
    await venue.meeting("small")
    with disk.reading() as connection:
        old = load_head(connection, "small")
    save(disk, replace(small_plan(), title="Another title"))
    await venue.replanned("small")
    venue.heads.know("small", old)
    assert venue.rooms.meeting("small").plan == small_plan()
    await venue.neighbours.look()
    assert venue.rooms.meeting("small").plan.title == "Another title"


async def test_reading_keeps_nobody_waiting(venue):
    threads = await venue.read(lambda _connection: threading.current_thread())
    assert threads is not threading.current_thread()


# --- whether the record can be written --------------------------------------------------------------------------------


async def test_readiness_is_whether_the_record_takes_a_write(venue, disk, monkeypatch):
    monkeypatch.setattr(venue_module, "MOST_FREQUENT_PULSE", -1.0)
    answers = [await venue.can_write()]
    disk.is_full = True
    answers.append(await venue.can_write())
    disk.is_full = False
    answers.append(await venue.can_write())
    assert answers == [True, False, True]


async def test_that_the_record_cannot_be_written_is_one_line_in_the_log_and_that_it_can_again_another(
    venue, disk, monkeypatch, caplog
):
    monkeypatch.setattr(venue_module, "MOST_FREQUENT_PULSE", -1.0)
    for is_full in (False, True, True, True, False, False, True):
        disk.is_full = is_full
        assert await venue.can_write() is not is_full
    lines = [each.getMessage() for each in caplog.records]
    said = [line.partition(":")[0] for line in lines]
    assert said == ["The record cannot be written", "Not ready any more", "Ready again", *said[:2]]
    assert "database or disk is full" in lines[0]


@pytest.mark.parametrize("fault", [TypeError("a fault of ours"), TimeoutError()])
async def test_a_fault_in_asking_is_one_line_as_well_and_the_answer_is_no(venue, monkeypatch, caplog, fault):
    async def fails(_work):
        raise fault

    monkeypatch.setattr(venue_module, "MOST_FREQUENT_PULSE", -1.0)
    with monkeypatch.context() as broken:
        broken.setattr(venue, "write", fails)
        assert [await venue.can_write() for _ in range(3)] == [False] * 3
    assert await venue.can_write()
    assert caplog.text.count("Not ready any more") == caplog.text.count("Ready again") == 1
    assert caplog.text.count("a fault of ours") == bool(str(fault))


async def test_the_disk_is_asked_at_most_once_a_second(venue, monkeypatch):
    writes = []
    monkeypatch.setattr(venue, "write", lambda work, write=venue.write: writes.append(work) or write(work))
    moment = [1000.0]
    monkeypatch.setattr(venue_module, "time", SimpleNamespace(monotonic=lambda: moment[0]))
    assert [await venue.can_write() for _ in range(10)] == [True] * 10
    assert len(writes) == 1
    moment[0] += venue_module.MOST_FREQUENT_PULSE + 0.01
    await venue.can_write()
    assert len(writes) == 2


async def watching(venue: Venue) -> Screen:
    """A speaker's timer that has its picture."""
    await venue.meeting("small")
    screen = Screen(TIMER)
    venue.rooms.join(TIMER, screen, have="")
    return screen


async def refusal(asked) -> str:
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.code
