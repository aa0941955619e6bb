"""Of the doors: keys, who made and revoked them, by which way they were used, and what they are signed with."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Instant, Row

SEAT_OF_KEY = "CASE WHEN role = 'seat' THEN \"of\" END"


class KeyRow(Row, table=True):
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


class SecretRow(Row, table=True):
    """One row: what forms are signed and places of codes are made with, and the mark of this database."""

    __tablename__ = "secret"

    id: int = Field(primary_key=True)
    value: str = Field(max_length=64)
    mark: str = Field(max_length=16)


class KeyHandsRow(Row, table=True):
    """Who made a key and who revoked it: as the log says who asked, with the tag of the key that was shown for it."""

    __tablename__ = "key_hands"

    key: str = Field(primary_key=True, max_length=64)
    meeting: str | None = Field(default=None, index=True, max_length=32)
    made_by: str = Field(default="", max_length=80)
    made_with: str = Field(default="", max_length=8)
    revoked_by: str = Field(default="", max_length=80)
    revoked_with: str = Field(default="", max_length=8)


class KeyUseRow(Row, table=True):
    """By which way a key was used, first and last. ``last_at`` is written now and then, not at every use."""

    __tablename__ = "key_use"

    key: str = Field(primary_key=True, max_length=64)
    way: str = Field(primary_key=True, max_length=16)
    meeting: str | None = Field(default=None, index=True, max_length=32)
    first_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)


class CodeRow(Row, table=True):
    """By which a typed code finds its key: ``place`` is a few bits of the code's keyed hash, ``way`` how the token of
    the key is made of the code. A key with a salt and without such a row has a code of the first kind (``keys``)."""

    __tablename__ = "key_code"

    key: str = Field(primary_key=True, max_length=64)
    meeting: str | None = Field(default=None, max_length=32)
    place: int = Field(index=True)
    way: str = Field(max_length=32)
