"""A GET as a phone says it, and its answer read to the end: no more than a bench needs."""

import asyncio
import re

from app.rehearsal.troubles import BenchFailed

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


def get(code: str, path: str, etag: str = "") -> bytes:
    lines = (
        f"GET /{code}{path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: gzip",
        *([f"If-None-Match: {etag}"] if etag else []),
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head, await reader.readexactly(int(length[1])) if length else b""


async def read(reader: asyncio.StreamReader) -> None:
    """Raises BenchFailed if it is no picture."""
    head, _ = await answer(reader)
    if head[9:12] not in (b"200", b"304"):
        raise BenchFailed(head.decode(errors="replace"))
