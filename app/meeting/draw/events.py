"""What happened to the order of reporting."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DrawPrepared:
    """Lots will be drawn for these units; ``commitment`` is the SHA-256 of a seed that nobody knows yet."""

    commitment: str
    units: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawBegun:
    """``word`` was said in the hall after the commitment; with the seed it decides the order. It may be empty."""

    word: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitDrawn:
    """``number`` is the place in the order of reporting, from 1."""

    unit: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawEnded:
    """All lots are drawn and the agenda follows them; the seed is disclosed, ``verify`` draws again and compares."""

    seed: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawCalledOff:
    """A draw does not count. Its seed is disclosed all the same (empty: it was lost)."""

    seed: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderTyped:
    """The agenda follows an order that was found elsewhere: drawn from a box, or agreed."""

    units: tuple[str, ...]
    at: datetime
