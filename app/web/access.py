"""Who may do what: one table of roles, by command, feed, page and route.

What has no row here answers nobody: ``gate.guard`` stands before every route, ``sockets`` asks for feeds and commands.
A test walks every command, every feed and every route of the program against it, for every role.
"""

from app.meeting import commands as c
from app.store.keys import Role
from app.web.links import DOORS

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
"""Which commands a role may give in the hall, over a socket."""

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
"""Which commands a role may give at a desk, by a form. An objection anybody may raise, also without a key."""

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

ROUTES: dict[str, str | None] = {
    "GET /": None,
    "GET /healthz": None,
    "GET /trust/verify.html": None,
    "GET /trust": None,
    "GET /trust/kaimen.crt": None,
    "GET /trust/kaimen.mobileconfig": None,
    "GET /join": None,
    "POST /join": None,
    "GET /static/{build}/{name}": None,
    "GET /setup/enter/{token}": None,
    "POST /setup/leave": None,
    **{f"GET /{{code}}/{door}/{{token}}": None for door in DOORS.values()},
    "POST /{code}/leave/{role}": None,
    "GET /{code}": "phone",
    "POST /{code}/ballots": "phone",
    "GET /{code}/ticket": "phone",
    "GET /{code}/ticket/{typed}": "phone",
    "POST /{code}/ticket": "phone",
    "GET /{code}/tickets": "tickets",
    "POST /{code}/tickets": "tickets",
    "GET /{code}/receipts": "phone",
    "GET /{code}/ask": "phone",
    "POST /{code}/ask": "phone",
    "POST /{code}/ask/wanted": "phone",
    "GET /{code}/questions": "questions",
    "POST /{code}/questions": "questions",
    "GET /{code}/live/phone.json": "phone",
    "GET /{code}/display": "hall",
    "GET /{code}/results": "results",
    "GET /{code}/results/{unit}": "results",
    "GET /{code}/proof": "results",
    "GET /{code}/public": "public",
    "GET /{code}/public/agenda": "public",
    "GET /{code}/public/unit/{unit}": "public",
    "GET /{code}/public/unit/{unit}/{number}/objection": "public",
    "POST /{code}/public/unit/{unit}/{number}/objection": "public",
    "GET /{code}/public/feed.xml": "public",
    "GET /{code}/public/public.json": "public",
    "GET /{code}/public/findings.csv": "public",
    "GET /{code}/public/public.log.jsonl": "public",
    "GET /{code}/public/results.json": "public",
    "GET /{code}/public/ballots.json": "public",
    "GET /{code}/public/files/{sha256}": "public",
    "GET /{code}/panel": "panel",
    "GET /{code}/moderator": "moderator",
    "GET /{code}/devices": "devices",
    "GET /{code}/print/cards": "cards",
    "POST /{code}/print/cards": "cards",
    "GET /{code}/print/sheets": "prints",
    "GET /{code}/print/attendance": "prints",
    "GET /{code}/parts": "parts",
    "POST /{code}/parts": "parts",
    "GET /{code}/parts/{part}/{unit}": "parts",
    "POST /{code}/parts/{part}/{unit}": "parts",
    "GET /{code}/print/plates": "prints",
    "GET /{code}/people": "people",
    "POST /{code}/people": "people",
    "GET /{code}/people/erase": "erase",
    "POST /{code}/people/erase": "erase",
    "GET /{code}/record": "record",
    "GET /{code}/record/waiting": "record",
    "GET /{code}/record/unit/{unit}": "record",
    "POST /{code}/record/unit/{unit}/check": "record",
    "POST /{code}/record/composites/check": "record",
    "GET /{code}/record/unit/{unit}/summary": "record",
    "POST /{code}/record/unit/{unit}/sign": "record",
    "GET /{code}/record/sheets": "record",
    "GET /{code}/record/log": "record",
    "GET /{code}/replay": "replay",
    "GET /{code}/replay/{view}": "replay",
    "GET /{code}/replay/{view}/regions": "replay",
    "GET /{code}/backup": "backup",
    "POST /{code}/backup": "backup",
    "GET /{code}/folder": "folder",
    "POST /{code}/folder": "keep",
    "GET /{code}/folder/public.zip": "folder",
    "GET /{code}/folder/everything.zip": "everything",
    "GET /{code}/keys": "keys",
    "POST /{code}/keys": "keys",
    "POST /{code}/keys/staff": "keys",
    "POST /{code}/keys/units": "keys",
    "POST /{code}/keys/reissue": "keys",
    "POST /{code}/keys/revoke": "keys",
    "POST /{code}/preside": "preside",
    "POST /{code}/rehearsals": "rehearsals",
    "POST /{code}/rehearsals/{rehearsal}": "rehearsals",
    "POST /{code}/bots": "rehearsals",
    "POST /{code}/bots/stop": "rehearsals",
    "POST /{code}/throw-away": "rehearsals",
    "POST /{code}/findings/from/{comment}": "desk",
    "GET /{code}/findings/papers": "ledger",
    "GET /{code}/findings/papers/{form}": "ledger",
    "GET /{code}/findings/deadlines.ics": "ledger",
    "GET /{code}/print/findings": "desk",
    "GET /{code}/print/hand-over": "desk",
    "POST /{code}/print/hand-over": "desk",
    "GET /{code}/findings": "ledger",
    "POST /{code}/findings": "desk",
    "GET /{code}/findings/figures": "ledger",
    "GET /{code}/findings/new": "desk",
    "POST /{code}/findings/new": "desk",
    "GET /{code}/publication": "desk",
    "POST /{code}/publication": "desk",
    "GET /{code}/findings/terms": "desk",
    "POST /{code}/findings/terms": "desk",
    "GET /{code}/findings/{finding}": "ledger",
    "POST /{code}/findings/{finding}": "ledger",
    "GET /{code}/findings/ledger.xlsx": "ledger",
    "GET /{code}/findings/ledger": "desk",
    "POST /{code}/findings/ledger": "desk",
    "GET /{code}/attachments/{attachment}": "attachments",
    "GET /{code}/cures": "desk",
    "POST /{code}/cures": "desk",
    "GET /{code}/panel/cures": "judging",
    "POST /{code}/panel/cures": "judging",
    "GET /{code}/panel/findings": "raised",
    "GET /{code}/unit": "unit",
    "POST /{code}/unit": "unit",
    "GET /{code}/unit/deadlines.ics": "unit",
    "GET /{code}/unit/report": "unit",
    "POST /{code}/unit/report": "unit",
    "GET /{code}/unit/report.docx": "unit",
    "GET /{code}/unit/findings/{finding}": "unit",
    "POST /{code}/unit/findings/{finding}": "unit",
    "POST /{code}/unit/findings/{finding}/typed": "unit",
    "POST /{code}/unit/findings/{finding}/proofs": "unit",
    "GET /{code}/findings/{finding}/proofs/{proof}": "proofs",
    "GET /setup": "setup",
    "POST /setup/new": "setup",
    "GET /setup/upload": "setup",
    "POST /setup/upload": "setup",
    "GET /setup/upload/template/{ending}": "setup",
    "POST /setup/backup": "setup",
    "GET /setup/letters": "setup",
    "GET /setup/letters/names.txt": "setup",
    "GET /setup/letters/{letter}": "setup",
    "POST /setup/letters/{letter}": "setup",
    "POST /setup/letters/{letter}/remove": "setup",
    "GET /setup/{code}": "setup",
    "GET /setup/{code}/download/{ending}": "setup",
    "GET /setup/{code}/delete": "setup",
    "POST /setup/{code}/delete": "setup",
    "POST /setup/{code}/rehearse": "setup",
    "GET /setup/{code}/previous": "setup",
    "POST /setup/{code}/previous": "setup",
    "GET /setup/{code}/attachments": "setup",
    "POST /setup/{code}/attachments": "setup",
    "POST /setup/{code}/attachments/{unit}": "setup",
    "POST /setup/{code}/attachments/{unit}/{attachment}/remove": "setup",
    "GET /setup/{code}/meeting": "setup",
    "POST /setup/{code}/meeting": "setup",
    "GET /setup/{code}/units": "setup",
    "POST /setup/{code}/units": "setup",
    "GET /setup/{code}/agenda": "setup",
    "POST /setup/{code}/agenda": "setup",
    "GET /setup/{code}/panel": "setup",
    "POST /setup/{code}/panel": "setup",
    "GET /setup/{code}/rubric": "setup",
    "POST /setup/{code}/rubric": "setup",
    "GET /setup/{code}/rules": "setup",
    "POST /setup/{code}/rules": "setup",
    "GET /setup/{code}/composite": "setup",
    "POST /setup/{code}/composite": "setup",
    "GET /setup/{code}/words": "setup",
    "POST /setup/{code}/words": "setup",
}
"""Which page is behind a route. None: it asks for no key, or the address holds it. A route without a row is shut."""

FEED = "/{code}/live/{view}"
"""The one address of sockets, whose rows are in ``WATCHES``."""

HOLDS_A_KEY = frozenset({"GET /join", "POST /join"})
"""Routes that ask for no key but are told one: where https is on, by https alone."""

HANDS_OUT: dict[Role, Roles] = {
    Role.ORGANISER: frozenset(Role) - {Role.ORGANISER},
    Role.MODERATOR: frozenset(Role) - {Role.ORGANISER, Role.SUPERVISOR},
    Role.OPERATOR: frozenset({Role.SEAT, Role.DISPLAY}),
}
"""Whose keys one may make and revoke. A moderator who could make a supervisor's would see the named record."""

STAFF = frozenset({Role.MODERATOR, Role.SUPERVISOR})
"""Who sees the results of closed rounds before they are revealed."""
