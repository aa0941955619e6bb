"""What stands before every form that is sent: where it came from, the key, its size, and its token, in this order.

A body is read only once a key has been shown that opens the door, and of a door without a key only a few kilobytes are.
"""

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures.multi_dicts import FormMultiDict
from litestar.enums import RequestEncodingType, ScopeType
from litestar.exceptions import ClientException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from app.web.access import HOLDS_A_KEY, PAGES, Visitor, page_of, visitor_of
from app.web.gate import pairs
from app.web.gate.doorstep import HARMLESS_METHODS, REFUSED
from app.web.page import AnyRequest, FormAgain, NotHere, admit, must_be_secure
from app.web.setup.doors import organiser

LARGEST_FORM = 1_000_000
LARGEST_WITHOUT_KEY = 16_384
MOST_FIELDS = 20_000
READ_AT_ONCE = 16_384
"""Bytes of a form that are parsed in the event loop; a longer one is parsed beside it."""

FORMS = (RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART)


class FormGuard(ASGIMiddleware):
    """Around every route. Raises what ``pages.refusal_page`` shows; a handler finds its form read."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if refused := scope.get(REFUSED):
            raise refused  # type: ignore[misc]
        if str(scope["method"]) not in HARMLESS_METHODS:  # type: ignore[typeddict-item]
            await _let_through(Request(scope, receive, send))
        await next_app(scope, receive, send)


async def _let_through(request: AnyRequest) -> None:
    """Raises NotHere, Elsewhere or FormAgain."""
    _must_be_from_here(request)
    page = page_of(request.method, request.scope["path_template"])
    visitor = await _must_hold_key(request, page)
    form = await _read(request, _most(request, page))
    ScopeState.from_scope(request.scope).form = _as_litestar_keeps_it(form)
    token = str(request.headers.get(pairs.HEADER) or form.get(pairs.FIELD, ""))
    if not pairs.is_pair(request, token, _bound_to(page, visitor)):
        if request.content_type[0] not in FORMS:
            raise NotHere(403, "page.forbidden")
        raise FormAgain(form)


# --- where it is from, and whose it is --------------------------------------------------------------------------------


def _must_be_from_here(request: AnyRequest) -> None:
    """Browsers say from which page a form is sent; old ones and programs do not, and then its token decides."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    hosts = request.app.state.hosts
    is_own = origin is None or hosts.is_own(origin, request.headers.get("host", ""))
    if not is_own or site not in ("same-origin", "none"):
        raise NotHere(403, "form.from_elsewhere")


async def _must_hold_key(request: AnyRequest, page: str | None) -> Visitor:
    venue, code = request.app.state.venue, request.path_params.get("code")
    if page is None:
        if f"{request.method} {request.scope['path_template']}" in HOLDS_A_KEY:
            must_be_secure(request)
        return await visitor_of(request, venue, code)
    if page == "setup":
        return await organiser(request, venue)
    _, visitor = await admit(request, venue, str(code), page)
    return visitor


def _bound_to(page: str | None, visitor: Visitor) -> list[str]:
    """The ids of the keys that a form for this page may be bound to."""
    roles = PAGES[page] if page else None
    if roles is None:
        return [pairs.NOBODY, *(key.id for key in visitor.keys.values())]
    ids = [key.id for key in visitor.keys.values() if key.role in roles]
    # No other site can have a browser send this header: a program is its own proof.
    return [pairs.NOBODY, *ids] if visitor.is_program_with(roles) else ids


# --- what it holds ----------------------------------------------------------------------------------------------------


def _most(request: AnyRequest, page: str | None) -> int:
    """Bytes of a body: many only where a key was shown and files are taken, as multipart."""
    if page is None:
        return LARGEST_WITHOUT_KEY
    if request.content_type[0] == RequestEncodingType.MULTI_PART:
        return request.route_handler.resolve_request_max_body_size() or LARGEST_FORM
    return LARGEST_FORM


async def _read(request: AnyRequest, most: int) -> FormMultiDict:
    """The fields of a body that is no larger. Raises NotHere (400, 413)."""
    counted = Request[Any, Any, Any](request.scope, _counted(request.receive, most), request.send)
    kind, _ = request.content_type
    try:
        if int(request.headers.get("content-length") or 0) > most:
            raise NotHere(413, "page.too_large")
        if kind == RequestEncodingType.URL_ENCODED:
            return await _fields(await counted.body())
        if kind == RequestEncodingType.MULTI_PART:
            return await counted.form()
    except (ValueError, LookupError, ClientException) as error:  # a boundary, a character set that there is not …
        raise NotHere(400, "page.bad_request") from error
    return FormMultiDict()


def _counted(receive: Receive, most: int) -> Receive:
    """A body as it comes, until there is too much of it or nobody there who sends it."""
    left = most

    async def received() -> Message:
        nonlocal left
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            raise NotHere(400, "page.bad_request")
        left -= len(message.get("body", b""))
        if left < 0:
            raise NotHere(413, "page.too_large")
        return message  # type: ignore[no-any-return]

    return received  # type: ignore[return-value]


async def _fields(body: bytes) -> FormMultiDict:
    if body.count(b"&") >= MOST_FIELDS:
        raise NotHere(413, "page.too_many_fields", most=str(MOST_FIELDS))
    if len(body) <= READ_AT_ONCE:
        return FormMultiDict(_pairs(body))
    return FormMultiDict(await asyncio.to_thread(_pairs, body))


def _pairs(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(body.decode("latin-1"), keep_blank_values=True)


def _as_litestar_keeps_it(form: FormMultiDict) -> dict[str, Any]:
    """The fields by name, in the order of the first of each name; several values of one name as a list.

    Without U+0000, which nobody types and PostgreSQL cannot keep.
    """
    kept: dict[str, list[Any]] = {}
    for name, value in form.items():
        kept.setdefault(name.replace("\0", ""), []).append(value.replace("\0", "") if isinstance(value, str) else value)
    return {name: values if len(values) > 1 else values[0] for name, values in kept.items()}
