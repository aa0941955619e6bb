"""The log: appended to and nothing else; and the row by which it is felt whether it can be."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Instant, Row


class HeadRow(Row, table=True):
    """The last entry of a meeting's log. Writers on PostgreSQL lock this row."""

    __tablename__ = "head"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seq: int
    seal: str = Field(max_length=64)


class EntryRow(Row, table=True):
    """One entry: ``line`` is the sealed text; the other columns repeat parts of it for queries (verified)."""

    __tablename__ = "log"
    __table_args__ = (sa.Index("ix_log_command", "meeting", "command"),)

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=40)
    by: str = Field(max_length=80)
    command: str = Field(max_length=64)
    line: str = Field(sa_type=sa.Text)
    seal: str = Field(max_length=64)


class PulseRow(Row, table=True):
    """One row, written to learn whether the record can be written."""

    __tablename__ = "pulse"

    id: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
