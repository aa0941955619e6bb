"""The database: durable, made once, and when it cannot be used, one sentence says why."""

import shutil
import sqlite3
import threading
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.meeting.refusals import Said
from app.server import prepare
from app.store import database as database_module
from app.store import migrations, plans
from app.store.database import Database, DatabaseUnusable
from app.store.tables import SCHEMA_VERSION, DraftRow, PulseRow, SchemaVersion, table_of
from tests.live.served import PATIENCE
from tests.meetings import small_plan
from tests.records import rows_of, save

VERSIONS = table_of(SchemaVersion)

# --- made once --------------------------------------------------------------------------------------------------------


def test_tables_are_made_once_and_kept(database, where):
    save(database, small_plan())
    again = Database(where)
    again.create()
    with again.reading() as connection:
        assert plans.codes(connection) == ["small"]
        assert rows_of(connection, VERSIONS) == [{"version": SCHEMA_VERSION}]
    again.close()


def test_a_first_start_interrupted_after_the_tables_is_completed(database):
    with database.writing() as connection:
        connection.execute(sa.delete(VERSIONS))
    database.create()
    with database.reading() as connection:
        assert rows_of(connection, VERSIONS) == [{"version": SCHEMA_VERSION}]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_eight_servers_that_start_at_once_make_the_shipped_meetings_once(kind, request, tmp_path):
    where = str(tmp_path / "k.db") if kind == "sqlite" else request.getfixturevalue("postgresql").new_database()
    databases = [Database(where) for _ in range(8)]
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
    assert sorted(first_starts) == [*[False] * 7, True]
    with databases[0].reading() as connection:
        assert plans.codes(connection) == ["demo", "comments", "levels"]
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
    with database.reading() as connection:
        assert plans.codes(connection) == []


def test_readers_see_what_was_there_while_somebody_writes(database):
    with database.writing() as connection:
        plans.save(connection, small_plan())
        with database.reading() as connection:
            assert plans.codes(connection) == []


def test_a_reader_sees_one_moment_however_often_it_asks(database):
    with database.reading() as connection:
        before = plans.codes(connection)
        save(database, small_plan())
        assert plans.codes(connection) == before == []


def test_a_young_file_that_another_process_writes_to_is_waited_for(tmp_path, monkeypatch):
    """Two first starts at once: to change its journal, SQLite itself does not wait."""
    first = sqlite3.connect(tmp_path / "kaimen.db", isolation_level=None, check_same_thread=False)
    first.execute("CREATE TABLE begun(x)")
    first.execute("BEGIN IMMEDIATE")
    first.execute("INSERT INTO begun VALUES (1)")
    second = Database(str(tmp_path / "kaimen.db"))
    has_tried, failures = threading.Event(), []
    rests = SimpleNamespace(monotonic=time.monotonic, sleep=lambda seconds: has_tried.set() or time.sleep(seconds))
    monkeypatch.setattr(database_module, "time", rests)

    def start() -> None:
        try:
            second.create()
        except DatabaseUnusable as error:
            failures.append(error)

    starting = threading.Thread(target=start)
    starting.start()
    assert has_tried.wait(PATIENCE)
    first.execute("COMMIT")
    starting.join()
    assert failures == []
    second.close()
    first.close()


# --- the files --------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kaimen.db"


@pytest.fixture
def open_here(file):
    """A database of SQLite with the small meeting in it, open."""
    database = Database(str(file))
    database.create()
    save(database, small_plan())
    yield database
    database.close()


def with_all(file: Path) -> list[Path]:
    return [file, file.with_name("kaimen.db-wal"), file.with_name("kaimen.db-shm")]


def test_the_files_are_their_owners_alone(file, open_here):
    assert [oct(each.stat().st_mode & 0o777) for each in with_all(file)] == ["0o600"] * 3


def test_files_that_others_could_read_are_tightened(file, open_here):
    open_here.close()
    file.chmod(0o644)
    open_here.create()
    save(open_here, small_plan())
    assert [oct(each.stat().st_mode & 0o777) for each in with_all(file)] == ["0o600"] * 3


def test_a_closed_database_is_one_file_with_everything_in_it(file, open_here):
    open_here.close()
    assert [path.name for path in file.parent.iterdir()] == ["kaimen.db"]
    assert rows_in(file) == 1


def test_after_a_checkpoint_a_copy_of_the_file_alone_has_everything(file, open_here):
    assert open_here.checkpoint()
    shutil.copy(file, file.with_name("copy.db"))
    assert rows_in(file.with_name("copy.db")) == 1


def test_a_checkpoint_does_not_wait_long_for_readers_and_says_so(file, open_here):
    with open_here.reading() as connection:
        plans.codes(connection)
        save(open_here, replace(small_plan(), code="another"))
        assert not open_here.checkpoint()
    assert open_here.checkpoint()


def rows_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as raw:
        return int(raw.execute("SELECT count(*) FROM meeting").fetchone()[0])


def deleted(file: Path) -> None:
    for each in with_all(file):
        each.unlink()


def replaced(file: Path) -> None:
    shutil.copy(file, file.with_name("older"))
    file.with_name("older").replace(file)


def robbed_of_its_wal(file: Path) -> None:
    with_all(file)[1].unlink()


def robbed_of_its_shared_memory(file: Path) -> None:
    with_all(file)[2].unlink()


@pytest.mark.parametrize("fate", [deleted, replaced, robbed_of_its_wal, robbed_of_its_shared_memory])
def test_nothing_is_written_into_a_file_that_is_not_at_its_path(file, open_here, fate):
    fate(file)
    with pytest.raises(DatabaseUnusable, match=r"^record\.file_gone, file: kaimen\.db"):
        save(open_here, small_plan())


def test_what_was_written_while_the_file_went_is_not_called_kept(file, open_here):
    def write() -> None:
        with open_here.writing() as connection:
            plans.save(connection, replace(small_plan(), code="another"))
            deleted(file)

    with pytest.raises(DatabaseUnusable, match=r"^record\.file_gone"):
        write()


def test_reading_makes_no_empty_file_in_place_of_one_that_is_gone(file, open_here):
    deleted(file)
    with pytest.raises(DatabaseUnusable), open_here.reading():
        pass
    assert not file.exists()


def test_a_file_that_comes_back_is_gone_on_with(file, open_here):
    file.rename(file.with_name("elsewhere"))
    with pytest.raises(DatabaseUnusable):
        save(open_here, small_plan())
    file.with_name("elsewhere").rename(file)
    save(open_here, small_plan())


# --- unusable ---------------------------------------------------------------------------------------------------------


def test_a_database_of_a_newer_kaimen_is_refused_and_left_as_it_is(database, where):
    draft = table_of(DraftRow)
    with database.writing() as connection:
        connection.execute(sa.update(VERSIONS).values(version=SCHEMA_VERSION + 1))
        draft.drop(connection)  # as a newer program may have done
    older = Database(where)
    with pytest.raises(DatabaseUnusable) as refused:
        older.create()
    newer = Said("database.newer", {"found": SCHEMA_VERSION + 1, "known": SCHEMA_VERSION})
    assert refused.value.said == newer
    with database.writing() as connection:
        assert not sa.inspect(connection).has_table("draft")
        draft.create(connection)
        connection.execute(sa.update(VERSIONS).values(version=SCHEMA_VERSION))
    older.close()


@pytest.mark.parametrize("lacks", ["meeting.rehearsal_of", "key.short"])
def test_a_database_of_an_older_kaimen_is_named_and_left_as_it_is(database, where, lacks):
    """The format's number stood still while columns were added: the columns themselves are looked at."""
    name, _, lacking = lacks.partition(".")
    table = next(each for each in migrations.tables_of(1) if each.name == name)
    columns = ", ".join(f'"{each.name}" TEXT' for each in table.columns if each.name != lacking)
    with database.writing() as connection:
        SQLModel.metadata.drop_all(connection)
        VERSIONS.create(connection)
        connection.execute(sa.insert(VERSIONS).values(version=1))
        connection.exec_driver_sql(f'CREATE TABLE "{name}" ({columns})')
    older = Database(where)
    with pytest.raises(DatabaseUnusable) as refused:
        older.create()
    assert refused.value.said == Said("database.older", {"lacks": lacks})
    with database.writing() as connection:
        assert sorted(sa.inspect(connection).get_table_names()) == sorted(["schema_version", name])
        for each in (table, VERSIONS):
            each.drop(connection)
    older.close()
    database.create()


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
        (folder, "database.is_a_folder, file: {path}"),
        (in_no_folder, "database.no_folder, folder: {folder}"),
        (no_database, "database.unusable, cause: file is not a database"),
    ],
)
def test_a_path_that_cannot_be_used_says_why(tmp_path, made, why):
    path = made(tmp_path)
    with pytest.raises(DatabaseUnusable) as refused:
        Database(str(path)).create()
    assert str(refused.value) == why.format(path=path, folder=path.parent)


def test_what_is_no_database_is_left_as_it_is(tmp_path):
    diary = no_database(tmp_path)
    text = diary.read_text()
    with pytest.raises(DatabaseUnusable):
        Database(str(diary)).create()
    assert diary.read_text() == text


def test_a_database_that_another_process_holds_is_said_to_be_locked(tmp_path, monkeypatch):
    monkeypatch.setattr("app.store.database.BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr("app.store.database.LONGEST_PREPARATION", 0.2)
    holder = sqlite3.connect(tmp_path / "kaimen.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseUnusable, match="database is locked"):
        Database(str(tmp_path / "kaimen.db")).create()
    holder.close()


def test_a_postgresql_that_is_away_says_so():
    with pytest.raises(DatabaseUnusable, match=r"^database\.unusable, cause: connection failed: .*refused"):
        Database("postgresql://127.0.0.1:9/kaimen").create()


def test_an_address_that_is_none_says_so():
    with pytest.raises(DatabaseUnusable, match=r"^database\.no_address"):
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
