"""How long what may take: the terms by which the days of a finding are reckoned when it is handed over."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.findings.drafting import longest
from app.meeting.findings.state import Terms
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refuse_unless
from app.meeting.texts import LONGEST_NAME
from app.web.access import BUREAU
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.desk import perform, was_performed
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor

TERMS = tuple(each.name for each in fields(Terms))


@get("/{code:str}/findings/terms")
async def show_terms(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return _page(request, meeting, Typed({name: str(getattr(meeting.findings.terms, name)) for name in TERMS}))


@post("/{code:str}/findings/terms")
async def keep_terms(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[Any]:
    typed = of_form((await request.form()).items())
    reader = Reader(typed)
    terms = Terms(**{name: reader.whole(name, 1, longest(name)) for name in TERMS})
    author = reader.needed_line("author", LONGEST_NAME)
    if reader.complaints:
        return _page(request, meeting, typed, reader.complaints)
    command = c.SetTerms(terms, author)
    try:
        if not await was_performed(venue, meeting, command, typed.text("id")):
            refuse_unless(typed.text("seen") == _seen(meeting), "terms.moved")
            await perform(venue, meeting, visitor, BUREAU, [command], typed.text("id"))
    except Refused as refused:
        return _page(request, meeting, typed, {"": refused.said})
    return Redirect(f"/{quote(meeting.plan.code)}/findings?done=terms", status_code=303)


def _seen(meeting: Meeting) -> str:
    """How the terms stood as a page was made: nobody takes back unawares what somebody else has set since."""
    return " ".join(str(getattr(meeting.findings.terms, name)) for name in TERMS)


def _page(
    request: AnyRequest, meeting: Meeting, typed: Typed, complaints: Mapping[str, Said] | None = None
) -> Response[str]:
    language = asked_language(request)
    return html_page(
        request,
        "desk/terms",
        422 if complaints else 200,
        plan=meeting.plan,
        terms=TERMS,
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        id=new_id(),
        seen=_seen(meeting) if not complaints else typed.text("seen"),
        longest={"author": LONGEST_NAME},
    )


ROUTES: list[Any] = [show_terms, keep_terms]
