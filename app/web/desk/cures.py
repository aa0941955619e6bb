"""The bureau asks the panel how findings were put right: what is to be judged, who has judged, what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import catalogue, say
from app.language.words import WORDS
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.codes import is_an_id
from app.meeting.cures.deciding import JUDGEABLE, the_open
from app.meeting.findings.asking import today
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME, LONGEST_REASON
from app.papers.plan.times import date_of
from app.web.access import BUREAU
from app.web.page import AnyRequest, NotHere, asked_language, html_page, open_address_for
from app.web.pages.desk import perform
from app.web.pages.judging import told
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor
from app.workdays import months_after

ACTIONS = ("open", "close", "withdraw")


@get("/{code:str}/cures")
async def show_cures(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    return _page(request, meeting, venue, Typed())


@post("/{code:str}/cures")
async def ask_panel(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    form = await request.form()
    typed = of_form(form.items())
    reader, action = Reader(typed), typed.text("do")
    chosen = tuple(str(each) for each in form.getall("finding", []))
    command = _asked(reader, action, chosen)
    complaints: Mapping[str, Said] = reader.complaints
    if not complaints:
        try:
            await perform(venue, meeting, visitor, BUREAU, [command], typed.text("id"))
            return Redirect(f"/{quote(meeting.plan.code)}/cures?done={action}", status_code=303)
        except Refused as refused:
            asks = action if refused.again else ""
            now = await venue.meeting(meeting.plan.code) or meeting
            return _page(request, now, venue, typed, {action: refused.said}, chosen, asks)
    return _page(request, meeting, venue, typed, complaints, chosen)


def _asked(reader: Reader, action: str, chosen: tuple[str, ...]) -> c.Command:
    """Of what is asked for a vote that is open every field has the vote in its name: several can be on the page."""
    typed = reader.typed
    vote = typed.text("vote")
    match action:
        case "open":
            id, author = typed.text("id"), reader.needed_line("author.open", LONGEST_NAME)
            basically, by_unit = (typed.text(name) == "on" for name in ("basically", "by_unit"))
            return c.OpenCureVote(id if is_an_id(id) else new_id(), chosen, author, basically, by_unit)
        case "close" | "withdraw":
            author = reader.needed_line(f"author.{action}.{vote}", LONGEST_NAME)
            reason = reader.needed_line(f"reason.{action}.{vote}", LONGEST_REASON)
            if action == "withdraw":
                return c.WithdrawCureVote(vote, reason, author)
            until = reader.read(f"until.{vote}", date_of, date.min)
            return c.CloseCureVote(vote, until, reason, author, typed.text(f"incomplete.{vote}") == "on")
    raise NotHere(400, "page.bad_request")


def _page(
    request: AnyRequest,
    meeting: Meeting,
    venue: Venue,
    typed: Typed,
    complaints: Mapping[str, Said] | None = None,
    chosen: tuple[str, ...] = (),
    asks: str = "",
) -> Response[str]:
    """``asks``: what is to be done knowingly, though seats are missing. Of an open vote nobody's mark is here."""
    language, findings = asked_language(request), meeting.findings.by_id
    done = request.query_params.get("done", "")
    month = months_after(today(meeting, venue.now(meeting.plan.code)), 1).isoformat()
    reason = catalogue(language).gettext(WORDS["cure.not_passed"])
    usual = {} if "do" in typed.texts else {"basically": "on"}
    for vote in meeting.cures.open:
        usual |= {f"until.{vote.id}": month, f"reason.close.{vote.id}": reason}
    ended = [vote for vote in meeting.cures.by_id.values() if vote.closed_at]
    return html_page(
        request,
        "desk/cures",
        422 if complaints else 200,
        plan=meeting.plan,
        address=open_address_for(request, f"/{meeting.plan.code}/panel/cures"),
        units=[(unit, rows) for unit in meeting.plan.units if (rows := _to_be_judged(meeting, unit.id))],
        votes=[(vote, [findings[id] for id in vote.findings]) for vote in meeting.cures.open],
        results=told(meeting, ended),
        names={unit.id: unit.short_name or unit.name for unit in meeting.plan.units},
        chosen=chosen,
        asks=asks,
        form=Form(
            Typed({**usual, **typed.texts}), {name: say(said, language) for name, said in (complaints or {}).items()}
        ),
        over=say(over, language) if complaints and (over := _over(meeting, typed)) else "",
        done=done if done in ACTIONS and not complaints else "",
        id=new_id(),
        longest={"author": LONGEST_NAME, "reason": LONGEST_REASON},
    )


def _over(meeting: Meeting, typed: Typed) -> Said | None:
    """What to say of a form whose vote is not on the page any more: somebody else ended it meanwhile."""
    if typed.text("do") not in ("close", "withdraw"):
        return None
    try:
        the_open(meeting, typed.text("vote"))
    except Refused as refused:
        return refused.said
    return None


def _to_be_judged(meeting: Meeting, unit: str) -> list[Finding]:
    """Those that the unit says are done, and on which no vote is open."""
    return [
        each
        for each in meeting.findings.of_unit(unit)
        if each.standing in JUDGEABLE and not any(vote.is_open for vote in meeting.cures.on(each.id))
    ]


ROUTES: list[Any] = [show_cures, ask_panel]
