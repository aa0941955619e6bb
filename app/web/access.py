"""Who may do what: one table of roles, by command, feed and page; which page is behind a route says ``routes``.

What has no row in either answers nobody: ``gate.guard`` stands before every route, ``sockets`` asks for feeds and
for commands that come by frames, ``pages.desk`` for those that come by forms. A test walks every command, every feed
and every route of the program against it, for every role.
"""

from app.meeting import commands as c
from app.store.keys import Role

MAY: dict[Role, frozenset[type[c.Command]]] = {
    Role.MODERATOR: frozenset(
        {
            c.OpenMeeting,
            c.Advance,
            c.PassStep,
            c.UndoStep,
            c.GoBack,
            c.JumpTo,
            c.SkipItem,
            c.RestoreItem,
            c.MoveItem,
            c.AddTime,
            c.Pause,
            c.Resume,
            c.FinishMeeting,
            c.ContinueMeeting,
            c.PrepareDraw,
            c.DrawNext,
            c.DrawAll,
            c.CallOffDraw,
            c.TypeOrder,
            c.OpenRound,
            c.CloseRound,
            c.CloseAllRounds,
            c.ReopenRound,
            c.ShowResultStep,
            c.RevealResult,
            c.WithdrawReveal,
            c.RuleOnTie,
            c.OpenPoll,
            c.ClosePoll,
            c.ShowPoll,
            c.WithdrawPoll,
            c.EnterPart,
            c.CorrectPart,
            c.AnnounceComposites,
            c.WithdrawComposites,
            c.CorrectSheet,
            c.VoidSheet,
            c.AcceptLateSheet,
            c.Recuse,
            c.ReturnToSheet,
            c.EditComment,
            c.ReleaseComment,
            c.WithdrawComment,
            c.FollowAgenda,
            c.HoldScene,
            c.CueScene,
            c.TellSpeaker,
            c.DirectDisplay,
            c.CheckIn,
            c.CheckOut,
        }
    ),
    Role.SEAT: frozenset(
        {
            c.GiveScore,
            c.EraseScore,
            c.JudgePromise,
            c.EraseJudgement,
            c.SubmitSheet,
            c.Abstain,
            c.Recuse,
            c.ReturnToSheet,
            c.SendComment,
            c.ReviseComment,
            c.TakeBackComment,
            c.CheckIn,
            c.TakeSeat,
        }
    ),
    Role.OPERATOR: frozenset({c.FollowAgenda, c.HoldScene, c.CueScene, c.TellSpeaker, c.DirectDisplay}),
    Role.ORGANISER: frozenset({c.EnterPart, c.CorrectPart, c.AnnounceComposites, c.WithdrawComposites}),
    Role.SUPERVISOR: frozenset({c.CheckResult, c.CheckComposites}),
    Role.DISPLAY: frozenset(),
    Role.GUEST: frozenset(),
    Role.UNIT: frozenset(),
    Role.QUESTIONS: frozenset(),
}
"""Which commands a role may give in the hall: over a socket, and the few for which a page has a form by that form."""

_BUREAU: frozenset[type[c.Command]] = frozenset(
    {
        c.SetTerms,
        c.DraftFinding,
        c.EditFinding,
        c.MergeFindings,
        c.WithdrawFinding,
        c.HandOver,
        c.SettleDispute,
        c.AgreeCure,
        c.ReturnCure,
        c.AnswerExtension,
        c.EnterReport,
        c.MakeLongTerm,
        c.EndLongTerm,
        c.PassOn,
        c.ReturnRequest,
        c.ShowProofs,
        c.GiveNotice,
        c.AnswerObjection,
        c.WithholdObjection,
        c.StrikeOff,
        c.LookBack,
        c.ReopenFinding,
        c.OpenCureVote,
        c.CloseCureVote,
        c.WithdrawCureVote,
        c.ShowReports,
    }
)
_OF_QUESTIONS: frozenset[type[c.Command]] = frozenset(
    {c.ChooseQuestion, c.AnswerQuestion, c.HandOverQuestion, c.WithdrawQuestion}
)
AT_DESK: dict[Role, frozenset[type[c.Command]]] = {
    Role.ORGANISER: _BUREAU,
    Role.MODERATOR: _BUREAU | _OF_QUESTIONS,
    Role.QUESTIONS: _OF_QUESTIONS,
    Role.SUPERVISOR: frozenset({c.VerifyFinding}),
    Role.SEAT: frozenset({c.JudgeCures}),
    Role.UNIT: frozenset(
        {
            c.SignFor,
            c.DisputeFinding,
            c.SendCure,
            c.ReportWork,
            c.HandInReport,
            c.AddProof,
            c.RemoveProof,
            c.AskExtension,
            c.AskStrikeOff,
        }
    ),
    Role.GUEST: frozenset({c.RaiseObjection}),
}
"""Which commands a role may give at a desk, by a form alone. Whoever comes without a key is a guest."""


def may_by_form(role: Role, command: type[c.Command]) -> bool:
    return command in MAY[role] or command in AT_DESK.get(role, ())


Roles = frozenset[Role]
EVERYBODY: Roles | None = None
"""Open to all; in a meeting for invited guests only, to all who hold one of its keys."""

WATCHES: dict[str, Roles | None] = {
    "moderator": frozenset({Role.MODERATOR}),
    "panel": frozenset({Role.SEAT}),
    "hall": EVERYBODY,
    "timer": EVERYBODY,
    "lower": EVERYBODY,
    "prompt": EVERYBODY,
    "phone": EVERYBODY,
    "results": EVERYBODY,
    "devices": frozenset({Role.OPERATOR, Role.MODERATOR}),
}
"""Which roles a live view takes."""

ACTS: dict[str, Roles] = {"results": frozenset({Role.SUPERVISOR})}
"""Who may also give commands at a view that is open to everybody: the supervisor, who checks results."""

IDENTIFIES = frozenset({Role.OPERATOR, Role.MODERATOR})
"""Who may have a display show its name, which is no command and in no log, and who may look at it in miniature."""

_ALL_WHO_PREPARE_OR_RUN = frozenset({Role.MODERATOR, Role.SUPERVISOR, Role.ORGANISER})

REPLAYS: dict[str, Roles] = {
    **dict.fromkeys(("hall", "timer", "lower", "prompt", "phone", "results"), _ALL_WHO_PREPARE_OR_RUN),
    "moderator": frozenset({Role.MODERATOR, Role.SUPERVISOR}),
    "panel": frozenset({Role.SUPERVISOR}),
}
"""Who may have a view played back; the pages of a replay let in whoever may see any, and ask here for the view."""

BUREAU: Roles = frozenset({Role.ORGANISER, Role.MODERATOR})
"""Who acts at the bureau's desk."""

UNIT: Roles = frozenset({Role.UNIT})
"""Who acts at a unit's own door."""

LEDGER: Roles = BUREAU | {Role.SUPERVISOR}
"""Who reads the ledger of findings; the supervisor verifies."""

PAGES: dict[str, Roles | None] = {
    **WATCHES,
    "replay": _ALL_WHO_PREPARE_OR_RUN,
    "public": EVERYBODY,
    "rehearsals": frozenset({Role.MODERATOR}),
    "preside": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "record": frozenset({Role.SUPERVISOR}),
    "backup": frozenset({Role.MODERATOR}),
    "folder": frozenset({Role.MODERATOR, Role.SUPERVISOR, Role.ORGANISER}),
    "keep": frozenset({Role.MODERATOR}),
    "everything": frozenset({Role.SUPERVISOR, Role.ORGANISER}),
    "keys": frozenset({Role.ORGANISER, Role.MODERATOR, Role.OPERATOR}),
    "cards": frozenset({Role.ORGANISER, Role.MODERATOR, Role.OPERATOR}),
    "prints": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "tickets": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "parts": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "people": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "erase": frozenset({Role.ORGANISER}),
    "desk": BUREAU,
    "questions": frozenset({Role.QUESTIONS, Role.MODERATOR}),
    "ledger": LEDGER,
    "setup": frozenset({Role.ORGANISER}),
    "attachments": frozenset({Role.SEAT, Role.MODERATOR, Role.SUPERVISOR, Role.ORGANISER}),
    "unit": frozenset({Role.UNIT}),
    "judging": frozenset({Role.SEAT}),
    "raised": frozenset({Role.SEAT}),
    "proofs": frozenset({Role.UNIT, Role.MODERATOR, Role.SUPERVISOR, Role.ORGANISER}),
}
"""Which roles a page takes, by name; a live view's page goes by the view's name."""

HANDS_OUT: dict[Role, Roles] = {
    Role.ORGANISER: frozenset(Role) - {Role.ORGANISER},
    Role.MODERATOR: frozenset(Role) - {Role.ORGANISER, Role.SUPERVISOR},
    Role.OPERATOR: frozenset({Role.SEAT, Role.DISPLAY}),
}
"""Whose keys one may make and revoke. A moderator who could make a supervisor's would see the named record."""

STAFF = frozenset({Role.MODERATOR, Role.SUPERVISOR})
"""Who sees the results of closed rounds before they are revealed."""
