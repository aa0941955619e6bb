"""The database: durable, made once, and when it cannot be used, one sentence says why."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.server import prepare
from app.store import plans
from app.store.database import Database, DatabaseUnusable
from app.store.tables import SCHEMA_VERSION, DraftRow, PulseRow, SchemaVersion, table_of
from tests.meetings import small_plan
from tests.records import rows_of, save

VERSIONS = table_of(SchemaVersion)

# --- made once --------------------------------------------------------------------------------------------------------


def test_tables_are_made_once_and_kept(database, where):
    save(database, small_plan())
    again = Database(where)
    again.create()
    with again.reading() as session:
        assert plans.codes(session.connection()) == ["small"]
        assert rows_of(session.connection(), VERSIONS) == [{"version": SCHEMA_VERSION}]
    again.close()


def test_a_first_start_interrupted_after_the_tables_is_completed(database):
    with database.writing() as connection:
        connection.execute(sa.delete(VERSIONS))
    database.create()
    with database.reading() as session:
        assert rows_of(session.connection(), VERSIONS) == [{"version": SCHEMA_VERSION}]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_that_start_at_once_make_the_shipped_meetings_once(kind, request, tmp_path):
    where = str(tmp_path / "k.db") if kind == "sqlite" else request.getfixturevalue("postgresql").new_database()
    databases = [Database(where) for _ in range(3)]
    together, first_starts, failures = threading.Barrier(len(databases)), [], []

    def start(database: Database) -> None:
        together.wait()
        try:
            first_starts.append(prepare(database))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=[database]) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(first_starts) == [False, False, True]
    with databases[0].reading() as session:
        assert plans.codes(session.connection()) == ["demo", "comments", "levels"]
    for database in databases:
        database.close()


# --- durable ----------------------------------------------------------------------------------------------------------


def test_sqlite_waits_for_the_disk_and_readers_do_not_wait_for_the_writer(tmp_path):
    database = Database(str(tmp_path / "kaimen.db"))
    with database.writing() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2}  # 2 is FULL
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database):
    with suppress(ZeroDivisionError), database.writing() as connection:
        plans.save(connection, small_plan())
        divmod(1, 0)
    with database.reading() as session:
        assert plans.codes(session.connection()) == []


def test_readers_see_what_was_there_while_somebody_writes(database):
    with database.writing() as connection:
        plans.save(connection, small_plan())
        with database.reading() as session:
            assert plans.codes(session.connection()) == []


def test_a_reader_sees_one_moment_however_often_it_asks(database):
    with database.reading() as session:
        before = plans.codes(session.connection())
        save(database, small_plan())
        assert plans.codes(session.connection()) == before == []


# --- unusable ---------------------------------------------------------------------------------------------------------


def test_a_database_of_a_newer_kaimen_is_refused_and_left_as_it_is(database, where):
    draft = table_of(DraftRow)
    with database.writing() as connection:
        connection.execute(sa.update(VERSIONS).values(version=SCHEMA_VERSION + 1))
        draft.drop(connection)  # as a newer program may have done
    older = Database(where)
    with pytest.raises(DatabaseUnusable) as refused:
        older.create()
    assert str(refused.value) == "The database was written by a newer Kaimen (format 2, this one knows 1)."
    with database.writing() as connection:
        assert not sa.inspect(connection).has_table("draft")
        draft.create(connection)
        connection.execute(sa.update(VERSIONS).values(version=SCHEMA_VERSION))
    older.close()


def folder(path: Path) -> Path:
    return path


def in_no_folder(path: Path) -> Path:
    return path / "nowhere" / "kaimen.db"


def no_database(path: Path) -> Path:
    (path / "kaimen.db").write_text("Dear diary, this is no database at all. " * 20)
    return path / "kaimen.db"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (folder, "unable to open database file"),
        (in_no_folder, "unable to open database file"),
        (no_database, "file is not a database"),
    ],
)
def test_a_path_that_cannot_be_used_says_why(tmp_path, made, why):
    database = Database(str(made(tmp_path)))
    with pytest.raises(DatabaseUnusable) as refused:
        database.create()
    assert str(refused.value) == f"The database cannot be opened or written: {why}"


def test_what_is_no_database_is_left_as_it_is(tmp_path):
    diary = no_database(tmp_path)
    text = diary.read_text()
    with pytest.raises(DatabaseUnusable):
        Database(str(diary)).create()
    assert diary.read_text() == text


def test_a_database_that_another_process_holds_is_said_to_be_locked(tmp_path, monkeypatch):
    monkeypatch.setattr("app.store.database.BUSY_TIMEOUT_MS", 50)
    holder = sqlite3.connect(tmp_path / "kaimen.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseUnusable, match="database is locked"):
        Database(str(tmp_path / "kaimen.db")).create()
    holder.close()


def test_a_postgresql_that_is_away_says_so():
    with pytest.raises(DatabaseUnusable, match=r"cannot be opened or written: connection failed: .*refused"):
        Database("postgresql://127.0.0.1:9/kaimen").create()


def test_an_address_that_is_none_says_so():
    with pytest.raises(DatabaseUnusable, match="This is no address of a database"):
        Database("postgresql://a:b:c:d/kaimen")


def test_a_writer_on_postgresql_waits_no_longer_than_on_sqlite(postgresql, monkeypatch):
    """Another process holds the head of a meeting and does not let go."""
    monkeypatch.setattr("app.store.database.BUSY_TIMEOUT_MS", 100)
    database, other = (Database(postgresql.emptied_database()) for _ in range(2))
    with other.writing() as connection:
        connection.execute(sa.text("LOCK TABLE pulse"))
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"), database.writing() as waiting:
            waiting.execute(sa.delete(table_of(PulseRow)))
    for each in (database, other):
        each.close()
