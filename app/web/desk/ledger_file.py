"""The ledger as a workbook: downloaded, changed by the bureau in any office program, and read in again.

What a file would change is shown first, row by row, with what of it cannot be; nothing is entered before somebody has
looked at it and put a name to it. Between the two the page keeps the changes, and of each finding how it stood.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.evolve import fold
from app.meeting.findings.asking import MOST_FINDINGS, today
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refuse_if
from app.meeting.texts import LONGEST_NAME, the_author
from app.papers.incoming import name_of_file
from app.papers.ledger.changes import CellChanged, Compared, RowChanged, compared, signed
from app.papers.ledger.columns import shown_in
from app.papers.ledger.reading import sheet_of
from app.papers.plan.mistakes import Unreadable
from app.web.access import BUREAU
from app.web.desk.ledger import Filter, filter_of
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import must_be_allowed, perform
from app.web.pages.making import made
from app.web.setup.typed import of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor

if TYPE_CHECKING:
    from app.papers.folder.proceedings import Proceedings

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_CHANGES = LARGEST_FILE
"""Bytes of what a page keeps until it is confirmed, and which comes back with the form."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Waiting(msgspec.Struct, frozen=True):
    """A change that waits to be confirmed, as its page keeps it. ``was``: how the finding stood when it was read."""

    row: int
    unit: str
    number: int
    cells: tuple[CellChanged, ...]
    was: str = ""
    edit: c.EditFinding | None = None
    draft: c.DraftFinding | None = None


@get("/{code:str}/findings/ledger.xlsx")
async def take_ledger(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[bytes]:
    """All findings, or those that the filters of the desk leave."""
    day, asked = today(meeting, venue.now(meeting.plan.code)), filter_of(request)
    content = await made(venue, meeting.plan.code, lambda record: _ledger(record, day, asked))
    headers = {"content-disposition": f'attachment; filename="{meeting.plan.code}-ledger.xlsx"'}
    return Response(content, media_type=WORKBOOK, headers=headers)


@get("/{code:str}/findings/ledger")
async def show_ledger_file(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return _page(request, meeting)


@post("/{code:str}/findings/ledger", request_max_body_size=2 * LARGEST_FILE, status_code=200)
async def take_ledger_file(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[Any]:
    """Say what a file (field ``ledger``) would change; or carry out what somebody has looked at."""
    form = await request.form()
    typed = of_form(form.items())
    if typed.text("do") == "carry_out":
        waiting = _kept(typed.text("changes"))
        return await _carry_out(request, meeting, visitor, venue, waiting, typed.text("author"), typed.text("id"))
    sent = form.get("ledger")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _page(request, meeting, problem=Said("file.none_chosen"))
    name, content = name_of_file(sent.filename), await sent.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        return _page(request, meeting, problem=Said("file.too_large_inside"))
    now = venue.now(meeting.plan.code)
    try:
        found = await made(venue, meeting.plan.code, lambda record: _compared(record, name, content, now))
    except Unreadable as unreadable:
        return _page(request, meeting, problem=unreadable.said)
    waiting = [_waiting(meeting, each) for each in found.changes]
    if len(msgspec.json.encode(waiting)) > LARGEST_CHANGES:
        return _page(request, meeting, problem=Said("ledger_file.too_much", {"number": len(waiting)}))
    return _page(request, meeting, found=found, waiting=waiting)


async def _carry_out(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    venue: Venue,
    waiting: list[Waiting],
    author: str,
    form: str,
) -> Response[Any]:
    """All of it or, where a finding has changed since or the rules refuse a row, nothing.

    Where somebody else's step comes between two rows, what was entered is said, and what is left stays to be looked at.
    A form sent twice is carried out once.
    """
    try:
        name = the_author(author)
    except Refused as refused:
        return _page(request, meeting, waiting=waiting, problem=refused.said, form=form)
    left = [each for each in waiting if not _is_so(meeting, each)]
    asked = [signed(command, name) for each in left if (command := each.edit or each.draft)]
    must_be_allowed(visitor, BUREAU, *asked)
    try:
        stale = sum(not _is_as_it_was(meeting, each) for each in left)
        refuse_if(stale > 0, "ledger_file.nothing_now", number=stale)
        _must_all_be_taken(meeting, left, asked, venue.now(meeting.plan.code))
    except Refused as refused:
        return _page(request, meeting, problem=refused.said)
    for at, command in enumerate(asked):
        try:
            await perform(venue, meeting, visitor, BUREAU, [command], form)
        except Refused as refused:
            so_far = Said("ledger_file.entered_so_far", {"number": at, "row": left[at].row, "why": (refused.said,)})
            return _page(request, meeting, waiting=left[at:], problem=so_far)
    return Redirect(f"/{quote(meeting.plan.code)}/findings/ledger?done={len(waiting)}", status_code=303)


def _must_all_be_taken(meeting: Meeting, waiting: list[Waiting], asked: Sequence[c.Command], now: datetime) -> None:
    """Each after those above it, as they will be entered."""
    for each, command in zip(waiting, asked, strict=True):
        try:
            meeting = fold(meeting, decide(meeting, command, now))
        except Refused as refused:
            raise Refused("ledger_file.row_refused", row=each.row, why=(refused.said,)) from refused


def _page(
    request: AnyRequest,
    meeting: Meeting,
    found: Compared | None = None,
    waiting: list[Waiting] | None = None,
    problem: Said | None = None,
    form: str = "",
) -> Response[str]:
    done = request.query_params.get("done", "")
    return html_page(
        request,
        "desk/ledger-file",
        422 if problem else 200,
        plan=meeting.plan,
        number=len(meeting.findings.by_id),
        is_compared=found is not None,
        waiting=waiting or [],
        changes=msgspec.json.encode(waiting or []).decode(),
        conflicts=found.conflicts if found else (),
        notes=found.notes if found else (),
        problem=say(problem, asked_language(request)) if problem else "",
        done=done if done.isdigit() and len(done) <= len(str(MOST_FINDINGS)) and not problem and not found else "",
        id=form or new_id(),
        longest=LONGEST_NAME,
    )


def _compared(record: "Proceedings", name: str, content: bytes, now: datetime) -> Compared:
    return compared(sheet_of(name, content), record, hashlib.sha256(content).hexdigest(), now)


def _ledger(record: "Proceedings", day: date, asked: Filter) -> bytes:
    from app.papers.ledger.writing import ledger_of  # seldom needed, and a start should not wait for it

    return ledger_of(record, day, [each for each in shown_in(record.meeting) if asked.takes(each, day)])


# --- what waits to be confirmed ---------------------------------------------------------------------------------------


def _waiting(meeting: Meeting, change: RowChanged) -> Waiting:
    told = (change.row, change.unit, change.number, change.cells)
    if isinstance(change.command, c.DraftFinding):
        return Waiting(*told, draft=change.command)
    return Waiting(*told, was=_digest(meeting.findings.by_id[change.command.finding]), edit=change.command)


def _kept(said: str) -> list[Waiting]:
    try:
        found = msgspec.json.decode(said, type=list[Waiting])
    except msgspec.MsgspecError as error:
        raise NotHere(400, "page.bad_request") from error
    if len(found) > MOST_FINDINGS or any((each.edit is None) == (each.draft is None) for each in found):
        raise NotHere(400, "page.bad_request")
    return found


def _is_so(meeting: Meeting, each: Waiting) -> bool:
    """Whether it has been carried out already: by this form, or by somebody else who meant the same."""
    if each.draft is not None:
        return each.draft.finding in meeting.findings.by_id
    finding = meeting.findings.by_id.get(each.edit.finding) if each.edit else None
    return finding is not None and each.edit is not None and _written_in(finding) == _written_in(each.edit)


def _is_as_it_was(meeting: Meeting, each: Waiting) -> bool:
    finding = meeting.findings.by_id.get(each.edit.finding) if each.edit else None
    return each.edit is None or (finding is not None and _digest(finding) == each.was)


def _digest(finding: Finding) -> str:
    return hashlib.sha256(repr((_written_in(finding), finding.standing)).encode()).hexdigest()


def _written_in(written: Finding | c.EditFinding) -> tuple[Any, ...]:
    standards = tuple((each.id, each.text) for each in written.standards)
    return (written.text, str(written.kind), written.criterion, standards)


ROUTES: list[Any] = [take_ledger, show_ledger_file, take_ledger_file]
