"""The console's part for rehearsals: make one, go into it, fill its empty seats with bots, throw it away.

Who the bots are, this floor does not know: ``create_app`` hands them over.
"""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.screens.console_comments import all_comments
from app.live.screens.panel import rubric
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.store import rehearsals
from app.store.keys import Hand, Key, Role
from app.web.gate.callers import arrived_by
from app.web.page import AnyRequest, NotHere, asked_language, screen
from app.web.pages.due import due_of
from app.web.pages.entrance import let_in
from app.web.pages.presiding import moderators_key
from app.web.visitors import Visitor

LABEL = "rehearsal"


class Bots:
    """Whoever sits on the empty seats of a rehearsal."""

    def seats(self, code: str) -> tuple[str, ...]:
        """The seats that bots sit on now."""
        raise NotImplementedError

    async def fill(self, code: str, url: str) -> None:
        """Let bots in at ``url`` on every seat nobody has opened. Raises Refused: not in a real meeting, no seat."""
        raise NotImplementedError

    async def stop(self, code: str) -> None:
        raise NotImplementedError


async def console_page(
    request: AnyRequest, venue: Venue, bots: Bots, meeting: Meeting, problem: Refused | None = None
) -> Response[str]:
    """The moderator's console with its part for rehearsals; ``problem``: why what was asked there was not done."""
    code = meeting.plan.code
    page = screen(
        request,
        meeting,
        "moderator",
        rehearsals=await venue.read(lambda connection: rehearsals.codes_of(connection, code)),
        bots=bots.seats(code),
        all_comments=all_comments(meeting, request.query_params.get("comments", "")),
        rubric=rubric(meeting.plan),
        due=due_of(meeting, venue.now(code)) if meeting.is_finished else None,
        problem=say(problem.said, asked_language(request)) if problem else "",
    )
    page.status_code = 409 if problem else 200
    return page


@post("/{code:str}/rehearsals")
async def make_rehearsal(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    bots: NamedDependency[Bots],
) -> Response[str]:
    by = visitor.hand(Role.MODERATOR)
    try:
        refuse_if(meeting.plan.is_rehearsal, "rehearsal.of_rehearsal")
        key, token = await venue.write(lambda connection: _made(connection, meeting.plan.code, by))
    except Refused as refused:
        return await console_page(request, venue, bots, meeting, refused)
    return await let_in(request, key, token)


@post("/{code:str}/rehearsals/{rehearsal:str}")
async def enter_rehearsal(
    request: AnyRequest,
    code: FromPath[str],
    rehearsal: FromPath[str],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Whoever presides over a meeting presides over its rehearsals: a new key for that console."""
    copy = await venue.meeting(rehearsal)
    if copy is None or copy.plan.rehearsal_of != code:
        raise NotHere(404, "meeting.unknown")
    by = visitor.hand(Role.MODERATOR)
    key, token = await venue.write(lambda connection: moderators_key(connection, rehearsal, LABEL, by))
    return await let_in(request, key, token)


@post("/{code:str}/bots")
async def fill_seats(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue], bots: NamedDependency[Bots]
) -> Response[str]:
    code = meeting.plan.code
    try:
        await bots.fill(code, own_address(request))
    except Refused as refused:
        return await console_page(request, venue, bots, meeting, refused)
    return Redirect(f"/{code}/moderator", status_code=303)


@post("/{code:str}/bots/stop")
async def stop_bots(code: FromPath[str], bots: NamedDependency[Bots]) -> Response[str]:
    await bots.stop(code)
    return Redirect(f"/{code}/moderator", status_code=303)


@post("/{code:str}/throw-away")
async def throw_away(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue], bots: NamedDependency[Bots]
) -> Response[str]:
    code = meeting.plan.code
    try:
        refuse_unless(meeting.plan.is_rehearsal, "meeting.not_a_rehearsal")
        await bots.stop(code)
        await venue.write(lambda connection: rehearsals.throw_away(connection, code))
    except Refused as refused:
        return await console_page(request, venue, bots, meeting, refused)
    await venue.forget(code)
    return Redirect(f"/{meeting.plan.rehearsal_of}/moderator", status_code=303)


def own_address(request: AnyRequest) -> str:
    """Where this server reaches itself: by the address and port on which the request came in."""
    host, port = request.scope.get("server") or ("127.0.0.1", request.app.state.settings.port)
    return f"{arrived_by(request)}://{f'[{host}]' if ':' in host else host}:{port}"


def _made(connection: Connection, code: str, by: Hand) -> tuple[Key, str]:
    return moderators_key(connection, rehearsals.make(connection, code).code, LABEL, by)


ROUTES: list[Any] = [make_rehearsal, enter_rehearsal, fill_seats, stop_bots, throw_away]
