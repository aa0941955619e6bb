"""``run.py erase`` as somebody types it: asked once, gone from every file, and the record as it was."""

import sqlite3
from contextlib import closing

import pytest

from app.store import persons
from app.store.database import Database
from app.store.persons import Kind, Person, Station
from tests.commandline import run_here
from tests.meetings import ANN, at_water
from tests.records import record

NAME = "李见微"


@pytest.fixture
def named(tmp_path) -> str:
    """A meeting in its midst, with the name of one who sits there."""
    path = str(tmp_path / "kaimen.db")
    with closing(Database(path)) as database:
        database.create()
        record(database, at_water())
        with database.writing() as connection:
            persons.put(connection, "small", {Station(Kind.SEAT, ANN): Person(NAME, "教授")})
    return path


def test_names_are_erased_once_that_is_confirmed_and_the_record_holds(named, tmp_path):
    def files_with_the_name() -> list[str]:
        return [each.name for each in tmp_path.iterdir() if NAME.encode() in each.read_bytes()]

    before = run_here("verify", "small", "--db", named).stdout
    assert run_here("erase", "small", "--db", named).exit_code == 1  # asked, and nothing was answered
    assert files_with_the_name() == ["kaimen.db"]
    erased = run_here("erase", "small", "--yes", "--db", named)
    assert (erased.exit_code, erased.stdout) == (
        0,
        "Erased: names 1, signatures 0, questions 0. Backups made before still have them.\n",
    )
    assert files_with_the_name() == []
    assert run_here("verify", "small", "--db", named).stdout == before


def test_what_still_lies_in_the_files_is_said(named):
    """Whoever reads keeps the pages as they were when the reading began."""
    with closing(sqlite3.connect(named)) as reader:
        reader.execute("PRAGMA journal_mode")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        erased = run_here("erase", "small", "--yes", "--db", named)
    assert (erased.exit_code, erased.stdout.startswith("Erased: names 1")) == (1, True)
    assert erased.stderr.startswith(f"Something is reading {named}, so what was erased still lies unread in its files.")
    assert run_here("erase", "small", "--yes", "--db", named).exit_code == 0


def test_where_there_is_no_database_nothing_is_erased_and_none_is_made(tmp_path):
    assert run_here("erase", "demo", "--yes", "--db", tmp_path / "none.db").exit_code == 1
    assert list(tmp_path.iterdir()) == []
