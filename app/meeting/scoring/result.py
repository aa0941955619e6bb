"""A result, with all it was made of."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.meeting.rubric import Level


class Outcome(StrEnum):
    """Whether there is a result: it is scored, too few sheets count, or none does."""

    SCORED = "scored"
    NO_QUORUM = "no_quorum"
    NO_SHEETS = "no_sheets"


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who counts. ``entitled`` is the panel without the recused: the denominator of the quorum."""

    panel: int
    recused: int
    abstained: int
    void: int
    absent: int
    counted: int

    @property
    def entitled(self) -> int:
        return self.panel - self.recused


@dataclass(frozen=True, slots=True)
class CountedSheet:
    """A sheet that counts: its weighted total, and what the trim dropped of it.

    ``dropped`` is ``high``, ``low`` or empty; ``dropped_marks`` says the same for single criteria.
    """

    seat: str
    group: str
    marks: dict[str, Decimal]
    total: Decimal
    receipt: str
    dropped: str = ""
    dropped_marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CriterionMean:
    criterion: str
    mean: Fraction
    shown: Decimal


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The untrimmed mean of one group's totals, for information."""

    group: str
    sheets: int
    shown: Decimal


@dataclass(frozen=True, slots=True)
class LevelCount:
    level: Level
    sheets: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    lowest: Decimal
    median: Decimal
    highest: Decimal
    deviation: Decimal


@dataclass(frozen=True, slots=True)
class Working:
    """One step of the calculation: a code, and numbers as text for a page to put into words."""

    code: str
    facts: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What the sheets of one round come to. ``score`` is rounded; ``untrimmed`` is exact and breaks ties."""

    round: str
    unit: str
    outcome: Outcome
    turnout: Turnout
    score: Decimal | None = None
    grade: str = ""
    untrimmed: Fraction | None = None
    sheets: tuple[CountedSheet, ...] = ()
    criteria: tuple[CriterionMean, ...] = ()
    groups: tuple[GroupMean, ...] = ()
    spread: Spread | None = None
    levels: tuple[LevelCount, ...] = ()
    level: Level | None = None
    approval: Decimal | None = None
    working: tuple[Working, ...] = ()

    @property
    def is_scored(self) -> bool:
        return self.outcome is Outcome.SCORED

    @property
    def kept(self) -> int:
        return sum(1 for sheet in self.sheets if not sheet.dropped)

    @property
    def is_trimmed(self) -> bool:
        return any(sheet.dropped or sheet.dropped_marks for sheet in self.sheets)
