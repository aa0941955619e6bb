"""The baseline: the least program that does the same on the wire. A process of its own: ``python -m …plain FILE``.

One line from a speaker says what to do with a ready frame; whoever says ``listen`` is written to. ``keep`` and
``answer`` first make the line durable in FILE, as any program must before it may say "saved"; ``group`` does so with
whatever has come in meanwhile, in one go.
"""

import asyncio
import base64
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import uvloop

from app.rehearsal.parent import ends_with_parent


class Plain(asyncio.Protocol):
    """A connection: a listener, or a speaker whose lines are carried out as they come."""

    listeners: "list[asyncio.Transport]" = []  # noqa: RUF012  shared by all connections of the process

    def __init__(self, file: BinaryIO, commits: "Commits") -> None:
        self._file = file
        self._commits = commits
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._transport in self.listeners:
            self.listeners.remove(self._transport)

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._do(line)

    def _do(self, line: bytes) -> None:
        what, _, rest = line.partition(b" ")
        if what == b"listen":
            self.listeners.append(self._transport)
            return
        if what == b"group":
            self._commits.take(line, self._transport)
            return
        if what in (b"keep", b"answer"):
            make_durable(self._file, line)
        if what == b"answer":
            self._transport.write(b"saved\n")
        else:
            self._write_to_all(base64.b64decode(rest))

    def _write_to_all(self, frame: bytes) -> None:
        for transport in self.listeners:
            transport.write(frame)


class Commits:
    """Group commit: what has come in while one batch is made durable is the next batch."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: list[tuple[bytes, asyncio.Transport]] = []
        self._task: asyncio.Task[None] | None = None

    def take(self, line: bytes, transport: asyncio.Transport) -> None:
        self._waiting.append((line, transport))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._commit())

    async def _commit(self) -> None:
        while batch := self._waiting:
            self._waiting = []
            await asyncio.to_thread(make_durable, self._file, b"\n".join(line for line, _ in batch))
            for _, transport in batch:
                transport.write(b"saved\n")


def make_durable(file: BinaryIO, lines: bytes) -> None:
    file.write(lines + b"\n")
    file.flush()
    os.fsync(file.fileno())


async def serve(file: BinaryIO) -> None:
    """Listen on a free port of 127.0.0.1 and print it."""
    commits = Commits(file)
    server = await asyncio.get_running_loop().create_server(lambda: Plain(file, commits), "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    ends_with_parent()
    with Path(sys.argv[1]).open("ab") as durable, suppress(KeyboardInterrupt):
        uvloop.run(serve(durable))
