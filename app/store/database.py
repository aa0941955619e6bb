"""The one database: SQLite in a file (WAL, full durability) by default, PostgreSQL when a url is given."""

import logging
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from app import clock
from app.meeting.refusals import Fact, Said
from app.settings import file_of
from app.store.files import Files, takes_files
from app.store.lines import Lines
from app.store.tables import SCHEMA_VERSION, SchemaVersion, table_of

logger = logging.getLogger("kaimen.database")

BUSY_TIMEOUT_MS = 2000
"""How long a writer waits for another process's lock before the command is refused in words."""

LONGEST_PREPARATION = 60
"""Seconds for which a start waits for another process that makes the tables or brings them up to date."""

CONNECT_TIMEOUT = 5
"""Seconds until a PostgreSQL that does not answer counts as away."""

LINE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""By which the kernel notices that the machine of PostgreSQL is gone: within about ten seconds, not two hours."""

PAUSE_BETWEEN_TRIES = 0.01
"""Seconds until the journal's mode is asked for again, for which SQLite does not wait by itself."""

PATIENCE_OF_CHECKPOINT_MS = 100
"""How long a checkpoint waits for readers; what it could not bring over is brought by the next."""

_LOCK_NOT_AVAILABLE = "55P03"
"""What PostgreSQL says when ``lock_timeout`` is over (its appendix A)."""

CHANNEL = "kaimen"
CHANNEL_OF_CALLS = "kaimen_calls"
PREPARING = 0x6B61696D656E
"""The advisory lock (PostgreSQL) of whoever makes the tables and the first rows."""


class DatabaseUnusable(Exception):
    """The database cannot be used at all; ``said`` says why."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.said = Said(code, facts)

    def __str__(self) -> str:
        return str(self.said)


class Database:
    """Connections to one database. ``where`` is a path (SQLite) or a ``postgresql://`` url (else DatabaseUnusable)."""

    def __init__(self, where: str) -> None:
        file = file_of(where)
        self.is_sqlite = file is not None
        self.files = Files(file) if file else None
        self.lines = Lines()
        self._writer, self._readers = _sqlite_engines(file) if file else _postgresql_engines(where, self.lines)

    @property
    def name(self) -> str:
        """What people know it by; the password of a url is left out."""
        return str(self.files.path) if self.files else self._writer.url.render_as_string(hide_password=True)

    def create(self) -> None:
        """Make the tables, or bring those of an earlier Kaimen to this format; a copy of a file is made before.

        Raises DatabaseUnusable if it cannot, if a newer Kaimen wrote them, or one so old that columns are missing, or
        if the database that was here has only been put aside: an empty one in its place would look like a loss.
        """
        if self.files:
            if aside := self.files.put_aside():
                raise DatabaseUnusable("restore.unfinished", file=self.files.path.name, aside=aside.name)
            self.files.make()
        try:
            self._prepare(time.monotonic() + LONGEST_PREPARATION)
        except sa.exc.SQLAlchemyError as error:
            raise self._why_not(error) from error
        if self.files:
            self.files.tighten()

    def _prepare(self, until: float) -> None:
        """Another process may be doing it, and take longer than a command would wait."""
        while True:
            try:
                with self.preparing() as connection:
                    found = known_version(connection)
                    if 0 < found < SCHEMA_VERSION:
                        with self._alone(), self._copy_kept(found):
                            bring_up_to_date(connection)
                    elif found == 0:
                        bring_up_to_date(connection)
            except sa.exc.OperationalError as error:
                if not _is_in_the_way(error) or time.monotonic() > until:
                    raise
            else:
                return

    def _why_not(self, error: sa.exc.SQLAlchemyError) -> DatabaseUnusable:
        """What is wrong with the place, as far as it can be seen; SQLite says of all that it cannot open the file."""
        file = self.files.path if self.files else None
        if file and file.is_dir():
            return DatabaseUnusable("database.is_a_folder", file=str(file))
        if file and not file.parent.is_dir():
            return DatabaseUnusable("database.no_folder", folder=str(file.parent))
        if file and not takes_files(file.parent):
            return DatabaseUnusable("database.folder_locked", folder=str(file.parent))
        return DatabaseUnusable("database.unusable", cause=cause_of(error))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No server works on this file, unless it is this process: one of an earlier version could not go on."""
        if not self.files:
            yield
            return
        from app.store.lock import Lock

        with Lock(str(self.files.path)).held("start"):
            yield

    @contextmanager
    def _copy_kept(self, found: int) -> Iterator[None]:
        """A copy of the file as it is before it is changed; gone again if it stays as it is."""
        if not self.files:
            yield
            return
        from app.store.copies import copy_of, to_disk, unfinished

        copy = self.files.path.with_name(f"{self.files.path.name}.format-{found}-{clock.now():%Y%m%d-%H%M%S}")
        try:
            with unfinished(copy) as file, self._readers.connect() as connection:
                copy_of(connection, file)
                to_disk(file)
                file.replace(copy)
            to_disk(copy.resolve().parent)
        except (OSError, sqlite3.Error) as error:
            raise DatabaseUnusable("database.no_copy", file=copy.name, cause=str(error)) from error
        logger.warning(
            "The database is brought from format %d to %d; as it was before, it stays in %s",
            found,
            SCHEMA_VERSION,
            copy,
        )
        try:
            yield
        except BaseException:
            copy.unlink(missing_ok=True)
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; on SQLite it holds the write lock from its beginning.

        Raises DatabaseUnusable, before or after it, if the file is not at its path any more: then what was written is
        as good as lost, and must not be called kept.
        """
        self.must_be_in_place()
        with self._writer.begin() as connection:
            yield connection
        self.must_be_in_place()
        if self.files:
            self.files.remember()

    def must_be_in_place(self) -> None:
        """Raises DatabaseUnusable if the open file is no longer the one at its path."""
        if self.files and not self.files.are_in_place():
            raise DatabaseUnusable("record.file_gone", file=self.files.path.name)

    @contextmanager
    def preparing(self) -> Iterator[Connection]:
        """A transaction that may write and has the whole set-up to itself: two processes may start at once."""
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(PREPARING)))
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database, however many questions are asked."""
        self.must_be_in_place()  # SQLite would make an empty file in place of one that is gone
        with self._readers.connect() as connection:
            yield connection

    def announce(self, connection: Connection, meeting: str, seq: int) -> None:
        """Ring the bell for other processes as this transaction commits: a number, never data. SQLite has no others."""
        if not self.is_sqlite:
            notify = sa.text("SELECT pg_notify(:channel, :text)")
            connection.execute(notify, {"channel": CHANNEL, "text": f"{meeting} {seq}"})

    def call(self, connection: Connection, calls: Iterable[str]) -> None:
        """Tell other processes what is in no record, all of it at once (PostgreSQL). May be done where one reads."""
        channel = self.channel_of_calls(connection)
        notify = sa.text("SELECT pg_notify(:channel, :text)")
        for text in calls:
            connection.execute(notify, {"channel": channel, "text": text})
        connection.commit()

    def channel_of_calls(self, connection: Connection) -> str:
        """One for each schema: NOTIFY reaches the whole database, and another schema of it may be another Kaimen's."""
        schema = "SELECT oid FROM pg_namespace WHERE nspname = current_schema()"
        return f"{CHANNEL_OF_CALLS}_{connection.exec_driver_sql(schema).scalar_one()}"

    def listening(self) -> Connection:
        """A connection in autocommit mode, for LISTEN (PostgreSQL)."""
        connection = self._readers.connect().execution_options(isolation_level="AUTOCOMMIT")
        self.lines.may_take_long(connection)
        return connection

    def checkpoint(self) -> bool:
        """Bring everything into the database file itself, so that whoever copies that alone has all of it.

        False if readers or another writer were in the way. PostgreSQL has no such file.
        """
        if not self.is_sqlite:
            return True
        try:
            self.must_be_in_place()
            raw = self._readers.raw_connection()
        except (DatabaseUnusable, sa.exc.SQLAlchemyError):
            return False
        with suppress(sqlite3.Error):
            try:
                raw.cursor().execute(f"PRAGMA busy_timeout = {PATIENCE_OF_CHECKPOINT_MS}")
                is_busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not is_busy
            finally:
                raw.cursor().execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
                raw.close()
        return False

    def close(self) -> None:
        """Let go of it. On SQLite the last to close leaves one file, in which everything is."""
        self.lines.cut(after=0)
        if self.files:
            self.files.lengthen()
        self._readers.dispose()
        self._writer.dispose()
        if self.files:
            self.files.forget()


def known_version(connection: Connection) -> int:
    """The format of these tables, 0 if there are none.

    Raises DatabaseUnusable if a newer Kaimen wrote them, or if they are not what the number says.
    """
    found = _columns(connection)
    version = 0
    if "schema_version" in found:
        version = connection.scalar(sa.select(sa.func.max(table_of(SchemaVersion).c.version))) or 0
    if version > SCHEMA_VERSION:
        raise DatabaseUnusable("database.newer", found=version, known=SCHEMA_VERSION)
    if version == SCHEMA_VERSION:
        _must_have(found, SQLModel.metadata.sorted_tables)
    return version


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or bring those that are there to this format, within the caller's transaction.

    Raises DatabaseUnusable as ``known_version`` does, or if they are of before the first published Kaimen.
    """
    version = known_version(connection)
    if version == SCHEMA_VERSION:
        return
    if version:
        from app.store import migrations  # with Alembic, which no other start needs

        must_be_of_format(connection, version)
        migrations.migrate(connection, version)
    else:
        SQLModel.metadata.create_all(connection)
    _must_have(_columns(connection), SQLModel.metadata.sorted_tables)
    connection.execute(sa.delete(table_of(SchemaVersion)))
    connection.execute(sa.insert(table_of(SchemaVersion)).values(version=SCHEMA_VERSION))


def must_be_of_format(connection: Connection, version: int) -> None:
    """Raises DatabaseUnusable if the tables of an earlier format are not what its number says."""
    from app.store import migrations

    there = _columns(connection)
    _must_have(there, (each for each in migrations.tables_of(version) if each.name in there))


def _must_have(found: dict[str, set[str]], tables: Iterable[sa.Table]) -> None:
    for table in tables:
        for column in table.columns:
            if column.name not in found.get(table.name, ()):
                raise DatabaseUnusable("database.older", lacks=f"{table.name}.{column.name}")


def _columns(connection: Connection) -> dict[str, set[str]]:
    """The columns of every table that is there."""
    asked = _COLUMNS_OF_SQLITE if connection.dialect.name == "sqlite" else _COLUMNS_OF_POSTGRESQL
    found: dict[str, set[str]] = {}
    for table, column in connection.exec_driver_sql(asked):
        found.setdefault(table, set()).add(column)
    return found


_COLUMNS_OF_SQLITE = (
    "SELECT each.name, its.name FROM sqlite_master AS each JOIN pragma_table_xinfo(each.name) AS its "
    "WHERE each.type = 'table'"
)
_COLUMNS_OF_POSTGRESQL = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
)


def _sqlite_engines(path: Path) -> tuple[Engine, Engine]:
    """One connection that writes, a few that read: readers never wait for the writer (WAL)."""
    url = sa.URL.create("sqlite+pysqlite", database=str(path))
    arguments = {"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000}
    writer = _engine(url, arguments, poolclass=sa.pool.StaticPool)
    readers = _engine(url, arguments, poolclass=sa.pool.QueuePool, pool_size=4)
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (readers, "BEGIN")):
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _beginner(begin))
    return writer, readers


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins too late for BEGIN IMMEDIATE; SQLAlchemy's begin event does it.
    connection.isolation_level = None
    _keep_a_wal(connection)
    # Full: on macOS an fsync alone leaves what was written in the disk's own memory. Elsewhere it changes nothing.
    for pragma in ("synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA secure_delete = ON")  # a name that was erased stands nowhere in the file any more


def _keep_a_wal(connection: sqlite3.Connection) -> None:
    """Readers and the writer do not wait for each other (WAL). Waits while another process has the file to itself."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # To change it, SQLite does not wait for the busy timeout: two first starts at once would fail now and then.
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(PAUSE_BETWEEN_TRIES)
        else:
            return


_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _beginner(statement: str) -> Any:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _postgresql_engines(url: str, lines: Lines) -> tuple[Engine, Engine]:
    try:
        parsed = sa.make_url(url).set(drivername="postgresql+psycopg")
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseUnusable("database.no_address", cause=str(error)) from error
    arguments = {"connect_timeout": CONNECT_TIMEOUT, "options": f"-c lock_timeout={BUSY_TIMEOUT_MS}", **LINE}
    engine = _engine(parsed, arguments, pool_size=6, pool_timeout=CONNECT_TIMEOUT)
    lines.watch(engine)
    return engine, engine.execution_options(isolation_level="REPEATABLE READ")


def _engine(url: sa.URL, arguments: dict[str, Any], **pool: Any) -> Engine:
    # Errors are logged; marks and comments that were to be written must not stand in them.
    return sa.create_engine(url, connect_args=arguments, hide_parameters=True, **pool)


def _is_in_the_way(error: sa.exc.OperationalError) -> bool:
    """Whether another process had what this one asked for, and did not let go of it in time."""
    return "locked" in cause_of(error) or getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE


def cause_of(error: sa.exc.SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
