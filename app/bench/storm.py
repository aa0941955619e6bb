"""A whole hall does the same at once, while a panelist marks: until each mark is answered, and until a tablet is back.

All phones come back after their lines were cut; all who get no socket ask for the picture; all vote within ten seconds.
The baseline is the same panelist just before, in quiet.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle

from app.bench.ballots import MOST_LINES, asked, must_all_be_counted, votes
from app.bench.ground import Ground, crowd, demo, ground, handshake, senders
from app.bench.looking import get
from app.bench.rows import Row, rounded
from app.bench.tablet import tablet
from app.bench.troubles import BenchFailed
from app.rehearsal.latencies import percentile
from app.rehearsal.open_files import allow_files

SECONDS = 10.0
SECONDS_OF_LOOKING = 2.0
"""In which every phone without a socket asks once."""
PAUSE = 0.06
QUIET = "the same panelist just before"
QUIET_DOOR = "the same tablet just before"


@dataclass(slots=True)
class Waits:
    """Milliseconds: of each mark until its answer, of a tablet that comes back until its picture."""

    marks: list[float] = field(default_factory=list)
    doors: list[float] = field(default_factory=list)


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: how many phones there are."""
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, number: int) -> list[Row]:
    allow_files(2 * number + 2 * MOST_LINES)
    unit = demo().units[0].id
    async with ground(db, asked()) as here, _panelist(here) as marks, senders() as hall:
        port = here.server.port
        await here.must("open_poll", unit=unit)
        quiet = await _waits(here, marks, lambda: asyncio.sleep(SECONDS / 2))
        back = await _as_all_come_back(here, marks, number)
        pictures = [get(here.code, "/live/phone.json?lang=zh-CN").decode()] * number
        looking = await _waits(here, marks, lambda: hall.fire(port, pictures, MOST_LINES, SECONDS_OF_LOOKING))
        ballots = votes(here.server.url, here.server.db, here.code, f"{unit}.1", number)
        voting = await _waits(here, marks, lambda: hall.fire(port, ballots, MOST_LINES, SECONDS, "receipt"))
        await here.must("close_poll", poll=f"{unit}.1")
        must_all_be_counted(here, number)
    kinds = {"come back": back, "look": looking, "vote": voting}
    return [row for kind, waits in kinds.items() for row in _rows(kind, number, waits, quiet)]


def _rows(kind: str, number: int, waits: Waits, quiet: Waits) -> list[Row]:
    marks, doors = (rounded(_p99(each)) for each in (waits.marks, waits.doors))
    return [
        Row(f"storm, {kind}: p99", number, marks, "ms", rounded(_p99(quiet.marks)), QUIET),
        Row(f"storm, {kind}: a tablet", number, doors, "ms", rounded(_p99(quiet.doors)), QUIET_DOOR),
    ]


async def _as_all_come_back(here: Ground, marks: Callable[[], Awaitable[None]], number: int) -> Waits:
    """Whoever was there is cut off, and asks for a socket at once."""
    request = handshake(here.code, "phone")
    async with crowd() as before:
        await before.join("phone", here.server.port, request, number)
    async with crowd() as again:
        return await _waits(here, marks, lambda: again.join("phone", here.server.port, request, number))


async def _waits(
    here: Ground, marks: Callable[[], Awaitable[None]], meanwhile: Callable[[], Awaitable[object]]
) -> Waits:
    """Until something else has ended; at least once."""
    waits = Waits()
    storm = asyncio.ensure_future(meanwhile())
    while not (storm.done() and waits.marks):
        began = time.monotonic()
        await marks()
        waits.marks.append((time.monotonic() - began) * 1000)
        if len(waits.marks) % 4 == 1:
            waits.doors.append(await _comes_in(here))
        await asyncio.sleep(PAUSE)
    await storm
    return waits


async def _comes_in(here: Ground) -> float:
    began = time.monotonic()
    async with tablet(here.server.port, handshake(here.code, "panel", list(here.seats.values())[-1])) as comes:
        while not (await comes.text()).startswith(b"<"):
            pass
    return (time.monotonic() - began) * 1000


@asynccontextmanager
async def _panelist(here: Ground) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """On a seat, as a unit is scored: what is given marks once more, each time otherwise."""
    await here.move("advance")
    await here.move("advance")
    place = here.place
    if place is None:
        raise BenchFailed("no unit is scored")
    seat, token = next(iter(here.seats.items()))
    criterion = demo().criteria[0]
    points = cycle((str(criterion.maximum), str(criterion.maximum - criterion.step)))
    async with tablet(here.server.port, handshake(here.code, "panel", token)) as hand:

        async def marks() -> None:
            await hand.must("give_score", round=place["item"], seat=seat, criterion=criterion.id, points=next(points))

        yield marks


def _p99(waits: list[float]) -> float:
    return percentile(waits, 0.99) or 0.0
