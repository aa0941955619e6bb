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
    """One step forward. ``step`` is the id of the step of the script that the moderator saw when pressing.

    Programs that know no script say the place that is left (``leaving``), and the agenda goes on by a segment. Either
    way a double press is one step. ``without_order``, here and below: begin the first report although the order is
    still to be drawn or typed in. ``without`` are the seats whose sheets are missing as a round is closed, ``word`` was
    said in the hall as the first lot is drawn, and the ``seed`` of a draw the server fills in.
    """

    leaving: Place | None = None
    without_order: bool = False
    step: str | None = None
    without: tuple[str, ...] = ()
    word: str = ""
    seed: str = ""


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
