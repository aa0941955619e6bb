"""Sixty seats, each with a socket of its own, submit a full sheet at the same moment: until the last durable answer."""

import asyncio
import base64
import secrets
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from app.bench.ground import Ground, PlainProcess, demo_with, ground, plain
from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed
from app.rehearsal.answers import Answers
from app.rehearsal.judgement import judgement, total
from app.rehearsal.open_files import allow_files
from app.rehearsal.speaker import Speaker

TIMES = 5
SIZE_OF_A_SHEET = 500
EACH = "plain asyncio TCP server, one fsync for each line"
GROUP = "plain asyncio TCP server, group commit"


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    return [row for number in clients for row in await _case(db, number)]


async def _case(db: str | None, number: int) -> list[Row]:
    """Unit after unit, every seat submits; the median of all times."""
    allow_files(2 * number)
    ours, each, grouped = [], [], []
    async with ground(db, demo_with(number)) as here, plain() as writer, _panel(here) as panel:
        await here.move("advance")
        for _ in range(TIMES):
            await here.move("advance")
            unit = here.moderator.regions["console-step"]["place"]["unit"]
            ours.append(await _our_time(panel, unit))
            each.append(await _their_time(writer, number, b"answer"))
            grouped.append(await _their_time(writer, number, b"group"))
            await here.move("advance")
            await here.move("advance")
    value, one, group = (rounded(statistics.median(times) * 1000) for times in (ours, each, grouped))
    return [Row("submit", number, value, "ms", one, EACH), Row("submit grouped", number, value, "ms", group, GROUP)]


class _panel:  # noqa: N801  used like a function, in a with
    """Every seat on the line."""

    def __init__(self, here: Ground) -> None:
        self._speakers = {seat: Speaker(here.address("panel", token), Answers()) for seat, token in here.seats.items()}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> dict[str, Speaker]:
        group = await self._stack.enter_async_context(asyncio.TaskGroup())
        for speaker in self._speakers.values():
            self._stack.callback(group.create_task(speaker.run()).cancel)
        for speaker in self._speakers.values():
            await speaker.until(lambda speaker=speaker: speaker.regions)  # type: ignore[misc]
        return self._speakers

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()


async def _our_time(panel: dict[str, Speaker], unit: str) -> float:
    for speaker in panel.values():
        await speaker.perform("look_at", unit=unit)
    sheets = [(speaker, _sheet(speaker, seat, unit)) for seat, speaker in panel.items()]
    began = time.monotonic()
    answers = await asyncio.gather(*(speaker.perform("submit_sheet", **sheet) for speaker, sheet in sheets))
    seconds = time.monotonic() - began
    refused = [answer.sentence for answer in answers if not answer.is_acked]
    if refused:
        raise BenchFailed(refused[0])
    return seconds


def _sheet(speaker: Speaker, seat: str, unit: str) -> dict[str, Any]:
    """What a tablet sends. A tablet reckons while its member thinks: that is no part of the time."""
    sheet = speaker.regions["panel-sheet"]
    marks = judgement(0, seat, unit, sheet["criteria"]).marks
    return {
        "round": sheet["round"],
        "seat": seat,
        "unit": unit,
        "marks": marks,
        "total": total(marks, sheet["criteria"]),
        "salt": secrets.token_hex(16),
    }


async def _their_time(writer: PlainProcess, number: int, what: bytes) -> float:
    connections = [await asyncio.open_connection("127.0.0.1", writer.port) for _ in range(number)]
    line = what + b" " + base64.b64encode(bytes(SIZE_OF_A_SHEET * 3 // 4)) + b"\n"

    async def submit(reader: asyncio.StreamReader, sender: asyncio.StreamWriter) -> None:
        sender.write(line)
        await reader.readline()

    began = time.monotonic()
    await asyncio.gather(*(submit(*connection) for connection in connections))
    seconds = time.monotonic() - began
    for _, sender in connections:
        sender.close()
    return seconds
