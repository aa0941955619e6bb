"""The papers that are signed: the summary of a unit, the sheets of each seat; and those who sign a result, at the
supervisor's screen. What was drawn is bound to all that the result was made of, as they saw it."""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.plan import Signing
from app.meeting.refusals import Refused, refuse_unless
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.sheets.signing import ON_PAPER, Drawing, must_be_drawn, the_drawing
from app.papers.prints.signed import SIGNERS, sheets_of, summary_of
from app.store import persons, signatures
from app.store.persons import Kind, Persons, Station
from app.store.signatures import Signatures, Signed
from app.web.page import AnyRequest, NotHere, asked_language, html_page


@get("/{code:str}/record/unit/{unit:str}/summary")
async def show_summary(
    request: AnyRequest, unit: FromPath[str], meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    return await _summary_page(request, meeting, unit, venue)


@post("/{code:str}/record/unit/{unit:str}/sign")
async def sign_result(
    request: AnyRequest, unit: FromPath[str], meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    """By the counter, the scrutineer or the supervisor, each in a form of their own."""
    form = await request.form()
    code, round = meeting.plan.code, _closed_round(meeting, unit)
    try:
        must_be_drawn(meeting)
        task, seen = str(form.get("task", "")), str(form.get("seen", ""))
        refuse_unless(task in SIGNERS and seen == digest_of_round(round), "signature.moved_on")
        drawing = drawing_in(str(form.get("strokes", "")), is_on_paper=form.get("paper") == "on")
        signed = Signed(round.id, Station(Kind.TASK, task), seen)
        await venue.write(lambda connection: signatures.keep(connection, code, signed, drawing))
    except Refused as refused:
        return await _summary_page(request, meeting, unit, venue, refused)
    return Redirect(f"/{quote(code)}/record/unit/{quote(unit)}/summary", status_code=303)


@get("/{code:str}/record/sheets")
async def show_sheets(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    """A page for each seat, with all that it gave."""
    people, signed = await _of_people(venue, meeting.plan.code)
    return html_page(
        request,
        "print/seat-sheets",
        plan=meeting.plan,
        criteria=[each.name for each in meeting.plan.criteria],
        sheets=[sheets_of(meeting, seat, people, signed) for seat in meeting.plan.seats],
        has_any=bool(meeting.closed_rounds),
        **_proof(meeting, venue),
    )


def _closed_round(meeting: Meeting, unit: str) -> Round:
    """Raises NotHere: no sheet is shown while it may still be changed."""
    round = next((each for each in meeting.closed_rounds if each.unit == unit), None)
    if round is None:
        raise NotHere(404, "signature.not_closed")
    return round


def drawing_in(strokes: str, is_on_paper: bool) -> Drawing:
    """What a form says that was drawn. Raises Refused if it is no name."""
    if is_on_paper:
        return ON_PAPER
    try:
        drawing = the_drawing(msgspec.json.decode(strokes or "[]", type=list[list[int]]))
    except msgspec.DecodeError as error:
        raise Refused("signature.malformed") from error
    refuse_unless(drawing != ON_PAPER, "signature.too_little")
    return drawing


async def _summary_page(
    request: AnyRequest, meeting: Meeting, unit: str, venue: Venue, refused: Refused | None = None
) -> Response[str]:
    round = _closed_round(meeting, unit)
    people, signed = await _of_people(venue, meeting.plan.code)
    return html_page(
        request,
        "print/summary",
        409 if refused else 200,
        plan=meeting.plan,
        criteria=[each.name for each in meeting.plan.criteria],
        summary=summary_of(meeting, round, people, signed),
        seen=digest_of_round(round),
        signs=meeting.plan.rules.signing is Signing.DRAWN,
        problem=say(refused.said, asked_language(request)) if refused else "",
        **_proof(meeting, venue),
    )


async def _of_people(venue: Venue, code: str) -> tuple[Persons, Signatures]:
    def read(connection: Connection) -> tuple[Persons, Signatures]:
        return persons.persons_of(connection, code), signatures.signatures_of(connection, code)

    found: tuple[Persons, Signatures] = await venue.read(read)
    return found


def _proof(meeting: Meeting, venue: Venue) -> dict[str, Any]:
    """Up to which entry of the record this is so."""
    head = venue.heads.newest(meeting.plan.code)
    return {
        "number": head.seq if head else 0,
        "seal": head.tail.seal if head else "",
        "date": meeting.day.isoformat(),
    }


ROUTES: list[Any] = [show_summary, sign_result, show_sheets]
