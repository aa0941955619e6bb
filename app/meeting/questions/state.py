"""A question of the audience: a row until it is chosen, answered or handed over, which the log tells."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Where a row stands. ``MERGED``: it is part of another question now, its own words are kept."""

    WAITING = "waiting"
    APPROVED = "approved"
    ARCHIVED = "archived"
    ANSWERED = "answered"
    MERGED = "merged"


PUBLIC = (Standing.APPROVED, Standing.ANSWERED)
"""Those that everybody may read."""


class Reason(StrEnum):
    """Why a question is not shown: told to whoever asked it, and counted."""

    OFF_TOPIC = "off_topic"
    INSULT = "insult"
    PERSONAL = "personal"
    ADVERTISING = "advertising"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its row stood when the log told of it. ``unit`` is empty if all are asked."""

    unit: str
    text: str
    upvotes: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """``chosen_at``: it was shown to the hall. ``answer`` is empty if it was answered aloud.

    ``findings``: those it became, by id. ``withdrawn_at``: it is shown to nobody any more, and stays in the record.
    """

    id: str
    asked: Asked
    chosen_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    findings: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None
    reason: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether it was chosen or answered, and so is told where the meeting is told."""
        return self.withdrawn_at is None and (self.chosen_at or self.answered_at) is not None
