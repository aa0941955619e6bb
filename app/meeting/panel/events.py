"""Who came, who left, and from where a seat is led."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeatCheckedIn:
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatCheckedOut:
    """The panelist is not here, or not any more."""

    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatTakenOver:
    """From now on a seat is led from this device, and only read on the one before."""

    seat: str
    device: str
    at: datetime
