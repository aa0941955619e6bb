"""The moves that the desk can make with one finding, each with the fields that it asks for.

Which of them are possible now the rules are asked, so that the page offers what they take and nothing else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.findings.asking import LONGEST_ACCOUNT
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if
from app.meeting.texts import LONGEST_NAME, LONGEST_REASON
from app.papers.plan.times import date_of
from app.web.setup.typed import Reader, Typed
from app.workdays import days_after, months_after, working_days_after

NOT_NOW = frozenset(
    {
        "finding.not_now",
        "finding.notice_lasts",
        "finding.objections_open",
        "extension.none",
        "objection.answered",
        "objection.unknown",
    }
)
"""Refusals that lie in the finding, not in what was typed."""

TEXTS = {"reason": LONGEST_REASON, "note": LONGEST_ACCOUNT, "opinion": LONGEST_ACCOUNT, "answer": LONGEST_ACCOUNT}
OPTIONAL = {"on_site": LONGEST_ACCOUNT, "reason_if_any": LONGEST_REASON}
DAYS = frozenset({"until", "checkpoint", "look_back_on"})

_UNUSUAL = frozenset({"drop_draft", "withdraw", "make_long_term", "end_long_term", "reopen", "give_to_other_unit"})

Asked = dict[str, str]
Make = Callable[[Finding, Asked, str], c.Command]
"""A command of a finding, of what was typed into the fields, by an author. Days are in ISO form."""


@dataclass(frozen=True, slots=True)
class Move:
    """``name`` is its word; ``of``: the objection that it is about, if it is about one."""

    name: str
    fields: tuple[str, ...]
    make: Make
    is_verifiers: bool = False
    of: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether it is what mostly comes next; the others take something away, or back."""
        return self.name not in _UNUSUAL

    @property
    def is_anothers(self) -> bool:
        """Whether somebody else must do it than who took the steps before."""
        return self.is_verifiers or self.name == "pass_on"

    @property
    def key(self) -> str:
        return f"{self.name}:{self.of}" if self.of else self.name

    def field(self, name: str) -> str:
        return f"{self.key}.{name}"


_MOVES: tuple[Move, ...] = (
    Move("agree_cure", (), lambda f, _, by: c.AgreeCure(f.id, by)),
    Move("return_cure", ("reason",), lambda f, t, by: c.ReturnCure(f.id, t["reason"], by)),
    Move("pass_on", (), lambda f, _, by: c.PassOn(f.id, by)),
    Move("return_request", ("reason",), lambda f, t, by: c.ReturnRequest(f.id, t["reason"], by)),
    Move(
        "verify_passed",
        ("opinion", "on_site"),
        lambda f, t, by: c.VerifyFinding(f.id, True, t["opinion"], by, t["on_site"]),
        is_verifiers=True,
    ),
    Move(
        "verify_failed",
        ("opinion", "on_site"),
        lambda f, t, by: c.VerifyFinding(f.id, False, t["opinion"], by, t["on_site"]),
        is_verifiers=True,
    ),
    Move("give_notice", ("until",), lambda f, t, by: c.GiveNotice((f.id,), _day(t["until"]), by)),
    Move("strike_off", ("look_back_on",), lambda f, t, by: c.StrikeOff((f.id,), _day(t["look_back_on"]), by)),
    Move("look_back", ("note",), lambda f, t, by: c.LookBack(f.id, t["note"], by)),
    Move("reopen", ("until", "reason"), lambda f, t, by: c.ReopenFinding(f.id, _day(t["until"]), t["reason"], by)),
    Move(
        "give_to_other_unit",
        ("to", "reason"),
        lambda f, t, by: c.SettleDispute(f.id, True, t["reason"], by, t["to"]),
    ),
    Move("take_back", ("reason",), lambda f, t, by: c.SettleDispute(f.id, True, t["reason"], by)),
    Move("keep_with_unit", ("reason",), lambda f, t, by: c.SettleDispute(f.id, False, t["reason"], by)),
    Move(
        "grant_extension",
        ("reason",),
        lambda f, t, by: c.AnswerExtension(f.id, True, t["reason"], by),
    ),
    Move("refuse_extension", ("reason",), lambda f, t, by: c.AnswerExtension(f.id, False, t["reason"], by)),
    Move(
        "make_long_term",
        ("checkpoint", "reason"),
        lambda f, t, by: c.MakeLongTerm(f.id, t["reason"], _day(t["checkpoint"]), by),
    ),
    Move(
        "end_long_term",
        ("until", "reason"),
        lambda f, t, by: c.EndLongTerm(f.id, _day(t["until"]), t["reason"], by),
    ),
    Move("drop_draft", ("reason_if_any",), lambda f, t, by: c.WithdrawFinding(f.id, t["reason_if_any"], by)),
    Move("withdraw", ("reason",), lambda f, t, by: c.WithdrawFinding(f.id, t["reason"], by)),
)


def _on_objection(id: str) -> tuple[Move, ...]:
    return (
        Move(
            "answer_objection", ("answer",), lambda f, t, by: c.AnswerObjection(f.id, id, t["answer"], False, by), of=id
        ),
        Move(
            "uphold_objection", ("answer",), lambda f, t, by: c.AnswerObjection(f.id, id, t["answer"], True, by), of=id
        ),
        Move("withhold_objection", ("reason",), lambda f, t, by: c.WithholdObjection(f.id, id, t["reason"], by), of=id),
    )


def move_named(name: str) -> Move:
    """One that is not about an objection."""
    return next(each for each in _MOVES if each.name == name)


def every_move(finding: Finding) -> list[Move]:
    return [*(move for each in finding.objections for move in _on_objection(each.id)), *_MOVES]


def possible_moves(meeting: Meeting, finding: Finding, now: datetime) -> list[Move]:
    """Those that the rules would take now, were the fields filled in well."""
    found = [each for each in every_move(finding) if _is_possible(meeting, finding, each, now)]
    drops = any(each.name == "drop_draft" for each in found)
    return [each for each in found if not (drops and each.name == "withdraw")]


def _is_possible(meeting: Meeting, finding: Finding, move: Move, now: datetime) -> bool:
    blank = dict.fromkeys(move.fields, "") | {name: date.max.isoformat() for name in move.fields if name in DAYS}
    try:
        decide(meeting, move.make(finding, blank, "?"), now)
    except Refused as refused:
        wants_reason = refused.code == "reason.missing" and "reason" not in move.fields
        return refused.code not in NOT_NOW and not wants_reason
    return True


def command_of(move: Move, finding: Finding, typed: Typed, units: frozenset[str]) -> tuple[c.Command | None, Reader]:
    """What was asked for; None where something is lacking, which the reader then says at its field."""
    reader = Reader(typed)
    read = {name: _read(reader, move.field(name), name, units) for name in move.fields}
    author = reader.needed_line(move.field("author"), LONGEST_NAME)
    return (None if reader.complaints else move.make(finding, read, author)), reader


def _read(reader: Reader, field: str, name: str, units: frozenset[str]) -> str:
    if name in DAYS:
        return reader.read(field, date_of, date.max).isoformat()
    if name == "to":
        chosen = reader.line(field)
        if chosen not in units:
            reader.complain(field, "field.missing")
        return chosen
    text = reader.paragraph(field, {**TEXTS, **OPTIONAL}[name])
    if not text and name in TEXTS:
        reader.complain(field, "reason.missing" if name == "reason" else "field.missing")
    return text


def must_last(meeting: Meeting, command: c.Command | None, today: date) -> None:
    """What lasts so many working days at least, by the national calendar, of which the rules know nothing: a notice,
    and the time in which a unit can return what is not its own. Raises Refused."""
    terms = meeting.findings.terms
    if isinstance(command, c.GiveNotice):
        _must_reach(command.until, today, terms.public_working_days, "finding.notice_too_short")
    if isinstance(command, c.HandOver):
        _must_reach(command.deadlines.dispute, today, terms.dispute_working_days, "finding.return_too_short")


def _must_reach(until: date, today: date, days: int, code: str) -> None:
    first = working_days_after(today, days)
    refuse_if(until < first, code, days=days, day=first.isoformat())


def usual_days(meeting: Meeting, today: date) -> Iterator[tuple[str, str]]:
    """What stands in the fields of days before somebody types there, by the terms of the meeting."""
    terms = meeting.findings.terms
    yield "give_notice.until", working_days_after(today, terms.public_working_days).isoformat()
    yield "strike_off.look_back_on", months_after(today, terms.look_back_months).isoformat()
    for move in ("reopen", "end_long_term"):
        yield f"{move}.until", months_after(today, terms.rectification_months).isoformat()
    yield "make_long_term.checkpoint", days_after(today, 90).isoformat()


def _day(text: str) -> date:
    return date.fromisoformat(text)
