"""Of a meeting: what was agreed before it opens. Edited freely until then."""

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Exact, Instant, Row


class MeetingRow(Row, table=True):
    """``rules``, ``composite`` and ``previous`` are the canonical JSON of the classes of those names in
    ``app.meeting``; ``organisers`` and ``words`` are JSON lists."""

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
    words: str = Field(sa_type=sa.Text, sa_column_kwargs={"server_default": "[]"})
    composite: str = Field(sa_type=sa.Text, sa_column_kwargs={"server_default": "{}"})
    previous: str = Field(sa_type=sa.Text, sa_column_kwargs={"server_default": "{}"})


class EditionRow(Row, table=True):
    """A new word whenever a plan is written, by which another process sees that it was."""

    __tablename__ = "edition"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    edition: str = Field(max_length=32)


class UnitRow(Row, table=True):
    """``promises`` is a JSON list."""

    __tablename__ = "unit"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    name: str
    short_name: str
    office: str
    reading: str = Field(sa_column_kwargs={"server_default": ""})
    of_class: str = Field(sa_column_kwargs={"server_default": ""})
    promises: str = Field(sa_type=sa.Text, sa_column_kwargs={"server_default": "[]"})


class AttachmentRow(Row, table=True):
    """What a unit hands in; its bytes stand apart in ``content``, so that reading a plan does not read them."""

    __tablename__ = "attachment"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    unit: str = Field(max_length=64)
    position: int
    name: str
    size: int
    sha256: str = Field(max_length=64)


class ContentRow(Row, table=True):
    """The bytes of a file that came in, once for all who have the same; by their SHA-256."""

    __tablename__ = "content"

    sha256: str = Field(primary_key=True, max_length=64)
    content: bytes


class PanelGroupRow(Row, table=True):
    """A group of the panel; without a name it is a preset called by its word. Without a row there are the presets."""

    __tablename__ = "panel_group"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    name: str


class SeatRow(Row, table=True):
    __tablename__ = "seat"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    label: str
    group: str = Field(max_length=64)


class RecusalRow(Row, table=True):
    __tablename__ = "recusal"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    seat: str = Field(primary_key=True, max_length=64)
    unit: str = Field(primary_key=True, max_length=64)
    position: int
    reason: str


class AgendaItemRow(Row, table=True):
    __tablename__ = "agenda_item"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    id: str = Field(primary_key=True, max_length=64)
    position: int
    kind: str = Field(max_length=16)
    title: str
    unit: str | None = Field(default=None, max_length=64)


class SegmentRow(Row, table=True):
    __tablename__ = "segment"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    item: str = Field(primary_key=True, max_length=64)
    position: int = Field(primary_key=True)
    kind: str = Field(max_length=16)
    seconds: int


class CriterionRow(Row, table=True):
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


class LevelRow(Row, table=True):
    __tablename__ = "level"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    criterion: str = Field(primary_key=True, max_length=64)
    position: int = Field(primary_key=True)
    points: Decimal = Field(sa_type=Exact)
    name: str
    approving: bool
