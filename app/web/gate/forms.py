"""What stands before every form that is sent, once the guard has let in whoever sends it: its size, and its token.

So a body is read only after a key has been shown that opens the door, and of a door without a key only a few kilobytes.
"""

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures.multi_dicts import FormMultiDict
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.types import Message, Receive
from litestar.utils.scope.state import ScopeState

from app.web.access import EVERYBODY, PAGES
from app.web.gate import pairs
from app.web.gate.guard import page_behind, visitor_let_in
from app.web.page import AnyRequest, FormAgain, NotHere, venue_of
from app.web.visitors import Visitor, visitor_of

LARGEST_FORM = 1_000_000
LARGEST_WITHOUT_KEY = 16_384
MOST_FIELDS = 20_000
READ_AT_ONCE = 16_384
"""Bytes of a form that are parsed in the event loop; a longer one is parsed beside it."""

FORMS = (RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART)


async def read_form(request: AnyRequest) -> None:
    """Have a handler find its form read. Raises NotHere or FormAgain."""
    page = page_behind(request)
    visitor = visitor_let_in(request) if page else await _whoever_it_is(request)
    form = await _read(request, _most(request, page))
    ScopeState.from_scope(request.scope).form = _as_litestar_keeps_it(form)
    token = str(request.headers.get(pairs.HEADER) or form.get(pairs.FIELD, ""))
    if not pairs.is_pair(request, token, _bound_to(page, visitor)):
        if request.content_type[0] not in FORMS:
            raise NotHere(403, "page.forbidden")
        raise FormAgain(form)


# --- whose it is ------------------------------------------------------------------------------------------------------


async def _whoever_it_is(request: AnyRequest) -> Visitor:
    """At a door that asks for no key."""
    return await visitor_of(request, venue_of(request), request.path_params.get("code"))


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
    if page is None or PAGES[page] is EVERYBODY:
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
