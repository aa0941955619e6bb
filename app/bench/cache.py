"""The least cache that stands in front of a server: a process of its own, ``python -m …cache PORT``.

It keeps what may be kept (``Cache-Control: max-age``) for as long, asks for each address once at a time however many
wait for it, and answers whoever has the newest with 304. It is no nginx: it speaks plain GETs on lines that stay open.
Prints its port; whoever asks for ``/-`` is told how often it has asked the server.
"""

import asyncio
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

import uvloop

from app.rehearsal.parent import ends_with_parent
from app.rehearsal.replies import reply_from

_AGE = re.compile(r"max-age=(\d+)")
_ASKED_WITH = re.compile(rb"\r\nif-none-match: *(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    answer: bytes
    unchanged: bytes
    etag: bytes
    until: float


class Cache:
    """``asked``: how often the server was asked."""

    def __init__(self, port: int) -> None:
        self.asked = 0
        self._port = port
        self._kept: dict[bytes, Kept] = {}
        self._asking: dict[bytes, asyncio.Task[Kept]] = {}

    def ready(self, request: bytes) -> bytes | None:
        """The answer, if it is there and may still be given."""
        kept = self._kept.get(_line(request))
        return _fitting(kept, request) if kept is not None and kept.until > time.monotonic() else None

    async def answered(self, request: bytes) -> bytes:
        line = _line(request)
        task = self._asking.get(line)
        if task is None:
            task = self._asking[line] = asyncio.get_running_loop().create_task(self._ask(line))
        return _fitting(await task, request)

    async def _ask(self, line: bytes) -> Kept:
        try:
            self.asked += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.write(line + b"\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n")
            reply = await reply_from(reader)
            writer.close()
            age, tag = _AGE.search(reply.header("cache-control")), reply.header("etag").encode()
            unchanged = b"HTTP/1.1 304 Not Modified\r\netag: %b\r\n\r\n" % tag
            until = time.monotonic() + (int(age[1]) if age else 0)
            kept = self._kept[line] = Kept(reply.head + reply.body, unchanged, tag, until)
            return kept
        finally:
            del self._asking[line]


class Guest(asyncio.Protocol):
    """A line of somebody who asks."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._rest = b""
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            if request.startswith(b"GET /- "):
                said = b"%d" % self._cache.asked
                self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(said), said))
            elif (ready := self._cache.ready(request)) is not None:
                self._transport.write(ready)
            else:
                task = asyncio.get_running_loop().create_task(self._answers_later(request))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _answers_later(self, request: bytes) -> None:
        self._transport.write(await self._cache.answered(request))


def _line(request: bytes) -> bytes:
    return request.partition(b"\r\n")[0]


def _fitting(kept: Kept, request: bytes) -> bytes:
    known = _ASKED_WITH.search(request)
    return kept.unchanged if known and known[1] == kept.etag else kept.answer


async def serve(port: int) -> None:
    cache = Cache(port)
    server = await asyncio.get_running_loop().create_server(lambda: Guest(cache), "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    ends_with_parent()
    with suppress(KeyboardInterrupt):
        uvloop.run(serve(int(sys.argv[1])))
