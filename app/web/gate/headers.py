"""The headers of every page: no inline script, no style but one that is named, no other origin, no address told."""

from collections.abc import Mapping

from litestar.types import Message, Scope

NOT_MODIFIED = 304
OF_A_PAGE = (b"text/css", b"text/javascript", b"application/json")
"""What is part of a page, or told to a script, and never a page itself."""


async def add_security_headers(message: Message, scope: Scope) -> None:
    """To what says its own, only what it does not say."""
    if message["type"] != "http.response.start":
        return
    headers = message["headers"] = list(message.get("headers", ()))
    said = {name.lower(): value for name, value in headers}
    if message["status"] == NOT_MODIFIED:
        added = [*_OF_ALL]  # what is there already has the rest
    elif said.get(b"content-type", b"").startswith(OF_A_PAGE):
        added = [*_OF_ALL, _NOTHING]
    else:
        added = [*_OF_ALL, *_OF_PAGES, (b"content-security-policy", content_security_policy(host_of(scope)).encode())]
    headers += [each for each in added if each[0] not in said]


def lines_of_data(said: Mapping[str, str], is_there: bool = False) -> bytes:
    """All headers of what is told to a script, as they go over the wire; ``is_there``: of what has not changed."""
    kind = () if is_there else ((b"content-type", b"application/json"), _NOTHING)
    own = {name.encode(): value.encode() for name, value in said.items()}
    return b"".join(b"%b: %b\r\n" % each for each in {**dict((*_OF_ALL, *kind)), **own}.items())


_OF_ALL = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"))
_NOTHING = (b"content-security-policy", b"default-src 'none'")
"""Should it be opened as a page all the same, it may do nothing; the rest would be half of what it weighs."""
_OF_PAGES = (
    # Not "no-referrer": browsers then say of our own forms, too, that they come from nowhere.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


def content_security_policy(host: str, sheet: str = "") -> str:
    """``sheet``: the digest of the one style sheet that is written into the page (``StaticFile.digest``)."""
    # 'self' does not cover ws: in every browser that a hall may bring along.
    sockets = f" ws://{host} wss://{host}" if host else ""
    styles = f"'self' '{sheet}'" if sheet else "'self'"
    return (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'{sockets}; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
    )


def host_of(scope: Scope) -> str:
    host = next((value for name, value in scope.get("headers", []) if name == b"host"), b"").decode("latin-1")
    return host if all(character.isalnum() or character in "-.:[]" for character in host) else ""
