"""Parts that were entered or corrected, and composites that were announced."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.meeting.composites.state import AnnouncedComposite


@dataclass(frozen=True, slots=True)
class PartEntered:
    part: str
    points: dict[str, Decimal]
    author: str
    at: datetime
    file: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class PartCorrected:
    """``points`` None: they were struck, and the part is missing."""

    part: str
    unit: str
    points: Decimal | None
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CompositesChecked:
    """``seen``: the digest of what the supervisor looked at."""

    seen: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CompositesAnnounced:
    """All of them, as they were announced; ``verify`` computes them again and compares."""

    composites: tuple[AnnouncedComposite, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CompositesWithdrawn:
    reason: str
    at: datetime
