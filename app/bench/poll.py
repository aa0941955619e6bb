"""Phones that get no socket ask for the picture, again and again: from a cache that keeps it for its second.

The cache is nginx by the file that operators are given (nginx.py), asked by h2load or wrk (generators.py); beside it
the server is asked without one, and nginx for a file of that size. Where nginx is not to be had, the bench's own cache
stands there (cache.py), and where neither program is, it asks by itself: each row says who asked, and what of.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.bench.gauges import cpu_seconds
from app.bench.generators import Generator, generator
from app.bench.ground import demo, ground, module
from app.bench.looking import get, read
from app.bench.nginx import FILE, Nginx, nginx, program
from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed
from app.rehearsal.open_files import allow_files
from app.rehearsal.replies import Reply, reply_from

SECONDS = 5.0
MOST_LINES = 200
DIRECT = "the server itself, without a cache"
ONE_A_SECOND = "one a second"
OWN_CACHE = "the bench's own cache, for there is no nginx"
OWN_LINES = "the bench's own lines, for there is neither h2load nor wrk"


@dataclass(frozen=True, slots=True)
class Cache:
    """``asked``: how often it has asked the server. ``nginx``: None if it is the bench's own."""

    port: int
    name: str
    asked: Callable[[], Awaitable[int]]
    nginx: Nginx | None = None


@dataclass(slots=True)
class Volleys:
    """Whoever asks as often as it goes, and in how long."""

    code: str
    number: int
    pid: int
    by: Generator | None
    seconds: float = 0.0
    """How long the last one took."""
    cpu: float = 0.0
    """Of the server's processor, for each request of the last one."""

    @property
    def name(self) -> str:
        return self.by.name if self.by else OWN_LINES

    async def fire(self, port: int, path: str, etag: str = "") -> float:
        """Requests a second."""
        lines = min(self.number, MOST_LINES)
        cpu, began = cpu_seconds(self.pid), time.monotonic()
        if self.by is None:
            done = await _as_often_as_it_goes(port, get(self.code, path, etag), lines)
        else:
            headers = ["Accept-Encoding: gzip", *([f"If-None-Match: {etag}"] if etag else [])]
            sent = await self.by.fire(f"http://127.0.0.1:{port}/{self.code}{path}", lines, SECONDS, headers)
            done = sent.number
        self.seconds = time.monotonic() - began
        self.cpu = (cpu_seconds(self.pid) - cpu) / done
        return sent.per_second if self.by else done / self.seconds

    async def fire_at_file(self, here: Nginx) -> float:
        assert self.by  # noqa: S101  for the types
        url = f"http://127.0.0.1:{here.plain_port}/{FILE}"
        return (await self.by.fire(url, min(self.number, MOST_LINES), SECONDS)).per_second


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: lines on which one request follows the other."""
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, number: int) -> list[Row]:
    allow_files(3 * number)
    path = "/live/phone.json?lang=zh-CN"
    async with ground(db, demo()) as here, _cache(here.server.port) as cache:
        hall = Volleys(here.code, number, here.pid, generator())
        picture = await _picture(here.server.port, get(here.code, path))
        etag = picture.header("etag")
        before = await cache.asked()
        cached = await hall.fire(cache.port, path, etag)
        origin = (await cache.asked() - before) / hall.seconds
        cached_whole = await hall.fire(cache.port, path)
        direct = await hall.fire(here.server.port, path, etag)
        cpu = hall.cpu
        whole = await hall.fire(here.server.port, path)
        cpu_of_whole = hall.cpu
        files = await _as_a_file(hall, cache, picture.body, number, cached_whole)
    by = f"{cache.name}; asked by {hall.name}"
    return [
        Row("poll", number, rounded(cached), "requests/s", rounded(direct), f"{DIRECT}; before it {by}"),
        Row("poll: at the server", number, rounded(origin), "requests/s", 1.0, ONE_A_SECOND),
        Row("poll, whole", number, rounded(cached_whole), "requests/s", rounded(whole), DIRECT),
        *files,
        Row("poll cpu", number, rounded(cpu * 1000), "ms", rounded(cpu_of_whole * 1000), "the same, whole"),
    ]


@asynccontextmanager
async def _cache(server: int) -> AsyncIterator[Cache]:
    if where := program():
        async with nginx(where, server) as here:
            yield Cache(here.port, "nginx", lambda: asyncio.to_thread(lambda: here.asked), here)
        return
    async with module("cache", str(server)) as process:
        assert process.stdout  # noqa: S101  for the types
        port = int(await process.stdout.readline())
        yield Cache(port, OWN_CACHE, lambda: _asked(port))


async def _as_a_file(hall: Volleys, cache: Cache, content: bytes, number: int, cached: float) -> list[Row]:
    """What the same nginx does with a plain file of that size, if there is one and somebody to ask it."""
    if cache.nginx is None or hall.by is None:
        return []
    cache.nginx.keep(content)
    rate = await hall.fire_at_file(cache.nginx)
    return [Row("poll, as a file", number, rounded(cached), "requests/s", rounded(rate), "nginx, a file of that size")]


async def _as_often_as_it_goes(port: int, request: bytes, number: int) -> int:
    """How many requests were answered."""
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(number)]
    until = time.monotonic() + SECONDS
    done = 0

    async def asks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal done
        while time.monotonic() < until:
            writer.write(request)
            await read(reader)
            done += 1
        writer.close()

    await asyncio.gather(*(asks(*line) for line in lines))
    return done


async def _picture(port: int, request: bytes) -> Reply:
    picture = await _one(port, request)
    if not picture.header("etag"):
        raise BenchFailed("the picture of the phones has no ETag")
    return picture


async def _asked(cache: int) -> int:
    return int((await _one(cache, b"GET /- HTTP/1.1\r\n\r\n")).body)


async def _one(port: int, request: bytes) -> Reply:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    reply = await reply_from(reader)
    writer.close()
    return reply
