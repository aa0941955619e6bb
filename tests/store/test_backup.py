"""Backups: all there is, of one moment, whole or not at all; and what comes of them when they are restored."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from app.store import backup as backups
from app.store import contents, keys, log
from app.store.backup import NotRestored, backup, restore, verdicts_of
from app.store.database import Database, DatabaseUnusable
from app.store.keys import Key, Role
from app.store.lock import Lock
from app.store.verify import Verdict
from tests.meetings import shipped, small_plan, whole_meeting
from tests.records import change, entries, record, rows_of, save


@pytest.fixture
def played(database) -> Database:
    """A database of either kind: a whole meeting, one that has not been opened, a paper, a key."""
    record(database, whole_meeting(shipped("demo")))
    save(database, small_plan())
    with database.writing() as connection:
        contents.keep(connection, b"%PDF-1.4 " + bytes(range(256)))
        keys.issue(connection, Key("demo", Role.MODERATOR), "links")
    return database


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "copies" / "kaimen.backup"


@pytest.fixture(autouse=True)
def folder(file) -> None:
    file.parent.mkdir()


def everything(database: Database) -> dict[str, list[dict[str, object]]]:
    with database.reading() as connection:
        return {table.name: rows_of(connection, table) for table in SQLModel.metadata.sorted_tables}


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, tmp_path) -> Iterator[Database]:
    """Another database, of either kind, that is not there yet."""
    where = (
        str(tmp_path / "new.db") if request.param == "sqlite" else request.getfixturevalue("postgresql").new_database()
    )
    database = Database(where)
    database.where = where  # type: ignore[attr-defined]
    yield database
    database.close()


# --- there and back ---------------------------------------------------------------------------------------------------


def test_a_backup_of_either_kind_restores_into_either_kind(played, file, elsewhere):
    logged = entries(played, "demo")
    holds = {"demo": Verdict(len(logged), logged[-1].seal, ()), "small": Verdict(0, log.beginning("small").seal, ())}
    assert backup(played, file) == holds
    restored = restore(file, elsewhere.where)
    assert (restored.verdicts, restored.put_aside) == (holds, None)
    assert everything(elsewhere) == everything(played)


def test_a_backup_is_one_file_for_its_owner_alone_and_nothing_unfinished_is_left(played, file):
    backup(played, file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)  # it can be read from a disc


def test_what_is_written_meanwhile_is_in_the_backup_as_a_whole_or_not_at_all(played, file):
    with played.reading() as connection:
        before = rows_of(connection, SQLModel.metadata.tables["key"])
    with played.writing() as connection:
        keys.issue(connection, Key("demo", Role.OPERATOR), "links")
        backup(played, file)
    with backups.looking_at(file) as connection:
        assert rows_of(connection, SQLModel.metadata.tables["key"]) == before


# --- nothing is written over ------------------------------------------------------------------------------------------


def test_a_file_that_is_there_is_left_as_it_is_unless_it_is_to_be_replaced(played, file):
    file.write_text("the only copy of something else")
    with pytest.raises(DatabaseUnusable, match=r"^file\.is_there"):
        backup(played, file)
    assert file.read_text() == "the only copy of something else"
    backup(played, file, replace=True)
    assert set(verdicts_of(file)) == {"demo", "small"}


def test_nothing_of_the_database_that_was_there_gets_into_a_backup_over_it(played, file):
    """A server was killed on it: what stands beside it belongs to it, and would be written into the backup."""
    shutil.copytree(killed(file.parent / "killed"), file.parent, dirs_exist_ok=True)
    (file.parent / "old.db").rename(file)
    (file.parent / "old.db-wal").rename(file.with_name(f"{file.name}-wal"))
    backup(played, file, replace=True)
    assert not file.with_name(f"{file.name}-wal").exists()
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert set(verdicts_of(file)) == {"demo", "small"}


def test_what_is_left_of_a_database_is_there_as_well(played, file):
    wal = file.with_name(f"{file.name}-wal")
    wal.write_bytes(b"of another one")
    with pytest.raises(DatabaseUnusable) as raised:
        backup(played, file)
    assert raised.value.said.code == "file.is_there"
    assert wal.exists()


def test_no_backup_is_written_over_a_database_that_a_server_works_on(played, file):
    backup(played, file)
    server = Lock(str(file))
    server.take("http://127.0.0.1:8000")
    with pytest.raises(DatabaseUnusable) as raised:
        backup(played, file, replace=True)
    server.release()
    assert raised.value.said.code == "database.in_use"


def test_a_copy_of_a_killed_server_s_files_is_restored_with_what_stands_beside_it(tmp_path):
    folder = killed(tmp_path / "killed")
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    restored = restore(folder / "old.db", str(tmp_path / "new.db"))
    assert restored.verdicts["demo"].entries == len(whole_meeting(shipped("demo")).events)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def killed(folder: Path) -> Path:
    """The files of a database whose server was killed: what is new stands in the ``-wal``."""
    folder.mkdir()
    running = Database(str(folder / "running.db"))
    running.create()
    record(running, whole_meeting(shipped("demo")))
    for ending in ("", "-wal"):
        shutil.copyfile(folder / f"running.db{ending}", folder / f"old.db{ending}")
    running.close()
    (folder / "running.db").unlink()
    return folder


def test_a_backup_that_fails_leaves_the_older_one_and_nothing_unfinished(played, file, monkeypatch):
    backup(played, file)
    before = file.read_bytes()

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "to_disk", full)
    with pytest.raises(OSError, match="No space left"):
        backup(played, file, replace=True)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_database_is_not_written_over_by_its_own_backup(tmp_path):
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    for name in ("kaimen.db", "kaimen.db-wal"):
        with pytest.raises(DatabaseUnusable, match=r"^backup\.is_the_database"):
            backup(database, tmp_path / name, replace=True)
    database.close()


def test_a_database_that_is_there_is_left_as_it_is(played, file, elsewhere):
    backup(played, file)
    elsewhere.create()
    save(elsewhere, small_plan())
    before = everything(elsewhere)
    with pytest.raises(DatabaseUnusable, match=r"^restore\.is_there"):
        restore(file, elsewhere.where)
    assert everything(elsewhere) == before


def test_where_a_restore_was_broken_off_no_empty_database_is_begun_in_silence(file, tmp_path):
    """Killed after the old one was put aside, and before there was a new one."""
    (tmp_path / "kaimen.db.old").write_bytes(b"the one that was here")
    database = Database(str(tmp_path / "kaimen.db"))
    with pytest.raises(DatabaseUnusable, match=r"^restore\.unfinished"):
        database.create()
    database.close()
    assert [path.name for path in tmp_path.glob("kaimen.db*")] == ["kaimen.db.old"]


def test_a_database_that_is_to_be_replaced_is_put_aside_with_all_that_belongs_to_it(file, tmp_path):
    older, newer = Database(str(tmp_path / "kaimen.db")), Database(str(tmp_path / "newer.db"))
    for each, plan in ((older, small_plan()), (newer, shipped("demo"))):
        each.create()
        save(each, plan)
    backup(newer, file)
    shutil.copytree(tmp_path, tmp_path / "as-killed", ignore=shutil.ignore_patterns("copies", "newer*"))
    killed = tmp_path / "as-killed" / "kaimen.db"  # everything is in its -wal
    restored = restore(file, str(killed), replace=True)
    assert set(restored.verdicts) == {"demo"}
    assert restored.put_aside == killed.with_name("kaimen.db.old")
    aside = Database(str(restored.put_aside))
    assert [row["code"] for row in everything(aside)["meeting"]] == ["small"]
    for each in (older, newer, aside):
        each.close()


def test_nothing_is_restored_into_a_database_that_a_server_works_on(played, file, tmp_path):
    backup(played, file)
    serving = Lock(str(tmp_path / "new.db"))
    serving.take("127.0.0.1:8000")
    with pytest.raises(DatabaseUnusable, match=r"^database\.in_use, pid: \d+, address: 127\.0\.0\.1:8000$"):
        restore(file, str(tmp_path / "new.db"), replace=True)
    serving.release()
    assert not (tmp_path / "new.db").exists()


# --- what is no good --------------------------------------------------------------------------------------------------


def test_a_backup_whose_record_does_not_hold_is_not_restored_unless_it_is_wanted(played, file, tmp_path):
    with played.writing() as connection:
        change(connection, "demo", 7, seal="0" * 64)
    backup(played, file)
    with pytest.raises(NotRestored) as refused:
        restore(file, str(tmp_path / "new.db"))
    assert [fault.code for fault in refused.value.verdicts["demo"].faults] == ["fault.seal"]
    assert not (tmp_path / "new.db").exists()
    assert not restore(file, str(tmp_path / "new.db"), in_spite=True).verdicts["demo"].holds


@pytest.mark.parametrize("content", [b"", b"Dear diary, this is no database at all. " * 20])
def test_what_is_no_backup_is_said_to_be_none(file, tmp_path, content):
    file.write_bytes(content)
    with pytest.raises(DatabaseUnusable, match=r"^backup\.none"):
        restore(file, str(tmp_path / "new.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["copies"]
