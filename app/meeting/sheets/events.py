"""What happened to a sheet."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.meeting.sheets.state import Correction, SheetVersion


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    round: str
    seat: str
    criterion: str
    points: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreErased:
    round: str
    seat: str
    criterion: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetSubmitted:
    round: str
    seat: str
    version: SheetVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetCameLate:
    round: str
    seat: str
    version: SheetVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatAbstained:
    round: str
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatRecused:
    round: str
    seat: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatReturned:
    round: str
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetCorrected:
    """A new version of a sheet of a closed round; its ``correction`` says who and why."""

    round: str
    seat: str
    version: SheetVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetVoided:
    round: str
    seat: str
    correction: Correction
    at: datetime
