"""A device of the audience: a cookie that is random and says nothing. In each poll the voter made of it is another.

It is signed with the secret of the database: nobody can make one up, each was handed out with a page.
"""

import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from typing import Any

from litestar import Response

from app.meeting.polls.agreed import Voice
from app.settings import networks
from app.web.cookies import Connection
from app.web.gate.callers import caller_of, comes_from
from app.web.sockets.frames import id_made_of

A_MONTH = 30 * 24 * 3600
_SIGNED = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{16})")


def device_of(connection: Connection) -> str | None:
    shown = _SIGNED.fullmatch(connection.cookies.get(_name(connection), ""))
    if shown is None:
        return None
    is_ours = hmac.compare_digest(shown[2], _mark(connection.app.state.secret.value, shown[1]))
    return shown[1] if is_ours else None


def new_cookie(secret: str) -> str:
    """Of a device that shows none of ours."""
    device = secrets.token_hex(16)
    return f"{device}.{_mark(secret, device)}"


def remember_device(connection: Connection, response: Response[Any]) -> None:
    """Give the browser its cookie, if it showed none of ours."""
    if device_of(connection) is None:
        keep(response, _name(connection), new_cookie(connection.app.state.secret.value))


def keep(response: Response[Any], name: str, cookie: str) -> None:
    """In the browser of a phone, which is the same one by https and by http in the clear, as halls have it.

    A secure one would be shown by https alone, and the browser would take no other of its name: whoever had been there
    by https once could vote by http no more.
    """
    response.set_cookie(name, cookie, path="/", max_age=A_MONTH, httponly=True, secure=False, samesite="lax")


def voter_of(code: str, poll: str, device: str) -> str:
    """Who votes, in one poll. Of two polls nobody can tell that it was the same device."""
    return id_made_of("voter", code, poll, device)


def voice_of(connection: Connection) -> Voice:
    """A phone in the hall comes from its network, whoever else comes from elsewhere."""
    return _voice_from(caller_of(connection), connection.app.state.settings.hall_networks)


@lru_cache(4096)
def _voice_from(caller: str, hall: str) -> Voice:
    return Voice.PHONE if comes_from(caller, networks(hall, "hall_networks")) else Voice.WEB


def _mark(secret: str, device: str) -> str:
    return hmac.digest(secret.encode(), f"device\n{device}".encode(), hashlib.sha256).hex()[:16]


def _name(connection: Connection) -> str:
    return f"kaimen-{connection.app.state.secret.mark}-voter"
