"""The threshold: HTTP as uvicorn speaks it, with an end to everything that somebody may begin.

A head has so many bytes and seconds, a body so many seconds, and whoever is given an answer takes it at some pace. Who
says nothing is not waited for. Where the system lets the server have few files, those who have not said what they want
make room for those who come: the network that has most of them first, and of its own the oldest.

It leans on uvicorn's internals; ``tests/web/test_threshold.py`` is the contract.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from functools import partial
from time import monotonic
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.language import Language, say
from app.live.turns import Turns
from app.meeting.refusals import Said
from app.web.gate.callers import COMES_FROM, network_of
from app.web.gate.light import QuickDoor, is_light, takes_nothing

logger = logging.getLogger("kaimen.threshold")

MOST_HEAD = 32 * 1024
"""Bytes of a request's first line and headers. The wrapping of a body (sizes of chunks, trailers) has as many."""
MOST_HEADERS = 128
MOST_COOKIES = 200
MOST_PARAMETERS = 100
"""Of an address: taking them apart takes everybody's time. A browser has at most 180 cookies of a host."""
MOST_PIPELINED = 16
"""Requests that may wait for the answer to an earlier one of their connection."""
MOST_HELD = 4 * 1024
"""Bytes of a body for which a light request waits before it comes up."""
BITE = 16 * 1024
SECONDS_FOR_A_HEAD = 10.0
SECONDS_FOR_A_BODY = 60.0
SECONDS_TO_TURN_AWAY = 2.0
"""In which somebody who is turned away may read why, while what is still being sent goes unread."""
SECONDS_OF_A_READER = 20.0
SECONDS_OF_CAUTION = 10.0
LEAST_READ = 64 * 1024
"""Bytes of an answer, if there are so many, that are to be taken in that time."""

_SENTENCES = {
    400: Said("page.bad_request"),
    408: Said("page.too_slow"),
    431: Said("page.head_too_large", {"most": MOST_HEAD // 1024}),
}


class Threshold:
    """Who is on the threshold: connections that nobody is answering just now, by network, the oldest first.

    ``files``: the number of files that this process may open; None if that is no matter here. ``turns``: in which they
    come up. ``quick``: the door for what is light.
    """

    def __init__(self, files: int | None = None, turns: Turns | None = None, quick: QuickDoor = takes_nothing) -> None:
        self.kept_free = kept_free(files) if files is not None else None
        self.room = files - kept_free(files) if files is not None else None
        self.turns = turns or Turns()
        self.quick = quick
        self._waiting: dict[str, dict[HttpProtocol, None]] = {}
        self._beside = 0
        self._full_until = 0.0

    def protocol(self, *args: Any, **kwargs: Any) -> "HttpProtocol":
        """What uvicorn takes for the class of a protocol."""
        return HttpProtocol(self, *args, **kwargs)

    def comes(self, who: "HttpProtocol", file: int, connections: int) -> None:
        """Somebody new. ``file``: the number the system gave; ``connections``: how many there are with this one."""
        self.waits(who)
        if self._is_full(file, connections):
            crowd = max(self._waiting.values(), key=len)
            oldest = next(iter(crowd))
            if oldest is not who:  # who is alone may have one of those kept free
                oldest.makes_room()

    def _is_full(self, file: int, connections: int) -> bool:
        if self.room is None:
            return False
        now = monotonic()
        if file >= self.room:
            # The system gives the lowest number that is free. So many files are open, whoever has them; and for a
            # while as many others are taken to be, for once somebody has left, newcomers get low numbers again.
            self._beside = file + 1 - connections
            self._full_until = now + SECONDS_OF_CAUTION
        return now < self._full_until and self._beside + connections > self.room

    def waits(self, who: "HttpProtocol") -> None:
        self._waiting.setdefault(who.network, {})[who] = None

    def goes(self, who: "HttpProtocol") -> None:
        crowd = self._waiting.get(who.network, {})
        crowd.pop(who, None)
        if not crowd:
            self._waiting.pop(who.network, None)


def kept_free(files: int) -> int:
    """Files that are left over when room is made: connections are accepted by the dozen."""
    return max(files // 8, 64)


def files_beside_sockets(files: int) -> int:
    """Files that are no live connections: the database's, pages being fetched, and what is kept free."""
    return kept_free(files) + 100


class Phase(Enum):
    """Where a connection is with its newest request."""

    SILENT = "silent"
    HEAD = "head"
    BODY = "body"
    ANSWERED = "answered"
    TURNED_AWAY = "turned away"
    GONE = "gone"


_SECONDS = {Phase.HEAD: SECONDS_FOR_A_HEAD, Phase.BODY: SECONDS_FOR_A_BODY}


class HttpProtocol(HttpToolsProtocol):
    """One connection. ``network``: whose it is."""

    def __init__(self, threshold: Threshold, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = ""
        self._threshold = threshold
        self._phase = Phase.SILENT
        self._timed: Phase | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._reader: asyncio.TimerHandle | None = None
        self._has_read = False
        self._size = 0
        self._status = 400
        self._held: tuple[Any, Any] | None = None
        """A light request whose body is on its way."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.network = network_of(self.client[0]) if self.client else ""
        self._wait(SECONDS_FOR_A_HEAD, self._is_late)
        socket = transport.get_extra_info("socket")
        self._threshold.comes(self, socket.fileno() if socket is not None else 0, len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        self._leaves()
        super().connection_lost(exc)

    def makes_room(self) -> None:
        """Somebody else needs the place."""
        self._leaves()
        self.transport.abort()

    def _leaves(self) -> None:
        self._phase = Phase.GONE
        self._threshold.goes(self)
        self._wait(None)
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None

    # --- in ---------------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        if self._phase is Phase.SILENT:
            self._begin()
        rest = memoryview(data)
        while rest and self._phase not in (Phase.TURNED_AWAY, Phase.GONE):
            bite = rest[: min(BITE, MOST_HEAD - self._size)] if self._phase is Phase.HEAD else rest[:BITE]
            if not bite:
                self._turn_away(431)
                return
            rest = rest[len(bite) :]
            self._feed(bytes(bite))
        self._set_the_clock()

    def _feed(self, bite: bytes) -> None:
        self._size += len(bite)
        try:
            self.parser.feed_data(bite)
        except httptools.HttpParserUpgrade:
            if self._should_upgrade():
                self.handle_websocket_upgrade()
        except httptools.HttpParserError:
            self._turn_away(self._status)
        else:
            if self._phase is Phase.BODY and self._size > MOST_HEAD + BITE:
                self._turn_away(400)

    def _begin(self) -> None:
        self._phase = Phase.HEAD
        self._size = 0

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[COMES_FROM] = self.network  # type: ignore[literal-required]
        if self._phase is not Phase.HEAD:
            self._begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        headers = self.headers
        if len(headers) >= MOST_HEADERS or (len(value) >= MOST_COOKIES and value.count(b";") >= MOST_COOKIES):
            self._status = 431
            raise ValueError("too many headers")
        name = name.lower()
        if name == b"expect":
            self.expect_100_continue = value.lower() == b"100-continue"
        headers.append((name, value))

    def on_headers_complete(self) -> None:
        if self.url.count(b"&") >= MOST_PARAMETERS:
            self._status = 431
            raise ValueError("too many parameters")
        if len(self.pipeline) >= MOST_PIPELINED:
            raise ValueError("too many requests at once")
        if self._is_handshake_with_body():
            raise ValueError("a handshake has no body")
        super().on_headers_complete()
        self._phase = Phase.BODY
        self._size = 0

    def _is_handshake_with_body(self) -> bool:
        """One is answered when its body has come, for which nobody would keep the time."""
        if not (self.parser.should_upgrade() and self._should_upgrade()):
            return False
        return any(
            name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
            for name, value in self.headers
        )

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        if not is_light(cycle.scope) or cycle.waiting_for_100_continue or self._says_that_it_is_long():
            self._comes_up(cycle, app)
        elif cycle.more_body:
            self._held = cycle, app  # all of it comes at once, or it is not light
        else:
            self._comes_up_lightly(cycle, app)

    def _says_that_it_is_long(self) -> bool:
        return any(name == b"content-length" and int(value) > MOST_HELD for name, value in self.headers)

    def _comes_up(self, cycle: Any, app: Any) -> None:
        self._threshold.turns.ask(self.network, partial(self._begins_to_answer, cycle, app))

    def _begins_to_answer(self, cycle: Any, app: Any) -> None:
        if not cycle.disconnected:
            super()._start_asgi_task(cycle, app)

    def _comes_up_lightly(self, cycle: Any, app: Any) -> None:
        self._threshold.turns.ask(self.network, partial(self._answers_quickly, cycle, app), is_light=True)

    def _answers_quickly(self, cycle: Any, app: Any) -> None:
        if cycle.disconnected:
            return
        is_taken = False
        if not self.flow.write_paused:
            try:
                is_taken = self._threshold.quick(cycle.scope, bytes(cycle.body), partial(self._gives, cycle))
            except Exception:  # those who come up in the same turn are not to pay for it
                logger.exception("The quick door failed")
        if not is_taken:
            self._comes_up(cycle, app)

    def _gives(self, cycle: Any, status: int, headers: bytes, body: bytes) -> None:
        """A whole answer at once. Of requests sent ahead, uvicorn tells the last alone that the line is cut."""
        if cycle.disconnected or cycle.response_complete or self.transport.is_closing():
            return
        cycle.response_started = cycle.response_complete = True
        ours = b"".join([b"%b: %b\r\n" % each for each in self.server_state.default_headers])
        ends = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
        self.transport.write(b"".join((STATUS_LINE[status], ours, headers, ends, body)))
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def on_body(self, body: bytes) -> None:
        self._size -= len(body)  # what is left is wrapping
        super().on_body(body)
        if self._held and len(self._held[0].body) > MOST_HELD:
            self._lets_go(self._comes_up)

    def _lets_go(self, comes_up: Callable[[Any, Any], None]) -> None:
        held, self._held = self._held, None
        if held:
            comes_up(*held)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self._held:
            self._lets_go(self._comes_up_lightly)
        self._phase = Phase.ANSWERED
        self._rests_if_answered()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._unset_keepalive_if_required()  # the clock is set here
        if self._phase is Phase.ANSWERED:
            self._rests_if_answered()
        if self.transport.get_write_buffer_size():
            self._watch_the_reader()

    def _rests_if_answered(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self._phase = self._timed = Phase.SILENT
            self._threshold.waits(self)
            self._wait(self.timeout_keep_alive, self._is_late)

    def handle_websocket_upgrade(self) -> None:
        self._leaves()
        super().handle_websocket_upgrade()
        socket: Any = self.transport.get_protocol()
        socket.turns = partial(self._threshold.turns.ask, self.network)  # its application begins in the next turn

    # --- time -------------------------------------------------------------------------------------------------------

    def _set_the_clock(self) -> None:
        if self._phase is self._timed or self._phase in (Phase.TURNED_AWAY, Phase.GONE):
            return
        self._timed = self._phase
        if self._phase is Phase.ANSWERED:
            self._threshold.goes(self)
        else:
            self._threshold.waits(self)
        self._wait(_SECONDS.get(self._phase), self._is_late)

    def _wait(self, seconds: float | None, then: Callable[[], None] = lambda: None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, then) if seconds is not None else None

    def _is_late(self) -> None:
        if self._phase is Phase.SILENT:
            self.transport.close()
        elif self._phase is Phase.BODY and self.cycle.response_complete:  # it was answered without being read
            self.transport.abort()
        else:
            self._turn_away(408)

    # --- out --------------------------------------------------------------------------------------------------------

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_the_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._has_read = True

    def _watch_the_reader(self) -> None:
        if self._reader is None:
            self._has_read = False
            left = self.transport.get_write_buffer_size()
            self._reader = self.loop.call_later(SECONDS_OF_A_READER, self._look_at_the_reader, left)

    def _look_at_the_reader(self, left: int) -> None:
        self._reader = None
        now = self.transport.get_write_buffer_size()
        if left - now < min(LEAST_READ, left) and not self._has_read:
            self.transport.abort()
        elif now:
            self._watch_the_reader()

    def _turn_away(self, status: int) -> None:
        """Say why and leave; what is still coming is not listened to."""
        self._phase = Phase.TURNED_AWAY
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started or self.pipeline:
                self.transport.abort()
                return
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.write(self._answer(status))
        self.flow.resume_reading()
        with suppress(NotImplementedError):  # by TLS
            self.transport.write_eof()
        self._wait(SECONDS_TO_TURN_AWAY, self.transport.abort)

    def _answer(self, status: int) -> bytes:
        text = "\n".join(say(_SENTENCES[status], language) for language in Language).encode()
        headers = [
            *self.server_state.default_headers,
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(text)).encode()),
            (b"connection", b"close"),
        ]
        return STATUS_LINE[status] + b"".join(b"%b: %b\r\n" % each for each in headers) + b"\r\n" + text
