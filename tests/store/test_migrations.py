"""From the format of an earlier Kaimen to this one: once, whole or not at all, with a copy of what was there before."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.engine import Connection

from app.meeting.plan import Plan
from app.store import database as databases
from app.store import keys, migrations, plans
from app.store.backup import restore, verdicts_of
from app.store.database import Database, DatabaseUnusable, bring_up_to_date
from app.store.keys import Key, Role
from app.store.lock import Lock
from app.store.tables import SCHEMA_VERSION, SchemaVersion, table_of
from tests.golden.older import rehearsed_version_2, small_version_1
from tests.live.served import PATIENCE
from tests.meetings import small_plan
from tests.records import rows_of

VERSIONS = table_of(SchemaVersion)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database without any table is."""
    if request.param == "sqlite":
        return str(tmp_path / "kaimen.db")
    url: str = request.getfixturevalue("postgresql").new_database()
    return url


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return small_version_1(tmp_path / "kaimen.db")


def make_format(connection: Connection, number: int) -> None:
    """The tables as they were in a format, without a row."""
    operations = Operations(MigrationContext.configure(connection))
    for step in migrations.steps()[:number]:
        step.module.upgrade(operations)
    connection.execute(sa.insert(VERSIONS).values(version=number))


def save_as_then(connection: Connection, plan: Plan) -> None:
    """The row of a meeting as it was in the first three formats."""
    row = plans._meeting_row(plan, 0)
    del row["words"], row["composite"], row["previous"]
    meetings = sa.table("meeting", *map(sa.column, row))
    at = {"starts_at": plan.starts_at.isoformat()}
    connection.execute(sa.insert(meetings).values(row | at))


def shape(connection: Connection) -> dict[str, Any]:
    """Tables, columns, keys and indexes as the database itself tells of them, whatever their order."""
    asked = sa.inspect(connection)
    columns, keys_of = asked.get_multi_columns(), asked.get_multi_pk_constraint()
    refers, unique = asked.get_multi_foreign_keys(), asked.get_multi_unique_constraints()
    indexes = asked.get_multi_indexes()
    return {
        at[1]: {
            "columns": {each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in columns[at]},
            "key": keys_of[at]["constrained_columns"],
            "refers": sorted(
                (each["constrained_columns"], each["referred_table"], each["referred_columns"]) for each in refers[at]
            ),
            "unique": sorted(each["column_names"] for each in unique[at]),
            "indexes": sorted((each["name"], each["column_names"]) for each in indexes[at]),
        }
        for at in columns
    }


# --- the same by either way -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fresh(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[Database], dict[str, Any]]:
    """The tables of a fresh database of the kind of another one: looked at once for all formats."""

    @cache
    def made(is_sqlite: bool) -> dict[str, Any]:
        file = str(tmp_path_factory.mktemp("fresh") / "kaimen.db")
        database = Database(file if is_sqlite else request.getfixturevalue("postgresql").new_database())
        database.create()
        with database.writing() as connection:
            found = shape(connection)
        database.close()
        return found

    return lambda database: made(database.is_sqlite)


def test_a_step_leads_to_every_format():
    assert [each.revision for each in migrations.steps()] == [f"format_{n + 1}" for n in range(SCHEMA_VERSION)]
    operating = Path(__file__).parents[2] / "docs" / "operating.md"
    assert f"(`schema_version`, now {SCHEMA_VERSION})" in operating.read_text("utf-8")


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION))
def test_an_older_database_comes_to_the_tables_of_a_fresh_one(empty, number, fresh):
    database = Database(empty)
    with database.writing() as connection:
        make_format(connection, number)
    database.create()
    with database.writing() as connection:
        assert shape(connection) == fresh(database)
        assert rows_of(connection, VERSIONS) == [{"version": SCHEMA_VERSION}]
    database.close()


def test_a_file_that_an_earlier_kaimen_wrote_comes_to_the_tables_of_a_fresh_one(older, tmp_path):
    shapes = []
    for file in (older, tmp_path / "fresh.db"):
        database = Database(str(file))
        database.create()
        with database.writing() as connection:
            shapes.append(shape(connection))
        database.close()
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("is_of", ["seat", "display", "neither"])
def test_keys_go_on_opening_what_they_opened(empty, is_of):
    key = {
        "seat": Key("small", Role.SEAT, "ann"),
        "display": Key("small", Role.DISPLAY, "左屏"),
        "neither": Key("small", Role.MODERATOR),
    }[is_of]
    columns = {"seat": key.of if is_of == "seat" else None, "name": key.of if is_of == "display" else ""}
    database = Database(empty)
    with database.writing() as connection:
        make_format(connection, 2)
        save_as_then(connection, small_plan())
        keys_then = sa.table("key", *map(sa.column, ("hash", "meeting", "role", "label", "made_at", *columns)))
        row = {"hash": keys.hash_of("token"), "meeting": "small", "role": key.role, "label": "links"}
        connection.execute(sa.insert(keys_then).values(made_at="2026-11-26T05:30:00+00:00", **row, **columns))
    database.create()
    with database.reading() as connection:
        assert keys.find(connection, "token") == key
    database.close()


# --- once -------------------------------------------------------------------------------------------------------------


def test_several_processes_that_start_at_once_on_an_older_database_change_it_once(empty, monkeypatch):
    databases = [Database(empty) for _ in range(4)]
    with databases[0].writing() as connection:
        make_format(connection, 1)
    together, changed, failures = threading.Barrier(len(databases)), [], []
    migrate = migrations.migrate

    def counted(connection: Connection, found: int) -> None:
        changed.append(found)
        migrate(connection, found)

    monkeypatch.setattr(migrations, "migrate", counted)

    def start(database: Database) -> None:
        together.wait()
        try:
            database.create()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=[each]) for each in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()
    assert (failures, changed) == ([], [1])


def test_a_start_waits_longer_for_another_one_than_a_command_would(empty, monkeypatch):
    """Whoever has the set-up to itself lets go once the other has been told that it cannot have it."""
    monkeypatch.setattr("app.store.database.BUSY_TIMEOUT_MS", 50)
    first, second = Database(empty), Database(empty)
    told, asked = threading.Event(), databases._is_in_the_way

    def is_in_the_way(error: sa.exc.OperationalError) -> bool:
        told.set()
        return asked(error)

    monkeypatch.setattr(databases, "_is_in_the_way", is_in_the_way)
    with ThreadPoolExecutor(1) as pool:
        with first.preparing() as connection:
            started = pool.submit(second.create)
            assert told.wait(PATIENCE)
            bring_up_to_date(connection)
        started.result(PATIENCE)
    for each in (first, second):
        each.close()


ALEMBIC_COMES_IN = """
import sys
from app.store.database import Database
database = Database(sys.argv[1])
database.create()
database.close()
print("alembic" in sys.modules)
"""


def test_only_a_start_that_changes_something_brings_alembic_in(older, tmp_path):
    def comes_in(file: Path) -> str:
        asked = [sys.executable, "-c", ALEMBIC_COMES_IN, str(file)]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    assert [comes_in(tmp_path / "fresh.db"), comes_in(older), comes_in(older)] == ["False", "True", "False"]


# --- with a copy, or not at all ---------------------------------------------------------------------------------------


def copies_beside(file: Path) -> list[Path]:
    return sorted(file.parent.glob(f"{file.name}.format-*"))


def everything_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
        return list(raw.iterdump())


@pytest.fixture
def opened(older: Path) -> Iterator[Database]:
    database = Database(str(older))
    yield database
    database.close()


def test_a_copy_of_an_older_file_is_kept_beside_it_and_said_to_be(older, opened, caplog):
    before = everything_in(older)
    opened.create()
    opened.create()
    [copy] = copies_beside(older)
    assert copy.name.startswith("kaimen.db.format-1-2")
    assert oct(copy.stat().st_mode & 0o777) == "0o600"
    assert everything_in(copy) == before
    assert [copy.name in each.getMessage() for each in caplog.records] == [True]


def test_the_copy_restores(older, opened, tmp_path):
    opened.create()
    [copy] = copies_beside(older)
    verdicts = restore(copy, str(tmp_path / "again.db")).verdicts
    assert (verdicts["small"].entries, verdicts["small"].faults) == (8, ())


def test_a_file_that_a_server_works_on_is_changed_by_nobody_else(older, opened):
    """A command of a new Kaimen beside a server of an earlier one, which would be at its end."""
    before = everything_in(older)
    server, said = Lock(str(older)), older.with_name("kaimen.db.lock")
    server.take("127.0.0.1:8000")
    said.write_text(json.dumps({"pid": os.getpid() + 1, "address": "127.0.0.1:8000"}))
    with pytest.raises(DatabaseUnusable) as refused:
        opened.create()
    assert (refused.value.said.code, copies_beside(older)) == ("database.in_use", [])
    opened.close()
    assert everything_in(older) == before
    said.write_text(json.dumps({"pid": os.getpid(), "address": "127.0.0.1:8000"}))  # it is this process's own
    opened.create()
    assert len(copies_beside(older)) == 1
    server.release()


def test_a_file_that_goes_by_two_names_is_not_changed(older, opened):
    """Under the other one a server may work on it."""
    os.link(older, older.with_name("other.db"))
    before = everything_in(older)
    with pytest.raises(DatabaseUnusable) as refused:
        opened.create()
    opened.close()
    assert refused.value.said.code == "database.two_names"
    assert everything_in(older) == before


def test_what_is_new_and_only_in_the_wal_is_in_the_copy(older, opened):
    with closing(sqlite3.connect(older, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("UPDATE meeting SET title = 'as it was last'")
        opened.create()
    with closing(sqlite3.connect(copies_beside(older)[0])) as copy:
        assert copy.execute("SELECT title FROM meeting").fetchone() == ("as it was last",)


def test_a_change_that_fails_leaves_the_database_as_it_was_and_no_copy(older, opened, monkeypatch):
    before = everything_in(older)

    def halfway(connection: Connection, found: int) -> None:
        connection.exec_driver_sql("DROP TABLE mark")
        raise sa.exc.OperationalError("DROP TABLE log", {}, Exception("the disk is full"))

    monkeypatch.setattr(migrations, "migrate", halfway)
    with pytest.raises(DatabaseUnusable, match="the disk is full"):
        opened.create()
    opened.close()
    assert everything_in(older) == before
    assert copies_beside(older) == []


def test_without_room_for_a_copy_nothing_is_changed(older, opened, monkeypatch):
    before = everything_in(older)

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.store.copies.to_disk", full)
    with pytest.raises(DatabaseUnusable, match=r"^database\.no_copy, file: kaimen\.db\.format-1-.*No space left"):
        opened.create()
    opened.close()
    assert everything_in(older) == before
    assert copies_beside(older) == []


# --- backups of an earlier kaimen -------------------------------------------------------------------------------------


def test_an_older_backup_is_looked_at_without_being_changed(older):
    before = older.read_bytes()
    assert verdicts_of(older)["small"].entries == 8
    assert older.read_bytes() == before
    assert [each.name for each in older.parent.iterdir()] == ["kaimen.db"]


def test_an_older_backup_restores_into_either_kind(empty, tmp_path):
    where = empty if empty.startswith("postgresql") else str(tmp_path / "restored.db")
    assert restore(small_version_1(tmp_path / "stick.db"), where).verdicts["small"].holds
    database = Database(where)
    with database.writing() as connection:
        bring_up_to_date(connection)  # does nothing: it is of this format
        assert rows_of(connection, VERSIONS) == [{"version": SCHEMA_VERSION}]
    database.close()
    assert copies_beside(Path(where)) == []


def test_the_seat_of_a_key_can_be_queried_as_it_always_could(tmp_path):
    """People look into the tables with programs of their own."""
    file = rehearsed_version_2(tmp_path / "kaimen.db")
    database = Database(str(file))
    database.create()
    database.close()
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT role, seat, key.of FROM key").fetchall()
    assert {(role, of) for role, seat, of in rows if seat is not None} == {
        ("seat", of) for role, _, of in rows if role == "seat"
    }
    assert [seat for role, seat, of in rows if role == "seat"] == ["expert-1"]
    assert all(seat == of for role, seat, of in rows if role == "seat")
