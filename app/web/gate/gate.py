"""The gate: what every request goes through before its route, in this order.

One layer in place of several, and none for sockets: what stands around a socket stays in memory as long as it.
"""

from collections.abc import Callable

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from app.web.gate.doorstep import HARMLESS_METHODS, REFUSED
from app.web.gate.forms import read_form
from app.web.gate.guard import let_in
from app.web.page import AnyRequest


class Gate(ASGIMiddleware):
    """``look``: is told of every request, whether it is let in or not. Raises what ``page.refusal_page`` shows."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, look: Callable[[AnyRequest], None]) -> None:
        self._look = look

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if refused := scope.get(REFUSED):
            raise refused  # type: ignore[misc]
        request: AnyRequest = Request(scope, receive, send)
        self._look(request)
        if str(request.method) != "OPTIONS":  # by which Litestar itself tells the methods
            await let_in(request)
        if str(request.method) not in HARMLESS_METHODS:
            await read_form(request)
        await next_app(scope, receive, send)
