"""The wire: a message to many is framed once, compressed once and written to each transport.

``WireProtocol`` is uvicorn's sans-I/O websocket protocol with a door for ready frames; everything else is uvicorn's. It
leans on uvicorn's internals: uvicorn is pinned, ``tests/live/test_wire.py`` is the contract, and without it (another
server, a test client) ``PlainClient`` sends the same text by ASGI.

A client that does not read is *behind*: nothing more is buffered for it, and when it can be written to again it is told
so, to be given a fresh snapshot in place of what it missed. What a client sends is heard in bites, one a turn of the
event loop (``app.live.hearing``), so that nobody waits for somebody else's frames.
"""

import asyncio
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from litestar.exceptions import WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import CloseCode
from websockets.http11 import Request

from app.live.hearing import BITE, Hearing, TooMuchOfNothing

SCOPE_KEY = "kaimen.wire"
MOST_BUFFERED = 256 * 1024
"""Bytes waiting in one client's transport from which on the client counts as behind."""
LEAST_DEFLATED = 256
"""Bytes of text below which compressing saves nothing."""
WINDOW_BITS = 12
MOST_AFTER_THE_END = 16 * 1024
"""Bytes that are still heard of a client to whom the line was closed: its farewell is among them, or it has none."""
SECONDS_TO_READ_WHY = 5.0
PAUSE_OF_THE_DEAF = 0.02
"""Seconds between two reads of what goes by unheard: as fast as it can be sent it would keep a processor busy."""
SERVICE_RESTART = 1012
_DEFLATE = ServerPerMessageDeflateFactory(
    # No context takeover: the same compressed bytes for everybody, and no 32 KB window kept per socket.
    server_no_context_takeover=True,
    client_no_context_takeover=True,
    server_max_window_bits=WINDOW_BITS,
    compress_settings={"memLevel": 5},
)
_TEXT_FIN = 0x81
_TEXT_FIN_DEFLATED = 0xC1


class Frame:
    """One text message as it goes over the wire, made once for all who get it."""

    __slots__ = ("_deflated", "_plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain: bytes | None = None
        self._deflated: bytes | None = None

    @property
    def plain(self) -> bytes:
        if self._plain is None:
            self._plain = _framed(_TEXT_FIN, self.text.encode())
        return self._plain

    @property
    def deflated(self) -> bytes:
        """RFC 7692 without context takeover: one compressed payload fits every client that negotiated it."""
        if self._deflated is None:
            payload = self.text.encode()
            self._deflated = (
                self.plain if len(payload) < LEAST_DEFLATED else _framed(_TEXT_FIN_DEFLATED, _deflate(payload))
            )
        return self._deflated


def _deflate(payload: bytes) -> bytes:
    compressor = zlib.compressobj(level=6, wbits=-WINDOW_BITS, memLevel=5)
    compressed = compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return compressed[:-4]


def _framed(first: int, payload: bytes) -> bytes:
    """RFC 6455, 5.2: server to client, unmasked, unfragmented."""
    length = len(payload)
    if length < 126:
        return bytes((first, length)) + payload
    if length < 1 << 16:
        return bytes((first, 126)) + length.to_bytes(2) + payload
    return bytes((first, 127)) + length.to_bytes(8) + payload


class Client(Protocol):
    """Somebody who can be sent frames. ``on_writable`` is called when a client that was behind can be written to."""

    on_writable: Callable[[], None]

    def deliver(self, frame: Frame) -> bool:
        """Hand over a frame without waiting. False: the client is behind (or gone) and did not get it."""

    def end(self) -> None:
        """Close the line; who wants to may come back."""

    async def comes_up(self) -> None:
        """Wait for the turn of this client's network (``live.turns``)."""

    def is_known(self) -> None:
        """This client has shown a key: it waits for no turn."""


def _comes(turn: "asyncio.Future[None]") -> None:
    if not turn.done():
        turn.set_result(None)


def _nothing() -> None:
    """What a client does before it has joined a room."""


class WireProtocol(WebSocketsSansIOProtocol):
    """uvicorn's websocket protocol, plus ``deliver``, and an end to what a client may send in vain."""

    conn: Hearing
    _said_after_the_end = 0
    """Bytes that came in after the line was closed from here."""
    _is_deaf = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_writable: Callable[[], None] = _nothing
        self.takes_deflated = False
        self.turns: Callable[..., None] | None = None
        self._unheard = bytearray()
        self._hears_soon = False
        extensions = [_DEFLATE] if self.config.ws_per_message_deflate else []
        self.conn = Hearing(extensions=extensions, max_size=self.config.ws_max_size, logger=self.conn.logger)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=MOST_BUFFERED)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][SCOPE_KEY] = self  # type: ignore[assignment]
            self.takes_deflated = any(_fits(extension) for extension in self.conn.extensions)

    def connection_lost(self, exc: Exception | None) -> None:
        """Thousands may be cut off at once: they go, as they come, in turns."""
        if self.turns is None:
            super().connection_lost(exc)
        else:
            self.disconnected = True
            self.stop_keepalive()
            self.turns(partial(super().connection_lost, exc), is_light=True)

    async def run_asgi(self) -> None:
        await self.comes_up()
        if not self.transport.is_closing():
            await super().run_asgi()

    async def comes_up(self) -> None:
        if self.turns is not None:
            comes = self.loop.create_future()
            self.turns(partial(_comes, comes))
            await comes

    def is_known(self) -> None:
        self.turns = None

    # --- out --------------------------------------------------------------------------------------------------------

    def deliver(self, frame: Frame) -> bool:
        if self.close_sent or self.disconnected or not self.handshake_complete or not self.writable.is_set():
            return False
        self.transport.write(frame.deflated if self.takes_deflated else frame.plain)
        return True

    def end(self) -> None:
        self.shutdown()
        self._leave_at_last()

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.accept":
            self._forget_the_handshake()
        elif self.initial_response and self.close_sent:
            # Answered by HTTP, the handshake is over. uvicorn forgets to say so, and then complains of it in the log.
            self.handshake_complete = True
        if self._unheard:
            self._hear_soon()

    def _forget_the_handshake(self) -> None:
        # What only the handshake needed is a fifth of the memory of an idle phone, and there may be thousands.
        # The parser holds on to the request, hence its headers are emptied.
        self.request.headers.clear()
        del self.request, self.response
        self.scope["headers"] = []

    def resume_writing(self) -> None:
        super().resume_writing()
        self.on_writable()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        # Closing waits for the buffer to drain, which a client that reads nothing never lets happen.
        self.transport.abort()

    def send_keepalive_ping(self) -> None:
        super().send_keepalive_ping()
        if self.close_sent or self.transport.is_closing():
            self._leave_at_last()

    def _leave_at_last(self) -> None:
        if self.transport.get_write_buffer_size():
            self.loop.call_later(self.close_timeout, self.transport.abort)

    # --- in ---------------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if self._is_deaf or (self.close_sent and self._goes_on_talking(len(data))):
            self._turn_a_deaf_ear()
        elif not self.handshake_initiated:
            self._hear_the_handshake(data)
        elif self._is_heard_at_once(len(data)):
            self._hear(data)
        else:
            self._put_off(data)

    def _is_heard_at_once(self, length: int) -> bool:
        """Whether it is this client's turn anyway, nothing of it waits, and this is no more than a bite."""
        is_in_order = not self._unheard and not self.conn.unheard
        return self.handshake_complete and self.turns is None and length <= BITE and is_in_order

    def _goes_on_talking(self, length: int) -> bool:
        """Whether somebody who was shown out does not stop: a farewell and what was under way is all that is heard."""
        self._said_after_the_end += length
        return self._said_after_the_end + len(self._unheard) + len(self.conn.unheard) > MOST_AFTER_THE_END

    def _turn_a_deaf_ear(self) -> None:
        """Let what comes go by unheard, for as long as it takes to be read why: then the line is cut.

        For good: heard again after a gap, what comes could not be understood, and the line would be cut at once.
        """
        self._unheard.clear()
        if not self._is_deaf:
            self._is_deaf = True
            self.loop.call_later(SECONDS_TO_READ_WHY, self.transport.abort)
        self.transport.pause_reading()
        self.loop.call_later(PAUSE_OF_THE_DEAF, self._let_some_go_by)

    def _let_some_go_by(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        message = await self.queue.get()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            if self._unheard or self.conn.unheard:
                self._hear_soon()
            else:
                self.transport.resume_reading()
        return message

    def _hear_the_handshake(self, head: bytes) -> None:
        super().data_received(head)
        if not self.handshake_initiated:  # the parser would not have it, and uvicorn would wait for ever
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    def _put_off(self, data: bytes) -> None:
        """Keep what is too much for one turn, or comes before its time; nothing more is read until it was heard."""
        self._unheard += data
        self.transport.pause_reading()
        if self.handshake_complete and not self.read_paused:
            self._hear_soon()

    def _hear_soon(self) -> None:
        if not self._hears_soon:
            self._hears_soon = True
            if self.turns is not None:
                self.turns(self._hear_on)
            else:
                self.loop.call_soon(self._hear_on)

    def _hear_on(self) -> None:
        """The next bite. Reading goes on when all that was read has been heard, and no message waits to be taken."""
        self._hears_soon = False
        if self.transport.is_closing():
            self._unheard.clear()
        elif self._is_deaf or (self.close_sent and self._goes_on_talking(0)):
            self._turn_a_deaf_ear()
        elif self.handshake_complete and not self.read_paused:
            bite = self.conn.unheard
            if not bite:
                bite = bytes(self._unheard[:BITE])
                del self._unheard[:BITE]
            self._hear(bite)
            if not (self.read_paused or self._unheard or self.conn.unheard):
                self.transport.resume_reading()

    def _hear(self, bite: bytes) -> None:
        super().data_received(bite)
        if self._unheard or self.conn.unheard:
            self.transport.pause_reading()
            if not self.read_paused:
                self._hear_soon()

    def handle_ping(self) -> None:
        pong = self.conn.data_to_send()
        if self.writable.is_set():  # nothing is heaped up for a client that does not read
            self.transport.write(b"".join(pong))

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        if isinstance(self.conn.parser_exc, TooMuchOfNothing):
            self.transport.abort()
        else:
            self._leave_at_last()

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not _is_text(self.frames):
            self.frames = []
            self.conn.fail(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()


def _is_text(pieces: list[bytes]) -> bool:
    try:
        (pieces[0] if len(pieces) == 1 else b"".join(pieces)).decode()
    except UnicodeDecodeError:
        return False
    return True


def _fits(extension: Any) -> bool:
    """Whether what ``Frame`` compresses is what this client agreed to."""
    return isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits >= WINDOW_BITS


class PlainClient:
    """The same by ASGI ``send``: one message under way at a time, and behind while it is."""

    def __init__(self, send: Callable[[dict[str, Any]], Any]) -> None:
        self.on_writable: Callable[[], None] = _nothing
        self._send = send
        self._sending: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    def deliver(self, frame: Frame) -> bool:
        if self._sending is not None:
            return False
        self._sending = asyncio.create_task(self._deliver(frame))
        return True

    async def comes_up(self) -> None:
        """Nobody is told whose it is: at once."""

    def is_known(self) -> None:
        """It waits for nothing as it is."""

    def end(self) -> None:
        self._ending = asyncio.create_task(self._close(after=self._sending))

    async def _close(self, after: asyncio.Task[None] | None) -> None:
        if after is not None:
            await after
        with suppress(ClientDisconnected, WebSocketDisconnect, OSError, RuntimeError):
            await self._send({"type": "websocket.close", "code": SERVICE_RESTART})

    async def _deliver(self, frame: Frame) -> None:
        try:
            await self._send({"type": "websocket.send", "text": frame.text})
        except (ClientDisconnected, WebSocketDisconnect, OSError, RuntimeError):
            return  # the receiving side of the socket notices, and leaves the room
        self._sending = None
        self.on_writable()


def client_of(scope: Any, send: Callable[[Any], Any]) -> Client:
    """The way to deliver frames to a websocket: its own protocol if it is ours, else by ASGI."""
    protocol: Client | None = scope.get("extensions", {}).get(SCOPE_KEY)
    return protocol if protocol is not None else PlainClient(send)
