"""Builders shared by the tests of the record: a meeting in a database, and hands that should not be there."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.events import Event
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.papers.folder.proceedings import Proceedings
from app.store import codes, keys, log, plans
from app.store.database import Database
from app.store.keys import Key
from app.store.project import project
from app.store.tables import EntryRow, HeadRow, KeyRow, table_of
from tests.meetings import Story

RECORD_PAGE = Path(__file__).parents[1] / "docs" / "record.md"
CODE_IN_PAGE = re.compile(r"```python\n(.*?)```", re.DOTALL)

LOG, HEADS = table_of(EntryRow), table_of(HeadRow)

# --- writing ----------------------------------------------------------------------------------------------------------


def save(database: Database, *meetings: Plan) -> None:
    with database.writing() as connection:
        for plan in meetings:
            plans.save(connection, plan)


def record(database: Database, story: Story) -> None:
    """A story's plan and entries, a command for each entry, as the scribe would have written them at once."""
    save(database, story.meeting.plan)
    with database.writing() as connection:
        append(connection, Meeting.planned(story.meeting.plan), story.events)


def append(connection: Connection, before: Meeting, events: Iterable[Event]) -> Meeting:
    """Log and project events behind the last entry, each of a command of its own; the meeting after them."""
    code = before.plan.code
    tail = log.locked_tail(connection, code)
    assert tail is not None
    entries: list[log.Entry] = []
    for event in events:
        entries += log.entries_after(tail, code, _author(event), f"command-{tail.seq + 1}", [event])
        tail = log.Tail(entries[-1].seq, entries[-1].seal)
    log.append(connection, code, entries)
    after = fold(before, (entry.event for entry in entries))
    project(connection, before, after)
    return after


def proceedings_of_story(story: Story) -> Proceedings:
    """A story as papers are made of it, sealed as ``append`` does, without a database."""
    code = story.meeting.plan.code
    tail, entries = log.beginning(code), []
    for event in story.events:
        entries += log.entries_after(tail, code, _author(event), f"command-{tail.seq + 1}", [event])
        tail = log.Tail(entries[-1].seq, entries[-1].seal)
    return Proceedings(story.meeting, tuple(entries))


def _author(event: Event) -> str:
    return f"seat:{event.seat}" if hasattr(event, "seat") else "moderator"


# --- reading ----------------------------------------------------------------------------------------------------------


def entries(database: Database, code: str) -> list[log.Entry]:
    with database.reading() as connection:
        return list(log.load(connection, code))


def rows_of(connection: Connection, table: sa.Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


# --- tampering --------------------------------------------------------------------------------------------------------


@contextmanager
def undone(database: Database) -> Iterator[Connection]:
    """A connection whose changes are gone afterwards."""
    with database._writer.connect() as connection:
        yield connection


def change(connection: Connection, code: str, seq: int, **columns: Any) -> None:
    connection.execute(sa.update(LOG).where(LOG.c.meeting == code, LOG.c.seq == seq).values(**columns))


def remove(connection: Connection, code: str, *seqs: int) -> None:
    connection.execute(sa.delete(LOG).where(LOG.c.meeting == code, LOG.c.seq.in_(seqs)))


def put_back(connection: Connection, code: str, last: int) -> None:
    """The log ends there, as in an older copy of the database."""
    connection.execute(sa.delete(LOG).where(LOG.c.meeting == code, LOG.c.seq > last))
    seal = connection.scalar(sa.select(LOG.c.seal).where(LOG.c.meeting == code, LOG.c.seq == last))
    change_head(connection, code, seq=last, seal=seal)


def rows(connection: Connection, code: str) -> list[dict[str, Any]]:
    query = sa.select(LOG).where(LOG.c.meeting == code).order_by(LOG.c.seq)
    return [dict(row) for row in connection.execute(query).mappings()]


def put_in_place(connection: Connection, code: str, new: list[dict[str, Any]]) -> None:
    """These rows in place of a meeting's log, numbered as they come."""
    connection.execute(sa.delete(LOG).where(LOG.c.meeting == code))
    connection.execute(sa.insert(LOG), [{**row, "meeting": code, "seq": seq} for seq, row in enumerate(new, start=1)])


def seal_again(connection: Connection, code: str, first: int = 1, head: bool = False) -> None:
    """Make the chain fit the lines from an entry on, as somebody would who knows how; ``head`` hides it entirely."""
    tail = log.beginning(code)
    for row in rows(connection, code):
        seal = log.seal_of(tail.seal, row["line"]) if row["seq"] >= first else row["seal"]
        change(connection, code, row["seq"], seal=seal)
        tail = log.Tail(row["seq"], seal)
    if head:
        change_head(connection, code, seq=tail.seq, seal=tail.seal)


def change_head(connection: Connection, code: str, **columns: Any) -> None:
    connection.execute(sa.update(HEADS).where(HEADS.c.meeting == code).values(**columns))


def checked_as_documented(file: Path, code: str) -> str:
    """The last seal of an exported log, by the check that stands in docs/record.md and nothing of ours."""
    [check] = [each for each in CODE_IN_PAGE.findall(RECORD_PAGE.read_text("utf-8")) if "demo.log.jsonl" in each]
    check = check.replace("kaimen:demo", f"kaimen:{code}").replace('"demo.log.jsonl"', repr(str(file)))
    known: dict[str, Any] = {}
    exec(check, known)
    return str(known["seal"])


def old_key(connection: Connection, key: Key, code: str) -> str:
    """A key as an earlier Kaimen issued it, with a code of eight characters; returns its token."""
    salt = f"salt-of-{code}"
    digest = hashlib.sha256(f"{code}\n{salt}".encode()).digest()
    token = base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
    row = {"hash": keys.hash_of(token), "meeting": key.meeting, "role": key.role, "of": key.of}
    made = {"short": salt, "label": "cards", "made_at": datetime.now(UTC)}
    connection.execute(sa.insert(table_of(KeyRow)), [row | made])
    return token


def is_used_key(connection: Connection, token: str) -> bool:
    """Whether somebody has come in by a key."""
    rows = table_of(KeyRow)
    return connection.scalar(sa.select(rows.c.used_at).where(rows.c.hash == keys.hash_of(token))) is not None


def token_of_code(connection: Connection, typed: str) -> str | None:
    """The token of the good key whose short code somebody types, found in the two steps of the door."""
    code = codes.typed_code(typed)
    return codes.token_among(codes.fitting(connection, code), code) if code else None
