"""Plain HTTP as a page of the audience speaks it: one line kept open, cookies kept, asked again where it breaks."""

import asyncio
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.rehearsal.replies import reply_from

SECONDS_TO_ANSWER = 15.0
BROKEN = (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)
_SET = re.compile(rb"\r\nset-cookie: *([^=;\r]+)=([^;\r]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a server answered; ``status`` 0: nothing."""

    status: int
    body: bytes = b""
    etag: str = ""


class Browser:
    """One device. ``headers`` it says with everything."""

    def __init__(self, url: str, trust: ssl.SSLContext | None = None, headers: Mapping[str, str] | None = None) -> None:
        place = urlsplit(url)
        self.cookies: dict[str, str] = {}
        self._host, self._port = place.hostname or "", place.port or (443 if place.scheme == "https" else 80)
        self._secure = (trust or True) if place.scheme == "https" else None
        self._headers = {"Host": place.netloc, "User-Agent": "rehearsal", **(headers or {})}
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def gets(self, path: str, **headers: str) -> Told:
        return await self._asks("GET", path, headers)

    async def sends(self, path: str, form: str, **headers: str) -> Told:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._asks("POST", path, {**kind, **headers}, form.encode())

    def close(self) -> None:
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def _asks(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Told:
        """A line that was kept may have been closed meanwhile: then once more on a new one."""
        for is_kept in (True, False) if self._line is not None else (False,):
            try:
                async with asyncio.timeout(SECONDS_TO_ANSWER):
                    return await self._asked(self._request(method, path, headers, body))
            except BROKEN:
                self.close()
                if not is_kept:
                    break
        return Told(0)

    async def _asked(self, request: bytes) -> Told:
        if self._line is None:
            self._line = await asyncio.open_connection(self._host, self._port, ssl=self._secure)
        reader, writer = self._line
        writer.write(request)
        reply = await reply_from(reader)
        for name, value in _SET.findall(reply.head):
            self.cookies[name.decode().strip()] = value.decode()
        if reply.header("connection").lower() == "close":
            self.close()
        return Told(reply.status, reply.body, reply.header("etag"))

    def _request(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        said = {**self._headers, **headers}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method != "GET":
            said["Content-Length"] = str(len(body))
        lines = (f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()))
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
