"""The doorstep: outside of everything else, what no route is asked about.

By which host somebody calls us and in which scheme, addresses that are none of ours for their length or for what is in
them, and HEAD. Of the cookies of a host only our own are taken in. And nothing that anybody said is kept here once it
has been answered.
"""

import asyncio
import sys
from contextlib import suppress
from types import ModuleType
from typing import Any

from litestar import Litestar
from litestar.datastructures.url import URL
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Network
from app.web.gate.callers import take_scheme
from app.web.gate.hosts import Hosts
from app.web.page import NotHere
from app.web.visitors import ASKED_BY_HEAD

HARMLESS_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_HEARD_OUT = 64 * 1024 * 1024
SECONDS_TO_HEAR_OUT = 5.0
PAUSE_IN_HEARING = 0.005
LONGEST_PATH = 2000
NO_PAGE = "/-"
MISDIRECTED = 421
POLICY_VIOLATION = 1008
"""The code by which a socket is closed on whoever does not keep to the rules."""

OUR_COOKIES = (b"kaimen-", b"__Host-kaimen-")
"""How their names begin."""

REFUSED = "kaimen.refused"
"""In the scope of a request: why nothing is shown, whatever was asked for."""


class Doorstep:
    """An ASGI application in front of another one."""

    def __init__(self, app: ASGIApp, hosts: Hosts, proxies: tuple[Network, ...] = ()) -> None:
        self._app = app
        self._hosts = hosts
        self._proxies = proxies

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        take_scheme(scope, self._proxies)
        if fault := self._fault(scope):
            await self._turn_away(fault, scope, receive, send)
        else:
            _leave_other_cookies_outside(scope)
            scope["path"] = NO_PAGE if len(scope["path"]) > LONGEST_PATH else scope["path"].replace("\0", "\ufffd")
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            # A copy: the server must go on knowing that no body follows.
            asked: Any = {**scope, "method": "GET", ASKED_BY_HEAD: True}
            await self._app(asked, receive, _without_body(send))
        else:
            await self._app(scope, receive, send)

    def _fault(self, scope: Scope) -> str:
        said = [value for name, value in scope["headers"] if name == b"host"]
        # Whoever names no host is no browser. Several are nobody's.
        return "page.bad_request" if len(said) > 1 else self._hosts.fault(said[0].decode("latin-1")) if said else ""

    async def _turn_away(self, fault: str, scope: Any, receive: Receive, send: Send) -> None:
        status = 400 if fault == "page.bad_request" else MISDIRECTED
        if scope["type"] == "websocket":
            await decline(status, scope, receive, send)
            return
        headers = [each for each in scope["headers"] if each[0] != b"host"]
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        refused = NotHere(status, fault, host=host)
        page: Any = {**scope, "path": "/", "raw_path": b"/", "method": "GET", "headers": headers, REFUSED: refused}
        await self._app(page, receive, send)


class HearsOut:
    """In front of an application that may answer before it has read what it is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in HARMLESS_METHODS:
            receive, send = _heard_out(receive, send)
        await self._app(scope, receive, send)


def _leave_other_cookies_outside(scope: Any) -> None:
    """Nobody here asks for them, and taking each of them apart takes its time."""
    if any(name == b"cookie" for name, _ in scope["headers"]):
        scope["headers"] = [
            (name, _our_cookies(value) if name == b"cookie" else value) for name, value in scope["headers"]
        ]


def _our_cookies(shown: bytes) -> bytes:
    return b";".join(each for each in shown.split(b";") if each.lstrip().startswith(OUR_COOKIES))


def _without_body(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sent


def _heard_out(receive: Receive, send: Any) -> tuple[Receive, Send]:
    """The same, but whoever is answered before all of a body is there is heard out, and none of it is kept.

    A connection that is closed on somebody who is still sending is reset, and the answer is lost with it.
    """
    is_complete = False

    async def received() -> Any:
        nonlocal is_complete
        message: Any = await receive()
        is_complete = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message

    async def hear_out() -> None:
        left = MOST_HEARD_OUT
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_HEAR_OUT):
                while not is_complete and left > 0:
                    left -= len((await received()).get("body", b""))
                    await asyncio.sleep(PAUSE_IN_HEARING)  # others come first

    async def sent(message: Any) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False) and not is_complete:
            await send({**message, "more_body": True})
            await hear_out()
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(message)

    return received, sent


async def decline(status: int, scope: Any, receive: Receive, send: Any) -> None:
    """Let no socket in; the status says why. Before accepting: one accepted and closed comes back at once."""
    await receive()
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
        return
    headers = [(b"retry-after", b"5")] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b"", "more_body": False})


# --- nothing is kept --------------------------------------------------------------------------------------------------

REMEMBERING = (
    "parse_url_encoded_form_data",
    "parse_query_string",
    "parse_cookie_string",
    "create_query_default_dict",
    "parse_path_params",
)
"""Functions of Litestar that keep the last thousand things they were given: bodies, cookies, addresses with tokens."""


def forget_requests(app: Litestar) -> None:
    """Have Litestar keep nothing of what it has answered; a test looks through every cache of the process."""
    for module in [each for name, each in sys.modules.items() if name.startswith("litestar")]:
        for name in REMEMBERING:
            _forgets(module, name)
    router: Any = app.asgi_router
    router.handle_routing = router._handle_routing  # noqa: SLF001
    for name in ("_new", "from_components"):
        function: Any = getattr(URL, name).__func__
        if hasattr(function, "cache_info"):
            setattr(URL, name, classmethod(function.__wrapped__))


def _forgets(module: ModuleType, name: str) -> None:
    function: Any = vars(module).get(name)
    if hasattr(function, "cache_info"):
        setattr(module, name, function.__wrapped__)
