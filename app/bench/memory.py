"""What a phone costs that joins, in CPU and memory, and how long a server takes until it can write the record."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Sequence

from app.bench.gauges import cpu_seconds, resident_bytes
from app.bench.ground import LISTEN, crowd, demo, ground, handshake, plain
from app.bench.rows import Row, rounded
from app.rehearsal import stage
from app.rehearsal.open_files import allow_files
from app.rehearsal.process import RUN, ServerProcess

STARTS = 3
FRAMEWORK = "import os, uvicorn, uvloop, httptools, litestar, sqlmodel, jinja2, babel.dates; os._exit(0)"
"""It leaves without tidying up, which would be counted otherwise and is no part of a start."""
READ = "app.commandline.main, app.server, app.store.lock, app.web.terminal"
OURS = f"import os, gc; gc.disable(); import {READ}; os._exit(0)"
"""What a start reads, as it reads it."""
KEEPS_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    rows = [row for number in clients for row in await _sockets(db, number)]
    return [*rows, *await asyncio.to_thread(_start)]


async def _sockets(db: str | None, number: int) -> list[Row]:
    allow_files(2 * number)
    async with ground(db) as here, plain() as writer, crowd() as people:
        await people.join("warm", here.server.port, handshake(here.code, "phone"), 20)
        ours = await _joined(
            here.pid, number, people.join("ours", here.server.port, handshake(here.code, "phone"), number)
        )
        theirs = await _joined(writer.pid, number, people.join("plain", writer.port, LISTEN, number))
    cases = (("join", "us/socket"), ("memory", "KB/socket"))
    return [
        Row(case, number, rounded(each), unit, rounded(plain_each), "plain asyncio TCP server")
        for (case, unit), each, plain_each in zip(cases, ours, theirs, strict=True)
    ]


async def _joined(pid: int, number: int, joining: Awaitable[None]) -> tuple[float, float]:
    """What so many cost a server that join: microseconds of its processor and KB of memory each."""
    cpu, memory = cpu_seconds(pid), resident_bytes(pid)
    await joining
    return (cpu_seconds(pid) - cpu) / number * 1e6, (resident_bytes(pid) - memory) / number / 1024


def _start() -> list[Row]:
    """From nothing (no database) to ready, and what of it is reading; the baseline is Python reading the libraries.

    The very first start on a machine compiles the sources, once; it is not counted.
    """
    _seconds_to_ready()
    ours = statistics.median(_seconds_to_ready() for _ in range(STARTS))
    libraries, reading = (
        statistics.median(_seconds_to_import(what) for _ in range(STARTS)) for what in (FRAMEWORK, OURS)
    )
    baseline, against = rounded(libraries * 1000), "python importing the libraries only"
    return [
        Row("start", 0, rounded(ours * 1000), "ms", baseline, against),
        Row("start: reading", 0, rounded(reading * 1000), "ms", baseline, against),
    ]


def _seconds_to_ready() -> float:
    with stage.scratch(demo()) as where:
        server = ServerProcess(where, environment=KEEPS_BYTECODE)
        began = time.monotonic()
        server.start()
        seconds = time.monotonic() - began
        server.stop()
    return seconds


def _seconds_to_import(what: str) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", what], check=True, cwd=RUN.parent)
    return time.monotonic() - began
