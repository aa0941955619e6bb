"""Every route that the program has, and addresses to try it by."""

import re
from collections.abc import Iterator

from litestar.routes import HTTPRoute, WebSocketRoute

from app.main import create_app
from app.settings import Settings

HARMLESS = {"code": "", "role": "seat", "token": "x" * 22, "build": "x", "name": "/base.css", "page": "units"}


def routes() -> Iterator[tuple[str, str]]:
    """Every method and path that the program answers to; a socket's method is none."""
    app = create_app(Settings(db=":memory:", secret="s" * 64))
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from ((method, route.path_format) for method in sorted(route.methods - {"OPTIONS"}))
        else:
            assert isinstance(route, WebSocketRoute), f"{route.path} is of a kind this test does not try"
            yield "", route.path_format


_ALL = sorted(routes())  # alike in every process that shares out the tests
ROUTES_THERE_ARE = [(method, path) for method, path in _ALL if method]
SOCKETS_THERE_ARE = [path for method, path in _ALL if not method]


def address(path: str, code: str) -> str:
    """A route's path with something in every gap."""
    return re.sub(r"\{(\w+)\}", lambda gap: {**HARMLESS, "code": code}.get(gap[1], "x"), path)
