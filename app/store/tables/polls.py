"""Of polls: ballots are rows, which the log tells as a count and a digest once they are counted."""

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
