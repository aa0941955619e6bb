"""The picture of the phones by plain GET: for those who get no socket, from any cache, with nobody shut out."""

import json
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from app.language import language_of
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.web.page import AnyRequest

NEXT_MS = 2_000
"""Milliseconds until a phone asks again, give or take three tenths."""


@get("/{code:str}/live/phone.json")
async def snapshot(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[Any]:
    """What a socket would have sent to somebody who comes now; the same for all who ask in one language."""
    language = language_of(request.query_params.get("lang"))
    have, html = venue.rooms.snapshot(meeting.plan.code, "phone", language)
    kept_by = "private" if meeting.plan.invited_only else "public"
    headers = {"etag": f'"{have}"', "cache-control": f"{kept_by}, max-age=1, stale-while-revalidate=10"}
    if have in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    said = {"have": have, "build": venue.painter.build, "next_ms": NEXT_MS, "html": html}
    content = json.dumps(said, ensure_ascii=False).encode()
    return Response(content, media_type="application/json", headers=headers)


ROUTES: list[Any] = [snapshot]
