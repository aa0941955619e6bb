"""What the panel judges, and by which marks; part of the plan, and so of the file format of the log."""

from dataclasses import dataclass
from decimal import Decimal

from app.meeting.decimals import decimals_of, leads_to


@dataclass(frozen=True, slots=True)
class Level:
    """One answer of a criterion that is judged in words. ``approving`` levels count towards the approval rate."""

    points: Decimal
    name: str
    approving: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged, and for how many points. With ``levels``, only the points of a level may be given."""

    id: str
    name: str
    maximum: Decimal
    minimum: Decimal = Decimal(0)
    step: Decimal = Decimal("0.5")
    weight: Decimal = Decimal(1)
    help: str = ""
    levels: tuple[Level, ...] = ()

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        return (self.minimum, self.maximum, self.step, self.weight, *(level.points for level in self.levels))

    def level_name(self, points: Decimal | None) -> str:
        """Of the level with these points; empty where points are given, or none are."""
        return next((level.name for level in self.levels if level.points == points), "")

    def allows(self, points: Decimal) -> bool:
        """Whether points already known to be in range lie on the step, or on a level."""
        if self.levels:
            return any(level.points == points for level in self.levels)
        if decimals_of(points) > max(decimals_of(self.minimum), decimals_of(self.step)):
            return False
        return leads_to(self.minimum, self.step, points)
