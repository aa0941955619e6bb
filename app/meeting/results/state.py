"""What a hall was told of a result, and the chair's word on ties."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a hall was told: the score (none where levels are given) and the grade or level."""

    score: Decimal | None
    grade: str


@dataclass(frozen=True, slots=True)
class TieRuling:
    """The chair's recorded order among units with the same score, best first."""

    rounds: tuple[str, ...]
    reason: str
    author: str
