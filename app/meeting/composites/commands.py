"""What is asked for of composites."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EnterPart:
    """The points of a part, by unit, of some units or of all. ``file`` and ``digest``: from which they were read."""

    part: str
    points: dict[str, Decimal]
    author: str
    file: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class CorrectPart:
    """Other points for what was entered; None strikes them, so that the part is missing."""

    part: str
    unit: str
    points: Decimal | None
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckComposites:
    """The supervisor has looked at all that was entered and at what it comes to, and confirms it.

    ``seen`` is the digest of what was looked at: what has changed since is not confirmed unseen.
    """

    seen: str


@dataclass(frozen=True, slots=True)
class AnnounceComposites:
    """``without``: the units of which parts are missing; nobody announces over a gap unseen."""

    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawComposites:
    reason: str
