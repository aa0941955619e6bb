"""The bureau's wording of a finding, as a form: text, kind, criterion, and acceptance standards, a line for each."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.findings.asking import LONGEST_FINDING, LONGEST_STANDARD, MOST_STANDARDS
from app.meeting.findings.state import Finding, FindingKind, Stand, Standard
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME
from app.papers.findings.telling import unnumbered
from app.web.setup.typed import Reader, Typed


def edit_form(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "text", finding.text
    yield "kind", finding.kind
    yield "criterion", finding.criterion
    yield "standards", "\n".join(each.text for each in finding.standards)


def can_edit(meeting: Meeting, finding: Finding, now: datetime) -> bool:
    """Whether the rules would take the standards of this finding in other words."""
    same = c.EditFinding(finding.id, finding.text, finding.kind, "?", finding.criterion, finding.standards)
    try:
        decide(meeting, same, now)
    except Refused:
        return False
    return True


def written_choices(meeting: Meeting, finding: Finding | None = None) -> dict[str, object]:
    return {
        "kinds": tuple(FindingKind),
        "criteria": [(each.id, each.name) for each in meeting.plan.criteria],
        "is_issued": finding is not None and finding.standing is not Stand.DRAFT,
        "longest": LONGEST_FINDING,
        "longest_standards": (LONGEST_STANDARD + 4) * MOST_STANDARDS,
        "most_standards": MOST_STANDARDS,
    }


def edit_asked(finding: Finding, typed: Typed) -> tuple[c.Command | None, Mapping[str, Said]]:
    """Of what has been handed over only the standards are on the page."""
    is_issued = finding.standing is not Stand.DRAFT
    reader = Reader(typed.with_texts(dict(list(edit_form(finding))[:3])) if is_issued else typed)
    text, kind, criterion = wording_in(reader)
    standards = standards_in(reader, finding.standards)
    author = reader.needed_line("edit.author", LONGEST_NAME)
    if reader.complaints:
        return None, reader.complaints
    return c.EditFinding(finding.id, text, kind, author, criterion, standards), {}


def wording_in(reader: Reader) -> tuple[str, FindingKind, str]:
    text = reader.paragraph("text", LONGEST_FINDING)
    if not text:
        reader.complain("text", "field.missing")
    kind = reader.typed.text("kind")
    if kind not in list(FindingKind):
        reader.complain("kind", "field.no_choice")
        kind = FindingKind.IN_TERM
    return text, FindingKind(kind), reader.line("criterion")


def standards_in(reader: Reader, before: tuple[Standard, ...] = ()) -> tuple[Standard, ...]:
    """A line each, whatever they are numbered with; one whose words were there before keeps its id."""
    lines = [unnumbered(line) for line in reader.typed.text("standards").splitlines()]
    texts = [line for line in lines if line]
    if len(texts) > MOST_STANDARDS:
        reader.complain("standards", "finding.too_many_standards", most=MOST_STANDARDS)
    long = next((line for line in texts if len(line) > LONGEST_STANDARD), "")
    if long:
        reader.complain("standards", "text.too_long", most=LONGEST_STANDARD, length=len(long))
    known = {each.text: each.id for each in before}
    return tuple(Standard(known.pop(text, "") or _id_of(at, text), text) for at, text in enumerate(texts))


def _id_of(at: int, text: str) -> str:
    """The same for the same line of the same list: a form sent twice asks for the same."""
    return hashlib.sha256(f"{at}\n{text}".encode()).hexdigest()[:16]
