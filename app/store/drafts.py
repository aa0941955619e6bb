"""Drafts of comments, kept as they are typed: plain rows, not the log's matter until they are sent."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.store.rows import put
from app.store.tables import DraftRow, table_of


@dataclass(frozen=True, slots=True)
class Draft:
    meeting: str
    seat: str
    unit: str
    kind: str
    text: str


def save(connection: Connection, draft: Draft) -> None:
    """Keep a draft in place of the seat's older one for the same unit; an empty text forgets it."""
    drafts = table_of(DraftRow)
    key = {"meeting": draft.meeting, "seat": draft.seat, "unit": draft.unit}
    if draft.text:
        put(connection, drafts, {**key, "kind": draft.kind, "text": draft.text, "saved_at": clock.now()})
    else:
        connection.execute(sa.delete(drafts).filter_by(**key))


def find(connection: Connection, meeting: str, seat: str, unit: str) -> Draft | None:
    drafts = table_of(DraftRow)
    query = sa.select(drafts.c.kind, drafts.c.text).filter_by(meeting=meeting, seat=seat, unit=unit)
    row = connection.execute(query).one_or_none()
    return Draft(meeting, seat, unit, row.kind, row.text) if row else None
