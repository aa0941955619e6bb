"""A step of the script, and the steps that have been taken."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.meeting.agenda.state import Place


class StepKind(StrEnum):
    """What a step does. ``CHECK`` takes no press: it waits for the supervisor."""

    OPEN = "open"
    ENTER = "enter"
    DRAW = "draw"
    BEGIN_SCORING = "begin_scoring"
    CLOSE = "close"
    CHECK = "check"
    SHOW = "show"
    RELEASE = "release"
    QUOTE = "quote"
    SUM_UP = "sum_up"
    ANNOUNCE = "announce"
    ANNOUNCE_GRADE = "announce_grade"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Step:
    """One step forward, with what it is about; ``id`` is what a press says of the step that was seen.

    ``round`` belongs to BEGIN_SCORING, CLOSE, CHECK, SHOW and ANNOUNCE, ``part`` (spread, score …) to SHOW, ``comment``
    to RELEASE and QUOTE, ``unit`` and ``page`` to SUM_UP, ``grade`` to ANNOUNCE_GRADE, ``number`` (of the lot) to DRAW.
    ``print`` is of the text to be released: what was revised meanwhile is another step.
    """

    kind: StepKind
    place: Place | None = None
    round: str = ""
    part: str = ""
    comment: str = ""
    print: str = ""
    unit: str = ""
    page: int = 0
    grade: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        return ":".join([self.kind.value, *self._about()])

    def _about(self) -> tuple[str, ...]:
        match self.kind:
            case StepKind.ENTER if self.place:
                return (self.place.item, str(self.place.segment))
            case StepKind.SHOW:
                return (self.round, self.part)
            case StepKind.BEGIN_SCORING | StepKind.CLOSE | StepKind.CHECK | StepKind.ANNOUNCE:
                return (self.round,)
            case StepKind.RELEASE:
                return (self.comment, self.print)
            case StepKind.QUOTE:
                return (self.comment,)
            case StepKind.SUM_UP:
                return (self.unit, str(self.page))
            case StepKind.ANNOUNCE_GRADE:
                return (self.grade,)
            case StepKind.DRAW:
                return (str(self.number),)
        return ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that has been taken, as the how-manieth, and when."""

    number: int
    step: Step
    at: datetime

    @property
    def id(self) -> str:
        return f"{self.number}:{self.step.id}"
