"""Phones that get no socket ask for the picture, again and again: from a cache that keeps it for its second.

The cache is the bench's own (cache.py), for no nginx need be at hand; it says what the server is spared, not how quick
a good cache is. Beside it the server is asked without one.
"""

import asyncio
import time
from collections.abc import Sequence

from app.bench.gauges import cpu_seconds
from app.bench.ground import demo, ground, module
from app.bench.looking import get, read
from app.bench.rows import Row, rounded
from app.rehearsal.open_files import allow_files
from app.rehearsal.replies import Reply, reply_from
from app.rehearsal.troubles import BenchFailed

SECONDS = 5.0
MOST_LINES = 200
DIRECT = "the server itself, without a cache"
ONE_A_SECOND = "one a second"


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: lines on which one request follows the other."""
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, number: int) -> list[Row]:
    allow_files(3 * number)
    path = "/live/phone.json?lang=zh-CN"
    async with ground(db, demo()) as here, module("cache", str(here.server.port)) as process:
        assert process.stdout  # noqa: S101  for the types
        cache = int(await process.stdout.readline())
        etag = await _etag(here.server.port, get(here.code, path))
        whole, known = get(here.code, path), get(here.code, path, etag)
        before = await _asked(cache)
        cached, seconds, _ = await _as_often_as_it_goes(cache, known, number, here.pid)
        origin = (await _asked(cache) - before) / seconds
        direct, _, cpu = await _as_often_as_it_goes(here.server.port, known, number, here.pid)
        fresh, _, cpu_of_whole = await _as_often_as_it_goes(here.server.port, whole, number, here.pid)
    return [
        Row("poll", number, rounded(cached), "requests/s", rounded(direct), DIRECT),
        Row("poll: at the server", number, rounded(origin), "requests/s", 1.0, ONE_A_SECOND),
        Row("poll, whole", number, rounded(fresh), "requests/s", rounded(direct), "the same, unchanged (304)"),
        Row("poll cpu", number, rounded(cpu * 1000), "ms", rounded(cpu_of_whole * 1000), "the same, whole"),
    ]


async def _as_often_as_it_goes(port: int, request: bytes, number: int, pid: int) -> tuple[float, float, float]:
    """Requests a second, for how long, and the server's processor seconds for each."""
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(min(number, MOST_LINES))]
    cpu, began = cpu_seconds(pid), time.monotonic()
    done = 0

    async def asks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal done
        while time.monotonic() < began + SECONDS:
            writer.write(request)
            await read(reader)
            done += 1
        writer.close()

    await asyncio.gather(*(asks(*line) for line in lines))
    seconds = time.monotonic() - began
    return done / seconds, seconds, (cpu_seconds(pid) - cpu) / done


async def _etag(port: int, request: bytes) -> str:
    etag = (await _one(port, request)).header("etag")
    if not etag:
        raise BenchFailed("the picture of the phones has no ETag")
    return etag


async def _asked(cache: int) -> int:
    return int((await _one(cache, b"GET /- HTTP/1.1\r\n\r\n")).body)


async def _one(port: int, request: bytes) -> Reply:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    reply = await reply_from(reader)
    writer.close()
    return reply
