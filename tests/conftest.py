"""What any test may ask for: a database of either kind, a scribe that writes to it, a server of one's own."""

from __future__ import annotations

import gc
import logging
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno
from httpx._transports import default as transports
from hypothesis import settings

from app.rehearsal import process
from app.rehearsal.process import ServerProcess
from app.store.database import Database
from app.store.scribe import Scribe
from tests.meetings import shipped, whole_meeting
from tests.records import record
from tests.warm import IS_POSSIBLE, Stove, by

if TYPE_CHECKING:
    from app.network.tls import Authority
    from tests.databases import PostgreSQL

# The same few examples every time; `pytest --hypothesis-profile long` looks further.
settings.register_profile("kaimen", max_examples=14, derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.load_profile("kaimen")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hypothesis-profile") == "long":
        config.option.timeout = 0  # it takes as long as it takes


def pytest_collection_finish() -> None:
    """What is there lives as long as the run: the collector need not look through a million things time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


# What is read in the log is the program's; the tests' own client is silent, whatever a library does to the root logger.
logging.getLogger("httpx").setLevel(logging.WARNING)

# Whoever only speaks http need not read the certificates of the whole world, which takes longer than most tests.
transports.create_ssl_context = cache(transports.create_ssl_context)

# A run in the background of a shell is deaf to Ctrl+C, and so would be the servers that tests end by it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def warm() -> Iterator[None]:
    """A server of a test need not read all its modules anew (tests/warm.py)."""
    with pytest.MonkeyPatch.context() as patch, Stove() as stove:
        if IS_POSSIBLE:
            patch.setattr(process, "program", by(stove))
        yield


@pytest.fixture(scope="session", autouse=True)
def any_mask() -> Iterator[None]:
    """A QR code may be drawn by any of eight masks; to weigh which one is read best takes nine tenths of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segno, "make", partial(segno.make, mask=0))
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server; one for each worker, started when it is first asked for."""
    from tests.databases import PostgreSQL

    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh database is: a path, or the url of a PostgreSQL. A test that asks for it runs on both."""
    if request.param == "sqlite":
        return str(tmp_path / "kaimen.db")
    url: str = request.getfixturevalue("postgresql").emptied_database()
    return url


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with Kaimen's tables, to be copied: that is much quicker than to make them."""
    file = tmp_path_factory.mktemp("empty") / "kaimen.db"
    database = Database(str(file))
    database.create()
    database.close()
    return file


@pytest.fixture
def database(where: str, empty_file: Path) -> Iterator[Database]:
    """A database with empty tables, of either kind."""
    database = Database(where)
    if database.files:
        shutil.copyfile(empty_file, database.files.path)
    database.create()
    yield database
    database.close()


@pytest.fixture
def scribe(database: Database) -> Iterator[Scribe]:
    """The one writer of a database of either kind, at work."""
    scribe = Scribe(database)
    scribe.start()
    yield scribe
    scribe.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A running server, a process of its own, with the shipped meetings in a fresh SQLite database."""
    with ServerProcess(str(tmp_path / "kaimen.db")) as server:
        yield server


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the shipped meetings, of which the first has been played to its end."""
    from app.server import prepare  # heavy, and tests of the rules do without

    path = str(tmp_path_factory.mktemp("played") / "kaimen.db")
    with closing(Database(path)) as database:
        prepare(database)
        record(database, whole_meeting(shipped("demo")))
    return path


@pytest.fixture
def copy(played: str, tmp_path: Path) -> str:
    """The same, to tamper with."""
    with closing(sqlite3.connect(played)) as source, closing(sqlite3.connect(tmp_path / "copy.db")) as target:
        source.backup(target)
    return str(tmp_path / "copy.db")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority of our own, which has made nothing yet."""
    from app.network.tls import Authority

    return Authority(tmp_path / "kaimen.tls")
