"""A panelist taps a mark: until the answer, beside one fsync; what it costs, and how much is looked at for it.

Every seat has its tablet, and there are the console, displays and phones, all with html as browsers have. Taps come one
at a time. How many contexts are made for one is counted apart (contexts.py).
"""

import asyncio
import base64
import math
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from app.bench.contexts import contexts_of_a_tap
from app.bench.gauges import cpu_seconds
from app.bench.ground import SPACE, Ground, PlainProcess, crowd, demo_with, ground, handshake, plain
from app.bench.rows import Row, rounded
from app.bench.tablet import Tablet, tablet
from app.rehearsal.open_files import allow_files

TAPS = 60
PHONES = 200
SIZE_OF_A_LINE = 300
WRITER = "plain asyncio TCP server, one fsync"
REGIONS_OF_A_TAP = 2
"""The tablet's own marks, and the state of the sheets on the console."""


@dataclass(slots=True)
class Taps:
    """Seconds to each answer, and the CPU seconds of all of them."""

    times: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def p50(self) -> float:
        return rounded(statistics.median(self.times) * 1000)

    @property
    def p99(self) -> float:
        return rounded(sorted(self.times)[math.ceil(len(self.times) * 0.99) - 1] * 1000)

    @property
    def each(self) -> float:
        return rounded(self.cpu / len(self.times) * 1000)


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: how many seats there are."""
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, seats: int) -> list[Row]:
    allow_files(2 * (seats + PHONES))
    async with ground(db, demo_with(seats)) as here, plain() as writer, _tablets(here) as tablets, crowd() as people:
        await people.join("phone", here.server.port, handshake(here.code, "phone"), PHONES)
        views = {"hall": "", "timer": "", "moderator": here.tokens.moderator}
        await people.join_each("hall", here.server.port, [handshake(here.code, *each) for each in views.items()])
        await here.move("advance")
        await here.move("advance")
        ours, theirs = await _taps(here, writer, tablets)
    contexts = await contexts_of_a_tap(demo_with(seats))
    return [
        Row("tap p50", seats, ours.p50, "ms", theirs.p50, WRITER),
        Row("tap p99", seats, ours.p99, "ms", theirs.p99, WRITER),
        Row("tap cpu", seats, ours.each, "ms", theirs.each, WRITER),
        Row("tap contexts", seats, contexts, "contexts", REGIONS_OF_A_TAP, "the regions that change"),
    ]


async def _taps(here: Ground, writer: PlainProcess, tablets: dict[str, Tablet]) -> tuple[Taps, Taps]:
    """In turns, seat after seat; the first round, in which the seats arrive, is not counted."""
    ours, theirs = Taps(), Taps()
    reader, sender = await asyncio.open_connection("127.0.0.1", writer.port)
    line = b"answer " + base64.b64encode(bytes(SIZE_OF_A_LINE * 3 // 4)) + b"\n"
    round, names = _scored(here), list(tablets)
    for at in range(len(names) + TAPS):
        measured = ours if at >= len(names) else Taps()
        seat = names[at % len(names)]
        mark = _mark(at // len(names))
        await asyncio.sleep(SPACE)
        cpu, began = cpu_seconds(here.pid), time.monotonic()
        await tablets[seat].must("give_score", round=round, seat=seat, **mark)
        measured.times.append(time.monotonic() - began)
        await asyncio.sleep(SPACE)  # what is painted after the answer is paid for all the same
        measured.cpu += cpu_seconds(here.pid) - cpu
        cpu, began = cpu_seconds(writer.pid), time.monotonic()
        sender.write(line)
        await reader.readline()
        theirs.times.append(time.monotonic() - began)
        theirs.cpu += cpu_seconds(writer.pid) - cpu
    sender.close()
    return ours, theirs


def _scored(here: Ground) -> str:
    place = here.place
    return str(place["item"]) if place else ""


def _mark(turn: int) -> dict[str, str]:
    """Each time another mark than the time before."""
    criterion = demo_with(1).criteria[0]
    return {"criterion": criterion.id, "points": str(criterion.maximum - criterion.step * (turn % 2))}


@asynccontextmanager
async def _tablets(here: Ground) -> AsyncIterator[dict[str, Tablet]]:
    async with AsyncExitStack() as stack:
        yield {
            seat: await stack.enter_async_context(tablet(here.server.port, handshake(here.code, "panel", token)))
            for seat, token in here.seats.items()
        }
