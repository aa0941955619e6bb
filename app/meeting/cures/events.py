"""What happened in votes on cures."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.cures.state import CureCount, CureMark


@dataclass(frozen=True, slots=True)
class CureVoteOpened:
    vote: str
    findings: tuple[str, ...]
    author: str
    at: datetime
    basically_counts: bool = True
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class CureJudged:
    vote: str
    seat: str
    marks: dict[str, CureMark]
    at: datetime


@dataclass(frozen=True, slots=True)
class CureVoteClosed:
    """``counts``: as they were told from then on. What comes of those that did not pass follows as events."""

    vote: str
    counts: tuple[CureCount, ...]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CureVoteWithdrawn:
    vote: str
    reason: str
    author: str
    at: datetime
