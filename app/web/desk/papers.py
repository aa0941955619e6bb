"""The papers of findings, each made as it is fetched; reminders for the day on which they are to be sent."""

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.language import say
from app.live.venue import Venue
from app.meeting.findings.asking import today
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.papers.plan.mistakes import Misread
from app.papers.plan.times import day_and_time_of
from app.web.access import BUREAU
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.making import made
from app.web.setup.forms import Form
from app.web.setup.typed import Typed
from app.web.visitors import Visitor

if TYPE_CHECKING:
    from app.papers.folder.paper import Paper
    from app.papers.folder.proceedings import Proceedings
    from app.papers.letters.findings import Makeable

CALENDAR = "text/calendar"
FARTHEST = 400
"""Days from today for which papers can be asked for: more is a slip of the finger."""


@get("/{code:str}/findings/papers")
async def show_papers(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    now = today(meeting, venue.now(meeting.plan.code))
    day, wrong = _asked_day(request, now)
    typed = request.query_params.get("on", "") if wrong else day.isoformat()
    letters = await asyncio.to_thread(_letters, meeting, day)
    return html_page(
        request,
        "desk/papers",
        plan=meeting.plan,
        letters=letters,
        day=day.isoformat(),
        form=Form(Typed({"on": typed}), {"on": say(wrong, asked_language(request))} if wrong else {}),
        is_today=day == now,
        waits_for_issue=not meeting.findings.issued,
        writes=visitor.key(BUREAU) is not None,
    )


@get("/{code:str}/findings/papers/{form:str}")
async def take_paper(
    request: AnyRequest, form: FromPath[str], meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[bytes]:
    """The letter of a form; ``of`` says which, where there are several, ``on`` for which day."""
    day, _ = _asked_day(request, today(meeting, venue.now(meeting.plan.code)))
    of = request.query_params.get("of", "")
    return download(await made(venue, meeting.plan.code, lambda record: letter_in(record, day, form, of)))


@get("/{code:str}/findings/deadlines.ics")
async def take_calendar(meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]) -> Response[bytes]:
    """The days of all units that are still to come, and the bureau's own."""
    from app.papers.calendars import calendar_of

    content = calendar_of(meeting, today(meeting, venue.now(meeting.plan.code)))
    headers = {"content-disposition": f'attachment; filename="{meeting.plan.code}-deadlines.ics"'}
    return Response(content, media_type=CALENDAR, headers=headers)


def _asked_day(request: AnyRequest, now: date) -> tuple[date, Said | None]:
    """The day that was typed, as people write one; today for none, and for what is none, with what is wrong with it."""
    typed = Typed({"on": request.query_params.get("on", "")})
    if not typed.is_filled("on"):
        return now, None
    try:
        day, _ = day_and_time_of(typed.text("on"))
    except Misread as misread:
        return now, misread.said
    if abs((day - now).days) > FARTHEST:
        return now, Said("finding.day_too_far", {"day": day.isoformat()})
    return day, None


# What makes papers is read when papers are wanted: a start does without all of it.


def _letters(meeting: Meeting, day: date) -> list[dict[str, Any]]:
    """Those of a form together, in the order in which they are needed: which there are nobody need read the log for."""
    from app.papers.folder.proceedings import Proceedings
    from app.papers.letters.findings import makeable

    found: dict[str, list[dict[str, Any]]] = {}
    for each in makeable(Proceedings(meeting, ()), day):
        found.setdefault(each.form, []).append(_link(meeting, each))
    return [{"form": form, "links": links} for form, links in found.items()]


def _link(meeting: Meeting, letter: "Makeable") -> dict[str, Any]:
    return {
        "of": quote(letter.of),
        "unit": meeting.unit(letter.unit).short_name if letter.unit else "",
        "number": letter.number if letter.form == "approval" else 0,
        "on": letter.on.isoformat() if letter.on else "",
    }


def letter_in(record: "Proceedings", day: date, form: str, of: str) -> "Paper":
    """Raises NotHere (404) if there is none on this day."""
    from app.papers.letters.contents import letter_of
    from app.papers.letters.findings import makeable

    found = next((each for each in makeable(record, day) if (each.form, each.of) == (form, of)), None)
    if found is None:
        raise NotHere(404, "paper.not_now")
    return letter_of(record, found)


def download(paper: "Paper") -> Response[bytes]:
    name = paper.name.removeprefix("整改/").replace("/", "-")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(paper.content, media_type=paper.media_type, headers=headers)


ROUTES: list[Any] = [show_papers, take_paper, take_calendar]
