"""Of polls: ballots, told by the log as a count and digests once they are counted; tickets by hash; signs."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Instant, Row


class BallotRow(Row, table=True):
    """What a voter has chosen in a poll, as it stands: who votes again before the end chooses anew.

    ``voter`` is a hash that is another in each poll; nothing says which device or person it was. ``press``: the number
    of the press on that device, greater each time; 0 if it counts none.
    """

    __tablename__ = "ballot"

    meeting: str = Field(primary_key=True, max_length=32)
    poll: str = Field(primary_key=True, max_length=80)
    voter: str = Field(primary_key=True, max_length=32)
    voice: str = Field(max_length=8)
    choice: str = Field(max_length=16)
    press: int = Field(sa_type=sa.BigInteger)
    cast_at: datetime = Field(sa_type=Instant)


class SlipKeyRow(Row, table=True):
    """By what the ids of a poll's slips are made of its voters: it leaves the database in copies of the whole alone."""

    __tablename__ = "slip_key"

    meeting: str = Field(primary_key=True, max_length=32)
    poll: str = Field(primary_key=True, max_length=80)
    key: str = Field(max_length=64)


class TicketRow(Row, table=True):
    """A printed ticket: ``hash`` is made of its code, which is kept nowhere. ``device``: by which it was taken.

    ``sheet`` and ``number`` say where it was printed, and not to whom it was given.
    """

    __tablename__ = "ticket"

    meeting: str = Field(primary_key=True, max_length=32)
    hash: str = Field(primary_key=True, max_length=32)
    sheet: int
    number: int
    device: str = Field(max_length=32)
    made_at: datetime = Field(sa_type=Instant)
    taken_at: datetime | None = Field(sa_type=Instant)
    spoiled_at: datetime | None = Field(sa_type=Instant)


class RefusalRow(Row, table=True):
    """How often ballots of a voice were refused in a poll, by the code of the reason. Of whom, nobody knows.

    ``poll`` is empty where a ticket was refused while none was open.
    """

    __tablename__ = "refusal"

    meeting: str = Field(primary_key=True, max_length=32)
    poll: str = Field(primary_key=True, max_length=80)
    voice: str = Field(primary_key=True, max_length=8)
    code: str = Field(primary_key=True, max_length=40)
    number: int


class BurstRow(Row, table=True):
    """How often many ballots of a meeting came within seconds from browsers that say the same of themselves.

    ``largest``: so many of ``among`` so many, the most there were at once.
    """

    __tablename__ = "burst"

    meeting: str = Field(primary_key=True, max_length=32)
    times: int
    largest: int
    among: int
