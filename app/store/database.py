"""The one database: SQLite in a file (WAL, full durability) by default, PostgreSQL when a url is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session, SQLModel

from app.meeting.refusals import Said, sentence_of
from app.store.tables import SCHEMA_VERSION, SchemaVersion

BUSY_TIMEOUT_MS = 2000
"""How long a writer waits for another process's lock before the command is refused in words."""

CONNECT_TIMEOUT = 5
"""Seconds until a PostgreSQL that does not answer counts as away."""

CHANNEL = "kaimen"
PREPARING = 0x6B61696D656E
"""The advisory lock (PostgreSQL) of whoever makes the tables and the first rows."""


class DatabaseUnusable(Exception):
    """The database cannot be used at all; ``said`` says why."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.said = Said(code, facts)

    def __str__(self) -> str:
        return sentence_of(self.said)


class Database:
    """Connections to one database. ``where`` is a path (SQLite) or a ``postgresql://`` url (else DatabaseUnusable)."""

    def __init__(self, where: str) -> None:
        self.is_sqlite = not where.startswith(("postgresql:", "postgres:"))
        self._writer, self._readers = _sqlite_engines(where) if self.is_sqlite else _postgresql_engines(where)

    def create(self) -> None:
        """Make the tables that are missing. Raises DatabaseUnusable if it cannot, or a newer Kaimen wrote them."""
        try:
            with self.preparing() as connection:
                SQLModel.metadata.create_all(connection)
                version = connection.scalar(sa.select(sa.func.max(SchemaVersion.version)))
                if version is None:
                    connection.execute(sa.insert(SchemaVersion).values(version=SCHEMA_VERSION))
                elif version > SCHEMA_VERSION:  # and the transaction ends without a trace
                    raise DatabaseUnusable("database.newer", found=version, known=SCHEMA_VERSION)
        except sa.exc.SQLAlchemyError as error:
            raise DatabaseUnusable("database.unusable", cause=_cause(error)) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; on SQLite it holds the write lock from its beginning."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def preparing(self) -> Iterator[Connection]:
        """A transaction that may write and has the whole set-up to itself: two processes may start at once."""
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(PREPARING)))
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database, however many questions it asks."""
        with Session(self._readers, expire_on_commit=False) as session:
            yield session

    def announce(self, connection: Connection, meeting: str, seq: int) -> None:
        """Ring the bell for other processes as this transaction commits: a number, never data. SQLite has no others."""
        if not self.is_sqlite:
            notify = sa.text("SELECT pg_notify(:channel, :text)")
            connection.execute(notify, {"channel": CHANNEL, "text": f"{meeting} {seq}"})

    def listening(self) -> Connection:
        """A connection in autocommit mode, for LISTEN (PostgreSQL)."""
        return self._readers.connect().execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        self._writer.dispose()
        self._readers.dispose()


def _sqlite_engines(path: str) -> tuple[Engine, Engine]:
    """One connection that writes, a few that read: readers never wait for the writer (WAL)."""
    url = sa.URL.create("sqlite+pysqlite", database=str(Path(path.removeprefix("sqlite:///"))))
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
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _beginner(statement: str) -> Any:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _postgresql_engines(url: str) -> tuple[Engine, Engine]:
    try:
        parsed = sa.make_url(url).set(drivername="postgresql+psycopg")
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseUnusable("database.no_address", cause=str(error)) from error
    arguments = {"connect_timeout": CONNECT_TIMEOUT, "options": f"-c lock_timeout={BUSY_TIMEOUT_MS}"}
    engine = _engine(parsed, arguments, pool_pre_ping=True, pool_size=6)
    return engine, engine.execution_options(isolation_level="REPEATABLE READ")


def _engine(url: sa.URL, arguments: dict[str, Any], **pool: Any) -> Engine:
    # Errors are logged; marks and comments that were to be written must not stand in them.
    return sa.create_engine(url, connect_args=arguments, hide_parameters=True, **pool)


def _cause(error: sa.exc.SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
