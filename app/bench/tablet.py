"""A tablet as a bench has it: an html socket as a browser's, and commands one at a time with little in between."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from app.bench.frames import IS_DEFLATED, PING, inflated, masked, pong
from app.bench.troubles import BenchFailed


@dataclass(frozen=True, slots=True)
class Tablet:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def must(self, do: str, **fields: Any) -> None:
        """Give a command and wait for the answer. Raises BenchFailed if it is refused."""
        id = secrets.token_hex(16)
        self.writer.write(masked(json.dumps({"id": id, "do": do, **fields}).encode()))
        while True:
            text = await self.text()
            if text.startswith(b"{"):
                answer = json.loads(text)
                if answer.get("ack") == id:
                    return
                if answer.get("refused") == id:
                    raise BenchFailed(f"{do}: {answer['sentence']}")

    async def text(self) -> bytes:
        """The next message; pings are answered on the way."""
        first, length = await self.reader.readexactly(2)
        if length >= 126:
            length = int.from_bytes(await self.reader.readexactly(2 if length == 126 else 8))
        payload = await self.reader.readexactly(length)
        if first == PING:
            self.writer.write(pong(payload))
            return b""
        return inflated(payload) if first & IS_DEFLATED else payload


@asynccontextmanager
async def tablet(port: int, request: str) -> AsyncIterator[Tablet]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 101 " not in head[:20]:
        raise BenchFailed(f"turned away: {head[:60]!r}")
    yield Tablet(reader, writer)
    writer.close()
