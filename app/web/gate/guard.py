"""The guard: before every route, and lets in whom the table of roles names (``routes``, ``access``), and nobody else.

A route without a row in that table answers nobody. Whom the guard has let in, and to which meeting, a handler asks for
by name: ``visitor`` and ``meeting``.
"""

import logging
from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from app.meeting.meeting import Meeting
from app.store.keys import Role
from app.web.access import EVERYBODY, PAGES
from app.web.gate import pairs
from app.web.gate.doorstep import HARMLESS_METHODS
from app.web.page import ORGANISER_AT_CONSOLE, AnyRequest, NotHere, must_be_secure, venue_of
from app.web.routes import FEED, HOLDS_A_KEY, ROUTES
from app.web.visitors import Visitor, shows_dead_key, visitor_of

logger = logging.getLogger("kaimen.guard")

MEETING, VISITOR = "kaimen.meeting", "kaimen.visitor"
"""In the scope of a request that was let in, unless its route asks for no key."""

_SENTENCE_OF_DOOR = {"moderator": "key.moderator_needed", "panel": "key.seat_needed", "setup": "key.organiser_needed"}


async def only_at_the_feed(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Sockets have one address: what else there may be is shut. (Litestar has a thread look, if it is not async.)"""
    is_socket = connection.scope["type"] == ScopeType.WEBSOCKET
    if is_socket and connection.scope["path_template"] != FEED:
        raise PermissionDeniedException


async def let_in(request: AnyRequest) -> None:
    """Raises NotHere or Elsewhere."""
    if str(request.method) not in HARMLESS_METHODS:
        _must_be_from_here(request)
    page = page_behind(request)
    if page is None:
        if _route(request) in HOLDS_A_KEY:
            must_be_secure(request)
        return
    if page == "setup":
        await _let_in_an_organiser(request)
    else:
        await _let_in_to_meeting(request, page)


def page_behind(request: AnyRequest) -> str | None:
    """The page of a route, by the table; None if it asks for no key. Raises NotHere (404) without a row there."""
    if _route(request) not in ROUTES:
        logger.error("No row in the table of roles: %s", _route(request))
        raise NotHere(404, "page.unknown")
    return ROUTES[_route(request)]


def _route(request: AnyRequest) -> str:
    return f"{request.method} {request.scope['path_template']}"


def _must_be_from_here(request: AnyRequest) -> None:
    if not is_from_here(request):
        raise NotHere(403, "form.from_elsewhere")


def is_from_here(request: AnyRequest) -> bool:
    """Browsers say from which page a form is sent; old ones and programs do not, and then its token decides."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    hosts = request.app.state.hosts
    is_own = origin is None or hosts.is_own(origin, request.headers.get("host", ""))
    return is_own and site in ("same-origin", "none")


async def _let_in_to_meeting(request: AnyRequest, page: str) -> None:
    """404 without such a meeting, 403 without a key."""
    venue, code = venue_of(request), str(request.path_params["code"])
    meeting = await the_meeting(request, code)
    if PAGES[page] is not EVERYBODY:
        must_be_secure(request)
    visitor = await visitor_of(request, venue, code)
    if not visitor.may_pass(PAGES[page], meeting.plan):
        raise _declined(request, visitor, page, code)
    _is_in(request, visitor, page)
    request.scope[MEETING] = meeting  # type: ignore[literal-required]


async def the_meeting(request: AnyRequest, code: str) -> Meeting:
    """Raises NotHere (404)."""
    meeting = await venue_of(request).meeting(code)
    if meeting is None:
        raise NotHere(404, "meeting.unknown")
    return meeting


def _declined(request: AnyRequest, visitor: Visitor, page: str, code: str) -> NotHere:
    if page == "moderator" and visitor.key(frozenset({Role.ORGANISER})):
        _binds_forms(request, visitor, "preside")  # the page that says no has the form that helps
        return NotHere(403, ORGANISER_AT_CONSOLE)
    is_revoked = shows_dead_key(request, visitor, PAGES[page], code)
    return NotHere(403, "key.revoked" if is_revoked else _SENTENCE_OF_DOOR.get(page, "key.needed"))


async def _let_in_an_organiser(request: AnyRequest) -> None:
    """To any meeting, also one that is not yet there: 403 without the key."""
    must_be_secure(request)
    visitor = await visitor_of(request, venue_of(request), None)
    if visitor.key(PAGES["setup"]) is None:
        raise NotHere(403, _SENTENCE_OF_DOOR["setup"])
    _is_in(request, visitor, "setup")


def _is_in(request: AnyRequest, visitor: Visitor, page: str) -> None:
    request.scope[VISITOR] = visitor  # type: ignore[literal-required]
    _binds_forms(request, visitor, page)


def _binds_forms(request: AnyRequest, visitor: Visitor, page: str) -> None:
    """The forms of this page are bound to the key that opened it."""
    if key := visitor.key(PAGES[page]):
        pairs.opened(request, key.id)


# --- what a handler asks for by name ----------------------------------------------------------------------------------


def meeting_entered(request: AnyRequest) -> Meeting:
    """The meeting that somebody was let in to."""
    meeting: Meeting = request.scope[MEETING]  # type: ignore[literal-required]
    return meeting


def visitor_let_in(request: AnyRequest) -> Visitor:
    visitor: Visitor = request.scope[VISITOR]  # type: ignore[literal-required]
    return visitor
