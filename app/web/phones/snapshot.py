"""The picture of the phones by plain GET: for those who get no socket, from any cache, with nobody shut out."""

import gzip
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.serialization import encode_json

from app.language import Language, language_of
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.web.gate.headers import lines_of_data
from app.web.page import AnyRequest

NEXT_MS = 2_000
"""Milliseconds until a phone asks again, give or take three tenths."""


@dataclass(frozen=True)
class Ready:
    """A picture as it is sent, made once for all who ask. ``have``: its fingerprint."""

    have: str
    content: bytes

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.content, 6, mtime=0)

    def headers(self, is_public: bool = True) -> dict[str, str]:
        kept_by = "public" if is_public else "private"
        return {"etag": f'"{self.have}"', "cache-control": f"{kept_by}, max-age=1, stale-while-revalidate=10"}

    # For a door that speaks HTTP itself, where everybody may know it.

    @cached_property
    def head(self) -> bytes:
        return lines_of_data(self.headers(), is_there=True)

    @cached_property
    def head_of_content(self) -> bytes:
        return lines_of_data(self.headers() | {"content-length": str(len(self.content))})

    @cached_property
    def head_of_gzipped(self) -> bytes:
        packed = {"content-encoding": "gzip", "vary": "Accept-Encoding", "content-length": str(len(self.gzipped))}
        return lines_of_data(self.headers() | packed)


class Snapshots:
    """The newest picture of each meeting and language. Lives in the event loop."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._ready: dict[tuple[str, Language], Ready] = {}

    def of(self, code: str, language: Language) -> Ready:
        """What a socket would have sent to somebody who comes now. The meeting must be known."""
        have, html = self._venue.rooms.snapshot(code, "phone", language)
        ready = self._ready.get((code, language))
        if ready is None or ready.have != have:
            said = {"have": have, "build": self._venue.painter.build, "next_ms": NEXT_MS, "html": html}
            ready = self._ready[code, language] = Ready(have, encode_json(said))
        return ready


@get("/{code:str}/live/phone.json")
async def snapshot(
    request: AnyRequest, meeting: NamedDependency[Meeting], snapshots: NamedDependency[Snapshots]
) -> Response[Any]:
    """The same for all who ask in one language."""
    ready = snapshots.of(meeting.plan.code, language_of(request.query_params.get("lang")))
    headers = ready.headers(is_public=not meeting.plan.invited_only)
    if ready.have in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    return Response(ready.content, media_type="application/json", headers=headers)


ROUTES: list[Any] = [snapshot]
