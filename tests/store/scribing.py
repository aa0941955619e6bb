"""A scribe to ask: what is asked of it, what comes of it, and a second one as another process has it."""

from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from typing import Any

import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.refusals import Refused
from app.store.database import Database
from app.store.heads import Head, load_head
from app.store.scribe import Performed, Scribe
from app.store.verify import verify
from tests.meetings import WATER, small_plan
from tests.records import entries

PLENTY = 10.0
"""Seconds to wait for what takes milliseconds."""

OPEN = c.OpenMeeting(small_plan())
STEP = c.Advance(None)
MORE_TIME = c.AddTime(Place(WATER), 60)
"""Twice would be two minutes."""

# --- asking -----------------------------------------------------------------------------------------------------------

_numbers = count()


def put(scribe: Scribe, command: c.Command, code: str = "small", by: str = "moderator", id: str = "") -> "Future[Any]":
    return scribe.ask(code, command, by, id or f"id-{next(_numbers)}")


def ask(scribe: Scribe, command: c.Command, **more: str) -> Performed:
    performed: Performed = put(scribe, command, **more).result(PLENTY)
    return performed


def refusal(scribe: Scribe, command: c.Command, **more: str) -> str:
    return code_of(put(scribe, command, **more))


def code_of(future: "Future[Any]") -> str:
    error = future.exception(PLENTY)
    assert isinstance(error, Refused)
    return error.code


def run(scribe: Scribe) -> None:
    """Carry out what is queued, and end."""
    scribe.start()
    scribe.stop()


@contextmanager
def another(where: str):
    """A second scribe with connections of its own, as another process has it."""
    database = Database(where)
    scribe = Scribe(database)
    scribe.start()
    yield database, scribe
    scribe.stop()
    database.close()


# --- looking ----------------------------------------------------------------------------------------------------------


def kinds(database) -> list[str]:
    return [type(entry.event).__name__ for entry in entries(database, "small")]


def small_head(database) -> Head:
    with database.reading() as connection:
        head = load_head(connection, "small")
    assert head is not None
    return head


def verdict(database) -> tuple[str, ...]:
    with database.reading() as connection:
        return verify(connection, "small").faults


def commits_of(database) -> list[object]:
    commits: list[object] = []
    sa.event.listen(database._writer, "commit", commits.append)
    return commits
