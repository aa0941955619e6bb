"""What the hall was shown of a result, and the chair's word on ties."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.results.state import Announcement


@dataclass(frozen=True, slots=True)
class ResultStepShown:
    round: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultRevealed:
    """A result announced whole. It is said here as it was announced; ``verify`` computes it again and compares."""

    round: str
    steps: tuple[str, ...]
    announced: Announcement
    at: datetime


@dataclass(frozen=True, slots=True)
class RevealWithdrawn:
    round: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultHidden:
    """Of a result only these parts remain shown, since the step that showed more was taken back."""

    round: str
    parts: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultChecked:
    """The supervisor has checked a result and what it was made of; ``seen`` is the digest of what was looked at."""

    round: str
    seen: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TieRuled:
    rounds: tuple[str, ...]
    reason: str
    author: str
    at: datetime
