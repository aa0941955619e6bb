"""All tables. Rows only: nobody's input becomes one directly, and nothing here decides.

Three kinds, kept apart: *set-up* rows are edited freely before a meeting opens; the *log* is appended to and nothing
else; *read tables* are written from the log in the same transaction, and ``rebuild`` makes them anew from it.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

SCHEMA_VERSION = 3
"""A step of ``migrations`` leads to each. 2: tables came. 3: a key has one word for its seat or display; new logs are
sealed over digests, which an earlier Kaimen takes for broken."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 text: the same on every database, readable, and it keeps its offset."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        return value.isoformat() if value else None

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class Exact(sa.types.TypeDecorator[Decimal]):
    """A decimal, exact on every database: NUMERIC on PostgreSQL, text on SQLite (whose numerics are floats)."""

    impl = sa.String(40)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Numeric())
        return dialect.type_descriptor(sa.String(40))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        if value is None or dialect.name == "postgresql":
            return value
        return str(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def table_of(model: type[SQLModel]) -> sa.Table:
    """The table behind a model, for statements over many rows at once."""
    return cast(sa.Table, model.__table__)  # type: ignore[attr-defined]


class SchemaVersion(SQLModel, table=True):
    __tablename__ = "schema_version"

    version: int = Field(primary_key=True)


# --- set-up -----------------------------------------------------------------------------------------------------------


class MeetingRow(SQLModel, table=True):
    """``rules`` is the canonical JSON of ``app.meeting.plan.Rules``; ``organisers`` is a JSON list."""

    __tablename__ = "meeting"

    code: str = Field(primary_key=True, max_length=32)
    position: int
    title: str
    place: str
    organisers: str = Field(sa_type=sa.Text)
    starts_at: datetime = Field(sa_type=Instant)
    mode: str = Field(max_length=16)
    rules: str = Field(sa_type=sa.Text)
    order: str = Field(max_length=16)
    invited_only: bool
    rehearsal_of: str = Field(max_length=32)


class EditionRow(SQLModel, table=True):
    """A new word whenever a plan is written, by which another process sees that it was."""

    __tablename__ = "edition"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    edition: str = Field(max_length=32)


class UnitRow(SQLModel, table=True):
    __tablename__ = "unit"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    name: str
    short_name: str
    office: str


class AttachmentRow(SQLModel, table=True):
    """A paper of a unit; its bytes stand apart in ``paper``, so that reading a plan does not read them."""

    __tablename__ = "attachment"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    unit: str = Field(max_length=64)
    position: int
    name: str
    size: int
    sha256: str = Field(max_length=64)


class PaperRow(SQLModel, table=True):
    """The bytes of an attachment, once for whoever has the same paper; by their SHA-256."""

    __tablename__ = "paper"

    sha256: str = Field(primary_key=True, max_length=64)
    content: bytes


class SeatRow(SQLModel, table=True):
    __tablename__ = "seat"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    label: str
    group: str = Field(max_length=16)


class RecusalRow(SQLModel, table=True):
    __tablename__ = "recusal"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seat: str = Field(primary_key=True, max_length=64)
    unit: str = Field(primary_key=True, max_length=64)
    position: int
    reason: str


class AgendaItemRow(SQLModel, table=True):
    __tablename__ = "agenda_item"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    kind: str = Field(max_length=16)
    title: str
    unit: str | None = Field(default=None, max_length=64)


class SegmentRow(SQLModel, table=True):
    __tablename__ = "segment"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    item: str = Field(primary_key=True, max_length=64)
    position: int = Field(primary_key=True)
    kind: str = Field(max_length=16)
    seconds: int


class CriterionRow(SQLModel, table=True):
    __tablename__ = "criterion"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    name: str
    minimum: Decimal = Field(sa_type=Exact)
    maximum: Decimal = Field(sa_type=Exact)
    step: Decimal = Field(sa_type=Exact)
    weight: Decimal = Field(sa_type=Exact)
    help: str = Field(sa_type=sa.Text)


class LevelRow(SQLModel, table=True):
    __tablename__ = "level"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    criterion: str = Field(primary_key=True, max_length=64)
    position: int = Field(primary_key=True)
    points: Decimal = Field(sa_type=Exact)
    name: str
    approving: bool


SEAT_OF_KEY = "CASE WHEN role = 'seat' THEN \"of\" END"


class KeyRow(SQLModel, table=True):
    """A key to a door: only its SHA-256 is kept. ``label`` says what it was made for.

    An organiser's key belongs to no meeting. ``of`` is the seat's id or the display's name; ``short`` the salt by which
    the code that can be typed in place of the link becomes the token (none: there is no such code). ``seat`` is for
    whoever queries the table by it, as it was before ``of``: the database makes it, and nothing here reads it.
    """

    __tablename__ = "key"

    hash: str = Field(primary_key=True, max_length=64)
    meeting: str | None = Field(default=None, foreign_key="meeting.code", index=True, max_length=32)
    role: str = Field(max_length=16)
    of: str = ""
    seat: str | None = Field(sa_column=sa.Column(sa.String, sa.Computed(SEAT_OF_KEY, persisted=True)))
    short: str | None = Field(default=None, unique=True, max_length=64)
    label: str = ""
    made_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class SecretRow(SQLModel, table=True):
    """One row: what forms are signed and places of codes are made with, and the mark of this database."""

    __tablename__ = "secret"

    id: int = Field(primary_key=True)
    value: str = Field(max_length=64)
    mark: str = Field(max_length=16)


class KeyHandsRow(SQLModel, table=True):
    """Who made a key and who revoked it: as the log says who asked, with the tag of the key that was shown for it."""

    __tablename__ = "key_hands"

    key: str = Field(primary_key=True, max_length=64)
    meeting: str | None = Field(default=None, index=True, max_length=32)
    made_by: str = Field(default="", max_length=80)
    made_with: str = Field(default="", max_length=8)
    revoked_by: str = Field(default="", max_length=80)
    revoked_with: str = Field(default="", max_length=8)


class KeyUseRow(SQLModel, table=True):
    """By which way a key was used, first and last. ``last_at`` is written now and then, not at every use."""

    __tablename__ = "key_use"

    key: str = Field(primary_key=True, max_length=64)
    way: str = Field(primary_key=True, max_length=16)
    meeting: str | None = Field(default=None, index=True, max_length=32)
    first_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)


class CodeRow(SQLModel, table=True):
    """By which a typed code finds its key: ``place`` is a few bits of the code's keyed hash, ``way`` how the token of
    the key is made of the code. A key with a salt and without such a row has a code of the first kind (``keys``)."""

    __tablename__ = "key_code"

    key: str = Field(primary_key=True, max_length=64)
    meeting: str | None = Field(default=None, max_length=32)
    place: int = Field(index=True)
    way: str = Field(max_length=32)


class DraftRow(SQLModel, table=True):
    """The comment a panelist is writing, as it was last typed."""

    __tablename__ = "draft"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seat: str = Field(primary_key=True, max_length=64)
    unit: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=16)
    text: str = Field(sa_type=sa.Text)
    saved_at: datetime = Field(sa_type=Instant)


class RehearsalCountRow(SQLModel, table=True):
    """How many rehearsals a meeting ever had: their numbers are not used twice."""

    __tablename__ = "rehearsal_count"

    meeting: str = Field(primary_key=True, max_length=32)
    last: int


class BrowserRow(SQLModel, table=True):
    """A kind of browser that has been at the doors; nothing says which device or person it was."""

    __tablename__ = "browser_seen"

    user_agent: str = Field(primary_key=True, max_length=300)
    first_seen: datetime = Field(sa_type=Instant)
    last_seen: datetime = Field(sa_type=Instant)


class DrawRow(SQLModel, table=True):
    """The seed of a draw under its commitment, its SHA-256. It must not be seen before the log discloses it."""

    __tablename__ = "draw"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    commitment: str = Field(primary_key=True, max_length=64)
    seed: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=Instant)


class RefusedCorrectionRow(SQLModel, table=True):
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


# --- the log ----------------------------------------------------------------------------------------------------------


class HeadRow(SQLModel, table=True):
    """The last entry of a meeting's log. Writers on PostgreSQL lock this row."""

    __tablename__ = "head"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seq: int
    seal: str = Field(max_length=64)


class EntryRow(SQLModel, table=True):
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


class PulseRow(SQLModel, table=True):
    """One row, written to learn whether the record can be written."""

    __tablename__ = "pulse"

    id: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


# --- read tables ------------------------------------------------------------------------------------------------------


class ItemTimeRow(SQLModel, table=True):
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


class AttendanceRow(SQLModel, table=True):
    """Since when the panelist of a seat is here: checked in, or known by the first mark or comment."""

    __tablename__ = "attendance"

    meeting: str = Field(primary_key=True, max_length=32)
    seat: str = Field(primary_key=True, max_length=64)
    arrived_at: datetime = Field(sa_type=Instant)


class RoundRow(SQLModel, table=True):
    __tablename__ = "round"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    unit: str = Field(max_length=64)
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(sa_type=Instant)
    revealed_at: datetime | None = Field(sa_type=Instant)
    reopenings: int


class SheetRow(SQLModel, table=True):
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


class MarkRow(SQLModel, table=True):
    """Points on a sheet: version 0 is the working copy, 1 and up the submissions."""

    __tablename__ = "mark"

    meeting: str = Field(primary_key=True, max_length=32)
    round: str = Field(primary_key=True, max_length=64)
    seat: str = Field(primary_key=True, max_length=64)
    version: int = Field(primary_key=True)
    criterion: str = Field(primary_key=True, max_length=64)
    points: Decimal = Field(sa_type=Exact)


class VersionRow(SQLModel, table=True):
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


class CommentRow(SQLModel, table=True):
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


class ResultRow(SQLModel, table=True):
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


READ_TABLES: tuple[type[SQLModel], ...] = (
    ItemTimeRow,
    AttendanceRow,
    RoundRow,
    SheetRow,
    MarkRow,
    VersionRow,
    CommentRow,
    ResultRow,
)
