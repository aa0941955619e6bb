"""From the moderator's "next" until the last display has it, the step durable before anybody is told."""

import statistics
import time
from collections.abc import Sequence

from app.bench.gauges import allow_files
from app.bench.ground import LISTEN, CrowdProcess, Ground, PlainProcess, crowd, ground, handshake, plain
from app.bench.rows import Row, rounded

STEPS = 30
WRITER = "plain asyncio TCP writer, same bytes, one fsync"


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    return [await _case(db, number) for number in clients]


async def _case(db: str | None, number: int) -> Row:
    """Every step once by us and once by the plain writer, in turns."""
    allow_files(2 * number)
    ours, theirs = [], []
    async with ground(db) as here, plain() as writer, crowd() as people:
        await people.join("ours", here.server.port, handshake(here.code, "hall"), number)
        await people.join("plain", writer.port, LISTEN, number)
        for _ in range(STEPS):
            seconds, frame = await _our_step(here, people)
            ours.append(seconds)
            theirs.append(await _their_step(writer, people, frame))
    value, baseline = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return Row("step", number, rounded(value), "ms", rounded(baseline), WRITER)


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
