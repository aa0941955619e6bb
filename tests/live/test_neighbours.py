"""What other processes do is found by one look, on either database: entries, plans, keys, meetings that are gone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.live.room import Watching
from app.live.venue import Venue
from app.meeting import commands as c
from app.store import keys, rehearsals
from app.store.database import Database
from app.store.heads import Head, load_head
from app.store.keys import Key, Role
from app.store.scribe import Scribe
from tests.live.screen import Screen
from tests.live.served import PATIENCE
from tests.meetings import small_plan
from tests.records import save

OPEN = c.OpenMeeting(small_plan())
TIMER = Watching("small", "timer")


@pytest.fixture
async def venue(database, painter) -> AsyncIterator[Venue]:
    """It looks at its neighbours only when it is told to."""
    save(database, small_plan())
    venue = Venue(database, painter, most_sockets=10, pause=3600.0)
    await venue.open()
    yield venue
    await venue.close()


class Doors:
    """Who is in by which keys."""

    def __init__(self, *keys: str) -> None:
        self.keys_in_use = set(keys)
        self.shown_out: list[str] = []

    def show_out(self, ids) -> None:
        self.shown_out += ids


async def elsewhere(database: Database, *asked: c.Command) -> None:
    """Commands that another process carries out. It rings as well, on PostgreSQL; whether that is heard is the same."""
    scribe = Scribe(database)
    scribe.start()
    for command in asked:
        await asyncio.wrap_future(scribe.ask("small", command, "moderator", f"elsewhere-{type(command).__name__}"))
    await asyncio.to_thread(scribe.stop)


async def test_entries_of_others_are_on_the_screens_after_a_look(venue, database):
    screen = await watching(venue)
    await elsewhere(database, OPEN, c.TellSpeaker("from elsewhere"))
    await venue.neighbours.look()
    assert venue.rooms.meeting("small").displays.speaker_message == "from elsewhere"
    await until(lambda: "from elsewhere" in screen.regions["timer-message"])


async def test_a_meeting_on_which_nobody_has_worked_is_not_read_again(venue, database, monkeypatch):
    await venue.perform("small", OPEN, "moderator", "command-1")
    known = venue.heads.newest("small")
    await venue.neighbours.look()
    assert venue.heads.newest("small") is known


async def test_a_look_asks_twice_at_most_however_many_meetings_are_known(venue, database):
    others = [small_plan(code=f"other-{number}") for number in range(5)]
    save(database, *others)
    for code in ("small", *(plan.code for plan in others)):
        await venue.meeting(code)
    venue.neighbours.watch(Doors("a key"))
    with questions(database) as asked:
        await venue.neighbours.look()
    assert len(asked) == 2


async def test_while_nobody_is_here_nothing_is_asked(venue, database):
    with questions(database) as asked:
        await venue.neighbours.look()
    assert asked == []


async def test_who_is_in_by_a_key_that_another_process_revoked_is_shown_out(venue, database):
    with database.writing() as connection:
        kept, lost = (
            keys.find(connection, keys.make(connection, Key(None, Role.ORGANISER), f"organiser {number}"))
            for number in (1, 2)
        )
        doors = Doors(kept.id, lost.id)
        venue.neighbours.watch(doors)
        keys.revoke_one(connection, None, lost.id)
    await venue.neighbours.look()
    assert doors.shown_out == [lost.id]


async def test_a_meeting_that_others_deleted_is_forgotten_everywhere(venue, database):
    await watching(venue)
    with database.writing() as connection:
        rehearsals.erase(connection, "small")
    await venue.neighbours.look()
    assert (venue.heads.all(), venue.rooms.codes, venue.rooms.clients) == ({}, [], 0)


async def test_one_meeting_that_cannot_be_followed_keeps_no_other_back(venue, database, caplog):
    save(database, small_plan(code="another"))
    for code in ("another", "small"):
        await venue.meeting(code)
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE head SET seq = 1 WHERE meeting = 'another'"))
        values = "'another', 1, 'Unheard', '', '', '', ''"
        connection.execute(
            sa.text(f'INSERT INTO log (meeting, seq, kind, "by", command, line, seal) VALUES ({values})')
        )
    await elsewhere(database, OPEN)
    await venue.neighbours.look()
    assert venue.rooms.meeting("small").is_open
    assert "“another” could not be followed" in caplog.text


async def test_a_record_that_was_put_back_and_written_on_is_named(venue, database):
    """It is as long as before, so that its length alone does not show it."""
    await venue.perform("small", OPEN, "moderator", "command-1")
    with database.reading() as connection:
        old = load_head(connection, "small")
    venue.heads.know("small", ahead_of(old))
    await elsewhere(database, c.TellSpeaker("one"), c.Advance(None))
    await venue.neighbours.look()
    why_not = await venue.why_not()
    assert why_not is not None
    assert why_not.code == "record.rolled_back"


def ahead_of(head: Head | None) -> Head:
    """A head with an entry that is in no log any more."""
    assert head is not None
    tail = replace(head.tail, seq=head.seq + 1, seal="0" * 64)
    return replace(head, tail=tail)


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """What the database is asked, apart from where a transaction begins, and from what the bell listens by."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN") and threading.current_thread().name != "bell":
            asked.append(statement)

    sa.event.listen(database._readers, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(database._readers, "before_cursor_execute", note)


async def watching(venue: Venue) -> Screen:
    await venue.meeting("small")
    screen = Screen(TIMER)
    venue.rooms.join(TIMER, screen, have="")
    return screen


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  it happens by and by
            await asyncio.sleep(0.005)
