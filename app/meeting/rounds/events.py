"""What happened to a round."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoundOpened:
    round: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """``missing`` are the seats whose sheets were not in."""

    round: str
    missing: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundReopened:
    round: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundTakenBack:
    """It was opened by a step that was taken back before anybody had marked: as if it had not been opened."""

    round: str
    at: datetime
