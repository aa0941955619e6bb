"""Read tables: what has become of a meeting, written from the log in the same transaction."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Day, Exact, Instant, Row


class ItemTimeRow(Row, table=True):
    """What has become of an agenda item. ``position`` is its place in the order now; times in seconds."""

    __tablename__ = "item_time"

    meeting: str = Field(primary_key=True, max_length=32)
    item: str = Field(primary_key=True, max_length=64)
    position: int
    began_at: datetime | None = Field(sa_type=Instant)
    left_at: datetime | None = Field(sa_type=Instant)
    spent_seconds: int
    added_seconds: int
    skipped: bool
    skip_reason: str


class AttendanceRow(Row, table=True):
    """Since when the panelist of a seat is here: checked in, or known by the first mark or comment."""

    __tablename__ = "attendance"

    meeting: str = Field(primary_key=True, max_length=32)
    seat: str = Field(primary_key=True, max_length=64)
    arrived_at: datetime = Field(sa_type=Instant)


class RoundRow(Row, table=True):
    __tablename__ = "round"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    unit: str = Field(max_length=64)
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(sa_type=Instant)
    revealed_at: datetime | None = Field(sa_type=Instant)
    reopenings: int


class SheetRow(Row, table=True):
    """``versions`` counts submissions; ``total`` and ``receipt`` are of the version that counts, if one does."""

    __tablename__ = "sheet"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    seat: str = Field(primary_key=True, max_length=64)
    standing: str = Field(max_length=16)
    versions: int
    total: Decimal | None = Field(sa_type=Exact)
    receipt: str
    reason: str
    is_late: bool


class MarkRow(Row, table=True):
    """Points on a sheet: version 0 is the working copy, 1 and up the submissions."""

    __tablename__ = "mark"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    seat: str = Field(primary_key=True, max_length=64)
    version: int = Field(primary_key=True)
    criterion: str = Field(primary_key=True, max_length=64)
    points: Decimal = Field(sa_type=Exact)


class VersionRow(Row, table=True):
    """One submission or correction of a sheet; ``author`` and ``reason`` only for corrections."""

    __tablename__ = "sheet_version"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    seat: str = Field(primary_key=True, max_length=64)
    version: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    receipt: str
    author: str
    reason: str


class CommentRow(Row, table=True):
    __tablename__ = "comment"

    meeting: str = Field(primary_key=True, max_length=32)
    comment: str = Field(primary_key=True, max_length=64)
    seat: str = Field(max_length=64)
    unit: str = Field(max_length=64)
    kind: str = Field(max_length=16)
    text: str = Field(sa_type=sa.Text)
    original: str = Field(sa_type=sa.Text)
    standing: str = Field(max_length=16)
    sent_at: datetime = Field(sa_type=Instant)
    released_at: datetime | None = Field(sa_type=Instant)


class ResultRow(Row, table=True):
    """The result of every closed round, revealed or not, with the denominators."""

    __tablename__ = "result"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    unit: str = Field(max_length=64)
    outcome: str = Field(max_length=16)
    score: Decimal | None = Field(sa_type=Exact)
    grade: str
    panel: int
    recused: int
    abstained: int
    void: int
    absent: int
    counted: int


class PollRow(Row, table=True):
    """A poll; whoever takes ballots asks here whether it is open. ``ballots`` and ``digest`` once it has ended."""

    __tablename__ = "poll"

    meeting: str = Field(primary_key=True, max_length=32)
    poll: str = Field(primary_key=True, max_length=80)
    unit: str = Field(max_length=64)
    number: int
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(sa_type=Instant)
    shown_at: datetime | None = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(sa_type=Instant)
    ballots: int
    digest: str = Field(max_length=64)


class FindingRow(Row, table=True):
    """Where a finding stands. ``first_due``: the day that was said as it was handed over; ``due``: the one that holds.

    How late it is stands nowhere: that depends on the day it is asked about. ``extensions`` counts those granted.
    """

    __tablename__ = "finding"

    meeting: str = Field(primary_key=True, max_length=32)
    finding: str = Field(primary_key=True, max_length=64)
    unit: str = Field(max_length=64)
    number: int
    kind: str = Field(max_length=16)
    criterion: str = Field(max_length=64)
    text: str = Field(sa_type=sa.Text)
    standing: str = Field(max_length=16)
    drafted_at: datetime = Field(sa_type=Instant)
    handed_over_on: date | None = Field(sa_type=Day)
    first_due: date | None = Field(sa_type=Day)
    due: date | None = Field(sa_type=Day)
    checkpoint: date | None = Field(sa_type=Day)
    asked_on: date | None = Field(sa_type=Day)
    notice_until: date | None = Field(sa_type=Day)
    struck_off_on: date | None = Field(sa_type=Day)
    look_back_on: date | None = Field(sa_type=Day)
    looked_back_on: date | None = Field(sa_type=Day)
    returns: int
    reopenings: int
    extensions: int
    proofs: int
    objections: int


READ_TABLES: tuple[type[Row], ...] = (
    ItemTimeRow,
    AttendanceRow,
    RoundRow,
    SheetRow,
    MarkRow,
    VersionRow,
    CommentRow,
    ResultRow,
    PollRow,
    FindingRow,
)
