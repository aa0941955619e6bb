"""So many phones vote in the same moment, each with a cookie of its own: until every ballot is durable and answered.

Beside it, in the same run and on the same disk, lines that a plain server makes durable in groups, and one at a time.
Whoever votes does so in a process of its own, and it is said how busy that was: its processor is taken from somebody.
"""

import asyncio
import base64
import re
import secrets
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import replace

from app.bench.gauges import cpu_seconds
from app.bench.ground import Fired, Ground, PlainProcess, demo, ground, plain, senders
from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed
from app.meeting.plan import Plan
from app.meeting.polls.agreed import PollsOpen
from app.rehearsal import stage
from app.rehearsal.open_files import allow_files
from app.store.secret import make
from app.web.phones.device import new_cookie

MOST_LINES = 500
"""Connections: whoever has more voters has several vote on each, one after the other."""

FSYNCS = 50
SIZE_OF_A_ROW = 150
GROUP = "plain asyncio TCP server, group commit"
EACH = "plain asyncio TCP server, one fsync"
BROWSER = (
    "Accept: application/json",
    "Accept-Encoding: gzip, deflate",
    "Accept-Language: zh-CN,zh;q=0.9",
    "Connection: keep-alive",
    "Content-Type: application/x-www-form-urlencoded;charset=UTF-8",
    "Origin: http://127.0.0.1",
    "Referer: http://127.0.0.1/",
    "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile",
)
"""What a phone says besides."""
SENDERS = "whoever votes, of another processor"


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, number: int) -> list[Row]:
    allow_files(3 * MOST_LINES)
    async with ground(db, asked()) as here, plain() as writer, senders() as hall:
        unit = demo().units[0].id
        await here.must("open_poll", unit=unit)
        ballots = votes(here.server.url, here.server.db, here.code, f"{unit}.1", number)
        cpu = cpu_seconds(here.pid)
        ours = await hall.fire(here.server.port, ballots, MOST_LINES, holds="receipt")
        cpu = cpu_seconds(here.pid) - cpu
        await here.must("close_poll", poll=f"{unit}.1")
        must_all_be_counted(here, number)
        line = f"group {base64.b64encode(bytes(SIZE_OF_A_ROW)).decode()}\n"
        their_cpu = cpu_seconds(writer.pid)
        theirs = await hall.fire(writer.port, [line] * number, MOST_LINES)
        their_cpu = cpu_seconds(writer.pid) - their_cpu
        floor = await _one_by_one(writer)
    return [
        Row("ballots", number, rounded(ours.per_second), "acks/s", rounded(theirs.per_second), GROUP),
        Row("ballots p50", number, rounded(ours.p50 * 1000), "ms", rounded(theirs.p50 * 1000), GROUP),
        Row("ballots p99", number, rounded(ours.p99 * 1000), "ms", rounded(theirs.p99 * 1000), GROUP),
        Row("ballots cpu", number, rounded(cpu / number * 1e6), "us", rounded(their_cpu / number * 1e6), GROUP),
        Row("ballots, one fsync", number, rounded(ours.p50 * 1000), "ms", rounded(floor * 1000), EACH),
        # What bounds it: whichever of the two is near 100; if neither is, the disk, or others on this machine.
        Row("ballots: busy", number, _per_cent(cpu, ours), "%", _per_cent(ours.cpu, ours), SENDERS),
    ]


def _per_cent(cpu: float, fired: Fired) -> float:
    """Of one processor."""
    return rounded(100 * cpu / fired.seconds)


def asked() -> Plan:
    plan = demo()
    return replace(plan, rules=replace(plan.rules, polls=PollsOpen.BY_HAND))


def votes(url: str, db: str, code: str, poll: str, number: int) -> list[str]:
    """As browsers send them: each with a form's token and a device of its own."""
    with urllib.request.urlopen(f"{url}/{code}") as page:  # noqa: S310  our own server
        cookies = " ".join(page.headers.get_all("set-cookie") or [])
    mark = re.search(r"kaimen-csrf-(\w+)=", cookies)
    if mark is None:
        raise BenchFailed("the page of the phones sets no cookie")
    with stage.opened(db) as database, database.writing() as connection:
        secret = make(connection).value
    return [_vote(code, poll, mark[1], new_cookie(secret)) for _ in range(number)]


def _vote(code: str, poll: str, mark: str, device: str) -> str:
    token = secrets.token_hex(16)
    body = f"_csrf_token={token}&vote={poll}%3Asatisfied&press=1"
    lines = (
        f"POST /{code}/ballots HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(body)}",
        *BROWSER,
        f"Cookie: kaimen-csrf-{mark}={token}; kaimen-{mark}-voter={device}",
    )
    return "\r\n".join(lines) + "\r\n\r\n" + body


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
