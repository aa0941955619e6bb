"""What a guest who means no good costs the others: the moderator's answers meanwhile, and the memory that stays.

One kind of trouble after the other on a running meeting. The baseline is the same moderator just before, in quiet.

What memory stays is asked of several rounds: whatever is kept of requests, sockets or files grows with each of them,
while what the allocator holds on to for the next ones is taken once.
"""

import asyncio
import json
import secrets
import time
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise

from app.bench.gauges import resident_bytes
from app.bench.ground import Ground, ground, module, organisers_key
from app.bench.mischief import TROUBLES
from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed
from app.rehearsal.latencies import percentile
from app.rehearsal.open_files import allow_files

SECONDS = 4.0
PAUSE = 0.06
"""Seconds between two commands of the moderator: no more than a socket may send for good (``MESSAGES_PER_SECOND``)."""
MOST_TIMES = 50
SECONDS_TO_SETTLE = 3.0
ROUNDS = 3
"""Of each kind of trouble, after the one that is measured."""
QUIET = "the same moderator just before"
ROUND_BEFORE = "the round before, in the round that added least"


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: how many lines the guest holds at once."""
    rows = []
    for number in clients:
        allow_files(2 * number * MOST_TIMES)
        # One guest for all: what it takes to start one would be counted as well.
        async with ground(db) as here, module("guest") as guest:
            with organisers_key(here) as key:
                for kind in TROUBLES:
                    rows += await _case(here, guest, kind, key, number)
    return rows


async def _case(here: Ground, guest: Process, kind: str, key: str, number: int) -> list[Row]:
    async def makes_trouble(seconds: float) -> None:
        order = {"do": kind, "port": here.server.port, "code": here.code, "key": key, "lines": number}
        assert guest.stdin  # noqa: S101  for the types
        assert guest.stdout  # noqa: S101
        guest.stdin.write(json.dumps(order | {"seconds": seconds}).encode() + b"\n")
        if not await guest.stdout.readline():
            raise BenchFailed(f"{kind}: the guest has ended; what it said stands above")

    await makes_trouble(SECONDS / 4)
    quiet = await _waits(here, lambda: asyncio.sleep(SECONDS / 2))
    busy = await _waits(here, lambda: makes_trouble(SECONDS))
    left = [await _settled(here)]
    for _ in range(ROUNDS):
        await makes_trouble(SECONDS / 2)
        left.append(await _settled(here))
    kept = max(min(after - before for before, after in pairwise(left)), 0)
    return [
        Row(f"{kind} p99", number, rounded(_p99(busy)), "ms", rounded(_p99(quiet)), QUIET),
        Row(f"{kind} worst", number, rounded(max(busy)), "ms", rounded(max(quiet)), QUIET),
        Row(f"{kind} memory", number, rounded(kept / 1e6), "MB", 0.0, ROUND_BEFORE),
    ]


async def _waits(here: Ground, meanwhile: Callable[[], Awaitable[None]]) -> list[float]:
    """How long the moderator waited for each answer (ms), until something else has ended."""
    waits: list[float] = []
    trouble = asyncio.ensure_future(meanwhile())
    while not (trouble.done() and waits):
        began = time.monotonic()
        await here.must("tell_speaker", text=secrets.token_hex(3))
        waits.append((time.monotonic() - began) * 1000)
        await asyncio.sleep(PAUSE)
    await trouble
    return waits


def _p99(waits: list[float]) -> float:
    return percentile(waits, 0.99) or 0.0


async def _settled(here: Ground) -> int:
    """The server's memory (bytes), once it has stopped falling or a few seconds have passed."""
    least, until = resident_bytes(here.pid), time.monotonic() + SECONDS_TO_SETTLE
    while time.monotonic() < until:
        await asyncio.sleep(SECONDS_TO_SETTLE / 6)
        now = resident_bytes(here.pid)
        if now >= least:
            return least
        least = now
    return least
