"""The quick door: what a whole hall sends at once is answered before the framework, by the same rules: a ballot as the
page's script sends it, and the picture that it asks for where there is no socket.

A hall votes within seconds, and the framework's way through a request costs several times what a ballot does. Only the
plain case is taken here. Whatever is unusual about a request, a token that is none among it, goes on to the way that
all forms go, unread or with what was read of it, and is answered there.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.serialization import encode_json
from litestar.types import ASGIApp, Receive, Scope, Send

from app.language import DEFAULT, Language
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.web.gate import pairs
from app.web.gate.callers import COMES_FROM, NOBODY_KNOWS
from app.web.gate.doorstep import REFUSED
from app.web.gate.guard import is_from_here
from app.web.gate.threshold import LIGHT, is_light
from app.web.page import AnyRequest
from app.web.phones.ballots import cast_by, outcome
from app.web.phones.snapshot import Snapshots

LARGEST = 2048
"""Bytes of a ballot: a token, a choice, the number of a press."""

NOT_MODIFIED = 304
_LANGUAGES = {b"": DEFAULT, **{f"lang={each}".encode(): each for each in Language}}
"""By what a page asks for: a picture is in no other language."""


class QuickDoor:
    """An ASGI application in front of the framework's."""

    def __init__(self, app: ASGIApp, venue: Venue, snapshots: Snapshots) -> None:
        self._app = app
        self._venue = venue
        self._snapshots = snapshots

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_light(scope):
            await self._app(scope, receive, send)
        elif (meeting := self._meeting_at(scope)) is None:
            await self._hand_on(scope, receive, send)
        elif scope["method"] == "GET":
            await self._show(meeting, Request(scope, receive, send))
        else:
            await self._take(meeting, Request(scope, receive, send))

    def _meeting_at(self, scope: Any) -> Meeting | None:
        """If it is open to everybody and known already."""
        if REFUSED in scope:
            return None
        meeting = self._venue.rooms.meeting(scope["path"][1 : -len(LIGHT[scope["method"]])])
        return None if meeting is None or meeting.plan.invited_only else meeting

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """It takes longer than was thought as it came up."""
        turn = asyncio.get_running_loop().create_future()
        self._venue.turns.ask(str(scope.get(COMES_FROM, NOBODY_KNOWS)), partial(_comes, turn))
        await turn
        await self._app(scope, receive, send)

    # --- the picture ------------------------------------------------------------------------------------------------

    async def _show(self, meeting: Meeting, request: AnyRequest) -> None:
        said, language = request.headers, _LANGUAGES.get(request.scope["query_string"])
        if language is None or "text/html" in said.get("accept", ""):
            await self._hand_on(request.scope, request.receive, request.send)
            return
        ready = self._snapshots.of(meeting.plan.code, language)
        headers = [(name.encode(), value.encode()) for name, value in ready.headers(meeting).items()]
        if ready.have in said.get("if-none-match", ""):
            await _answer(request.send, NOT_MODIFIED, b"", headers)
        elif "gzip" in said.get("accept-encoding", ""):
            headers += [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
            await _answer(request.send, 200, ready.gzipped, headers)
        else:
            await _answer(request.send, 200, ready.content, headers)

    # --- a ballot ---------------------------------------------------------------------------------------------------

    async def _take(self, meeting: Meeting, request: AnyRequest) -> None:
        receive = request.receive
        if _is_plain(request):
            body, is_whole = await _read(receive)
            form = _fields(body) if is_whole else {}
            if pairs.is_pair(request, form.get(pairs.FIELD, ""), (pairs.NOBODY,)):
                status, said = await _cast(request, meeting, form)
                await _answer(request.send, status, encode_json(said))
                return
            receive = _from_the_beginning(body, is_whole, receive)
        await self._hand_on(request.scope, receive, request.send)


async def _cast(request: AnyRequest, meeting: Meeting, form: dict[str, str]) -> tuple[int, dict[str, str]]:
    try:
        return outcome(request, await cast_by(request, meeting, form.get("vote", ""), form.get("press", "")))
    except Refused as refused:
        return outcome(request, refused=refused)


def _is_plain(request: AnyRequest) -> bool:
    """A short form of one of our own pages, sent by a script that wants no page for an answer."""
    said = request.headers
    accepts, length = said.get("accept", ""), said.get("content-length", "")
    return (
        said.get("content-type", "").partition(";")[0] == "application/x-www-form-urlencoded"
        and "application/json" in accepts
        and "text/html" not in accepts
        and pairs.HEADER not in said
        and length.isdecimal()
        and len(length) <= len(str(LARGEST))
        and int(length) <= LARGEST
        and is_from_here(request)
    )


async def _read(receive: Receive) -> tuple[bytes, bool]:
    """A body, and whether it is whole; of one that is longer than it was said to be, or breaks off, as far as it was
    read."""
    body = b""
    while len(body) <= LARGEST:
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body, len(body) <= LARGEST
    return body, False


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; none if one comes twice, or if it holds what nobody types."""
    if b"%00" in body or b"\0" in body:
        return {}
    try:
        fields = parse_qsl(body.decode("latin-1"), keep_blank_values=True)
    except ValueError:
        return {}
    form = dict(fields)
    return form if len(form) == len(fields) else {}


def _from_the_beginning(body: bytes, is_whole: bool, receive: Receive) -> Receive:
    """A body that was read is there once more."""
    read: list[Any] = [{"type": "http.request", "body": body, "more_body": not is_whole}]

    async def received() -> Any:
        return read.pop() if read else await receive()

    return received


async def _answer(send: Any, status: int, content: bytes, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    if status != NOT_MODIFIED:
        length = str(len(content)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length), *headers]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content, "more_body": False})


def _comes(turn: "asyncio.Future[None]") -> None:
    if not turn.done():
        turn.set_result(None)
