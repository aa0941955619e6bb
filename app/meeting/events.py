"""What happened. This is a file format for ever: a class or field is never renamed, new fields have defaults.

Every event carries the instant ``at`` (aware, UTC) at which the server took it in; no device's clock is ever believed.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import get_args

from app.meeting.plan import FIRST_RECKONING, Plan
from app.meeting.state import Announcement, CommentKind, Correction, Cue, Direction, SheetVersion

# --- the course of the meeting ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """``reckoning`` is how results are reckoned from here on; lines from before it have none, and keep the first.

    It is not compared: an opening is what was agreed, and not the program that has opened it.
    """

    plan: Plan
    seal: str
    at: datetime
    reckoning: int = field(default=FIRST_RECKONING, compare=False)


@dataclass(frozen=True, slots=True)
class SegmentEntered:
    item: str
    segment: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemSkipped:
    item: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemRestored:
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemMoved:
    item: str
    before: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TimeAdded:
    item: str
    segment: int
    amount: timedelta
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockPaused:
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockResumed:
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingFinished:
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingContinued:
    at: datetime


# --- the order of reporting -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawPrepared:
    """Lots will be drawn for these units; ``commitment`` is the SHA-256 of a seed that nobody knows yet."""

    commitment: str
    units: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawBegun:
    """``word`` was said in the hall after the commitment; with the seed it decides the order. It may be empty."""

    word: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitDrawn:
    """``number`` is the place in the order of reporting, from 1."""

    unit: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawEnded:
    """All lots are drawn and the agenda follows them; the seed is disclosed, ``verify`` draws again and compares."""

    seed: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawCalledOff:
    """A draw does not count. Its seed is disclosed all the same (empty: it was lost)."""

    seed: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderTyped:
    """The agenda follows an order that was found elsewhere: drawn from a box, or agreed."""

    units: tuple[str, ...]
    at: datetime


# --- rounds and results -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoundOpened:
    round: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """``missing`` are the seats whose sheets were not in."""

    round: str
    missing: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundReopened:
    round: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultStepShown:
    round: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultRevealed:
    """A result announced whole. It is said here as it was announced; ``verify`` computes it again and compares."""

    round: str
    steps: tuple[str, ...]
    announced: Announcement
    at: datetime


@dataclass(frozen=True, slots=True)
class RevealWithdrawn:
    round: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TieRuled:
    rounds: tuple[str, ...]
    reason: str
    author: str
    at: datetime


# --- sheets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    round: str
    seat: str
    criterion: str
    points: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreErased:
    round: str
    seat: str
    criterion: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetSubmitted:
    round: str
    seat: str
    version: SheetVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetCameLate:
    round: str
    seat: str
    version: SheetVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatAbstained:
    round: str
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatRecused:
    round: str
    seat: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatReturned:
    round: str
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetCorrected:
    """A new version of a sheet of a closed round; its ``correction`` says who and why."""

    round: str
    seat: str
    version: SheetVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetVoided:
    round: str
    seat: str
    correction: Correction
    at: datetime


# --- comments ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CommentSent:
    comment: str
    seat: str
    unit: str
    kind: CommentKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentRevised:
    comment: str
    kind: CommentKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentTakenBack:
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentEdited:
    """``kind`` is None where the edit left the author's choice as it was."""

    comment: str
    text: str
    at: datetime
    kind: CommentKind | None = None


@dataclass(frozen=True, slots=True)
class CommentReleased:
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentWithdrawn:
    comment: str
    at: datetime


# --- the display ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CueGiven:
    cue: Cue
    at: datetime


@dataclass(frozen=True, slots=True)
class SpeakerTold:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DisplayDirected:
    """All that one display of a name has been told, from now on."""

    display: str
    direction: Direction
    at: datetime


# --- the seats --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeatCheckedIn:
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatCheckedOut:
    """The panelist is not here, or not any more."""

    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatTakenOver:
    """From now on a seat is led from this device, and only read on the one before."""

    seat: str
    device: str
    at: datetime


Event = (
    MeetingOpened
    | SegmentEntered
    | ItemSkipped
    | ItemRestored
    | ItemMoved
    | TimeAdded
    | ClockPaused
    | ClockResumed
    | MeetingFinished
    | MeetingContinued
    | DrawPrepared
    | DrawBegun
    | UnitDrawn
    | DrawEnded
    | DrawCalledOff
    | OrderTyped
    | RoundOpened
    | RoundClosed
    | RoundReopened
    | ResultStepShown
    | ResultRevealed
    | RevealWithdrawn
    | TieRuled
    | ScoreGiven
    | ScoreErased
    | SheetSubmitted
    | SheetCameLate
    | SeatAbstained
    | SeatRecused
    | SeatReturned
    | SheetCorrected
    | SheetVoided
    | CommentSent
    | CommentRevised
    | CommentTakenBack
    | CommentEdited
    | CommentReleased
    | CommentWithdrawn
    | CueGiven
    | SpeakerTold
    | DisplayDirected
    | SeatCheckedIn
    | SeatCheckedOut
    | SeatTakenOver
)

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
"""Every kind of event by the name under which it stands in the log."""
