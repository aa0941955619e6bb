"""What the benches stand on: our server, the plain one beside it, a moderator, and the crowds of both."""

import asyncio
import base64
import json
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.bench.troubles import BenchFailed
from app.meeting.plan import Plan, Preset, Seat
from app.papers.plan.textfile import shipped_plans
from app.rehearsal import stage
from app.rehearsal.answers import Answers
from app.rehearsal.process import RUN, ServerProcess
from app.rehearsal.speaker import Address, Answer, Speaker
from app.store import keys, tokens
from app.store.keys import Key, Role

LABEL = "bench"
LISTEN = "listen\n"
ENOUGH_SOCKETS = 20_000
SPACE = 0.06
"""Seconds between two steps: more than the pause of a display, which would be measured in their place."""


def handshake(code: str, view: str, token: str = "") -> str:
    """What a browser says to open a socket, as far as it matters."""
    lines = (
        f"GET /{code}/live/{view} HTTP/1.1",
        "Host: 127.0.0.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(secrets.token_bytes(16)).decode()}",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        *([f"Authorization: Bearer {token}"] if token else []),
    )
    return "\r\n".join(lines) + "\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Helper:
    """A process of clients that is told what to do by lines of JSON, and answers with such lines."""

    process: asyncio.subprocess.Process

    def _tell(self, order: dict[str, Any]) -> None:
        assert self.process.stdin  # noqa: S101  for the types
        self.process.stdin.write(json.dumps(order).encode() + b"\n")

    async def _hear(self) -> dict[str, Any]:
        assert self.process.stdout  # noqa: S101  for the types
        line = await self.process.stdout.readline()
        if not line:
            raise BenchFailed("the clients have ended; what they said stands above")
        said: dict[str, Any] = json.loads(line)
        return said


@dataclass(frozen=True, slots=True)
class Fired:
    """Seconds: from the first request to the last answer, the processor's of who sent them, of each to its answer."""

    number: int
    seconds: float
    cpu: float
    p50: float
    p99: float

    @property
    def per_second(self) -> float:
        return self.number / self.seconds


class Senders(Helper):
    """Who sends requests (volley.py)."""

    async def fire(self, port: int, requests: Sequence[str], lines: int, over: float = 0.0, holds: str = "") -> Fired:
        """All of them, on so many lines; raises BenchFailed if one is answered otherwise than with 200 or 304."""
        self._tell({"port": port, "requests": requests, "lines": lines, "over": over, "holds": holds})
        said = await self._hear()
        if fault := said.get("fault"):
            raise BenchFailed(str(fault))
        return Fired(**said)


class CrowdProcess(Helper):
    """The clients of a bench (crowd.py)."""

    async def join(self, group: str, port: int, request: str, number: int) -> None:
        """So many more who say the same."""
        await self.join_each(group, port, [request], number)

    async def join_each(self, group: str, port: int, requests: Sequence[str], number: int = 1) -> None:
        """So many for each of these requests."""
        self._tell({"join": group, "port": port, "requests": requests, "number": number})
        await self._hear()

    async def expect(self, *groups: str) -> None:
        """From now on each of these groups gets one frame."""
        self._tell({"expect": groups})
        await self._hear()

    async def awaited(self) -> tuple[float, bytes]:
        """When the last one got what was expected (seconds of the monotonic clock), and that frame."""
        (said,) = (await self._awaited()).values()
        return said["last"], base64.b64decode(said["frame"])

    async def all_awaited(self) -> dict[str, float]:
        """For each of the groups when its last one got what was expected."""
        return {name: said["last"] for name, said in (await self._awaited()).items()}

    async def _awaited(self) -> dict[str, Any]:
        groups = await self._hear()
        behind = sum(said["behind"] for said in groups.values())
        if behind:
            raise BenchFailed(f"{behind} clients got nothing for a minute")
        return groups


@dataclass(frozen=True, slots=True)
class PlainProcess:
    """The baseline (plain.py), and a connection that tells it what to write."""

    process: asyncio.subprocess.Process
    port: int
    writer: asyncio.StreamWriter

    @property
    def pid(self) -> int:
        return self.process.pid

    def say(self, what: str, frame: bytes) -> None:
        self.writer.write(what.encode() + b" " + base64.b64encode(frame) + b"\n")


@asynccontextmanager
async def crowd() -> AsyncIterator[CrowdProcess]:
    async with module("crowd") as process:
        yield CrowdProcess(process)


@asynccontextmanager
async def senders() -> AsyncIterator[Senders]:
    async with module("volley") as process:
        yield Senders(process)


@asynccontextmanager
async def plain() -> AsyncIterator[PlainProcess]:
    with tempfile.NamedTemporaryFile() as file:
        async with module("plain", file.name) as process:
            assert process.stdout  # noqa: S101  for the types
            port = int(await process.stdout.readline())
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            yield PlainProcess(process, port, writer)
            writer.close()


@asynccontextmanager
async def module(name: str, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A module of the benches as a process, ended when it is done with."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", f"app.bench.{name}", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=Path(RUN).parent)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@dataclass(frozen=True, slots=True)
class Ground:
    """A running server with one meeting that has been opened, and its moderator on the line."""

    code: str
    server: ServerProcess
    moderator: Speaker
    tokens: stage.Cast

    @property
    def seats(self) -> dict[str, str]:
        """The token of each seat's key."""
        return self.tokens.seats

    @property
    def pid(self) -> int:
        if self.server.process is None:
            raise BenchFailed("the server has ended")
        return self.server.process.pid

    def address(self, view: str, token: str = "") -> Address:
        return Address(self.server.url, self.code, view, token)

    async def must(self, do: str, **fields: Any) -> Answer:
        answer = await self.moderator.perform(do, **fields)
        if not answer.is_acked:
            raise BenchFailed(f"{do}: {answer.sentence}")
        return answer

    @property
    def place(self) -> dict[str, Any] | None:
        """Where the agenda stands, as the console shows it."""
        place = self.moderator.regions["console-step"]["place"]
        return {"item": place["item"], "segment": place["segment"]} if place else None

    async def move(self, do: str) -> None:
        """One step on (``advance``) or back (``go_back``); returns when the console shows it."""
        before = self.place
        await self.must(do, leaving=before)
        await self.moderator.until(lambda: self.place != before)


@asynccontextmanager
async def ground(db: str | None, plan: Plan | None = None) -> AsyncIterator[Ground]:
    """Open a meeting of its own code on ``db``, or on a scratch file."""
    plan = replace(plan or demo(), code=f"bench-{secrets.token_hex(4)}")
    with stage.scratch(plan) as scratch:
        where = db or scratch
        with stage.opened(where) as database:
            if db:
                stage.save(database, plan)
            with (
                ServerProcess(where, environment={"KAIMEN_MOST_SOCKETS": str(ENOUGH_SOCKETS)}) as server,
                stage.cast(database, plan.code) as cast,
            ):
                speaker = Speaker(Address(server.url, plan.code, "moderator", cast.moderator), Answers())
                async with _on_the_line(speaker):
                    here = Ground(plan.code, server, speaker, cast)
                    await here.must("open_meeting")
                    await speaker.until(lambda: speaker.regions["console-step"]["status"] == "running")
                    yield here


@contextmanager
def organisers_key(here: Ground) -> Iterator[str]:
    """The token of an organiser's key, forgotten afterwards."""
    with stage.opened(here.server.db) as database, database.writing() as connection:
        token = keys.make(connection, Key(None, Role.ORGANISER), LABEL)
    try:
        yield token
    finally:
        with stage.opened(here.server.db) as database, database.writing() as connection:
            keys.revoke_one(connection, None, tokens.hash_of(token))
            keys.forget(connection, None, Role.ORGANISER, LABEL)


@asynccontextmanager
async def _on_the_line(speaker: Speaker) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        line = group.create_task(speaker.run())
        await speaker.until(lambda: speaker.regions)
        yield
        line.cancel()


def demo() -> Plan:
    return next(plan for plan in shipped_plans() if plan.code == "demo")


def demo_with(seats: int) -> Plan:
    """The demo with so many seats."""
    return replace(demo(), seats=tuple(Seat(f"seat-{at}", f"席位{at}", Preset.PUBLIC) for at in range(1, seats + 1)))
