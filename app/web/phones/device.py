"""A device of the audience: a cookie that is random and says nothing. In each poll the voter made of it is another."""

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
_RANDOM = re.compile(r"[0-9a-f]{32}")


def device_of(connection: Connection) -> str | None:
    shown = connection.cookies.get(_name(connection), "")
    return shown if _RANDOM.fullmatch(shown) else None


def remember_device(connection: Connection, response: Response[Any]) -> None:
    """Give the browser its cookie, if it showed none."""
    if device_of(connection) is None:
        is_secure = connection.scope["scheme"] == "https"
        cookie = secrets.token_hex(16)
        response.set_cookie(
            _name(connection), cookie, path="/", max_age=A_MONTH, httponly=True, secure=is_secure, samesite="lax"
        )


def voter_of(code: str, poll: str, device: str) -> str:
    """Who votes, in one poll. Of two polls nobody can tell that it was the same device."""
    return id_made_of("voter", code, poll, device)


def voice_of(connection: Connection) -> Voice:
    """A phone in the hall comes from its network, whoever else comes from elsewhere."""
    return _voice_from(caller_of(connection), connection.app.state.settings.hall_networks)


@lru_cache(4096)
def _voice_from(caller: str, hall: str) -> Voice:
    return Voice.PHONE if comes_from(caller, networks(hall, "hall_networks")) else Voice.WEB


def _name(connection: Connection) -> str:
    return f"kaimen-{connection.app.state.secret.mark}-voter"
