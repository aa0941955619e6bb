"""How a live door stays shut, or is shut again: by a status before the handshake, or in words and for good."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected

from app.language import language_of, say
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.store.keys import Key
from app.web.sockets.frames import JSON_SUBPROTOCOL

INTERNAL_ERROR = 1011
KEY_REVOKED = 4403
OTHER_SEAT = 4409
PATIENCE_AT_THE_DOOR = 5.0
"""Seconds in which a socket must take the word with which it is shown out."""

Socket = WebSocket[Any, Any, Any]
GONE = (WebSocketDisconnect, ClientDisconnected)
"""What is raised when nobody is at the other end any more."""


class TurnedAway(Exception):
    """Not let in; the HTTP status says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ShownOut(Exception):
    """Turned away for good, and told why in words: ``kind`` is what the frame is called that says so."""

    def __init__(self, kind: str, said: Said, code: int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.said = said
        self.code = code


def revoked() -> ShownOut:
    """Whoever asks holds a key that was good once."""
    return ShownOut("revoked", Said("key.revoked"), KEY_REVOKED)


def no_card() -> ShownOut:
    """A page of a seat in a browser that holds no card of any."""
    return ShownOut("other_seat", Said("seat.no_card"), OTHER_SEAT)


def other_card(meeting: Meeting, page: str, key: Key) -> ShownOut:
    """A page of one seat in a browser that holds the card of another: it must not turn into the other one."""
    labels = {each.id: each.label for each in meeting.plan.seats}
    facts = {"own": labels.get(page, ""), "seat": labels.get(key.of, "")}
    return ShownOut("other_seat", Said("seat.other_card", facts), OTHER_SEAT)


async def show_out(socket: Socket, why: ShownOut) -> None:
    """Tell in words why, and close for good: browsers do not come back after this code.

    A browser is not told why a handshake was declined, so this one is accepted first.
    """
    sentence = say(why.said, language_of(socket.query_params.get("lang")))
    speaks_json = JSON_SUBPROTOCOL in socket.scope["subprotocols"]
    with suppress(*GONE, TimeoutError):
        async with asyncio.timeout(PATIENCE_AT_THE_DOOR):
            await socket.accept(subprotocols=JSON_SUBPROTOCOL if speaks_json else None)
            await socket.send_text(json.dumps({why.kind: sentence}, ensure_ascii=False))
            await socket.close(why.code, why.kind.replace("_", " "))
