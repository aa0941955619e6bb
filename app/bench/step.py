"""From the moderator's "next" until the last has it, the step durable before anybody is told.

First a hall of displays alone; then a real hall: a panel with its tablets, displays, the console, and the audience's
phones, each of whom the same step reaches by a road of its own.
"""

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence

from app.bench.ground import (
    LISTEN,
    SPACE,
    CrowdProcess,
    Ground,
    PlainProcess,
    crowd,
    demo_with,
    ground,
    handshake,
    plain,
)
from app.bench.rows import Row, rounded
from app.rehearsal.open_files import allow_files

STEPS = 30
SEATS = 31
SPACE_OF_PHONES = 0.3
"""As ``SPACE``, for phones, which are told less often."""
WRITER = "plain asyncio TCP writer, same bytes, one fsync"


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    return [row for number in clients for row in (await _displays(db, number), *await _hall(db, number))]


async def _displays(db: str | None, number: int) -> Row:
    """Every step once by us and once by the plain writer, in turns."""
    allow_files(2 * number)
    ours, theirs = [], []
    async with ground(db) as here, plain() as writer, crowd() as people:
        await people.join("ours", here.server.port, handshake(here.code, "hall"), number)
        await people.join("plain", writer.port, LISTEN, number)
        for _ in range(STEPS):
            await asyncio.sleep(SPACE)
            seconds, frame = await _our_step(here, people)
            ours.append(seconds)
            theirs.append(await _their_step(writer, people, frame))
    return Row("step", number, _median(ours), "ms", _median(theirs), WRITER)


async def _our_step(here: Ground, people: CrowdProcess) -> tuple[float, bytes]:
    await people.expect("ours")
    began = time.monotonic()
    await here.move("advance")
    last, frame = await people.awaited()
    return last - began, frame


async def _their_step(writer: PlainProcess, people: CrowdProcess, frame: bytes) -> float:
    await people.expect("plain")
    began = time.monotonic()
    writer.say("keep", frame)
    last, _ = await people.awaited()
    return last - began


async def _hall(db: str | None, phones: int) -> list[Row]:
    """A step of a real hall; ``ack`` is the moderator's own answer. The plain writer has as many to write to."""
    allow_files(2 * (phones + SEATS))
    times: dict[str, list[float]] = defaultdict(list)
    async with ground(db, demo_with(SEATS)) as here, plain() as writer, crowd() as people:
        await _fill(here, people, phones)
        await people.join("plain", writer.port, LISTEN, phones + SEATS + 3)
        for _ in range(STEPS):
            await asyncio.sleep(SPACE_OF_PHONES)
            for name, seconds in (await _step_of_hall(here, people)).items():
                times[name].append(seconds)
            times["plain"].append(await _their_step(writer, people, b"x" * 1000))
    baseline = _median(times.pop("plain"))
    return [Row(f"hall {name}", phones, _median(each), "ms", baseline, WRITER) for name, each in times.items()]


async def _fill(here: Ground, people: CrowdProcess, phones: int) -> None:
    port, code = here.server.port, here.code
    tablets = [handshake(code, "panel", token) for token in here.seats.values()]
    displays = [handshake(code, "hall"), handshake(code, "hall"), handshake(code, "timer")]
    await people.join_each("display", port, displays)
    await people.join_each("tablet", port, tablets)
    await people.join("phone", port, handshake(code, "phone"), phones)
    await people.join("console", port, handshake(code, "moderator", here.tokens.moderator), 1)


async def _step_of_hall(here: Ground, people: CrowdProcess) -> dict[str, float]:
    """Seconds until the answer, and until the last display, tablet and phone has it."""
    await people.expect("display", "tablet", "phone", "console")
    before, began = here.place, time.monotonic()
    await here.must("advance", leaving=before)
    acked = time.monotonic()
    last = await people.all_awaited()
    await here.moderator.until(lambda: here.place != before)
    return {"ack": acked - began, **{name: at - began for name, at in last.items()}}


def _median(seconds: list[float]) -> float:
    return rounded(statistics.median(seconds) * 1000)
