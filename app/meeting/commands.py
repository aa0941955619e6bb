"""What somebody asks for. A command says who it is for only by ids; who sent it is the door's and the log's matter.

The names on the wire are the class names in snake case: ``OpenRound`` is ``{"do": "open_round", "round": …}``.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from app.meeting.plan import Plan
from app.meeting.state import CommentKind, DisplayView, Place, SceneKind

# --- the course of the meeting ----------------------------------------------------------------------------------------


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


# --- the order of reporting -------------------------------------------------------------------------------------------
# Seed and commitment are the server's matter: what a frame says of them is passed over.


@dataclass(frozen=True, slots=True)
class PrepareDraw:
    """Commit to a seed before anybody can know what would come out."""

    commitment: str = ""


@dataclass(frozen=True, slots=True)
class DrawNext:
    """Draw one more lot. ``number`` names its place: a double press is one lot. ``word`` counts with the first."""

    number: int
    word: str = ""
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DrawAll:
    """Draw whatever lots are left."""

    word: str = ""
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CallOffDraw:
    reason: str
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TypeOrder:
    """The number of each unit as it was typed: a paper lot, or what was agreed."""

    numbers: dict[str, str]


# --- rounds and results -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenRound:
    round: str


@dataclass(frozen=True, slots=True)
class CloseRound:
    """Close a round. If sheets are missing it must name those seats: nobody closes over an absence unseen."""

    round: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseAllRounds:
    """Close every open round; ``without`` names round and seat of each missing sheet as ``round/seat``."""

    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReopenRound:
    round: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShowResultStep:
    """Show the hall the next step of a result; ``step`` names it, so that a double press is one step."""

    round: str
    step: str


@dataclass(frozen=True, slots=True)
class RevealResult:
    """Show a result whole."""

    round: str


@dataclass(frozen=True, slots=True)
class WithdrawReveal:
    round: str
    reason: str


@dataclass(frozen=True, slots=True)
class RuleOnTie:
    """The chair's order, best first, among units whose scores are equal."""

    rounds: tuple[str, ...]
    reason: str
    author: str


# --- sheets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GiveScore:
    round: str
    seat: str
    criterion: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class EraseScore:
    round: str
    seat: str
    criterion: str


@dataclass(frozen=True, slots=True)
class SubmitSheet:
    """Hand in a sheet as its panelist saw it: unit, marks and total are said again, and must be right.

    ``salt`` is chosen by the device and makes the receipt unguessable.
    """

    round: str
    seat: str
    unit: str
    marks: dict[str, Decimal]
    total: Decimal
    salt: str


@dataclass(frozen=True, slots=True)
class Abstain:
    round: str
    seat: str


@dataclass(frozen=True, slots=True)
class Recuse:
    round: str
    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnToSheet:
    """Take back an abstention or a recusal declared in the meeting."""

    round: str
    seat: str


@dataclass(frozen=True, slots=True)
class CorrectSheet:
    """Put right (or enter from paper) a sheet of a closed round."""

    round: str
    seat: str
    marks: dict[str, Decimal]
    reason: str
    author: str
    salt: str


@dataclass(frozen=True, slots=True)
class VoidSheet:
    """Declare a sheet of a closed round void, for instance a paper sheet with several levels marked."""

    round: str
    seat: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class AcceptLateSheet:
    round: str
    seat: str
    reason: str
    author: str


# --- comments ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SendComment:
    """``comment`` is its id, chosen by the device."""

    comment: str
    seat: str
    unit: str
    kind: CommentKind
    text: str


@dataclass(frozen=True, slots=True)
class ReviseComment:
    """Its author changes it before release."""

    comment: str
    seat: str
    kind: CommentKind
    text: str


@dataclass(frozen=True, slots=True)
class TakeBackComment:
    comment: str
    seat: str


@dataclass(frozen=True, slots=True)
class EditComment:
    """The moderator edits what will be shown; the original stays in the record. Without ``kind`` it stays as it is."""

    comment: str
    text: str
    kind: CommentKind | None = None


@dataclass(frozen=True, slots=True)
class ReleaseComment:
    """``text`` and ``kind`` are what the moderator read: what was revised meanwhile is not released unread."""

    comment: str
    text: str
    kind: CommentKind | None = None


@dataclass(frozen=True, slots=True)
class WithdrawComment:
    comment: str


# --- the display ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowAgenda:
    """Back to where the agenda stands, from a cue or from a result just revealed."""


@dataclass(frozen=True, slots=True)
class HoldScene:
    """Keep the display as it is, whatever the agenda does."""


@dataclass(frozen=True, slots=True)
class CueScene:
    kind: SceneKind
    round: str | None = None
    unit: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TellSpeaker:
    """A message on the speaker's timer; empty text takes it away."""

    text: str


@dataclass(frozen=True, slots=True)
class DirectDisplay:
    """Tell one display of a name something of its own; what is None stays as it is.

    ``cue``: ``common`` (as the displays in common), ``agenda``, ``hold``, or the kind of a scene to show, which
    ``round``, ``unit`` and ``text`` belong to.
    """

    display: str
    view: DisplayView | None = None
    language: str | None = None
    cue: str | None = None
    round: str | None = None
    unit: str | None = None
    text: str = ""


# --- the seats --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The panelist of a seat is here."""

    seat: str


@dataclass(frozen=True, slots=True)
class CheckOut:
    seat: str


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """Lead a seat from this device from now on. ``device`` is its id, chosen by the device."""

    seat: str
    device: str


Command = (
    OpenMeeting
    | Advance
    | GoBack
    | JumpTo
    | SkipItem
    | RestoreItem
    | MoveItem
    | AddTime
    | Pause
    | Resume
    | FinishMeeting
    | ContinueMeeting
    | PrepareDraw
    | DrawNext
    | DrawAll
    | CallOffDraw
    | TypeOrder
    | OpenRound
    | CloseRound
    | CloseAllRounds
    | ReopenRound
    | ShowResultStep
    | RevealResult
    | WithdrawReveal
    | RuleOnTie
    | GiveScore
    | EraseScore
    | SubmitSheet
    | Abstain
    | Recuse
    | ReturnToSheet
    | CorrectSheet
    | VoidSheet
    | AcceptLateSheet
    | SendComment
    | ReviseComment
    | TakeBackComment
    | EditComment
    | ReleaseComment
    | WithdrawComment
    | FollowAgenda
    | HoldScene
    | CueScene
    | TellSpeaker
    | DirectDisplay
    | CheckIn
    | CheckOut
    | TakeSeat
)
