"""What happened to the course of the meeting."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.meeting.plan import FIRST_RECKONING, Plan


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """``reckoning`` is how results are reckoned from here on; lines from before it have none, and keep the first.

    It is not compared: an opening is what was agreed, and not the program that has opened it.
    """

    plan: Plan
    seal: str
    at: datetime
    reckoning: int = field(default=FIRST_RECKONING, compare=False)


@dataclass(frozen=True, slots=True)
class SegmentEntered:
    item: str
    segment: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemSkipped:
    item: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemRestored:
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemMoved:
    item: str
    before: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TimeAdded:
    item: str
    segment: int
    amount: timedelta
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockPaused:
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockResumed:
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingFinished:
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingContinued:
    at: datetime
