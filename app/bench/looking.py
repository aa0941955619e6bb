"""A GET as a phone says it, and its answer read to the end: no more than a bench needs."""

import asyncio

from app.bench.troubles import BenchFailed
from app.rehearsal.replies import reply_from


def get(code: str, path: str, etag: str = "") -> bytes:
    lines = (
        f"GET /{code}{path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: gzip",
        *([f"If-None-Match: {etag}"] if etag else []),
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def read(reader: asyncio.StreamReader) -> None:
    """Raises BenchFailed if it is no picture."""
    reply = await reply_from(reader)
    if reply.status not in (200, 304):
        raise BenchFailed(reply.head.decode(errors="replace"))
