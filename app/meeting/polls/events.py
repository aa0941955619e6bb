"""What happened to a poll. Ballots are no entries of the log: what they come to is, once they are counted.

``count`` and ``tally`` are made of the ballots by whoever writes the entry, in the transaction in which it is written:
deciding, which is pure, leaves them empty.
"""

from dataclasses import dataclass, field
from datetime import datetime

from app.meeting.polls.state import NOTHING_COUNTED, Count, Tally


@dataclass(frozen=True, slots=True)
class PollOpened:
    poll: str
    unit: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PollClosed:
    poll: str
    at: datetime
    count: Count = NOTHING_COUNTED


@dataclass(frozen=True, slots=True)
class PollShown:
    poll: str
    at: datetime
    tally: Tally = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PollHidden:
    """Showing it was taken back."""

    poll: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PollWithdrawn:
    """``count`` belongs to one that was still open, and ended by it."""

    poll: str
    reason: str
    at: datetime
    count: Count | None = None
