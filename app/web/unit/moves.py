"""What a unit asks for by a form of its page: the fields of each move, and the command that is made of them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from app.meeting import commands as c
from app.meeting.findings.asking import LONGEST_ACCOUNT, LONGEST_OFFICE
from app.meeting.findings.state import Cure, Finding, Pledge, Stand
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_ENTRY, LONGEST_NAME, LONGEST_REASON
from app.papers.plan.times import date_of
from app.web.setup.typed import Reader, Typed

OFFERED: dict[Stand, tuple[str, ...]] = {
    Stand.HANDED_OVER: ("sign", "dispute"),
    Stand.SIGNED_FOR: ("cure", "dispute", "report", "extension"),
    Stand.PLANNED: ("cure", "report", "extension"),
    Stand.RECTIFYING: ("proofs", "ask", "report", "extension"),
    Stand.LONG_TERM: ("proofs", "ask", "report"),
}
"""What a unit can do with a finding as it stands, the most likely first."""

LONGEST: dict[str, int] = {
    "dispute.reason": LONGEST_REASON,
    "dispute.whose": LONGEST_OFFICE,
    "cure.cause": LONGEST_ACCOUNT,
    "cure.measures": LONGEST_ACCOUNT,
    "cure.goal": LONGEST_ACCOUNT,
    "cure.leader": LONGEST_NAME,
    "cure.office": LONGEST_OFFICE,
    "cure.person": LONGEST_NAME,
    "cure.until": LONGEST_ENTRY,
    "report.text": LONGEST_ACCOUNT,
    "extension.until": LONGEST_ENTRY,
    "extension.reason": LONGEST_REASON,
    "ask.text": LONGEST_ACCOUNT,
    "ask.pledge": LONGEST_NAME,
    "ask.dated": LONGEST_ENTRY,
}
"""The fields of all moves, and how many characters each takes. What is typed in them is kept as a draft."""


def fields_of(move: str) -> list[str]:
    return [name for name in LONGEST if name.startswith(f"{move}.")]


def offered(finding: Finding, today: date) -> list[str]:
    """Not what would be refused: to return it too late, to ask for more time twice."""
    moves = list(OFFERED.get(finding.standing, ()))
    if "dispute" in moves and finding.deadlines and today > finding.deadlines.dispute:
        moves.remove("dispute")
    if "extension" in moves and finding.waiting_extension:
        moves.remove("extension")
    return moves


def asked(unit: str, finding: str, move: str, reader: Reader) -> c.Command | None:
    """The command of a move; None if there is no such move. What cannot be read is complained about."""
    make = _MOVES.get(move)
    return make(unit, finding, reader) if make else None


def typed_before(finding: Finding) -> Typed:
    """What stands in the fields before anybody has typed: the plan as it was last sent."""
    cure = finding.cure
    if cure is None:
        return Typed()
    names = ("cause", "measures", "goal", "leader", "office", "person")
    return Typed({**{f"cure.{name}": getattr(cure, name) for name in names}, "cure.until": cure.until.isoformat()})


async def wrong_with(reader: Reader, carry_out: Callable[[], Awaitable[object]], field: str = "") -> Mapping[str, Said]:
    """What is wrong with a form, by its fields; nothing: it has been carried out. ``field``: where a refusal stands."""
    if reader.complaints:
        return reader.complaints
    try:
        await carry_out()
    except Refused as refused:
        return {field: refused.said}
    return {}


def author(reader: Reader, move: str) -> str:
    return reader.needed_line(f"author.{move}", LONGEST_NAME)


def day(reader: Reader, name: str) -> date:
    return reader.read(name, date_of, date.min)


def _line(reader: Reader, name: str) -> str:
    return reader.needed_line(name, LONGEST[name])


def _text(reader: Reader, name: str) -> str:
    text = reader.paragraph(name, LONGEST[name])
    if not text:
        reader.complain(name, "field.missing")
    return text


def _sign(unit: str, finding: str, reader: Reader) -> c.Command:
    return c.SignFor(unit, (finding,), author(reader, "sign"))


def _dispute(unit: str, finding: str, reader: Reader) -> c.Command:
    reason, whose = _line(reader, "dispute.reason"), _line(reader, "dispute.whose")
    return c.DisputeFinding(unit, finding, reason, whose, author(reader, "dispute"))


def _cure(unit: str, finding: str, reader: Reader) -> c.Command:
    cure = Cure(
        _text(reader, "cure.cause"),
        _text(reader, "cure.measures"),
        _text(reader, "cure.goal"),
        _line(reader, "cure.leader"),
        _line(reader, "cure.office"),
        _line(reader, "cure.person"),
        day(reader, "cure.until"),
    )
    return c.SendCure(unit, finding, cure, author(reader, "cure"))


def _report(unit: str, finding: str, reader: Reader) -> c.Command:
    return c.ReportWork(unit, finding, _text(reader, "report.text"), author(reader, "report"))


def _extension(unit: str, finding: str, reader: Reader) -> c.Command:
    until, reason = day(reader, "extension.until"), _line(reader, "extension.reason")
    return c.AskExtension(unit, finding, until, reason, author(reader, "extension"))


def _ask(unit: str, finding: str, reader: Reader) -> c.Command:
    pledge = Pledge(_line(reader, "ask.pledge"), day(reader, "ask.dated"))
    return c.AskStrikeOff(unit, finding, _text(reader, "ask.text"), pledge, author(reader, "ask"))


def _remove(unit: str, finding: str, reader: Reader) -> c.Command:
    return c.RemoveProof(unit, finding, reader.typed.text("proof"), author(reader, "remove"))


_MOVES: dict[str, Callable[[str, str, Reader], c.Command]] = {
    "sign": _sign,
    "dispute": _dispute,
    "cure": _cure,
    "report": _report,
    "extension": _extension,
    "ask": _ask,
    "remove": _remove,
}
