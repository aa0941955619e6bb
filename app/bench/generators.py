"""Programs that send requests as fast as they are answered, where there is one: h2load, or wrk."""

import asyncio
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.bench.troubles import BenchFailed

SECONDS_BESIDES = 20.0
"""More than it was to take, until it is given up."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it. ``bad``: answers other than 2xx and 3xx, and requests that got none."""

    number: int
    per_second: float
    bad: int


@dataclass(frozen=True, slots=True)
class Generator:
    name: str
    command: Callable[[str, int, float, Sequence[str]], list[str]]
    read: Callable[[str], Sent]

    async def fire(self, url: str, lines: int, seconds: float, headers: Sequence[str] = ()) -> Sent:
        """On so many lines for so long. Raises BenchFailed if anything was not answered well."""
        command = self.command(url, lines, seconds, headers)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=asyncio.subprocess.STDOUT)
        try:
            async with asyncio.timeout(seconds + SECONDS_BESIDES):
                said = (await process.communicate())[0].decode(errors="replace")
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        sent = self.read(said)
        if sent.bad or not sent.number:
            raise BenchFailed(said)
        return sent


def generator() -> Generator | None:
    return next((each for each in (H2LOAD, WRK) if shutil.which(each.name)), None)


def _seconds(seconds: float) -> str:
    """Both take whole ones."""
    return str(max(round(seconds), 1))


def _as_options(headers: Sequence[str]) -> list[str]:
    return [part for each in headers for part in ("-H", each)]


def _of_h2load(url: str, lines: int, seconds: float, headers: Sequence[str]) -> list[str]:
    return ["h2load", "--h1", "-t", "1", "-c", str(lines), "-D", _seconds(seconds), *_as_options(headers), url]


def _of_wrk(url: str, lines: int, seconds: float, headers: Sequence[str]) -> list[str]:
    return ["wrk", "-t", "1", "-c", str(lines), "-d", _seconds(seconds), *_as_options(headers), url]


def said_by_h2load(said: str) -> Sent:
    rate = _found(r"finished in [^,]+, ([\d.]+) req/s", said)
    done = _found(r"requests: .*?(\d+) done", said)
    bad = sum(int(_found(rf"(\d+) {what}", said)) for what in ("failed", "errored", "timeout", "4xx", "5xx"))
    return Sent(int(done), float(rate), bad)


def said_by_wrk(said: str) -> Sent:
    """It speaks of what went wrong only if something did."""
    rate, done = _found(r"Requests/sec: +([\d.]+)", said), _found(r"(\d+) requests in", said)
    without_answer = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    others = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    bad = sum(int(each) for found in (without_answer, others) if found for each in found.groups())
    return Sent(int(done), float(rate), bad)


def _found(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    if found is None:
        raise BenchFailed(said)
    return found[1]


H2LOAD = Generator("h2load", _of_h2load, said_by_h2load)
WRK = Generator("wrk", _of_wrk, said_by_wrk)
