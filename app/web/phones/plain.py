"""A request as a quick door takes it: the plain case alone, taken apart without what it does not need."""

import re
from typing import Any
from urllib.parse import unquote_plus

from litestar import Litestar, Request
from litestar.datastructures import MultiDict

from app.web.gate.doorstep import OUR_COOKIES

_OURS = tuple(name.decode() for name in OUR_COOKIES)
_QUOTED = re.compile(r'["%\\]')


class Unusual(Exception):
    """Not for a quick door: it goes the way of all requests, and is answered there."""


class Headers:
    """Each said once, and read as it is asked for."""

    __slots__ = ("_said",)

    def __init__(self, said: list[tuple[bytes, bytes]]) -> None:
        self._said = dict(said)
        if len(self._said) != len(said):
            raise Unusual

    def get(self, name: str, default: Any = None) -> Any:
        value = self._said.get(name.encode())
        return default if value is None else value.decode("latin-1")

    def getall(self, name: str, default: list[str]) -> list[str]:
        return [self.get(name)] if name in self else default

    def __contains__(self, name: str) -> bool:
        return name.encode() in self._said


class PlainRequest(Request[Any, Any, Any]):
    """What the rules of a door ask a request for, and no more. Raises Unusual if a header or a cookie comes twice."""

    __slots__ = ("_app", "_said", "_shown")

    def __init__(self, app: Litestar, scope: Any) -> None:
        self.scope = scope
        self._app = app
        self._said = Headers(scope["headers"])
        self._shown = _cookies_in(self._said.get("cookie", ""))

    @property
    def app(self) -> Litestar:
        return self._app

    @property
    def query_params(self) -> MultiDict[Any]:
        """None: what says more than its address is unusual."""
        return MultiDict()

    @property
    def headers(self) -> Any:
        return self._said

    @property
    def cookies(self) -> dict[str, str]:
        return self._shown


def _cookies_in(shown: str) -> dict[str, str]:
    """Our own; the values of ours are never quoted."""
    cookies: dict[str, str] = {}
    for each in shown.split(";"):
        name, _, value = each.strip().partition("=")
        if name.startswith(_OURS):
            if name in cookies or _QUOTED.search(value):
                raise Unusual
            cookies[name] = value
    return cookies


def fields_in(body: bytes) -> dict[str, str]:
    """The fields of a form. Raises Unusual if one comes twice, or if it holds what nobody types."""
    if b"%00" in body or b"\0" in body:
        raise Unusual
    form: dict[str, str] = {}
    for each in body.decode("latin-1").split("&"):
        name, _, value = each.partition("=")
        if name in form or "%" in name or "+" in name:
            raise Unusual
        form[name] = unquote_plus(value) if "%" in value or "+" in value else value
    return form
