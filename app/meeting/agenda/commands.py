"""What is asked for of the course of the meeting."""

from dataclasses import dataclass
from datetime import timedelta

from app.meeting.agenda.state import Place
from app.meeting.plan import Plan


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """Freeze plan and rules, show the rule seal."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Advance:
    """One step forward. ``leaving`` is the place the moderator saw when pressing: a double press is one step.

    ``without_order``, here and below: begin the first report although the order is still to be drawn or typed in.
    """

    leaving: Place | None
    without_order: bool = False


@dataclass(frozen=True, slots=True)
class GoBack:
    leaving: Place
    without_order: bool = False


@dataclass(frozen=True, slots=True)
class JumpTo:
    place: Place
    without_order: bool = False


@dataclass(frozen=True, slots=True)
class SkipItem:
    item: str
    reason: str
    without_order: bool = False


@dataclass(frozen=True, slots=True)
class RestoreItem:
    item: str


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Take ``item`` before ``before``, or last of all."""

    item: str
    before: str | None


@dataclass(frozen=True, slots=True)
class AddTime:
    """Lengthen (or, if negative, shorten) a segment. Whole seconds."""

    place: Place
    seconds: int

    @property
    def amount(self) -> timedelta:
        return timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Pause:
    pass


@dataclass(frozen=True, slots=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True)
class FinishMeeting:
    pass


@dataclass(frozen=True, slots=True)
class ContinueMeeting:
    """Take back the finish."""
