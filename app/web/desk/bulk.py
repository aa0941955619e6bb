"""What is done to many findings at once: handed over, put on notice, struck off, merged. It is always asked back first.

The days that come of it are reckoned by the terms and the national calendar, and shown before anybody agrees to them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.state import Deadlines, Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME
from app.papers.plan.times import date_of
from app.web.access import BUREAU
from app.web.desk.ledger import ledger_page
from app.web.desk.moves import must_last
from app.web.desk.shown import rows_of
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import perform, was_performed
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import is_an_id, new_id
from app.web.visitors import Visitor
from app.workdays import deadlines_from, months_after, published_until, working_days_after

DEADLINES = tuple(each.name for each in fields(Deadlines))
DAYS = {"hand_over": DEADLINES, "give_notice": ("until",), "strike_off": ("look_back_on",), "merge": ()}
"""Which days are asked for, by what is done."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """``left_out``: those with which it cannot be done, and why not."""

    taken: list[Finding]
    left_out: list[tuple[Finding, Said]]


@post("/{code:str}/findings")
async def act_on_many(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[Any]:
    form = await request.form()
    typed, ids = of_form(form.items()), list(dict.fromkeys(form.getall("finding", [])))
    action, now = typed.text("do"), venue.now(meeting.plan.code)
    if action not in DAYS:
        raise NotHere(400, "page.bad_request")
    if "sure" in typed.texts:
        return await _act(request, meeting, visitor, venue, action, typed, tuple(ids))
    ticked = _sorted_out(meeting, action, ids, now)
    if not ticked.taken:
        why = ticked.left_out[0][1] if ticked.left_out else Said("findings.none_chosen")
        return ledger_page(request, meeting, visitor, venue, say(why, asked_language(request)))
    return _confirm_page(request, meeting, action, ticked, Typed(dict(_usual(meeting, action, now))), now)


async def _act(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    venue: Venue,
    action: str,
    typed: Typed,
    ids: tuple[str, ...],
) -> Response[Any]:
    """All of them, or none."""
    reader = Reader(typed)
    days = {name: reader.read(name, date_of, date.max) for name in DAYS[action]}
    author, into = reader.needed_line("author", LONGEST_NAME), typed.text("into")
    if action == "merge" and into not in ids:
        reader.complain("into", "field.missing")
    now, complaints = venue.now(meeting.plan.code), dict(reader.complaints)
    if not complaints:
        command = _command(action, ids, days, author, into)
        try:
            if not await was_performed(venue, meeting, command, typed.text("id")):
                must_last(meeting, command, today_of(meeting, now))
                await perform(venue, meeting, visitor, BUREAU, [command], typed.text("id"))
            return Redirect(f"/{quote(meeting.plan.code)}/findings?done={action}", status_code=303)
        except Refused as refused:
            complaints = {"": refused.said}
    newest = await venue.meeting(meeting.plan.code) or meeting
    ticked = _sorted_out(newest, action, ids, now)
    return _confirm_page(request, newest, action, ticked, typed, now, complaints)


def _command(
    action: str, ids: tuple[str, ...], days: Mapping[str, date], author: str, into: str = ""
) -> c.HandOver | c.GiveNotice | c.StrikeOff | c.MergeFindings:
    match action:
        case "hand_over":
            return c.HandOver(ids, Deadlines(**days), author)
        case "give_notice":
            return c.GiveNotice(ids, days["until"], author)
        case "strike_off":
            return c.StrikeOff(ids, days["look_back_on"], author)
    return c.MergeFindings(into, tuple(id for id in ids if id != into), author)


def _usual(meeting: Meeting, action: str, now: datetime) -> Iterable[tuple[str, str]]:
    terms, today = meeting.findings.terms, today_of(meeting, now)
    match action:
        case "hand_over":
            days = deadlines_from(today, terms)
            yield from ((name, getattr(days, name).isoformat()) for name in DEADLINES)
        case "give_notice":
            yield "until", working_days_after(today, terms.public_working_days).isoformat()
        case "strike_off":
            yield "look_back_on", months_after(today, terms.look_back_months).isoformat()


def _sorted_out(meeting: Meeting, action: str, ids: Iterable[str], now: datetime) -> Ticked:
    """The rules are asked of each, so that what cannot be is named before anything is done."""
    days = {name: date.fromisoformat(day) for name, day in _usual(meeting, action, now)}
    taken: list[Finding] = []
    left_out: list[tuple[Finding, Said]] = []
    for id in ids:
        if (finding := meeting.findings.by_id.get(id)) is None:
            continue
        first = taken[0].id if taken else ""
        try:
            decide(meeting, _asked_of(meeting, action, id, first, days, now), now)
        except Refused as refused:
            left_out.append((finding, refused.said))
        else:
            taken.append(finding)
    if action == "merge" and len(taken) < 2:
        return Ticked([], left_out or [(each, Said("findings.merge_two")) for each in taken])
    return Ticked(taken, left_out)


def _asked_of(meeting: Meeting, action: str, id: str, first: str, days: Mapping[str, date], now: datetime) -> c.Command:
    """What is asked of the rules beforehand. Of the first to be merged: whether it is a draft that could be issued."""
    if action == "merge" and first:
        return c.MergeFindings(first, (id,), "?")
    if action == "merge":
        return c.HandOver((id,), deadlines_from(today_of(meeting, now), meeting.findings.terms), "?")
    return _command(action, (id,), days, "?")


def _confirm_page(
    request: AnyRequest,
    meeting: Meeting,
    action: str,
    ticked: Ticked,
    typed: Typed,
    now: datetime,
    complaints: Mapping[str, Said] | None = None,
) -> Response[str]:
    language, today = asked_language(request), today_of(meeting, now)
    typed_id = typed.text("id")
    return html_page(
        request,
        "desk/confirm",
        422 if complaints else 200,
        plan=meeting.plan,
        action=action,
        rows=rows_of(meeting, ticked.taken, today),
        left_out=[
            {"row": rows_of(meeting, [each], today)[0], "why": say(why, language)} for each, why in ticked.left_out
        ],
        days=DAYS[action],
        unpublished=published_until(_days_typed(typed, action)),
        unproved=[each for each in ticked.taken if not each.standards] if action == "hand_over" else [],
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        today=today.isoformat(),
        id=typed_id if is_an_id(typed_id) else new_id(),
        longest={"author": LONGEST_NAME},
    )


def _days_typed(typed: Typed, action: str) -> list[date]:
    """Where the national calendar has not been published yet, holidays may still move them."""
    reader = Reader(typed)
    return [reader.read(name, date_of, date.min) for name in DAYS[action]]


ROUTES: list[Any] = [act_on_many]
