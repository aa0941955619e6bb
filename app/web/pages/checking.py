"""Two pairs of eyes: the supervisor confirms a result on the page where all that it was made of stands."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if
from app.store.keys import Role
from app.web.access import BUREAU, PAGES, Roles
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.desk import perform
from app.web.pages.parts_table import waits_for_composites
from app.web.pages.record import record_page, unit_page, units_waiting
from app.web.visitors import Visitor

CLOSES: Roles = frozenset({Role.MODERATOR})
"""Who closes rounds and corrects sheets; parts are entered by the bureau."""


@post("/{code:str}/record/unit/{unit:str}/check")
async def check_result(
    request: AnyRequest,
    unit: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """What was looked at is said by the form; if that is not what stands there now, it is shown again with a word."""
    form = await request.form()
    round = meeting.round_of(unit)
    command = c.CheckResult(round.id if round else "", str(form.get("seen", "")))
    try:
        _must_be_other_eyes(visitor, CLOSES)
        await perform(venue, meeting, visitor, PAGES["record"], [command], str(form.get("id", "")))
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return unit_page(request, now, unit, say(refused.said, asked_language(request)))
    return Redirect(f"/{meeting.plan.code}/record/unit/{unit}", status_code=303)


@post("/{code:str}/record/composites/check")
async def check_composites(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    form = await request.form()
    command = c.CheckComposites(str(form.get("seen", "")))
    try:
        _must_be_other_eyes(visitor, BUREAU)
        await perform(venue, meeting, visitor, PAGES["record"], [command], str(form.get("id", "")))
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return await record_page(request, now, venue, say(refused.said, asked_language(request)))
    return Redirect(f"/{meeting.plan.code}/record#composites", status_code=303)


def _must_be_other_eyes(visitor: Visitor, others: Roles) -> None:
    """Whoever closed and corrected, or entered the parts, does not check it. A person with two browsers nobody can see.
    Raises Refused."""
    refuse_if(visitor.key(others) is not None, "check.same_browser")


@get("/{code:str}/record/waiting")
async def show_waiting(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return html_page(
        request,
        "waiting-for-check",
        plan=meeting.plan,
        waiting=units_waiting(meeting),
        composites_wait=waits_for_composites(meeting),
    )


ROUTES: list[Any] = [show_waiting, check_result, check_composites]
