"""How much CPU a delivered message costs, and when the last client has it, beside a plain TCP writer of the same bytes.

A message is what the hall is really sent as the moderator steps on and back. What one step costs with a single display
(the command, the durable record, painting, compressing) is measured first; ``fanout cpu`` is what the other clients
add, which is all that the plain writer does. ``fanout cpu with step`` leaves nothing out. Both servers have their
crowds at the same time and take turns, so that whatever else the machine does falls on both.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.bench.gauges import cpu_seconds
from app.bench.ground import LISTEN, SPACE, CrowdProcess, Ground, PlainProcess, crowd, ground, handshake, plain
from app.bench.rows import Row, rounded
from app.rehearsal.open_files import allow_files

TURNS = 5
LEAST_PUSHES, MOST_PUSHES = 15, 60
DELIVERIES = 15_000
"""About so many messages are delivered in a case, within the bounds of the pushes."""
WRITER = "plain asyncio TCP writer, same bytes"


@dataclass(slots=True)
class Pushes:
    """For each push the CPU seconds of the server, and the seconds to the last client."""

    cpus: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Of a push, in seconds."""
        return statistics.mean(self.cpus)

    @property
    def milliseconds_to_last(self) -> float:
        return statistics.median(self.times) * 1000


@dataclass(frozen=True, slots=True)
class Duel:
    """Both servers, the clients of both, and what has been measured."""

    here: Ground
    writer: PlainProcess
    people: CrowdProcess
    pushes: int

    async def fight(self, clients: int) -> tuple[Pushes, Pushes]:
        """Turn by turn the pushes of each server, to so many clients that newly join each."""
        ours, theirs = f"ours-{clients}", f"plain-{clients}"
        await self.people.join(ours, self.here.server.port, handshake(self.here.code, "hall"), clients)
        await self.people.join(theirs, self.writer.port, LISTEN, clients)
        we, they = Pushes(), Pushes()
        for _ in range(TURNS):
            frame = await self._our_turn(ours, we)
            await self._their_turn(theirs, they, frame)
        return we, they

    async def _our_turn(self, group: str, measured: Pushes) -> bytes:
        """Step on and back; returns the last message."""
        frame = b""
        for at in range(self.pushes // TURNS):
            await asyncio.sleep(SPACE)
            await self.people.expect(group)
            cpu, began = cpu_seconds(self.here.pid), time.monotonic()
            await self.here.move("go_back" if at % 2 else "advance")
            last, frame = await self.people.awaited()
            measured.cpus.append(cpu_seconds(self.here.pid) - cpu)
            measured.times.append(last - began)
        return frame

    async def _their_turn(self, group: str, measured: Pushes, frame: bytes) -> None:
        for _ in range(self.pushes // TURNS):
            await self.people.expect(group)
            cpu, began = cpu_seconds(self.writer.pid), time.monotonic()
            self.writer.say("write", frame)
            last, _ = await self.people.awaited()
            measured.cpus.append(cpu_seconds(self.writer.pid) - cpu)
            measured.times.append(last - began)


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    rows = []
    for number in clients:
        allow_files(2 * number)
        rows += await _case(db, number)
    return rows


async def _case(db: str | None, number: int) -> list[Row]:
    pushes = min(max(DELIVERIES // number, LEAST_PUSHES), MOST_PUSHES)
    async with ground(db) as here, plain() as writer, crowd() as people:
        await here.move("advance")
        await here.move("advance")
        duel = Duel(here, writer, people, pushes)
        our_step, their_step = await duel.fight(clients=1)
        ours, theirs = await duel.fight(clients=number)
    each = 1e6 / number
    delivery, plain_delivery = (ours.cpu - our_step.cpu) * each, (theirs.cpu - their_step.cpu) * each
    return [
        _row("fanout cpu", number, delivery, plain_delivery, "us/message"),
        _row("fanout cpu with step", number, ours.cpu * each, theirs.cpu * each, "us/message"),
        _row("fanout last", number, ours.milliseconds_to_last, theirs.milliseconds_to_last, "ms"),
    ]


def _row(case: str, number: int, value: float, baseline: float, unit: str) -> Row:
    return Row(case, number, rounded(value), unit, rounded(baseline), WRITER)
