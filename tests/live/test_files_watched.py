"""The record's file under a running server: gone, replaced, put back. Nothing is called kept that is not, and the
console says why."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from app.live import venue as venue_module
from app.live.framed import Format
from app.live.room import Watching
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.refusals import Refused
from app.rehearsal.process import RUN
from app.store.database import Database, DatabaseUnusable
from app.store.scribe import Performed
from tests.live.screen import Screen
from tests.live.served import PATIENCE
from tests.meetings import small_plan
from tests.records import save

OPEN = c.OpenMeeting(small_plan())
CONSOLE = Watching("small", "moderator", format=Format.JSON)


@pytest.fixture
async def venue(tmp_path, painter, monkeypatch) -> AsyncIterator[Venue]:
    monkeypatch.setattr(venue_module, "MOST_FREQUENT_PULSE", -1.0)
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    save(database, small_plan())
    venue = Venue(database, painter, most_sockets=10, pause=3600.0)
    await venue.open()
    yield venue
    await venue.close()


@pytest.fixture
async def console(venue) -> Screen:
    """A console that watches the opened meeting."""
    await venue.meeting("small")
    screen = Screen(CONSOLE)
    venue.rooms.join(CONSOLE, screen, have="")
    await venue.perform("small", OPEN, "moderator", "opening")
    return screen


async def refusal(asked) -> str:
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.code


async def warned(console: Screen, *codes: str) -> None:
    """Wait until the console says just this."""
    async with asyncio.timeout(PATIENCE):
        while [each["code"] for each in console.regions["console-warnings"]["warnings"]] != list(codes):  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_file_that_is_gone_is_said_at_the_command_at_the_console_and_to_whoever_asks(venue, console, tmp_path):
    await venue._look_around()
    await warned(console)
    (tmp_path / "kaimen.db").rename(tmp_path / "elsewhere")
    assert await refusal(venue.perform("small", c.Advance(None), "moderator", "step")) == "record.file_gone"
    assert await refusal(venue.read(lambda _connection: None)) == "record.file_gone"
    await venue._look_around()
    why_not = await venue.why_not()
    assert why_not is not None
    assert why_not.code == "record.file_gone"
    await warned(console, "record.file_gone")
    (tmp_path / "elsewhere").rename(tmp_path / "kaimen.db")
    assert await venue.perform("small", c.Advance(None), "moderator", "step") == Performed(2)
    await venue._look_around()
    assert await venue.why_not() is None
    await warned(console)


async def test_a_console_that_comes_later_is_told_as_well(venue, tmp_path):
    (tmp_path / "kaimen.db").rename(tmp_path / "elsewhere")
    await venue._look_around()
    (tmp_path / "elsewhere").rename(tmp_path / "kaimen.db")
    await venue.meeting("small")
    screen = Screen(CONSOLE)
    venue.rooms.join(CONSOLE, screen, have="")
    await warned(screen, "record.file_gone")


async def test_a_record_that_was_put_back_is_named_and_nothing_is_written_behind_it(venue, console, tmp_path):
    assert venue.database.checkpoint()
    shutil.copy(tmp_path / "kaimen.db", tmp_path / "older.db")
    for number in range(3):
        await venue.perform("small", c.TellSpeaker(f"Telling {number}"), "moderator", f"telling-{number}")
    put_back(tmp_path)
    await venue.neighbours.look()
    await warned(console, "record.rolled_back")
    why_not = await venue.why_not()
    assert why_not is not None
    assert (why_not.code, dict(why_not.facts)) == ("record.rolled_back", {"written": 4, "here": 1})
    assert await refusal(venue.perform("small", c.Advance(None), "moderator", "step")) == "record.rolled_back"


async def test_a_record_that_the_writer_finds_put_back_is_named_at_once_to_all(venue, console, tmp_path):
    """Before anybody has looked around."""
    assert venue.database.checkpoint()
    shutil.copy(tmp_path / "kaimen.db", tmp_path / "older.db")
    await venue.perform("small", c.TellSpeaker("One minute"), "moderator", "telling")
    put_back(tmp_path)
    assert await refusal(venue.perform("small", c.Advance(None), "moderator", "step")) == "record.rolled_back"
    await warned(console, "record.rolled_back")
    why_not = await venue.why_not()
    assert why_not is not None
    assert why_not.code == "record.rolled_back"


def put_back(folder: Path) -> None:
    """An older state, restored into the open file by SQLite's own means: the file is the same."""
    with closing(sqlite3.connect(folder / "older.db")) as older, closing(sqlite3.connect(folder / "kaimen.db")) as it:
        older.backup(it)


async def test_what_stands_beside_the_file_is_watched_behind_a_link_as_well(tmp_path):
    """SQLite follows the link first: the ``-wal`` bears the name of the file, not that of the link."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "kaimen.db").symlink_to(tmp_path / "disk" / "real.db")
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    save(database, small_plan())
    (tmp_path / "disk" / "real.db-wal").unlink()
    with pytest.raises(DatabaseUnusable):
        save(database, small_plan(code="other"))
    database.close()


@pytest.mark.parametrize("ending", ["", "-wal"])
async def test_nothing_is_called_kept_in_a_file_that_was_emptied_where_it_stands(tmp_path, ending):
    """Its inode is the same; what is written goes behind a hole, and is not read after the next start."""
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    save(database, small_plan())
    (tmp_path / f"kaimen.db{ending}").write_bytes(b"")
    with pytest.raises(DatabaseUnusable):
        save(database, small_plan(code="other"))
    database.close()


EMPTIED_MEMORY = """
import os, sqlite3, subprocess, sys
from app.store.database import Database, DatabaseUnusable
from app.store import plans
from tests.meetings import small_plan

where = sys.argv[1]
database = Database(where)
database.create()

def planned(code):
    with database.writing() as connection:
        plans.save(connection, small_plan(code=code))

def codes():
    with database.reading() as connection:
        return plans.codes(connection)

planned("before")
os.truncate(f"{where}-shm", 0)
for asked in (lambda: planned("during"), codes):
    try:
        asked()
    except DatabaseUnusable as refused:
        print(refused.said.code)
print(database.checkpoint())
if "beside" in sys.argv:
    look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM meeting').fetchall()"
    subprocess.run([sys.executable, "-c", look, where], check=True)
    planned("after")
    print(codes())
database.close()
print(sqlite3.connect(where).execute("SELECT code FROM meeting ORDER BY position").fetchall())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there the system lets nobody shorten what is mapped")
@pytest.mark.parametrize(
    ("another", "said"),
    [
        ((), ["[('before',)]"]),
        (("beside",), ["['before', 'after']", "[('before',), ('after',)]"]),
    ],
)
def test_an_emptied_memory_beside_the_file_ends_no_process(tmp_path, another, said):
    """It is mapped: whoever reaches for what was cut off is ended by the system. Another process makes it whole."""
    command = [sys.executable, "-c", EMPTIED_MEMORY, str(tmp_path / "kaimen.db"), *another]
    done = subprocess.run(command, cwd=RUN.parent, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["record.file_gone", "record.file_gone", "False", *said]


async def test_a_wal_that_a_checkpoint_has_emptied_is_no_alarm(tmp_path):
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    for number in range(3):
        save(database, small_plan(code=f"meeting-{number}"))
        assert database.checkpoint()
        assert (tmp_path / "kaimen.db-wal").stat().st_size == 0
        database.must_be_in_place()
    database.close()
