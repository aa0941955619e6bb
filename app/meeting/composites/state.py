"""The parts as they were entered, and what was announced."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered for a unit once, by whom; ``points`` None: struck, the part is missing.

    ``file`` and ``digest`` of the file it was read from, if it was; ``reason`` of a correction.
    """

    points: Decimal | None
    author: str
    at: datetime
    file: str = ""
    digest: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncedComposite:
    """What was announced of a unit: the points of each part that is there, and what they come to.

    Without ``score`` a part is missing. ``rank`` is among ``of`` units of its class.
    """

    unit: str
    points: dict[str, Decimal]
    score: Decimal | None = None
    grade: str = ""
    rank: int | None = None
    of: int = 0


@dataclass(frozen=True, slots=True)
class Composites:
    """``entries`` by part and unit, the latest last; ``checked``: the digest that the supervisor confirmed last."""

    entries: dict[str, dict[str, tuple[Entered, ...]]] = field(default_factory=dict)
    announced: tuple[AnnouncedComposite, ...] = ()
    announced_at: datetime | None = None
    checked: str = ""
    checked_at: datetime | None = None

    @property
    def are_announced(self) -> bool:
        return self.announced_at is not None

    def versions(self, part: str, unit: str) -> tuple[Entered, ...]:
        return self.entries.get(part, {}).get(unit, ())

    def points(self, part: str, unit: str) -> Decimal | None:
        """What counts of a part that is entered; None if it is missing."""
        versions = self.versions(part, unit)
        return versions[-1].points if versions else None
