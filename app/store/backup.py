"""A copy of everything that can be trusted: one file of SQLite, whatever the database is, which restores into either.

It is made of one moment while the server goes on, appears under its name only when it is whole and on the disk, and is
then read once more. It holds what the database holds, keys and secrets among it: whoever has it has the meeting.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.settings import file_of
from app.store import plans
from app.store.copies import copy_of, to_disk, unfinished
from app.store.database import Database, DatabaseUnusable, bring_up_to_date, known_version
from app.store.files import PUT_ASIDE, files_of, is_laid_away
from app.store.lock import Lock
from app.store.tables import SCHEMA_VERSION
from app.store.verify import Verdict, verify

ROWS_AT_ONCE = 500
"""Rows that are in memory at a time; of contents, whose bytes are in their rows, one."""

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
        raise DatabaseUnusable("file.is_there", file=str(to))
    Lock(str(to)).must_be_free()
    with unfinished(to) as file:
        if database.is_sqlite:
            with database.reading() as connection:
                copy_of(connection, file)
        else:
            _copy_of_postgresql(database, file)
        to_disk(file)
        for each in files_of(to)[1:]:  # of the one that was there: SQLite would write them into this one
            each.unlink(missing_ok=True)
        file.replace(to)
    to_disk(to.resolve().parent)
    return verdicts_of(to)


def restore(file: Path, where: str, replace: bool = False, in_spite: bool = False) -> Restored:
    """Make a database out of a backup. What was at ``where`` before is put aside (SQLite), or gone (PostgreSQL).

    Raises DatabaseUnusable: the file is no database, there is one already (unless ``replace``), a server works on it.
    Raises NotRestored if a record in the backup does not hold, unless it is wanted ``in_spite`` of that.
    """
    path = file_of(where)
    if path and file.resolve() == path.resolve():
        raise DatabaseUnusable("backup.is_the_database", file=str(file))
    with whole_copy(file) as whole:
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
def whole_copy(file: Path) -> Iterator[Path]:
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
def as_it_is(where: str) -> Iterator[Connection]:
    """A database to look at, also beside a server that writes. Where none is, none is made.

    On a disc, a locked stick or in a folder of others it is read as it lies there. Raises DatabaseUnusable.
    """
    file = file_of(where)
    if file is not None and not file.is_file():
        raise DatabaseUnusable("database.none", file=str(file))
    if file is not None and is_laid_away(file):
        with whole_copy(file) as whole, looking_at(whole) as connection:
            yield connection
        return
    database = Database(where)
    try:
        database.create()
        with database.reading() as connection:
            yield connection
    finally:
        database.close()


@contextmanager
def looking_at(file: Path) -> Iterator[Connection]:
    """A file of SQLite as it lies there: nothing is made or changed by looking, not even beside it.

    What an earlier Kaimen wrote is looked at in a copy that is brought to this format.
    """
    with _lying_there(file) as connection:
        is_of_now = known_version(connection) == SCHEMA_VERSION
        if is_of_now:
            yield connection
    if not is_of_now:
        with tempfile.TemporaryDirectory(prefix="kaimen-") as folder:
            copy = Path(folder) / file.name
            shutil.copyfile(file, copy)
            _bring_up_to_date(copy)
            with _lying_there(copy) as connection:
                yield connection


@contextmanager
def _lying_there(file: Path) -> Iterator[Connection]:
    """A file that is only read. Raises DatabaseUnusable if it is no database of Kaimen's."""
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


def _bring_up_to_date(file: Path) -> None:
    """Bring a file of our own to this format."""
    database = Database(str(file))
    try:
        with database.writing() as connection:
            bring_up_to_date(connection)
    finally:
        database.close()


# --- out of a database ------------------------------------------------------------------------------------------------


def _copy_of_postgresql(database: Database, file: Path) -> None:
    target = Database(str(file))
    try:
        with target.writing() as into:
            SQLModel.metadata.create_all(into)
            with database.reading() as connection:  # one moment of it: REPEATABLE READ
                database.lines.may_take_long(connection)
                _copy_rows(connection, into)
    finally:
        target.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(source: Connection, into: Connection) -> None:
    """Every row of every table, by tables and a few at a time; both are of this format."""
    for table in SQLModel.metadata.sorted_tables:
        ours = [column for column in table.columns if column.computed is None]  # the others the database makes itself
        is_heavy = any(isinstance(column.type, sa.LargeBinary) for column in ours)
        rows = source.execute(sa.select(*ours).execution_options(yield_per=1 if is_heavy else ROWS_AT_ONCE))
        for some in rows.mappings().partitions():
            into.execute(sa.insert(table), [dict(row) for row in some])


# --- into a database --------------------------------------------------------------------------------------------------


def _into_sqlite(file: Path, path: Path, replace: bool) -> Restored:
    there = [each for each in files_of(path) if each.exists()]
    if there and not replace:
        raise DatabaseUnusable("restore.is_there", file=str(path))
    if any(each.samefile(file) for each in there):
        raise DatabaseUnusable("backup.is_the_database", file=str(file))
    with unfinished(path) as copy:
        with file.open("rb") as source, copy.open("wb") as target:
            while piece := source.read(1 << 20):
                target.write(piece)
        _bring_up_to_date(copy)
        to_disk(copy)
        aside = _put_aside(path) if there else None
        copy.replace(path)
    to_disk(path.resolve().parent)
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
    finally:
        database.close()
    return Restored(_verified(where))


def _verified(where: str) -> Verdicts:
    database = Database(where)
    try:
        with database.reading() as connection:
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
