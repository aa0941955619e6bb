"""Of people: plain rows, which can be erased without a trace in the log or a gap in the record."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Instant, Row


class PersonRow(Row, table=True):
    """Who is in a meeting, and what for: ``kind`` says whether it is a seat, a unit or a task, ``of`` which."""

    __tablename__ = "person"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    kind: str = Field(primary_key=True, max_length=16)
    of: str = Field(primary_key=True, max_length=64)
    name: str
    office: str


class SignatureRow(Row, table=True):
    """A drawing by which somebody signed: ``bound`` is the receipt of the sheet, or the digest of the result, that it
    was drawn for; of a unit, the digest of what it was given, with the finding in place of the round. Without strokes,
    somebody said to sign on paper; of ``kind`` "erased" it says that none is taken."""

    __tablename__ = "signature"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    kind: str = Field(primary_key=True, max_length=16)
    of: str = Field(primary_key=True, max_length=64)
    bound: str = Field(primary_key=True, max_length=64)
    strokes: str = Field(sa_type=sa.Text)
    signed_at: datetime = Field(sa_type=Instant)
