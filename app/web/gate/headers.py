"""The headers of every page: no inline script, no style but one that is named, no other origin, no address told."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

OF_A_PAGE = ("text/css", "text/javascript")
"""What is part of a page and never one itself."""


async def add_security_headers(message: Message, scope: Scope) -> None:
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    headers.setdefault("x-content-type-options", "nosniff")
    headers.setdefault("cache-control", "no-store")
    if headers.get("content-type", "").startswith(OF_A_PAGE):
        # Should one be opened as a page all the same, it may do nothing; the rest would be half of what it weighs.
        headers.setdefault("content-security-policy", "default-src 'none'")
        return
    headers.setdefault("content-security-policy", content_security_policy(host_of(scope)))
    # Not "no-referrer": browsers then say of our own forms, too, that they come from nowhere.
    headers.setdefault("referrer-policy", "same-origin")
    headers.setdefault("permissions-policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("cross-origin-opener-policy", "same-origin")


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
