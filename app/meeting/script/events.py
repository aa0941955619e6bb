"""What the script has shown, where no other event says it, and what was taken back."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.script.state import Step


@dataclass(frozen=True, slots=True)
class CommentQuoted:
    """One comment alone on the displays. ``released``: it was released by the same step."""

    comment: str
    at: datetime
    released: bool = False


@dataclass(frozen=True, slots=True)
class SummedUp:
    """A page (from 0) of what was said of a unit; without one, of the problems of all."""

    unit: str
    page: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultsAnnounced:
    """The results that are revealed next are announced: one, or all of a grade."""

    rounds: tuple[str, ...]
    at: datetime
    grade: str = ""
    by_grade: bool = False


@dataclass(frozen=True, slots=True)
class StepPassed:
    """A step was passed over: the script goes on without it."""

    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class StepUndone:
    """A step was taken back, the how-manieth that was taken: agenda, clock and displays are as they stood before it.

    What else it takes is said by the events behind this one. ``back_to`` is the step before it, 0 for none.
    ``passed``: it had been passed over, and is offered again.
    """

    number: int
    step: Step
    back_to: int
    at: datetime
    passed: bool = False
