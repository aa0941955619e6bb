"""The list of meetings: make a new one, copy an earlier one, take one away that never took place."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app import clock
from app.language import say
from app.live.screens.parts import rules_said, status
from app.live.venue import Venue
from app.meeting.findings.promised import as_before, with_promises, without_promises
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan, ResultsShown, Rules
from app.meeting.refusals import Refused, Said
from app.papers.plan.cells import code_of
from app.store import discard, plans, rehearsals
from app.store.heads import load_head
from app.web.page import AnyRequest, NotHere, asked_language, html_page, reach
from app.web.pages.due import due_of
from app.web.pages.presiding import let_in_as_moderator
from app.web.setup.agenda import clock_times
from app.web.setup.doors import Desk, desk, must_be_preparing, sent, setup_page
from app.web.setup.forms import Complained, Form
from app.web.setup.meeting import CHINA, starts_at
from app.web.setup.missing import missing
from app.web.setup.typed import Reader, Typed
from app.web.visitors import Visitor

FIRST_TIME = "09:00"
"""With which the form of a new meeting is made."""


@get("/setup")
async def list_meetings(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    typed = _first_typed().with_texts({"like": request.query_params.get("like", "")})
    return await _list_page(request, venue, typed, {})


@post("/setup/new")
async def make_meeting(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    """A new meeting, empty or like an earlier one (``like`` is its code)."""
    typed = await sent(request)

    def make(connection: Connection) -> Plan:
        reader = Reader(typed)
        plan = _new_plan(connection, reader)
        if reader.complaints:
            raise Complained(reader.complaints)
        plans.save(connection, plan)
        return plan

    try:
        made = await venue.write(make)
    except Complained as complained:
        return await _list_page(request, venue, typed, complained.complaints, 422)
    except Refused as refused:
        return await _list_page(request, venue, typed, {"": refused.said}, 422)
    return Redirect(f"/setup/{quote(made.code)}/meeting", status_code=303)


@get("/setup/{code:str}")
async def overview(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """What is still missing, the timetable, and the ways to what hangs on a meeting."""
    at = await desk(venue, code)
    await _show_what_another_process_wrote(venue, at)
    return setup_page(
        request,
        at,
        "overview",
        timetable=clock_times(at.plan),
        facts=_facts(at.plan),
        rules=rules_said(at.plan),
        is_taken="taken" in request.query_params,
        due=due_of(meeting, venue.now(code)) if (meeting := await venue.meeting(code)) else None,
        reach=reach(request),
        rehearsals=await venue.read(lambda connection: rehearsals.codes_of(connection, code)),
    )


@post("/setup/{code:str}/rehearse")
async def rehearse(
    request: AnyRequest, code: FromPath[str], visitor: NamedDependency[Visitor], venue: NamedDependency[Venue]
) -> Response[str]:
    """A new rehearsal, and into it as its moderator."""
    at = await desk(venue, code)
    if at.plan.is_rehearsal:
        raise NotHere(409, "rehearsal.of_rehearsal")
    copy = await venue.write(lambda connection: rehearsals.make(connection, code).code)
    return await let_in_as_moderator(request, venue, copy, visitor)


@get("/setup/{code:str}/delete")
async def ask_to_delete(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    at = await desk(venue, code)
    must_be_preparing(at)
    return setup_page(request, at, "delete", form=Form(Typed(), {}))


@post("/setup/{code:str}/delete")
async def delete(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """Take a meeting away. The code must be typed: there is no way back."""
    typed, at = await sent(request), await desk(venue, code)
    must_be_preparing(at)
    if typed.text("code").strip() != code:
        problem = say(Said("setup.other_code_typed", {"code": code}), asked_language(request))
        return setup_page(request, at, "delete", 422, form=Form(typed, {"code": problem}))
    try:
        gone = await venue.write(lambda connection: discard.discard(connection, code))
    except Refused as refused:
        raise NotHere(409, refused.code) from refused
    for each in gone:
        await venue.forget(each)
    return Redirect("/setup", status_code=303)


def usable_code(connection: Connection, reader: Reader, name: str = "code") -> str:
    """A code for a new meeting: 2 to 32 of a-z, 0-9 and -, not in use, not one of our own addresses."""
    code = reader.read(name, code_of, "")
    if code in plans.codes(connection):
        reader.complain(name, "code.taken", code=code)
    return code


def _new_plan(connection: Connection, reader: Reader) -> Plan:
    code, title, start = usable_code(connection, reader), reader.needed_line("title"), starts_at(reader, FIRST_TIME)
    like = reader.typed.text("like")
    if not like:
        return _empty(code, title, start)
    earlier = load_head(connection, like)
    if earlier is None:
        reader.complain("like", "field.no_choice")
        return _empty(code, title, start)
    return like_earlier(earlier.meeting, code, title, start)


def _empty(code: str, title: str, start: datetime) -> Plan:
    """The button leads through the results of a new meeting, unless its rules are made otherwise."""
    rules = Rules(results_shown=ResultsShown.AFTER_EACH)
    return Plan(code, title, start, Mode.POINTS, units=(), seats=(), agenda=(), rules=rules)


def like_earlier(earlier: Meeting, code: str, title: str, start: datetime) -> Plan:
    """Last year's meeting again: units, panel, agenda, rubric and rules, without its attachments.

    If it handed findings to its units, it is the meeting before, and they come with what they promised there.
    """
    before = earlier.plan
    units = tuple(replace(unit, attachments=()) for unit in before.units)
    plan = replace(before, code=code, title=title, starts_at=start, units=units, rehearsal_of="")
    if not earlier.findings.issued or before.is_rehearsal:
        return without_promises(plan)
    today = clock.now().astimezone(start.tzinfo).date()
    return with_promises(plan, as_before(earlier, today), {unit.id: unit.id for unit in units})


def _first_typed() -> Typed:
    now = clock.now().astimezone(timezone(timedelta(minutes=CHINA)))
    return Typed({"code": "", "title": "", "date": (now + timedelta(days=14)).date().isoformat(), "time": FIRST_TIME})


async def _list_page(
    request: AnyRequest, venue: Venue, typed: Typed, complaints: Any, status_code: int = 200
) -> Response[str]:
    language = asked_language(request)
    found = await venue.read(_all_meetings)
    problems = {name: say(said, language) for name, said in complaints.items()}
    return html_page(request, "setup/list", status_code, meetings=list(map(_row, found)), form=Form(typed, problems))


def _all_meetings(connection: Connection) -> list[Meeting]:
    heads = [load_head(connection, code) for code in plans.codes(connection)]
    return [head.meeting for head in heads if head is not None]


def _row(meeting: Meeting) -> dict[str, Any]:
    plan = meeting.plan
    lacking = len(missing(plan)) if meeting.opened_at is None else 0
    return {
        "code": plan.code,
        "title": plan.name,
        "date": plan.starts_at.date().isoformat(),
        "time": plan.starts_at.strftime("%H:%M"),
        "units": len(plan.units),
        "seats": len(plan.seats),
        "mode": str(plan.mode),
        "status": status(meeting),
        "lacking": lacking,
        "is_rehearsal": plan.is_rehearsal,
        "was_opened": meeting.opened_at is not None,
    }


def _facts(plan: Plan) -> dict[str, Any]:
    return {
        "date": plan.starts_at.date().isoformat(),
        "time": plan.starts_at.strftime("%H:%M"),
        "units": len(plan.units),
        "seats": len(plan.seats),
        "attachments": sum(len(unit.attachments) for unit in plan.units),
        "criteria": len(plan.criteria),
    }


async def _show_what_another_process_wrote(venue: Venue, at: Desk) -> None:
    known = venue.rooms.meeting(at.plan.code)
    if known is not None and known.opened_at is None and known.plan != at.plan:
        await venue.replanned(at.plan.code)


ROUTES: list[Any] = [list_meetings, make_meeting, overview, rehearse, ask_to_delete, delete]
