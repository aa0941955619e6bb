"""So many phones vote in the same moment, each with a cookie of its own: until every ballot is durable and answered.

Beside it, in the same run and on the same disk, lines that a plain server makes durable in groups, and one at a time.
Whoever votes here has one processor of two to do so: the processor's time for each ballot says what the server could.
"""

import asyncio
import base64
import re
import secrets
import time
import urllib.request
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from app.bench.gauges import cpu_seconds
from app.bench.ground import Ground, PlainProcess, demo, ground, plain
from app.bench.rows import Row, rounded
from app.meeting.plan import Plan
from app.meeting.polls.agreed import PollsOpen
from app.rehearsal.latencies import percentile
from app.rehearsal.open_files import allow_files
from app.rehearsal.replies import reply_from
from app.rehearsal.troubles import BenchFailed

MOST_LINES = 500
"""Connections: whoever has more voters has several vote on each, one after the other."""

FSYNCS = 50
SIZE_OF_A_ROW = 150
GROUP = "plain asyncio TCP server, group commit"
EACH = "plain asyncio TCP server, one fsync"


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds from the first ballot to the last answer, and of each ballot to its own."""

    whole: float
    each: list[float]

    @property
    def per_second(self) -> float:
        return len(self.each) / self.whole

    def milliseconds(self, share: float) -> float:
        return (percentile(self.each, share) or 0.0) * 1000


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, number: int) -> list[Row]:
    allow_files(3 * MOST_LINES)
    async with ground(db, asked()) as here, plain() as writer:
        unit = demo().units[0].id
        await here.must("open_poll", unit=unit)
        ballots = votes(here.server.url, here.code, f"{unit}.1", number)
        cpu = cpu_seconds(here.pid)
        ours = await _all_at_once(here.server.port, ballots, receipt_read)
        cpu = cpu_seconds(here.pid) - cpu
        await here.must("close_poll", poll=f"{unit}.1")
        must_all_be_counted(here, number)
        line = b"group " + base64.b64encode(bytes(SIZE_OF_A_ROW)) + b"\n"
        their_cpu = cpu_seconds(writer.pid)
        theirs = await _all_at_once(writer.port, [line] * number, _saved)
        their_cpu = cpu_seconds(writer.pid) - their_cpu
        floor = await _one_by_one(writer)
    p50, p99 = (rounded(ours.milliseconds(share)) for share in (0.5, 0.99))
    return [
        Row("ballots", number, rounded(ours.per_second), "acks/s", rounded(theirs.per_second), GROUP),
        Row("ballots p50", number, p50, "ms", rounded(theirs.milliseconds(0.5)), GROUP),
        Row("ballots p99", number, p99, "ms", rounded(theirs.milliseconds(0.99)), GROUP),
        Row("ballots cpu", number, rounded(cpu / number * 1000), "ms", rounded(their_cpu / number * 1000), GROUP),
        Row("ballots, one fsync", number, p50, "ms", rounded(floor * 1000), EACH),
    ]


def asked() -> Plan:
    plan = demo()
    return replace(plan, rules=replace(plan.rules, polls=PollsOpen.BY_HAND))


def votes(url: str, code: str, poll: str, number: int) -> list[bytes]:
    """As browsers send them: each with a form's token and a device of its own."""
    with urllib.request.urlopen(f"{url}/{code}") as page:  # noqa: S310  our own server
        cookies = " ".join(page.headers.get_all("set-cookie") or [])
    mark = re.search(r"kaimen-csrf-(\w+)=", cookies)
    if mark is None:
        raise BenchFailed("the page of the phones sets no cookie")
    return [_vote(code, poll, mark[1]) for _ in range(number)]


def _vote(code: str, poll: str, mark: str) -> bytes:
    token, device = secrets.token_hex(16), secrets.token_hex(16)
    body = f"_csrf_token={token}&vote={poll}%3Asatisfied&press=1"
    lines = (
        f"POST /{code}/ballots HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept: application/json",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: kaimen-csrf-{mark}={token}; kaimen-{mark}-voter={device}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


_Answer = Callable[[asyncio.StreamReader], Awaitable[None]]


async def receipt_read(reader: asyncio.StreamReader) -> None:
    reply = await reply_from(reader)
    if reply.status != 200 or b"receipt" not in reply.body:
        raise BenchFailed(reply.body.decode(errors="replace")[:200] or reply.head.decode(errors="replace"))


async def _saved(reader: asyncio.StreamReader) -> None:
    await reader.readline()


async def _all_at_once(port: int, requests: Sequence[bytes], answer: _Answer) -> Timed:
    """Everybody is connected; then all of them vote."""
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(min(len(requests), MOST_LINES))]
    each: list[float] = []

    async def sends(at: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for request in requests[at :: len(lines)]:
            began = time.monotonic()
            writer.write(request)
            await answer(reader)
            each.append(time.monotonic() - began)

    began = time.monotonic()
    await asyncio.gather(*(sends(at, *line) for at, line in enumerate(lines)))
    whole = time.monotonic() - began
    for _, writer in lines:
        writer.close()
    return Timed(whole, each)


async def _one_by_one(writer: PlainProcess) -> float:
    """Seconds of one line that is made durable alone: the middle one of some."""
    reader, sender = await asyncio.open_connection("127.0.0.1", writer.port)
    times = []
    for _ in range(FSYNCS):
        began = time.monotonic()
        sender.write(b"answer " + base64.b64encode(bytes(SIZE_OF_A_ROW)) + b"\n")
        await reader.readline()
        times.append(time.monotonic() - began)
    sender.close()
    return sorted(times)[FSYNCS // 2]


def must_all_be_counted(here: Ground, number: int) -> None:
    with urllib.request.urlopen(f"{here.server.url}/{here.code}/receipts?lang=en") as page:  # noqa: S310  our own server
        told = re.findall(r'<pre class="receipts">([^<]*)</pre>', page.read().decode())
    found = sum(len(each.split("\n")) for each in told)
    if found != number:
        raise BenchFailed(f"{number} ballots were acknowledged, and {found} are counted")
