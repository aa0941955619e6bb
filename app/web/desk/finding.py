"""One finding: what was said and how it is worded, what must be true in the end, plan, proofs, and its course.

Beside that the moves that are possible now, and no others. What is typed comes back with every refusal; where the
finding has moved on since the page was made, that is said, and nothing is done to what nobody has looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import say
from app.live.screens.parts import day_text
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.lateness import awaited, days_late, is_past, papers_by, report_by
from app.meeting.findings.state import Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME
from app.store.keys import Role
from app.web.access import BUREAU, LEDGER
from app.web.desk.moves import (
    DAYS,
    OPTIONAL,
    TEXTS,
    Move,
    command_of,
    every_move,
    must_last,
    possible_moves,
    usual_days,
)
from app.web.desk.shown import name_of, originals_of, rows_of, steps_of
from app.web.desk.written import can_edit, edit_asked, edit_form, written_choices
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import perform, was_performed
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor
from app.workdays import published_until

Complaints = Mapping[str, Said]
SHOW = "show_proofs"
EDIT = "edit"


@get("/{code:str}/findings/{finding:str}")
async def show_finding(
    request: AnyRequest,
    finding: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    return _page(request, meeting, visitor, venue, the_finding(meeting, finding), Typed())


@post("/{code:str}/findings/{finding:str}")
async def move_finding(
    request: AnyRequest,
    finding: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    found = the_finding(meeting, finding)
    form = await request.form()
    typed = of_form(form.items())
    action = typed.text("do")
    command, complaints = _asked(meeting, found, typed, action, tuple(form.getall("shown", [])))
    if command is not None and await was_performed(venue, meeting, command, typed.text("id")):
        return _done(meeting, found, action)
    if typed.text("seen") != str(len(found.steps)):
        return _page(request, meeting, visitor, venue, found, typed, {action: Said("finding.moved_on")})
    if command is None:
        return _page(request, meeting, visitor, venue, found, typed, complaints)
    try:
        must_last(meeting, command, today_of(meeting, venue.now(meeting.plan.code)))
        await perform(venue, meeting, visitor, LEDGER, [command], typed.text("id"))
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return _page(request, now, visitor, venue, the_finding(now, finding), typed, {action: refused.said})
    return _done(meeting, found, action)


def the_finding(meeting: Meeting, id: str) -> Finding:
    if id not in meeting.findings.by_id:
        raise NotHere(404, "finding.unknown")
    return meeting.findings.by_id[id]


def _done(meeting: Meeting, finding: Finding, action: str) -> Response[Any]:
    address = f"/{quote(meeting.plan.code)}/findings/{quote(finding.id)}?done={quote(action.partition(':')[0])}"
    return Redirect(address, status_code=303)


def _asked(
    meeting: Meeting, finding: Finding, typed: Typed, action: str, shown: tuple[str, ...]
) -> tuple[c.Command | None, Complaints]:
    if action == EDIT:
        return edit_asked(finding, typed)
    if action == SHOW:
        reader = Reader(typed)
        author = reader.needed_line(f"{SHOW}.author", LONGEST_NAME)
        return (None if reader.complaints else c.ShowProofs(finding.id, shown, author)), reader.complaints
    move = next((each for each in every_move(finding) if each.key == action), None)
    if move is None:
        raise NotHere(400, "page.bad_request")
    command, reader = command_of(move, finding, typed, frozenset(unit.id for unit in meeting.plan.units))
    return command, reader.complaints


def _page(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    venue: Venue,
    finding: Finding,
    typed: Typed,
    complaints: Complaints | None = None,
) -> Response[str]:
    language, now = asked_language(request), venue.now(meeting.plan.code)
    today, said = today_of(meeting, now), complaints or {}
    usual = dict(usual_days(meeting, today)) | dict(edit_form(finding))
    moves = _moves_of(meeting, finding, visitor, now)
    others = [each for each in moves if each.is_anothers] if _is_own(finding, visitor) else []
    action = typed.text("do")
    return html_page(
        request,
        "desk/finding",
        422 if complaints else 200,
        plan=meeting.plan,
        **_told(meeting, finding, today),
        **_allowed(meeting, finding, visitor, now),
        unpublished=published_until((*finding.days_set, *_days_offered(usual, moves))),
        moves=[each for each in moves if each not in others],
        is_anothers=say(Said("finding.same_browser"), language) if others else "",
        kinds={"days": DAYS, "texts": TEXTS, "optional": OPTIONAL},
        units=[(each.id, name_of(each)) for each in meeting.plan.units if each.id != finding.unit],
        form=Form(Typed(usual).with_texts(typed.texts), {name: say(each, language) for name, each in said.items()}),
        refused=say(said[action], language) if action in said else "",
        action=action if complaints else "",
        written=written_choices(meeting, finding),
        done=request.query_params.get("done", "") if not complaints else "",
        id=new_id(),
        longest={"author": LONGEST_NAME},
    )


def _told(meeting: Meeting, finding: Finding, today: date) -> dict[str, Any]:
    """What there is to read, whoever reads it."""
    return {
        "finding": finding,
        "row": rows_of(meeting, [finding], today)[0],
        "unit": meeting.unit(finding.unit),
        "originals": originals_of(meeting, finding),
        "steps": steps_of(meeting, finding),
        "last": {each.what: each.text for each in finding.steps},
        "dates": _dates(meeting, finding, today),
        "proofs": _proofs(finding),
        "merged_into": meeting.findings.by_id.get(finding.merged_into),
    }


def _allowed(meeting: Meeting, finding: Finding, visitor: Visitor, now: datetime) -> dict[str, bool]:
    """What this visitor may do besides the moves."""
    acts = _acts(visitor)
    return {
        "acts": acts,
        "verifies": _verifies(visitor),
        "edits": acts and can_edit(meeting, finding, now),
        "hands_over": acts and finding.standing is Stand.DRAFT,
        "shows": acts and bool(finding.standing_proofs) and finding.asked_on is not None,
    }


def _moves_of(meeting: Meeting, finding: Finding, visitor: Visitor, now: datetime) -> list[Move]:
    acts, verifies = _acts(visitor), _verifies(visitor)
    return [each for each in possible_moves(meeting, finding, now) if (verifies if each.is_verifiers else acts)]


def _acts(visitor: Visitor) -> bool:
    return visitor.key(BUREAU) is not None


def _verifies(visitor: Visitor) -> bool:
    return visitor.keys.get(Role.SUPERVISOR) is not None


def _is_own(finding: Finding, visitor: Visitor) -> bool:
    """Whether this browser holds a key with which a step was taken behind which there must be another person."""
    return bool({finding.asked_with, finding.passed_with} & {each.tag for each in visitor.keys.values()} - {""})


def _days_offered(usual: Mapping[str, str], moves: Iterable[Move]) -> Iterator[date]:
    """The days that stand in the fields of these moves before somebody types there."""
    fields = (move.field(name) for move in moves for name in move.fields if name in DAYS)
    return (date.fromisoformat(usual[field]) for field in fields if field in usual)


def _dates(meeting: Meeting, finding: Finding, today: date) -> list[tuple[str, str, bool]]:
    """The days that count, in the order of the course, by the words for them; and whether it passed in vain, or what
    was to be done by it came later."""
    days, signed_on = finding.deadlines, _signed_on(meeting, finding)
    listed = [
        ("handed_over_on", finding.handed_over_on),
        ("papers_by", days.notice if days else None),
        ("signed_for_on", signed_on),
        ("dispute_by", days.dispute if days else None),
        ("plan_by", days.plan if days else None),
        ("first_due", days.rectification if days else None),
        ("due", finding.due if days and finding.due != days.rectification else None),
        ("report_by", days.report if days else None),
        ("reported_on", finding.reported_on),
        ("checkpoint", finding.checkpoint),
        ("asked_on", finding.asked_on),
        ("notice_until", finding.notice_until),
        ("struck_off_on", finding.struck_off_on),
        ("look_back_on", finding.look_back_on),
        ("looked_back_on", finding.looked_back_on),
    ]
    waits = awaited(finding, today)
    in_vain = {day for day in (papers_by(finding), report_by(finding)) if is_past(day, today)}
    if waits and is_past(waits.by, today) and finding.standing is not Stand.NOTICE:
        in_vain.add(waits.by)
    late = {"signed_for_on": days.notice, "reported_on": days.report} if days else {}
    if finding.due and days_late(finding, today):
        late["asked_on"] = finding.due
        in_vain |= {finding.due} if finding.asked_on is None else set()
    return [(name, day_text(day), day in in_vain or (name in late and day > late[name])) for name, day in listed if day]


def _signed_on(meeting: Meeting, finding: Finding) -> date | None:
    signed = (each.at for each in finding.course if each.what == "FindingSignedFor")
    at = next(signed, None)
    return today_of(meeting, at) if at else None


def _proofs(finding: Finding) -> list[dict[str, Any]]:
    """With the standards that each is for, counted from 1."""
    number = {each.id: at for at, each in enumerate(finding.standards, start=1)}
    counted = {each.id for each in finding.standing_proofs}
    return [
        {
            "proof": each,
            "standards": sorted(number[id] for id in each.standards if id in number),
            "counts": each.id in counted,
            "dated": each.dated.isoformat(),
        }
        for each in finding.proofs
    ]


ROUTES: list[Any] = [show_finding, move_finding]
