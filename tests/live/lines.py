"""A line: uvicorn with our wire, an application that answers what it hears, and clients of two kinds."""

import asyncio
import base64
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from websockets.asyncio.client import connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from app.live.wire import Frame, WireProtocol, client_of
from app.server import LARGEST_MESSAGE
from tests.live.served import PATIENCE

CLOSE, PING = 0x88, 0x89


LOOPS = ["uvloop", "asyncio"]


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
def a_line(app: "Parrot | None" = None, **config: Any) -> Iterator["Line"]:
    line = Line(app, **config)
    try:
        yield line
    finally:
        line.stop()


class Line:
    def __init__(self, app: "Parrot | None" = None, **config: Any) -> None:
        self.app = app or Parrot()
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

    @property
    def connections(self) -> int:
        return len(self._server.server_state.connections)

    async def raw_client(self, extensions: str = "") -> "Raw":
        known = len(self.app.clients)
        raw = Raw(self.port, *([f"Sec-WebSocket-Extensions: {extensions}"] if extensions else []))
        raw.is_let_in()
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

    def __init__(self, port: int, *headers: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        lines = ["GET / HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += [f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Version: 13"]
        self.socket.sendall("\r\n".join([*lines, *headers, "", ""]).encode())
        self._bytes = b""

    def is_let_in(self) -> None:
        head = self.head()
        assert head.startswith(b"HTTP/1.1 101"), head

    def head(self) -> bytes:
        """The answer to the handshake."""
        while b"\r\n\r\n" not in self._bytes:
            self._read()
        head, _, self._bytes = self._bytes.partition(b"\r\n\r\n")
        return head

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
        """Never waits for a frame: the last one may be read before the server learns that it was taken."""
        ends = time.monotonic() + PATIENCE
        while not event.is_set():
            assert time.monotonic() < ends, "all is read, and it was not told"
            if self._has_more():
                self.frame()
            else:
                event.wait(0.01)

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

    def _has_more(self) -> bool:
        return bool(self._bytes or select.select([self.socket], [], [], 0)[0])

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
