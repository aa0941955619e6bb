"""A unit's own pages: its findings, and what it does with each. They work without scripts, on a phone as well."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.findings.asking import today
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.meeting.texts import LONGEST_NAME
from app.papers.incoming import ENDINGS, LARGEST_FILE, MEGABYTE
from app.store import typed as drafts
from app.store.keys import Role
from app.web.access import UNIT
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import must_be_allowed, perform
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.unit.moves import LONGEST, asked, author, fields_of, offered, typed_before, wrong_with
from app.web.unit.shown import findings_of, report_days, reportable, row, shown
from app.web.unit.signing import is_drawn, sign
from app.web.visitors import Visitor

LARGEST_UPLOAD = 64 * MEGABYTE
"""Of all files that are handed in at once."""


@get("/{code:str}/unit")
async def show_findings(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    return _list(request, meeting, visitor, venue, Typed())


@post("/{code:str}/unit")
async def sign_for(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Those that were ticked, all at once."""
    form = await request.form()
    typed = of_form(form.items())
    reader = Reader(typed)
    chosen = tuple(str(each) for each in form.getall("finding", []))
    command = c.SignFor(unit_of(visitor), chosen, author(reader, "sign"))
    complaints = await wrong_with(reader, lambda: sign(venue, meeting, visitor, command, typed))
    if not complaints:
        return Redirect(f"/{quote(meeting.plan.code)}/unit?done=sign", status_code=303)
    now = await venue.meeting(meeting.plan.code) or meeting
    return _list(request, now, visitor, venue, typed, complaints, frozenset(chosen))


@get("/{code:str}/unit/findings/{finding:str}")
async def show_finding(
    request: AnyRequest,
    finding: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    return await page_of_finding(request, meeting, venue, the_finding(meeting, visitor, finding))


@post("/{code:str}/unit/findings/{finding:str}")
async def move_on(
    request: AnyRequest,
    finding: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Who may not make the move writes nothing. Else what was typed is kept first, whatever the rules say to it; once
    the move is made its fields are empty again."""
    of = the_finding(meeting, visitor, finding)
    code = meeting.plan.code
    typed = of_form((await request.form()).items())
    move = typed.text("do")
    reader = Reader(typed)
    command = asked(of.unit, of.id, move, reader)
    if command is not None:
        must_be_allowed(visitor, UNIT, command)
    await keep_typed(venue, code, of, typed)
    if move == "keep":
        return _done(code, of, move)
    if command is None:
        raise NotHere(400, "page.bad_request")

    async def carried_out() -> None:
        await _carry_out(venue, meeting, visitor, command, typed)
        await _forget(venue, code, of, move, typed)

    complaints = await wrong_with(reader, carried_out, move)
    if not complaints:
        return _done(code, of, move)
    now = await venue.meeting(code) or meeting
    return await page_of_finding(request, now, venue, the_finding(now, visitor, of.id), typed, complaints)


async def _carry_out(venue: Venue, meeting: Meeting, visitor: Visitor, command: c.Command, typed: Typed) -> None:
    if isinstance(command, c.SignFor):
        await sign(venue, meeting, visitor, command, typed)
    else:
        await perform(venue, meeting, visitor, UNIT, [command], typed.text("id"))


def unit_of(visitor: Visitor) -> str:
    return visitor.keys[Role.UNIT].of


def the_finding(meeting: Meeting, visitor: Visitor, id: str) -> Finding:
    """Raises NotHere (404), also for one of another unit and for one that was not handed over."""
    found = next((each for each in findings_of(meeting, unit_of(visitor)) if each.id == id), None)
    if found is None:
        raise NotHere(404, "finding.unknown")
    return found


async def keep_typed(venue: Venue, code: str, finding: Finding, typed: Typed) -> dict[str, str]:
    """What somebody else has typed meanwhile, by field."""
    texts = {name: text for name, text in typed.texts.items() if name in LONGEST}
    was = {name: typed.text(f"was.{name}") for name in texts}
    return _others(
        await venue.write(lambda connection: drafts.keep(connection, code, finding.unit, finding.id, texts, was))
    )


async def _forget(venue: Venue, code: str, finding: Finding, move: str, typed: Typed) -> None:
    names = fields_of(move)
    beside = {name: typed.text(f"beside.{name}") for name in names}
    await venue.write(lambda each: drafts.forget(each, code, finding.unit, finding.id, names, beside))


def _others(kept: Mapping[str, str]) -> dict[str, str]:
    return {name.removesuffix(drafts.OTHER): text for name, text in kept.items() if name.endswith(drafts.OTHER)}


def _done(code: str, finding: Finding, move: str) -> Response[str]:
    return Redirect(f"/{quote(code)}/unit/findings/{quote(finding.id)}?done={quote(move)}", status_code=303)


DONE = frozenset({"sign", "dispute", "cure", "report", "extension", "ask", "remove", "proofs", "keep"})


def _list(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    venue: Venue,
    typed: Typed,
    complaints: Mapping[str, Said] | None = None,
    ticked: frozenset[str] | None = None,
) -> Response[str]:
    """``ticked``: which of those to be signed for; all of them before anybody has chosen."""
    unit, now = unit_of(visitor), venue.now(meeting.plan.code)
    rows = [row(meeting, each, now) for each in findings_of(meeting, unit)]
    mine = [each for each in rows if each.is_mine]
    return html_page(
        request,
        "unit/findings",
        422 if complaints else 200,
        plan=meeting.plan,
        unit=meeting.unit(unit),
        rows=rows,
        mine=len(mine),
        first=min((each.days for each in mine if each.days.by), key=lambda days: days.by, default=None),
        to_sign=[each for each in rows if each.is_to_sign],
        ticked={each.id for each in rows} if ticked is None else ticked,
        draws=is_drawn(meeting),
        report=report_days(meeting, unit, today(meeting, now)),
        can_report=bool(reportable(meeting, unit)),
        **_form(request, typed, complaints),
    )


async def page_of_finding(
    request: AnyRequest,
    meeting: Meeting,
    venue: Venue,
    finding: Finding,
    typed: Typed | None = None,
    complaints: Mapping[str, Said] | None = None,
    declined: Sequence[Said] = (),
    ticked: Sequence[str] = (),
) -> Response[str]:
    """What was just sent stands in the fields, before that what somebody of the unit has typed and not sent.

    ``declined``: of files that came with these standards ``ticked``.
    """
    code, now = meeting.plan.code, venue.now(meeting.plan.code)
    kept = await venue.read(lambda connection: drafts.load(connection, code, finding.unit, finding.id))
    filled = {**typed_before(finding).texts, **{name: text for name, text in kept.items() if name in LONGEST}}
    was = {f"was.{name}": filled.get(name, "") for name in LONGEST}
    return html_page(
        request,
        "unit/finding",
        422 if complaints or declined else 200,
        plan=meeting.plan,
        declined=[say(each, asked_language(request)) for each in declined],
        unit=meeting.unit(finding.unit),
        finding=shown(meeting, finding, now),
        cure=finding.cure,
        moves=offered(finding, today(meeting, now)),
        others=_others(kept),
        opened=_opened(kept, complaints or {}, bool(declined)),
        ticked=frozenset(ticked),
        longest_of=LONGEST,
        draws=is_drawn(meeting),
        accepts=",".join(ENDINGS),
        megabytes=LARGEST_FILE // MEGABYTE,
        megabytes_at_once=LARGEST_UPLOAD // MEGABYTE,
        **_form(request, Typed({**filled, **(typed.texts if typed else {}), **was}), complaints),
    )


def _opened(kept: Mapping[str, str], complaints: Mapping[str, Said], is_declined: bool) -> set[str]:
    """The moves that somebody has begun with, or of which something was wrong."""
    named = {part for name in (*kept, *complaints) for part in name.split(".")}
    return named | ({"proofs"} if is_declined else set())


def _form(request: AnyRequest, typed: Typed, complaints: Mapping[str, Said] | None) -> dict[str, Any]:
    language, done = asked_language(request), request.query_params.get("done", "")
    return {
        "form": Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        "id": new_id(),
        "done": done if done in DONE and not complaints else "",
        "longest_name": LONGEST_NAME,
    }


ROUTES: list[Any] = [show_findings, sign_for, show_finding, move_on]
