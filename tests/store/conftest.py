"""What the tests of the record share: a scribe with a small meeting."""

import pytest

from app.store.database import Database
from app.store.scribe import Performed, Scribe
from tests.meetings import NOON, small_plan
from tests.records import entries, record, save
from tests.store.scribing import OPEN, ask, put
from tests.store.verdicts import N, story


@pytest.fixture
def small(database, scribe) -> Scribe:
    """A scribe with the small meeting opened: one entry."""
    save(database, small_plan())
    assert ask(scribe, OPEN) == Performed(1)
    return scribe


@pytest.fixture
def waiting(database) -> Scribe:
    """A scribe that has not begun to work, so that everything asked of it is one batch; the small meeting is open."""
    save(database, small_plan())
    scribe = Scribe(database, clock=lambda: NOON)
    put(scribe, OPEN)
    return scribe


@pytest.fixture
def tampered(database: Database) -> Database:
    """A database with a meeting of twelve entries, to tamper with."""
    record(database, story())
    assert len(entries(database, "small")) == N
    return database
