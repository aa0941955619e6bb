"""What happened: the one list of every event of every wing.

This is a file format for ever: a class or field is never renamed, new fields have defaults. Every event carries the
instant ``at`` (aware, UTC) at which the server took it in; no device's clock is ever believed.
"""

from typing import get_args

from app.meeting.agenda.events import (
    ClockPaused,
    ClockResumed,
    ItemMoved,
    ItemRestored,
    ItemSkipped,
    MeetingContinued,
    MeetingFinished,
    MeetingOpened,
    SegmentEntered,
    TimeAdded,
)
from app.meeting.comments.events import (
    CommentEdited,
    CommentPutBack,
    CommentReleased,
    CommentRevised,
    CommentSent,
    CommentTakenBack,
    CommentWithdrawn,
)
from app.meeting.composites.events import (
    CompositesAnnounced,
    CompositesChecked,
    CompositesWithdrawn,
    PartCorrected,
    PartEntered,
)
from app.meeting.cures.events import CureJudged, CureVoteClosed, CureVoteOpened, CureVoteWithdrawn
from app.meeting.displays.events import CueGiven, DisplayDirected, SpeakerTold
from app.meeting.draw.events import DrawBegun, DrawCalledOff, DrawEnded, DrawPrepared, OrderTyped, UnitDrawn
from app.meeting.findings.events import (
    CureAgreed,
    CureReturned,
    CureSent,
    DisputeSettled,
    ExtensionAnswered,
    ExtensionAsked,
    FindingDisputed,
    FindingDrafted,
    FindingEdited,
    FindingHandedOver,
    FindingLookedBack,
    FindingMadeLongTerm,
    FindingReopened,
    FindingSignedFor,
    FindingsMerged,
    FindingStruckOff,
    FindingVerified,
    FindingWithdrawn,
    LongTermEnded,
    NoticeGiven,
    ObjectionAnswered,
    ObjectionRaised,
    ObjectionWithheld,
    ProofAdded,
    ProofRemoved,
    ProofsShown,
    ReportCameIn,
    RequestPassedOn,
    RequestReturned,
    StrikeOffAsked,
    TermsSet,
    WorkReported,
)
from app.meeting.panel.events import SeatCheckedIn, SeatCheckedOut, SeatTakenOver
from app.meeting.polls.events import PollClosed, PollHidden, PollOpened, PollShown, PollWithdrawn
from app.meeting.promises.events import JudgementErased, PromiseJudged, PromisesTold
from app.meeting.publication.events import ReportsShown
from app.meeting.questions.events import QuestionAnswered, QuestionChosen, QuestionHandedOver, QuestionWithdrawn
from app.meeting.results.events import (
    ResultChecked,
    ResultHidden,
    ResultRevealed,
    ResultStepShown,
    RevealWithdrawn,
    TieRuled,
)
from app.meeting.rounds.events import RoundClosed, RoundOpened, RoundReopened, RoundTakenBack
from app.meeting.script.events import CommentQuoted, ResultsAnnounced, StepPassed, StepUndone, SummedUp
from app.meeting.sheets.events import (
    ScoreErased,
    ScoreGiven,
    SeatAbstained,
    SeatRecused,
    SeatReturned,
    SheetCameLate,
    SheetCorrected,
    SheetSubmitted,
    SheetVoided,
)

InHall = (
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
    | RoundTakenBack
    | ResultStepShown
    | ResultRevealed
    | RevealWithdrawn
    | ResultHidden
    | ResultChecked
    | TieRuled
    | PollOpened
    | PollClosed
    | PollShown
    | PollHidden
    | PollWithdrawn
    | PartEntered
    | PartCorrected
    | CompositesChecked
    | CompositesAnnounced
    | CompositesWithdrawn
    | ScoreGiven
    | ScoreErased
    | PromiseJudged
    | JudgementErased
    | PromisesTold
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
    | CommentPutBack
    | CommentQuoted
    | SummedUp
    | ResultsAnnounced
    | StepPassed
    | StepUndone
    | CueGiven
    | SpeakerTold
    | DisplayDirected
    | SeatCheckedIn
    | SeatCheckedOut
    | SeatTakenOver
)
"""What happens while a meeting is held, or is announced of it."""

AtDesk = (
    TermsSet
    | FindingDrafted
    | FindingEdited
    | FindingsMerged
    | FindingWithdrawn
    | FindingHandedOver
    | FindingSignedFor
    | FindingDisputed
    | DisputeSettled
    | CureSent
    | CureAgreed
    | CureReturned
    | WorkReported
    | ReportCameIn
    | ProofAdded
    | ProofRemoved
    | ExtensionAsked
    | ExtensionAnswered
    | FindingMadeLongTerm
    | LongTermEnded
    | StrikeOffAsked
    | RequestPassedOn
    | RequestReturned
    | FindingVerified
    | ProofsShown
    | NoticeGiven
    | ObjectionRaised
    | ObjectionAnswered
    | ObjectionWithheld
    | FindingStruckOff
    | FindingLookedBack
    | FindingReopened
    | CureVoteOpened
    | CureJudged
    | CureVoteClosed
    | CureVoteWithdrawn
    | ReportsShown
    | QuestionChosen
    | QuestionAnswered
    | QuestionHandedOver
    | QuestionWithdrawn
)
"""What happens at desks, during the meeting or in the months after it."""

Event = InHall | AtDesk

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
"""Every kind of event by the name under which it stands in the log."""
