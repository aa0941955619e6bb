"""What is done to many findings at once: handed over, put on notice, struck off, merged; plans and more time decided
on, reports entered. It is always asked back first.

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
from app.meeting.codes import is_an_id
from app.meeting.decide import decide
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.state import Deadlines, Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME, LONGEST_REASON
from app.papers.plan.times import date_of
from app.web.access import BUREAU
from app.web.desk.each import OF_EACH, Decided, asks_for_reason, decide_each, seen, why_not
from app.web.desk.ledger import ledger_page
from app.web.desk.moves import must_last
from app.web.desk.shown import rows_of
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import perform, was_performed
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor
from app.workdays import deadlines_from, months_after, published_until, working_days_after

DEADLINES = tuple(each.name for each in fields(Deadlines))
DAYS: dict[str, tuple[str, ...]] = {
    "hand_over": DEADLINES,
    "give_notice": ("until",),
    "strike_off": ("look_back_on",),
    "merge": (),
    "enter_report": ("on",),
    **dict.fromkeys(OF_EACH, ()),
}
"""Which days are asked for, by what is done."""
Many = c.HandOver | c.GiveNotice | c.StrikeOff | c.MergeFindings | c.EnterReport


@dataclass(frozen=True, slots=True)
class Ticked:
    """``left_out``: those with which it cannot be done, and why not; ``done``: with how many it has been."""

    taken: list[Finding]
    left_out: list[tuple[Finding, Said]]
    done: int = 0


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
    """All of them, or none; what is decided of each by itself, row by row."""
    reader = Reader(typed)
    days = {name: reader.read(name, date_of, date.max) for name in DAYS[action]}
    author, into = reader.needed_line("author", LONGEST_NAME), typed.text("into")
    if asks_for_reason(action) and not reader.paragraph("reason", LONGEST_REASON):
        reader.complain("reason", "reason.missing")
    if action == "merge" and into not in ids:
        reader.complain("into", "field.missing")
    now, complaints = venue.now(meeting.plan.code), dict(reader.complaints)
    found = [meeting.findings.by_id[id] for id in ids if id in meeting.findings.by_id]
    if not found:
        complaints[""] = Said("findings.none_chosen")
    if not complaints and action in OF_EACH:
        decided = await decide_each(venue, meeting, visitor, action, found, typed, author)
        if not decided.left:
            return _done(meeting, action)
        newest = await venue.meeting(meeting.plan.code) or meeting
        return _confirm_page(request, newest, action, _undecided(newest, action, decided, now), typed, now)
    if not complaints:
        command = _command(action, ids, days, author, into)
        try:
            if not await was_performed(venue, meeting, command, typed.text("id")):
                must_last(meeting, command, today_of(meeting, now))
                await perform(venue, meeting, visitor, BUREAU, [command], typed.text("id"))
            return _done(meeting, action)
        except Refused as refused:
            complaints = {"": refused.said}
    newest = await venue.meeting(meeting.plan.code) or meeting
    ticked = _sorted_out(newest, action, ids, now)
    return _confirm_page(request, newest, action, ticked, typed, now, complaints)


def _done(meeting: Meeting, action: str) -> Response[Any]:
    return Redirect(f"/{quote(meeting.plan.code)}/findings?done={action}", status_code=303)


def _undecided(meeting: Meeting, action: str, decided: Decided, now: datetime) -> Ticked:
    """Those that can still be decided on, now that somebody has looked at what has changed; and what is told of all."""
    left = [(meeting.findings.by_id[finding.id], why) for finding, why in decided.left]
    taken = [finding for finding, _ in left if why_not(meeting, action, finding, now) is None]
    return Ticked(taken, left, decided.done)


def _command(action: str, ids: tuple[str, ...], days: Mapping[str, date], author: str, into: str = "") -> Many:
    match action:
        case "enter_report":
            return c.EnterReport(ids, days["on"], author)
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
        case "enter_report":
            yield "on", today.isoformat()


def _sorted_out(meeting: Meeting, action: str, ids: Iterable[str], now: datetime) -> Ticked:
    """The rules are asked of each, so that what cannot be is named before anything is done."""
    days = {name: date.fromisoformat(day) for name, day in _usual(meeting, action, now)}
    taken: list[Finding] = []
    left_out: list[tuple[Finding, Said]] = []
    for id in ids:
        if (finding := meeting.findings.by_id.get(id)) is None:
            continue
        first = taken[0].id if taken else ""
        why = _why_not(meeting, action, finding, first, days, now)
        if why is None:
            taken.append(finding)
        else:
            left_out.append((finding, why))
    if action == "merge" and len(taken) < 2:
        return Ticked([], left_out or [(each, Said("findings.merge_two")) for each in taken])
    return Ticked(taken, left_out)


def _why_not(
    meeting: Meeting, action: str, finding: Finding, first: str, days: Mapping[str, date], now: datetime
) -> Said | None:
    if action in OF_EACH:
        return why_not(meeting, action, finding, now)
    try:
        decide(meeting, _asked_of(meeting, action, finding.id, first, days, now), now)
    except Refused as refused:
        return refused.said
    return None


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
        422 if complaints or "sure" in typed.texts else 200,
        plan=meeting.plan,
        action=action,
        done=ticked.done,
        asks_reason=asks_for_reason(action),
        about={each.id: _about(action, each) for each in ticked.taken},
        seen={each.id: seen(each) for each in ticked.taken} if action in OF_EACH else {},
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
        longest={"author": LONGEST_NAME, "reason": LONGEST_REASON},
    )


def _about(action: str, finding: Finding) -> list[tuple[str, str]]:
    """What is decided on, by its words: nobody agrees to what is not before his eyes."""
    cure, extension = finding.cure, finding.waiting_extension
    if action in ("agree_cure", "return_cure") and cure:
        told = [(f"cure.{name}", getattr(cure, name)) for name in ("measures", "goal", "leader")]
        return [*told, ("cure.until", cure.until.isoformat())]
    if action in ("grant_extension", "refuse_extension") and extension:
        due = finding.due.isoformat() if finding.due else ""
        return [("finding_date.first_due", due), ("desk_field.until", extension.until.isoformat()),
                ("desk_field.asked_for", extension.reason)]  # fmt: skip
    return []


def _days_typed(typed: Typed, action: str) -> list[date]:
    """Where the national calendar has not been published yet, holidays may still move them."""
    reader = Reader(typed)
    return [reader.read(name, date_of, date.min) for name in DAYS[action]]


ROUTES: list[Any] = [act_on_many]
