"""Beside plan and log: what is kept while somebody works, and not told by the log, or not yet."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Instant, Row


class DraftRow(Row, table=True):
    """The comment a panelist is writing, as it was last typed."""

    __tablename__ = "draft"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seat: str = Field(primary_key=True, max_length=64)
    unit: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=16)
    text: str = Field(sa_type=sa.Text)
    saved_at: datetime = Field(sa_type=Instant)


class RehearsalCountRow(Row, table=True):
    """How many rehearsals a meeting ever had: their numbers are not used twice."""

    __tablename__ = "rehearsal_count"

    meeting: str = Field(primary_key=True, max_length=32)
    last: int


class BrowserRow(Row, table=True):
    """A kind of browser that has been at the doors; nothing says which device or person it was."""

    __tablename__ = "browser_seen"

    user_agent: str = Field(primary_key=True, max_length=300)
    first_seen: datetime = Field(sa_type=Instant)
    last_seen: datetime = Field(sa_type=Instant)


class DrawRow(Row, table=True):
    """The seed of a draw under its commitment, its SHA-256. It must not be seen before the log discloses it."""

    __tablename__ = "draw"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    commitment: str = Field(primary_key=True, max_length=64)
    seed: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=Instant)


class FormRow(Row, table=True):
    """The office's own form of a letter, for all meetings; its bytes stand in ``paper``."""

    __tablename__ = "form"

    letter: str = Field(primary_key=True, max_length=16)
    name: str
    size: int
    sha256: str = Field(max_length=64)


class ProofRow(Row, table=True):
    """A content that proofs of a meeting are made of; kept before the log names it, and as long as there is the log."""

    __tablename__ = "proof"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    sha256: str = Field(primary_key=True, max_length=64)
    kept_at: datetime = Field(sa_type=Instant)


class TypedRow(Row, table=True):
    """What a unit has typed about a finding and not sent yet: JSON, by field."""

    __tablename__ = "typed"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    unit: str = Field(primary_key=True, max_length=64)
    finding: str = Field(primary_key=True, max_length=64)
    texts: str = Field(sa_type=sa.Text)
    saved_at: datetime = Field(sa_type=Instant)


class RefusedCorrectionRow(Row, table=True):
    """A correction of a sheet that was refused, told to the supervisor; how often, and when first and last."""

    __tablename__ = "refused_correction"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    command: str = Field(primary_key=True, max_length=40)
    round: str = Field(primary_key=True, max_length=64)
    seat: str = Field(primary_key=True, max_length=64)
    by: str = Field(primary_key=True, max_length=80)
    code: str = Field(primary_key=True, max_length=40)
    first_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)
    times: int
