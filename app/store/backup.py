"""A copy of everything that can be trusted: one file of SQLite, whatever the database is, which restores into either.

It is made of one moment while the server goes on, appears under its name only when it is whole and on the disk, and is
then read once more. It holds what the database holds, keys and secrets among it: whoever has it has the meeting.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.settings import file_of
from app.store import plans
from app.store.database import Database, DatabaseUnusable, known_version
from app.store.files import OWNER_ALONE, PUT_ASIDE, files_of
from app.store.lock import Lock
from app.store.tables import SCHEMA_VERSION, SchemaVersion, table_of
from app.store.verify import Verdict, verify

ROWS_AT_ONCE = 500
"""Rows that are in memory at a time; of papers, whose bytes are in their rows, one."""

Verdicts = dict[str, Verdict]
"""What ``verify`` says of every meeting, by code."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored database holds, and where the one is now that was there before, if one was."""

    verdicts: Verdicts
    put_aside: Path | None = None


class NotRestored(Exception):
    """The records of a backup do not hold; ``verdicts`` says which and why."""

    def __init__(self, verdicts: Verdicts) -> None:
        super().__init__(", ".join(verdicts))
        self.verdicts = verdicts


def backup(database: Database, to: Path, replace: bool = False) -> Verdicts:
    """Write all there is of a database into ``to``, of one moment. Returns what the finished file holds.

    Raises DatabaseUnusable: there is a file already (unless ``replace``); it is the database itself. Raises OSError.
    """
    if database.files and to.resolve() in {path.resolve() for path in files_of(database.files.path)}:
        raise DatabaseUnusable("backup.is_the_database", file=str(to))
    if any(each.exists() for each in files_of(to)) and not replace:
        raise DatabaseUnusable("backup.is_there", file=str(to))
    Lock(str(to)).must_be_free()
    with _unfinished(to) as file:
        if database.is_sqlite:
            _copy_of_sqlite(database, file)
        else:
            _copy_of_postgresql(database, file)
        _to_disk(file)
        for each in files_of(to)[1:]:  # of the one that was there: SQLite would write them into this one
            each.unlink(missing_ok=True)
        file.replace(to)
    _to_disk(to.resolve().parent)
    return verdicts_of(to)


def restore(file: Path, where: str, replace: bool = False, in_spite: bool = False) -> Restored:
    """Make a database out of a backup. What was at ``where`` before is put aside (SQLite), or gone (PostgreSQL).

    Raises DatabaseUnusable: the file is no database, there is one already (unless ``replace``), a server works on it.
    Raises NotRestored if a record in the backup does not hold, unless it is wanted ``in_spite`` of that.
    """
    path = file_of(where)
    if path and file.resolve() == path.resolve():
        raise DatabaseUnusable("backup.is_the_database", file=str(file))
    with _whole(file) as whole:
        before = verdicts_of(whole)
        if not in_spite and not all(each.holds for each in before.values()):
            raise NotRestored(before)
        lock = Lock(where)
        lock.take("restore")
        try:
            return _into_sqlite(whole, path, replace) if path else _into_postgresql(whole, where, replace)
        finally:
            lock.release()


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A file in which everything is: a copied database may have the newest of its record in the ``-wal`` beside it.

    Raises DatabaseUnusable if a server works on it.
    """
    wal = file.with_name(f"{file.name}-wal")
    if not file.is_file() or not wal.is_file() or not wal.stat().st_size:
        yield file
        return
    Lock(str(file)).must_be_free()
    with tempfile.TemporaryDirectory(prefix="kaimen-") as folder:
        copy = Path(folder) / file.name
        for each in (file, wal):
            shutil.copyfile(each, copy.with_name(each.name))
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
                raw.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise DatabaseUnusable("backup.none", file=str(file)) from error
        yield copy


def verdicts_of(file: Path) -> Verdicts:
    """What the records in a backup come to. Raises DatabaseUnusable if it is none."""
    with looking_at(file) as connection:
        return {code: verify(connection, code) for code in plans.codes(connection)}


@contextmanager
def looking_at(file: Path) -> Iterator[Connection]:
    """A file of SQLite as it lies there: nothing is made or changed by looking, not even beside it."""
    if not file.is_file():
        raise DatabaseUnusable("backup.no_file", file=str(file))
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        creator=lambda: sqlite3.connect(address, uri=True),
        poolclass=sa.pool.NullPool,
        hide_parameters=True,
    )
    try:
        connection = engine.connect()
        if not known_version(connection):
            raise DatabaseUnusable("backup.none", file=str(file))
    except sa.exc.DatabaseError as error:
        raise DatabaseUnusable("backup.none", file=str(file)) from error
    with connection:
        yield connection


# --- out of a database ------------------------------------------------------------------------------------------------


def _copy_of_sqlite(database: Database, file: Path) -> None:
    with database.reading() as session:
        source = session.connection().connection.driver_connection
        with closing(sqlite3.connect(file, isolation_level=None)) as target:
            # In one step: in several, each command that is recorded in between would have it begin anew.
            source.backup(target)  # type: ignore[union-attr]
            target.execute("PRAGMA journal_mode = DELETE")  # one file, which is read from a stick or a disc as well


def _copy_of_postgresql(database: Database, file: Path) -> None:
    target = Database(str(file))
    try:
        with target.writing() as into:
            SQLModel.metadata.create_all(into)
            with database.reading() as session:  # one moment of it: REPEATABLE READ
                database.lines.may_take_long(session.connection())
                _copy_rows(session.connection(), into)
    finally:
        target.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(source: Connection, into: Connection) -> None:
    """Every row of every table that there is, by tables and a few at a time."""
    there = set(sa.inspect(source).get_table_names())
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in there:
            continue
        is_heavy = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
        rows = source.execute(sa.select(table).execution_options(yield_per=1 if is_heavy else ROWS_AT_ONCE))
        for some in rows.mappings().partitions():
            into.execute(sa.insert(table), [dict(row) for row in some])


# --- into a database --------------------------------------------------------------------------------------------------


def _into_sqlite(file: Path, path: Path, replace: bool) -> Restored:
    there = [each for each in files_of(path) if each.exists()]
    if there and not replace:
        raise DatabaseUnusable("restore.is_there", file=str(path))
    if any(each.samefile(file) for each in there):
        raise DatabaseUnusable("backup.is_the_database", file=str(file))
    with _unfinished(path) as copy:
        with file.open("rb") as source, copy.open("wb") as target:
            while piece := source.read(1 << 20):
                target.write(piece)
        made = Database(str(copy))
        try:
            made.create()  # tables that have come since
        finally:
            made.close()
        _to_disk(copy)
        aside = _put_aside(path) if there else None
        copy.replace(path)
    _to_disk(path.resolve().parent)
    return Restored(_verified(str(path)), aside)


def _into_postgresql(file: Path, where: str, replace: bool) -> Restored:
    database = Database(where)
    try:
        database.create()
        with database.writing() as into, looking_at(file) as source:
            if plans.codes(into) and not replace:
                raise DatabaseUnusable("restore.is_there", file=database.name)
            for table in reversed(SQLModel.metadata.sorted_tables):
                into.execute(sa.delete(table))
            _copy_rows(source, into)
            into.execute(sa.delete(table_of(SchemaVersion)))
            into.execute(sa.insert(SchemaVersion).values(version=SCHEMA_VERSION))
    finally:
        database.close()
    return Restored(_verified(where))


def _verified(where: str) -> Verdicts:
    database = Database(where)
    try:
        with database.reading() as session:
            connection = session.connection()
            return {code: verify(connection, code) for code in plans.codes(connection)}
    finally:
        database.close()


def _put_aside(path: Path) -> Path:
    """Give a database another name, ``kaimen.db.old``, with all that stands beside it: it is one with those."""
    endings = chain([""], (f"-{number}" for number in count(2)))
    names = (path.with_name(f"{path.name}{PUT_ASIDE}{ending}") for ending in endings)
    free = next(name for name in names if not any(each.exists() for each in files_of(name)))
    for each, other in zip(files_of(path), files_of(free), strict=True):
        if each.exists():
            each.replace(other)
    return free


# --- files ------------------------------------------------------------------------------------------------------------


@contextmanager
def _unfinished(to: Path) -> Iterator[Path]:
    """A file of ours beside the one it is to become; gone if it does not come to that."""
    descriptor, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".unfinished", dir=to.resolve().parent)
    os.close(descriptor)
    file = Path(name)
    try:
        file.chmod(OWNER_ALONE)
        yield file
    finally:
        for each in files_of(file):
            with suppress(FileNotFoundError):
                each.unlink()


def _to_disk(path: Path) -> None:
    """Wait until a file, or the name that a folder gives it, is on the disk."""
    with suppress(PermissionError):  # Windows opens no folder, and needs no such wait
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
