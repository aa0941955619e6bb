"""Of questions of the audience: what was asked, as it stands with whoever moderates, and who wants to know it too."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.store.tables.columns import Instant, Row


class QuestionRow(Row, table=True):
    """``original``: as it was typed; ``text`` differs by typing errors put right. ``unit`` is empty if all are asked.

    ``device``: a hash that is another in each meeting. ``merged_into``: the question that it is part of now.
    ``moved_with``: the tag of the key by which it was moderated last.
    """

    __tablename__ = "question"

    meeting: str = Field(primary_key=True, max_length=32)
    question: str = Field(primary_key=True, max_length=32)
    unit: str = Field(max_length=64)
    text: str = Field(sa_type=sa.Text)
    original: str = Field(sa_type=sa.Text)
    device: str = Field(max_length=32, index=True)
    standing: str = Field(max_length=12)
    reason: str = Field(max_length=16)
    merged_into: str = Field(max_length=32)
    asked_at: datetime = Field(sa_type=Instant)
    moved_at: datetime | None = Field(sa_type=Instant)
    moved_with: str = Field(max_length=8)


class UpvoteRow(Row, table=True):
    """A device wants to know the same. One row for each: none is ever added up anywhere else."""

    __tablename__ = "upvote"

    meeting: str = Field(primary_key=True, max_length=32)
    question: str = Field(primary_key=True, max_length=32)
    voter: str = Field(primary_key=True, max_length=32)
