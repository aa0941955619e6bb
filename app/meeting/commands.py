"""What somebody asks for. A command says who it is for only by ids; who sent it is the door's and the log's matter.

The names on the wire are the class names in snake case: ``OpenRound`` is ``{"do": "open_round", "round": …}``.
"""

from dataclasses import replace

from app.meeting.agenda.commands import (
    AddTime,
    Advance,
    ContinueMeeting,
    FinishMeeting,
    GoBack,
    JumpTo,
    MoveItem,
    OpenMeeting,
    Pause,
    RestoreItem,
    Resume,
    SkipItem,
)
from app.meeting.comments.commands import (
    EditComment,
    ReleaseComment,
    ReviseComment,
    SendComment,
    TakeBackComment,
    WithdrawComment,
)
from app.meeting.composites.commands import (
    AnnounceComposites,
    CheckComposites,
    CorrectPart,
    EnterPart,
    WithdrawComposites,
)
from app.meeting.cures.commands import CloseCureVote, JudgeCures, OpenCureVote, WithdrawCureVote
from app.meeting.displays.commands import CueScene, DirectDisplay, FollowAgenda, HoldScene, TellSpeaker
from app.meeting.draw.commands import CallOffDraw, DrawAll, DrawNext, PrepareDraw, TypeOrder
from app.meeting.findings.commands import (
    AddProof,
    AgreeCure,
    AnswerExtension,
    AnswerObjection,
    AskExtension,
    AskStrikeOff,
    DisputeFinding,
    DraftFinding,
    EditFinding,
    EndLongTerm,
    EnterReport,
    GiveNotice,
    HandInReport,
    HandOver,
    LookBack,
    MakeLongTerm,
    MergeFindings,
    PassOn,
    RaiseObjection,
    RemoveProof,
    ReopenFinding,
    ReportWork,
    ReturnCure,
    ReturnRequest,
    SendCure,
    SetTerms,
    SettleDispute,
    ShowProofs,
    SignFor,
    StrikeOff,
    VerifyFinding,
    WithdrawFinding,
    WithholdObjection,
)
from app.meeting.panel.commands import CheckIn, CheckOut, TakeSeat
from app.meeting.polls.commands import ClosePoll, OpenPoll, ShowPoll, WithdrawPoll
from app.meeting.promises.commands import EraseJudgement, JudgePromise
from app.meeting.publication.commands import ShowReports
from app.meeting.questions.commands import AnswerQuestion, ChooseQuestion, HandOverQuestion, WithdrawQuestion
from app.meeting.results.commands import CheckResult, RevealResult, RuleOnTie, ShowResultStep, WithdrawReveal
from app.meeting.rounds.commands import CloseAllRounds, CloseRound, OpenRound, ReopenRound
from app.meeting.script.commands import PassStep, UndoStep
from app.meeting.sheets.commands import (
    Abstain,
    AcceptLateSheet,
    CorrectSheet,
    EraseScore,
    GiveScore,
    Recuse,
    ReturnToSheet,
    SubmitSheet,
    VoidSheet,
)

Live = (
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
    | CheckResult
    | OpenPoll
    | ClosePoll
    | ShowPoll
    | WithdrawPoll
    | EnterPart
    | CorrectPart
    | CheckComposites
    | AnnounceComposites
    | WithdrawComposites
    | PassStep
    | UndoStep
    | GiveScore
    | EraseScore
    | JudgePromise
    | EraseJudgement
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
"""What is asked for in the hall, over a socket."""

AtDesk = (
    SetTerms
    | DraftFinding
    | EditFinding
    | MergeFindings
    | WithdrawFinding
    | HandOver
    | SettleDispute
    | AgreeCure
    | ReturnCure
    | AnswerExtension
    | EnterReport
    | MakeLongTerm
    | EndLongTerm
    | SignFor
    | DisputeFinding
    | SendCure
    | ReportWork
    | HandInReport
    | AddProof
    | RemoveProof
    | AskExtension
    | AskStrikeOff
    | PassOn
    | ReturnRequest
    | VerifyFinding
    | ShowProofs
    | GiveNotice
    | RaiseObjection
    | AnswerObjection
    | WithholdObjection
    | StrikeOff
    | LookBack
    | ReopenFinding
    | OpenCureVote
    | JudgeCures
    | CloseCureVote
    | WithdrawCureVote
    | ShowReports
    | ChooseQuestion
    | AnswerQuestion
    | HandOverQuestion
    | WithdrawQuestion
)
"""What is asked for at a desk, by forms: never over a socket."""

Command = Live | AtDesk

_SHOW_KEYS = (AskStrikeOff, PassOn, VerifyFinding)


def shown_with(command: Command, key: str) -> Command:
    """The command with the tag of the key that was shown for it, where it matters who asked; it is not asked itself."""
    return replace(command, key=key) if isinstance(command, _SHOW_KEYS) else command
