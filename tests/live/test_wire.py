"""The contract with uvicorn and websockets, whose inside ``app.live.wire`` leans on: real servers, real clients.

If one of these fails after an upgrade, the wire has to be looked at before anything else.
"""

import asyncio
import base64
import os
import random
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from app.live import wire
from app.live.wire import LEAST_DEFLATED, MOST_BUFFERED, Frame, PlainClient, WireProtocol, client_of
from app.server import LARGEST_MESSAGE
from tests.live.served import PATIENCE

LOOPS = ["uvloop", "asyncio"]
TEXTS = [
    *("x" * length for length in (1, 125, 126, 127, LEAST_DEFLATED - 1, LEAST_DEFLATED, 65_535, 65_536, 65_537)),
    "评议结果：八十八点五分。" * 10,
    "评议" * 100_000,
    "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz评议会", k=300_000)),
    '<!--0123--><hx-partial id="hall-stage">😀\u2028"&\\</hx-partial>' * 8,
]
END_OF_DEFLATE = b"\x00\x00\xff\xff"
"""Which is taken off each message (RFC 7692, 7.2.1)."""
TEXT_PLAIN, TEXT_DEFLATED, TEXT_UNFINISHED, CONTINUED, CLOSE, PING, PONG = 0x81, 0xC1, 0x01, 0x00, 0x88, 0x89, 0x8A

# --- frames arrive ----------------------------------------------------------------------------------------------------


async def test_every_frame_arrives_intact_at_clients_of_every_kind(line):
    async with line.client() as deflating, line.client(compression=None) as plain, line.client(window=9) as narrow:
        frames = [Frame(text) for text in TEXTS]
        for frame in frames:
            assert line.deliver(frame) == [True, True, True]
            assert [await client.recv() for client in (deflating, plain, narrow)] == [frame.text] * 3


async def test_each_client_gets_what_it_agreed_to(line):
    """Deflated by a window of 4 KB where that was agreed; with a smaller window, or none, in plain frames."""
    offers = [
        "permessage-deflate",
        "permessage-deflate; server_max_window_bits=12",
        "permessage-deflate; server_max_window_bits=11",
        "",
    ]
    raws = [await line.raw_client(offer) for offer in offers]
    line.deliver(Frame("long enough " * 100))
    frames = [raw.frame() for raw in raws]
    assert [first for first, _ in frames] == [TEXT_DEFLATED, TEXT_DEFLATED, TEXT_PLAIN, TEXT_PLAIN]
    assert not frames[0][1].endswith(END_OF_DEFLATE)
    assert zlib.decompressobj(wbits=-12).decompress(frames[0][1] + END_OF_DEFLATE) == b"long enough " * 100
    line.deliver(Frame("short"))
    assert [raw.frame()[0] for raw in raws] == [TEXT_PLAIN] * 4
    for raw in raws:
        raw.close()


async def test_a_frame_is_made_once_for_all(line, monkeypatch):
    deflated = []
    monkeypatch.setattr(wire, "_deflate", lambda payload, deflate=wire._deflate: deflated.append(1) or deflate(payload))
    async with line.clients(20) as clients:
        assert line.deliver(Frame("long enough " * 100)) == [True] * 20
        assert {await client.recv() for client in clients} == {"long enough " * 100}
    assert deflated == [1]


async def test_frames_and_answers_may_be_mixed(line):
    """uvicorn compresses the answers itself; neither side keeps a window that the other could spoil."""
    async with line.client() as client:
        for number in range(30):
            line.deliver(Frame(f"frame {number} " * 50))
            await client.send(f"answer {number} " * 50)
            assert await client.recv() == f"frame {number} " * 50
            assert await client.recv() == f"answer {number} " * 50


async def test_what_a_client_sends_compressed_is_read(line):
    async with line.client() as client:
        for text in ("评议" * 5000, "x" * LARGEST_MESSAGE):
            await client.send(text)
            assert await client.recv() == text


async def test_a_room_of_hundreds_gets_every_frame_in_order(line):
    async with line.clients(100) as clients:
        for number in range(20):
            assert line.deliver(Frame(f"{number} " * 200)) == [True] * 100
        for client in clients:
            assert [await client.recv() for _ in range(20)] == [f"{number} " * 200 for number in range(20)]


# --- pings ------------------------------------------------------------------------------------------------------------


async def test_a_ping_is_answered(line):
    async with line.client() as client, asyncio.timeout(PATIENCE):
        await (await client.ping())


@pytest.mark.parametrize("loop", LOOPS)
async def test_who_answers_pings_stays_and_gets_frames(loop):
    with a_line(loop=loop, ws_ping_interval=0.02, ws_ping_timeout=PATIENCE) as line:
        raw = await line.raw_client()
        for _ in range(5):
            first, payload = raw.frame()
            assert first == PING
            raw.send(PONG, payload)
        assert line.deliver(Frame("still here")) == [True]
        raw.skip_pings()
        assert raw.frame() == (TEXT_PLAIN, b"still here")
        raw.close()


async def test_who_answers_no_ping_is_let_go(impatient_line):
    raw = await impatient_line.raw_client()
    await impatient_line.until(lambda: impatient_line.app.clients == [])
    assert impatient_line.app.left == [1005]
    raw.close()


async def test_who_reads_nothing_is_let_go_though_its_buffer_never_drains(impatient_line):
    line = impatient_line
    raw = await line.raw_client()
    fill(line)
    await line.until(lambda: line.app.clients == [])
    assert line.deliver(Frame("nobody here")) == []
    raw.close()


# --- closing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [1000, 1008, 1011, 1012, 1013])
async def test_a_close_code_arrives(line, code):
    async with line.client() as client:
        await client.send(f"close {code}")
        assert await closed_with(client) == code
    assert line.deliver(Frame("nobody here")) == []


async def test_a_server_that_stops_says_come_back():
    with a_line() as line:
        async with line.client() as client:
            line.stop()
            assert await closed_with(client) == 1012


async def test_a_client_that_says_goodbye_gets_no_frame_after(line):
    raw = await line.raw_client()
    gone = line.app.clients[0]
    raw.send(CLOSE, struct.pack("!H", 1000))
    await line.until(lambda: line.app.clients == [])
    assert line.call(lambda: gone.deliver(Frame("too late"))) is False
    assert raw.frame()[0] == CLOSE
    assert raw.is_at_the_end()
    raw.close()


async def test_a_client_that_vanishes_is_noticed(line):
    raw = await line.raw_client()
    raw.vanish()
    await line.until(lambda: line.app.clients == [])


@pytest.mark.parametrize("compression", ["deflate", None])
async def test_a_message_of_64_kilobytes_is_taken_and_a_longer_one_refused(line, compression):
    async with line.client(compression=compression) as client:
        await client.send("x" * LARGEST_MESSAGE)
        assert await client.recv() == "x" * LARGEST_MESSAGE
        await client.send("x" * (LARGEST_MESSAGE + 1))
        assert await closed_with(client) == 1009


async def test_many_fragments_are_one_message_that_is_too_long(line):
    raw = await line.raw_client()
    raw.send(TEXT_UNFINISHED, b"x" * 1000)
    for _ in range(LARGEST_MESSAGE // 1000):
        raw.send(CONTINUED, b"x" * 1000)
    assert raw.closed_with() == 1009
    raw.close()


async def test_a_bomb_is_refused_unopened(line):
    """Ten megabytes that are ten kilobytes on the wire."""
    raw = await line.raw_client("permessage-deflate")
    compressor = zlib.compressobj(9, wbits=-12)
    bomb = compressor.compress(b"x" * 10_000_000) + compressor.flush(zlib.Z_SYNC_FLUSH)
    raw.send(TEXT_DEFLATED, bomb[:-4])
    assert raw.closed_with() == 1009
    raw.close()


async def test_bytes_that_are_no_frame_close_only_their_own_socket(line):
    async with line.client() as bystander:
        raw = await line.raw_client()
        raw.socket.sendall(b"\xff" * 1000)
        assert raw.frame()[0] == CLOSE
        await line.until(lambda: len(line.app.clients) == 1)
        line.deliver(Frame("all well"))
        assert await bystander.recv() == "all well"
        raw.close()


# --- who does not read ------------------------------------------------------------------------------------------------


async def test_a_client_that_never_reads_costs_bounded_memory_and_slows_nobody(line):
    raw = await line.raw_client()
    async with line.client(compression=None) as reader:
        stuck, reading = line.app.clients
        text = "x" * 64_000
        taken = 0
        for _ in range(400):
            taken += line.call(lambda: stuck.deliver(Frame(text)))
            assert line.call(lambda: reading.deliver(Frame(text))) is True
            assert await reader.recv() == text
        buffered = line.call(stuck.transport.get_write_buffer_size)
        assert 0 < buffered <= MOST_BUFFERED + len(text) + 10
        assert taken < 400
        assert line.call(lambda: stuck.deliver(Frame("x"))) is False
        assert line.call(stuck.transport.get_write_buffer_size) == buffered
    raw.close()


async def test_a_client_that_reads_again_is_told_once_that_it_can_be_written_to(line):
    raw = await line.raw_client()
    client = line.app.clients[0]
    told = threading.Event()
    client.on_writable = told.set
    fill(line)
    assert not told.is_set()
    raw.reads_everything_until(told)
    assert line.deliver(Frame("the newest picture")) == [True]
    raw.reads_until(b"the newest picture")
    raw.close()


async def test_an_answer_waits_for_a_slow_client_and_is_not_lost(line):
    """And meanwhile nothing more is read from it: what it sends piles up on its own side."""
    raw = await line.raw_client()
    fill(line)
    for _ in range(50):
        raw.send(TEXT_PLAIN, b"an answer, please")
    raw.reads_until(b"an answer, please", times=50)
    raw.close()


# --- without our protocol ---------------------------------------------------------------------------------------------


async def test_under_uvicorns_own_protocol_the_same_text_arrives():
    with a_line(ws="websockets-sansio") as line:
        async with line.client() as client:
            assert isinstance(line.app.clients[0], PlainClient)
            for text in TEXTS:
                assert line.deliver(Frame(text)) == [True]
                assert await client.recv() == text
                await line.until(lambda: line.app.clients[0]._sending is None)


async def test_a_plain_client_has_one_message_under_way_and_is_told_when_it_is_gone():
    sent, may_send, told = [], asyncio.Event(), asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        await may_send.wait()
        sent.append(message["text"])

    client = PlainClient(send)
    client.on_writable = told.set
    assert [client.deliver(Frame(text)) for text in ("one", "two", "three")] == [True, False, False]
    may_send.set()
    async with asyncio.timeout(PATIENCE):
        await told.wait()
    assert sent == ["one"]
    assert client.deliver(Frame("four")) is True


@pytest.mark.parametrize("error", [OSError, RuntimeError])
async def test_a_plain_client_that_is_gone_takes_nothing_more(error):
    async def send(_message: dict[str, Any]) -> None:
        raise error

    client = PlainClient(send)
    assert client.deliver(Frame("one")) is True
    await asyncio.gather(client._sending)
    assert client.deliver(Frame("two")) is False


async def test_a_plain_client_is_shown_out_after_what_is_under_way():
    sent = []

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    client = PlainClient(send)
    assert client.deliver(Frame("the last word")) is True
    client.end()
    await client._ending
    assert sent == [
        {"type": "websocket.send", "text": "the last word"},
        {"type": "websocket.close", "code": 1012},
    ]


# --- a line: uvicorn, and an application that answers what it hears ---------------------------------------------------


@pytest.fixture(scope="module", params=LOOPS)
def shared_line(request: pytest.FixtureRequest) -> Iterator["Line"]:
    with a_line(loop=request.param) as line:
        yield line


@pytest.fixture
def line(shared_line: "Line") -> Iterator["Line"]:
    yield shared_line
    shared_line.wait(lambda: shared_line.app.clients == [])


@pytest.fixture(params=LOOPS)
def impatient_line(request: pytest.FixtureRequest) -> Iterator["Line"]:
    with a_line(loop=request.param, ws_ping_interval=0.05, ws_ping_timeout=0.2) as line:
        yield line


class Parrot:
    """An application whose sockets say what they hear, and which keeps its clients."""

    def __init__(self) -> None:
        self.clients: list[Any] = []
        self.left: list[int] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        client = client_of(scope, send)
        self.clients.append(client)
        try:
            while (message := await receive())["type"] == "websocket.receive":
                await self._answer(message["text"], send)
            self.left.append(message["code"])
        finally:
            self.clients.remove(client)

    async def _answer(self, text: str, send: Any) -> None:
        if text.startswith("close "):
            await send({"type": "websocket.close", "code": int(text.removeprefix("close "))})
        else:
            await send({"type": "websocket.send", "text": text})


@contextmanager
def a_line(**config: Any) -> Iterator["Line"]:
    line = Line(**config)
    try:
        yield line
    finally:
        line.stop()


class Line:
    def __init__(self, **config: Any) -> None:
        self.app = Parrot()
        settings = {"ws": WireProtocol, "ws_max_size": LARGEST_MESSAGE, "lifespan": "off", "log_level": "critical"}
        self._server = _Server(uvicorn.Config(self.app, timeout_graceful_shutdown=1, **{**settings, **config}))
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        assert self._server.is_listening.wait(PATIENCE)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE)

    def call(self, work: Callable[[], Any]) -> Any:
        async def done() -> Any:
            return work()

        return asyncio.run_coroutine_threadsafe(done(), self._server.loop).result(PATIENCE)

    def deliver(self, frame: Frame) -> list[bool]:
        return self.call(lambda: [client.deliver(frame) for client in self.app.clients])

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not self.call(holds):  # noqa: ASYNC110  it happens in another thread
                await asyncio.sleep(0.01)

    def wait(self, holds: Callable[[], bool]) -> None:
        asyncio.run(self.until(holds))

    @asynccontextmanager
    async def client(self, compression: str | None = "deflate", window: int | None = None) -> Any:
        narrow = [ClientPerMessageDeflateFactory(server_max_window_bits=window)] if window else None
        known = len(self.app.clients)
        async with connect(
            f"ws://127.0.0.1:{self.port}/", compression=compression, extensions=narrow, max_size=None, proxy=None
        ) as connection:
            await self.until(lambda: len(self.app.clients) > known)
            yield connection

    @asynccontextmanager
    async def clients(self, number: int) -> Any:
        address = f"ws://127.0.0.1:{self.port}/"
        connections = [await connect(address, max_size=None, proxy=None) for _ in range(number)]
        await self.until(lambda: len(self.app.clients) == number)
        yield connections
        await asyncio.gather(*(connection.close() for connection in connections))

    async def raw_client(self, extensions: str = "") -> "Raw":
        known = len(self.app.clients)
        raw = Raw(self.port, extensions)
        await self.until(lambda: len(self.app.clients) > known)
        return raw


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.loop = asyncio.get_running_loop()
        self.is_listening.set()


class Raw:
    """A client by hand, with a small buffer, that reads only when it is told to."""

    def __init__(self, port: int, extensions: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        lines = ["GET / HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += [f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13"]
        lines += [f"Sec-WebSocket-Extensions: {extensions}"] if extensions else []
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._bytes = b""
        while b"\r\n\r\n" not in self._bytes:
            self._read()
        head, _, self._bytes = self._bytes.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head

    def send(self, first: int, payload: bytes) -> None:
        length = bytes([0x80 | len(payload)]) if len(payload) < 126 else bytes([0xFE]) + struct.pack("!H", len(payload))
        self.socket.sendall(bytes([first]) + length + bytes(4) + payload)

    def frame(self) -> tuple[int, bytes]:
        """The next frame: its first byte and its payload."""
        first, length = self._take(2)
        if length == 126:
            length = int.from_bytes(self._take(2))
        elif length == 127:
            length = int.from_bytes(self._take(8))
        return first, self._take(length)

    def closed_with(self) -> int:
        first, payload = self.frame()
        assert first == CLOSE
        return int.from_bytes(payload[:2])

    def skip_pings(self) -> None:
        while self._peek() == PING:
            self.frame()

    def reads_everything_until(self, event: threading.Event) -> None:
        while not event.is_set():
            self.frame()

    def reads_until(self, text: bytes, times: int = 1) -> None:
        while times:
            times -= self.frame()[1] == text

    def is_at_the_end(self) -> bool:
        return self._bytes == b"" and self.socket.recv(1) == b""

    def vanish(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self.socket.close()

    def _peek(self) -> int:
        while not self._bytes:
            self._read()
        return self._bytes[0]

    def _take(self, length: int) -> bytes:
        while len(self._bytes) < length:
            self._read()
        taken, self._bytes = self._bytes[:length], self._bytes[length:]
        return taken

    def _read(self) -> None:
        read = self.socket.recv(65536)
        assert read, "the server has closed"
        self._bytes += read


def fill(line: Line) -> None:
    """Send until nobody takes anything more."""
    frame = Frame("x" * 64_000)
    for _ in range(2000):
        if not any(line.deliver(frame)):
            return
    raise AssertionError("the client never fell behind")


async def closed_with(client: ClientConnection) -> int:
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionClosed):
            while True:
                await client.recv()
    assert client.close_code is not None
    return client.close_code
