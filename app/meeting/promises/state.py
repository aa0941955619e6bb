"""What the panel says of last year's promises: a mark of each seat for each, and what they come to."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.meeting.cures.state import FEWEST


class PromiseMark(StrEnum):
    KEPT = "kept"
    LARGELY_KEPT = "largely_kept"
    NOT_KEPT = "not_kept"


Marks = dict[int, PromiseMark]
"""Of one seat, by the number of the promise."""


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """What the panel says of one promise. ``members``: all whose word counts; some may not have judged this one."""

    promise: int
    members: int
    kept: int
    largely_kept: int
    not_kept: int

    @property
    def given(self) -> int:
        return self.kept + self.largely_kept + self.not_kept

    @property
    def is_told(self) -> bool:
        """Whether it may be said how many judged how: who did is seen, and of one or two that would say what."""
        return self.given == 0 or self.given >= FEWEST


@dataclass(frozen=True, slots=True)
class Judgements:
    """Of the promises of the unit that reports in the item of this id, which is that of its ``round`` as well.

    ``marks`` by seat: secret, also after they are counted.
    """

    round: str
    marks: dict[str, Marks] = field(default_factory=dict)

    def of_seat(self, seat: str) -> Marks:
        return self.marks.get(seat, {})
