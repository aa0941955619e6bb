"""The cookies in which a browser keeps its keys, and what they are called."""

import hashlib
from itertools import islice
from typing import Any

from litestar.connection import ASGIConnection

from app.store.keys import Role

Connection = ASGIConnection[Any, Any, Any, Any]

MOST_DISPLAYS = 8
"""Displays of a name that one browser may be: a laptop drives two projectors, not twenty."""


def cookie_name(role: Role, code: str | None, mark: str, name: str = "") -> str:
    """``mark`` tells the database: all servers of a host have their cookies in common, whatever the port.

    That of a display has its ``name`` in it, in letters that a cookie may have.
    """
    named = hashlib.sha256(name.encode()).hexdigest()[:12] if name else ""
    return "-".join(filter(None, ("kaimen", mark, role, code, named)))


def names_of_cookie(connection: Connection, role: Role, code: str | None, name: str = "") -> tuple[str, str]:
    """As cookies are called now, and as they were before they told the database, which still open."""
    of_role = _code_of(role, code)
    return cookie_name(role, of_role, connection.app.state.secret.mark, name), cookie_name(role, of_role, "", name)


def cookies_of(connection: Connection, role: Role, code: str | None) -> list[str]:
    """The names of the cookies in which a browser shows keys of a role, the older first: what comes later goes before.

    A display's has its name in it: one browser may be several.
    """
    shown, names = connection.cookies, names_of_cookie(connection, role, code)
    found = [name for name in reversed(names) if name in shown]
    if role is Role.DISPLAY and code:
        begins = tuple(f"{name}-" for name in names)
        found += islice((each for each in shown if each.startswith(begins)), MOST_DISPLAYS)
    return found


def listing_cookie_name(connection: Connection, code: str) -> str:
    """Of the cookie by which the lobby knows that a browser holds a key of a meeting; it opens nothing."""
    return f"kaimen-{connection.app.state.secret.mark}-lobby-{code}"


def known_cookie_name(connection: Connection) -> str:
    """Of the cookie by which a device that has shown a key counts by itself at the door for those who type."""
    return f"kaimen-{connection.app.state.secret.mark}-known"


def _code_of(role: Role, code: str | None) -> str | None:
    return None if role is Role.ORGANISER else code
