"""What is asked for of a sheet: by its panelist while its round is open, by others afterwards."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class GiveScore:
    round: str
    seat: str
    criterion: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class EraseScore:
    round: str
    seat: str
    criterion: str


@dataclass(frozen=True, slots=True)
class SubmitSheet:
    """Hand in a sheet as its panelist saw it: unit, marks and total are said again, and must be right.

    ``salt`` is chosen by the device and makes the receipt unguessable.
    """

    round: str
    seat: str
    unit: str
    marks: dict[str, Decimal]
    total: Decimal
    salt: str


@dataclass(frozen=True, slots=True)
class Abstain:
    round: str
    seat: str


@dataclass(frozen=True, slots=True)
class Recuse:
    round: str
    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnToSheet:
    """Take back an abstention or a recusal declared in the meeting."""

    round: str
    seat: str


@dataclass(frozen=True, slots=True)
class CorrectSheet:
    """Put right (or enter from paper) a sheet of a closed round."""

    round: str
    seat: str
    marks: dict[str, Decimal]
    reason: str
    author: str
    salt: str


@dataclass(frozen=True, slots=True)
class VoidSheet:
    """Declare a sheet of a closed round void, for instance a paper sheet with several levels marked."""

    round: str
    seat: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class AcceptLateSheet:
    round: str
    seat: str
    reason: str
    author: str
