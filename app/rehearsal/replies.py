"""What a server replies by HTTP, read to its end: by all bots and benches that speak it on a line of their own."""

import asyncio
import re
from typing import NamedTuple

END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Reply(NamedTuple):
    """``head``: the status line and all headers, with their end."""

    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head[9:12])

    def header(self, name: str) -> str:
        """The first of this name; empty if there is none."""
        found = re.search(rb"\r\n%b: *([^\r]*)" % name.encode(), self.head, re.IGNORECASE)
        return found[1].decode("latin-1").strip() if found else ""


def length_of_body(head: bytes) -> int:
    """By what a head says; our server says it of everything that has a body."""
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0


async def reply_from(reader: asyncio.StreamReader) -> Reply:
    head = await reader.readuntil(END_OF_HEAD)
    length = length_of_body(head)
    return Reply(head, await reader.readexactly(length) if length else b"")
