"""Who comes to the threshold: what is said there byte by byte, and an application that counts."""

import asyncio
import re
import socket
import time
from collections import Counter as Counts
from typing import Any

from tests.live.lines import Line, Parrot
from tests.live.served import PATIENCE

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
HANDSHAKE = (
    GET + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
LARGE = 3_000_000
SHORT = 0.3


class Counter(Parrot):
    """Answers GET with a word (``/large`` with three megabytes), POST with the size of its body; ``/busy`` waits."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = 0
        self.begun: Counts[int] = Counts()
        self._turn = 0
        self.goes_on = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.begun[self._turn] += 1
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        self.requests += 1
        if scope["path"] == "/busy":
            await self.goes_on.wait()
        size, more = 0, scope["method"] == "POST" and scope["path"] != "/unread"
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size += len(message["body"])
            more = message["more_body"]
        body = b"x" * LARGE if scope["path"] == "/large" else str(size).encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def counts_turns(self) -> None:
        """From now on ``begun`` says how many requests began in each turn of the loop."""
        self._turn += 1
        if not self.goes_on.is_set():
            asyncio.get_running_loop().call_soon(self.counts_turns)


class Peer:
    """Somebody who connects and says what he likes."""

    def __init__(self, line: Line, said: bytes = b"", buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", line.port))
        self.socket.sendall(said)

    def says(self, data: bytes) -> None:
        self.socket.sendall(data)

    def hears(self) -> bytes:
        """All there is until the other side ends it."""
        heard = b""
        try:
            while part := self.socket.recv(65536):
                heard += part
        except ConnectionResetError:
            pass
        return heard

    def status(self) -> int:
        """Of the next answer, which is heard to its end."""
        heard = b""
        while not self._is_whole(heard):
            part = self.socket.recv(65536)
            assert part, heard
            heard += part
        return int(heard.split()[1])

    def _is_whole(self, heard: bytes) -> bool:
        head, found, body = heard.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        return bool(found and length and len(body) >= int(length[1]))

    def drips(self, data: bytes) -> bytes:
        """Say one byte after the other until the line is ended; returns what was heard by then."""
        self.socket.settimeout(0.02)
        until = time.monotonic() + PATIENCE
        heard = b""
        while time.monotonic() < until:
            try:
                self.socket.sendall(data)
                part = self.socket.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                return heard
            if not part:
                return heard
            heard += part
        raise AssertionError("the line is not ended")
