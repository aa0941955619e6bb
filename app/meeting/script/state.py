"""A step of the script, and the steps that have been taken."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.meeting.agenda.state import Agenda, Place
from app.meeting.displays.state import Scene


class StepKind(StrEnum):
    """What a step does. ``CHECK`` takes no press: it waits for the supervisor."""

    OPEN = "open"
    ENTER = "enter"
    DRAW = "draw"
    BEGIN_SCORING = "begin_scoring"
    CLOSE = "close"
    OPEN_POLL = "open_poll"
    CLOSE_POLL = "close_poll"
    SHOW_POLL = "show_poll"
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

    ``place`` belongs to ENTER, ``round`` to BEGIN_SCORING, CLOSE, CHECK, SHOW and ANNOUNCE, ``part`` (spread, score …)
    to SHOW, ``comment`` to RELEASE and QUOTE, ``unit`` (none: the problems of all) and ``page`` to SUM_UP, ``grade`` to
    ANNOUNCE_GRADE, ``number`` (of the lot) to DRAW, ``poll`` to those of polls. ``digest`` is of the text to be
    released, or of the rounds of the grade: what has changed since it was seen is another step.
    """

    kind: StepKind
    place: Place | None = None
    round: str = ""
    part: str = ""
    comment: str = ""
    digest: str = ""
    unit: str = ""
    page: int = 0
    grade: str = ""
    number: int = 0
    poll: str = ""

    @property
    def id(self) -> str:
        return ":".join([self.kind.value, *self._about()])

    @property
    def passed_with(self) -> str:
        """What is passed over as one: the parts of a result with its check, the pages of a summing-up."""
        match self.kind:
            case StepKind.CHECK | StepKind.SHOW | StepKind.ANNOUNCE:
                return f"result:{self.round}"
            case StepKind.SUM_UP:
                return f"sum_up:{self.unit}"
        return self.id

    def _about(self) -> tuple[str, ...]:
        match self.kind:
            case StepKind.ENTER if self.place:
                return (self.place.item, str(self.place.segment))
            case StepKind.SHOW:
                return (self.round, self.part)
            case StepKind.BEGIN_SCORING | StepKind.CLOSE | StepKind.CHECK | StepKind.ANNOUNCE:
                return (self.round,)
            case StepKind.OPEN_POLL | StepKind.CLOSE_POLL | StepKind.SHOW_POLL:
                return (self.poll,)
            case StepKind.RELEASE:
                return (self.comment, self.digest)
            case StepKind.QUOTE:
                return (self.comment,)
            case StepKind.SUM_UP:
                return (self.unit, str(self.page))
            case StepKind.ANNOUNCE_GRADE:
                return (self.grade, self.digest)
            case StepKind.DRAW:
                return (str(self.number),)
        return ()


PASSABLE = frozenset(
    {
        StepKind.CLOSE,
        StepKind.OPEN_POLL,
        StepKind.CLOSE_POLL,
        StepKind.SHOW_POLL,
        StepKind.CHECK,
        StepKind.SHOW,
        StepKind.RELEASE,
        StepKind.QUOTE,
        StepKind.SUM_UP,
        StepKind.ANNOUNCE,
    }
)
"""Steps without which the meeting can go on."""


@dataclass(frozen=True, slots=True)
class Stood:
    """How the meeting stood before a step: what undoing it goes back to."""

    agenda: Agenda
    spotlight: str | None = None
    shown: Scene | None = None
    shows_order: bool = False

    def is_at(self, item: str) -> bool:
        return self.agenda.place is not None and self.agenda.place.item == item


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that has been taken (or passed over), as the how-manieth, and when.

    ``opened`` is the round that opened with it; ``told`` the rounds whose results it has told, each with the parts that
    had been shown before; ``said`` what stood on the page that it turned up.
    """

    number: int
    step: Step
    at: datetime
    stood: Stood
    opened: str = ""
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    said: frozenset[tuple[str, str]] = frozenset()
    passed: bool = False

    @property
    def id(self) -> str:
        return f"{self.number}:{self.step.id}"


@dataclass(frozen=True, slots=True)
class Script:
    """The steps taken and not undone, the latest last. ``count`` is of all there ever were: no two have one name."""

    taken: tuple[Taken, ...] = ()
    count: int = 0

    @property
    def last(self) -> Taken | None:
        return self.taken[-1] if self.taken else None

    @property
    def done(self) -> list[Taken]:
        return [each for each in self.taken if not each.passed]

    def passed_at(self, item: str) -> frozenset[str]:
        """What was passed over while the agenda stood at an item: there it is not offered again."""
        return frozenset(each.step.passed_with for each in self.taken if each.passed and each.stood.is_at(item))

    def announces(self, round: str) -> bool:
        """Whether the last step is the announcement of this result, among others or alone."""
        is_announcement = (
            self.last and not self.last.passed and self.last.step.kind in (StepKind.ANNOUNCE, StepKind.ANNOUNCE_GRADE)
        )
        return bool(is_announcement) and round in (self.last.told if self.last else {})

    def has_quoted(self, comment: str) -> bool:
        kinds = (StepKind.RELEASE, StepKind.QUOTE)
        return any(each.step.comment == comment for each in self.done if each.step.kind in kinds)

    def summed_up(self, unit: str) -> frozenset[tuple[str, str]]:
        """What the pages of a unit that have been turned up have said; without one, those of the problems of all."""
        turned = (each for each in self.done if each.step.kind is StepKind.SUM_UP and each.step.unit == unit)
        return frozenset[tuple[str, str]]().union(*(each.said for each in turned))
