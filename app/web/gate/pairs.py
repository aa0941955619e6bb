"""Pairs: a form of ours holds a token that goes with a cookie of the same browser, so that no other site can send it.

The cookie is random. The token of a page that opened with a key is made of the cookie, that key and the secret of the
database: whoever plants a cookie of his own in somebody's browser still knows no token that goes with their key. On a
page that needs no key there is nothing to know of a visitor, and the token is the cookie.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection

FIELD = "_csrf_token"
HEADER = "x-csrftoken"
NOBODY = ""
"""In place of the id of a key, where none is needed."""

OPENED_BY = "kaimen.opened_by"
_COOKIE = "kaimen.csrf_cookie"
"""What is remembered of a request in its scope."""

_RANDOM = re.compile(r"[0-9a-f]{32}")

Connection = ASGIConnection[Any, Any, Any, Any]


def opened(connection: Connection, id: str) -> None:
    """This page opened with the key of this id: its forms are bound to it."""
    connection.scope[OPENED_BY] = id  # type: ignore[literal-required]


def token_for(connection: Connection) -> str:
    """The token for the forms of the page that answers this request; ``remember`` sets its cookie."""
    scope: Any = connection.scope
    cookie = _shown(connection) or scope.get(_COOKIE) or secrets.token_hex(16)
    scope[_COOKIE] = cookie
    return _token(connection, cookie, scope.get(OPENED_BY, NOBODY))


def remember(connection: Connection, response: Response[Any]) -> None:
    """Give the browser its cookie, if it showed none."""
    cookie = connection.scope.get(_COOKIE)
    if cookie and _shown(connection) is None:
        is_secure = connection.scope["scheme"] == "https"
        name = cookie_name(connection)
        response.set_cookie(name, str(cookie), path="/", httponly=True, secure=is_secure, samesite="lax")


def is_pair(connection: Connection, token: str, ids: Iterable[str]) -> bool:
    """Whether a token goes with the cookie that was shown, and with one of these keys."""
    cookie = _shown(connection)
    if cookie is None or not token.isascii():
        return False
    return any(hmac.compare_digest(token, _token(connection, cookie, id)) for id in ids)


def cookie_name(connection: Connection) -> str:
    """One for each database: servers on one host share their cookies. By https one that nobody can plant by http."""
    mark = connection.app.state.secret.mark
    return f"__Host-kaimen-csrf-{mark}" if connection.scope["scheme"] == "https" else f"kaimen-csrf-{mark}"


def _shown(connection: Connection) -> str | None:
    cookie = connection.cookies.get(cookie_name(connection), "")
    return cookie if _RANDOM.fullmatch(cookie) else None


def _token(connection: Connection, cookie: str, id: str) -> str:
    if id == NOBODY:
        return cookie
    secret = connection.app.state.secret.value
    return hmac.new(secret.encode(), f"form\n{cookie}\n{id}".encode(), hashlib.sha256).hexdigest()
