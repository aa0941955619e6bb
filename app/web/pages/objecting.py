"""The form for an objection: during the notice of a finding anybody may say that it has not been put right.

It is received once, however often it is sent; a refusal keeps what was typed. The bureau answers in public.
"""

from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import Language, say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.codes import is_an_id
from app.meeting.findings.asking import LONGEST_OBJECTION
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.papers.site.shown import FindingShown, UnitShown
from app.web.access import EVERYBODY
from app.web.gate import pairs
from app.web.gate.callers import caller_of
from app.web.gate.restraint import Restraint
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import perform
from app.web.pages.public import AtThisServer, Published, unit_shown
from app.web.sockets.frames import id_made_of, new_id
from app.web.visitors import Visitor

Doors = NamedDependency[Published]
Entered = NamedDependency[Meeting]


@get("/{code:str}/public/unit/{unit:str}/{number:str}/objection")
async def ask_for_objection(
    request: AnyRequest, unit: FromPath[str], number: FromPath[str], meeting: Entered, published: Doors
) -> Response[str]:
    """``?received=``: the number of the objection that has just come in."""
    shown = await published.look(meeting)
    of = unit_shown(shown, unit)
    finding = _shown(of, number)
    received = request.query_params.get("received", "")
    is_there = received in {str(each.number) for each in finding.objections}
    return _page(request, meeting, published, of, finding, received=received if is_there else "")


@post("/{code:str}/public/unit/{unit:str}/{number:str}/objection")
async def take_objection(
    request: AnyRequest,
    unit: FromPath[str],
    number: FromPath[str],
    meeting: Entered,
    published: Doors,
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    restraint: NamedDependency[Restraint],
) -> Response[str]:
    form = await request.form()
    text, id = str(form.get("text", "")).replace("\r\n", "\n"), str(form.get("id", ""))
    finding = _issued(meeting, unit, number)
    try:
        once = id_made_of(id if is_an_id(id) else new_id(), text)
        await _raise(request, venue, restraint, meeting, visitor, c.RaiseObjection(finding.id, once, text))
        place = await _place(venue, meeting, finding, once)
    except Refused as refused:
        shown = await published.look(meeting)
        of = unit_shown(shown, unit)
        return _page(request, meeting, published, of, _shown(of, number), refused.said, text=text, id=id)
    at = AtThisServer(meeting.plan.code, asked_language(request), published.static)
    path = f"/{quote(meeting.plan.code)}/public/unit/{quote(unit)}/{finding.number}/objection?received={place}"
    return Redirect(path if at.language is Language.CHINESE else f"{path}&lang={at.language}", status_code=303)


async def _raise(
    request: AnyRequest,
    venue: Venue,
    restraint: Restraint,
    meeting: Meeting,
    visitor: Visitor,
    asked: c.RaiseObjection,
) -> None:
    """Once. A form that somebody went back to and filled in otherwise is another objection. Raises Refused."""
    if any(each.id == asked.objection for each in meeting.findings.by_id[asked.finding].objections):
        return
    is_one = 0 < len(asked.text.strip()) <= LONGEST_OBJECTION  # a slip is refused, and costs nothing
    if is_one and (wait := restraint.wait(request.cookies.get(pairs.cookie_name(request), ""), caller_of(request))):
        raise Refused("objection.too_often", minutes=-(-wait // 60))
    await perform(venue, meeting, visitor, EVERYBODY, [asked], asked.objection)


async def _place(venue: Venue, meeting: Meeting, finding: Finding, id: str) -> int:
    """Which of the finding's objections it is, counted from 1."""
    now = await venue.meeting(meeting.plan.code) or meeting
    objections = now.findings.by_id[finding.id].objections
    return next(at for at, each in enumerate(objections, start=1) if each.id == id)


def _issued(meeting: Meeting, unit: str, number: str) -> Finding:
    found = next((each for each in meeting.findings.issued if (each.unit, str(each.number)) == (unit, number)), None)
    if found is None:
        raise NotHere(404, "finding.unknown")
    return found


def _shown(unit: UnitShown, number: str) -> FindingShown:
    found = next((each for each in unit.findings if str(each.number) == number), None)
    if found is None:
        raise NotHere(404, "finding.unknown")
    return found


def _page(
    request: AnyRequest,
    meeting: Meeting,
    published: Published,
    unit: UnitShown,
    finding: FindingShown,
    problem: Said | None = None,
    **typed: str,
) -> Response[str]:
    language = asked_language(request)
    return html_page(
        request,
        "objection",
        _status(problem),
        plan=meeting.plan,
        unit=unit,
        finding=finding,
        way_back=AtThisServer(meeting.plan.code, language, published.static).unit(unit),
        problem=say(problem, language) if problem else "",
        text=typed.get("text", ""),
        id=typed.get("id") or new_id(),
        received=typed.get("received", ""),
        most=LONGEST_OBJECTION,
    )


def _status(problem: Said | None) -> int:
    if problem is None:
        return 200
    return 429 if problem.code == "objection.too_often" else 422


ROUTES: list[Any] = [ask_for_objection, take_objection]
