"""What society sees, as the bureau decides it: which of the units' written reports may be opened, by default none."""

import hashlib
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.screens.parts import size_text
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refuse_unless
from app.meeting.texts import LONGEST_NAME
from app.web.access import BUREAU
from app.web.page import AnyRequest, asked_language, html_page, open_address_for
from app.web.pages.desk import perform, was_performed
from app.web.setup.forms import Form
from app.web.setup.typed import Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor

TICK = "report."


@get("/{code:str}/publication")
async def show_publication(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return _page(request, meeting, Typed({f"{TICK}{id}": "on" for id in meeting.reports_shown}))


@post("/{code:str}/publication")
async def keep_publication(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[Any]:
    typed = of_form((await request.form()).items())
    ticked = tuple(name.removeprefix(TICK) for name in typed.texts if name.startswith(TICK))
    command = c.ShowReports(ticked, typed.text("author"))
    try:
        if not await was_performed(venue, meeting, command, typed.text("id")):
            refuse_unless(typed.text("seen") == _seen(meeting), "form.moved")
            await perform(venue, meeting, visitor, BUREAU, [command], typed.text("id"))
    except Refused as refused:
        return _page(request, await venue.meeting(meeting.plan.code) or meeting, typed, refused.said)
    return Redirect(f"/{quote(meeting.plan.code)}/publication?done=1", status_code=303)


def _seen(meeting: Meeting) -> str:
    """What was ticked as a page was made: nobody opens again what somebody else has closed since."""
    return hashlib.sha256("\n".join(meeting.reports_shown).encode()).hexdigest()[:16]


def _page(request: AnyRequest, meeting: Meeting, typed: Typed, problem: Said | None = None) -> Response[str]:
    plan = meeting.plan
    reports = [
        {
            "unit": unit.short_name,
            "name": each.name,
            "size": size_text(each.size),
            "field": f"{TICK}{each.id}",
            "is_shown": each.id in meeting.reports_shown,
        }
        for unit in plan.units
        for each in unit.attachments
    ]
    return html_page(
        request,
        "desk/publication",
        422 if problem else 200,
        plan=plan,
        reports=reports,
        is_opened=meeting.opened_at is not None,
        address=open_address_for(request, f"/{plan.code}/public"),
        done=not problem and "done" in request.query_params,
        form=Form(typed, {"": say(problem, asked_language(request))} if problem else {}),
        id=new_id(),
        seen=_seen(meeting),
        longest={"author": LONGEST_NAME},
    )


ROUTES: list[Any] = [show_publication, keep_publication]
