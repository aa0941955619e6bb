"""The public log, results and ballots of a meeting that is over, for whoever wants to check them with ``verify.html``.

They are made of the whole record, so they are made once of a record as it stands, at most once a minute for a meeting
whoever asks, and not while it is held: the hall comes first. All are of the same moment, or they would not agree.
"""

import asyncio
import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from litestar import MediaType, Response, get
from litestar.di import NamedDependency

from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.papers.site.links import name_of_ballots, name_of_log, name_of_results
from app.web.kept import KeptOnce
from app.web.page import AnyRequest, NotHere
from app.web.pages.making import made_with_ballots

if TYPE_CHECKING:
    from app.papers.folder.proceedings import Proceedings

SECONDS_BETWEEN = 60.0
LEVEL = 6
MOST_KEPT = 8
"""Meetings: each has a megabyte or two."""
LINES = "application/x-ndjson"
COMPRESSED = (r"/public/public\.log\.jsonl$", r"/public/results\.json$", r"/public/ballots\.json$")
"""Addresses of what is compressed once, as it is made, and not for each who asks."""


@dataclass(frozen=True, slots=True)
class Files:
    """Compressed (gzip). ``log`` is None of a record that an earlier Kaimen began: without the lines withheld it could
    not be checked. ``ballots`` is None where no poll is shown whose ballots everybody may count. ``tells``: what else
    they may be given for only as long as it stands."""

    seal: str
    made_at: float
    tells: frozenset[tuple[str, str]]
    log: bytes | None
    results: bytes
    ballots: bytes | None


class Checkable:
    """The files of meetings, as long as the record stands where it stood. One process's; called in the event loop."""

    def __init__(self, venue: Venue, now: Callable[[], float] = time.monotonic) -> None:
        self._venue = venue
        self._now = now
        self._kept: KeptOnce[str, Files] = KeptOnce(MOST_KEPT)

    async def files(self, meeting: Meeting) -> Files:
        """Raises NotHere (404) while the meeting is held, or has not been."""
        if not meeting.is_finished:
            raise NotHere(404, "public.not_over")
        code = meeting.plan.code
        make = partial(made_with_ballots, self._venue, code, self._made)
        return await self._kept.of(code, make, partial(self._is_fresh, code))

    def _is_fresh(self, code: str, kept: Files) -> bool:
        """Within the minute as long as nothing that they tell has been taken back."""
        head = self._venue.heads.newest(code)
        if head is None:
            return False
        is_young = self._now() - kept.made_at < SECONDS_BETWEEN
        return kept.seal == head.tail.seal or (is_young and kept.tells <= told_in(head.meeting))

    def _made(self, record: "Proceedings") -> Files:
        from app.papers.record.ballots import ballots_file  # seldom needed, and a start should not wait for it
        from app.papers.record.exports import results_file
        from app.papers.record.public_log import public_log

        log = public_log(record)
        ballots = ballots_file(record) if record.ballots else None
        packed = (gzip.compress(each, LEVEL) if each is not None else None for each in (log, ballots))
        results = gzip.compress(results_file(record), LEVEL)
        return Files(record.seal, self._now(), told_in(record.meeting), next(packed), results, next(packed))


def told_in(meeting: Meeting) -> frozenset[tuple[str, str]]:
    """What these files tell that can be taken back, by kind and id."""
    return frozenset(
        (
            *(("poll", id) for id, poll in meeting.polls.items() if poll.is_shown),
            *(("round", id) for id, round in meeting.rounds.items() if round.is_revealed),
            *(("question", id) for id, question in meeting.questions.items() if question.is_shown),
            *([("composites", "")] if meeting.composites.are_announced else []),
        )
    )


@get("/{code:str}/public/public.log.jsonl")
async def give_log(
    request: AnyRequest, meeting: NamedDependency[Meeting], checkable: NamedDependency[Checkable]
) -> Response[bytes]:
    files = await checkable.files(meeting)
    if files.log is None:
        raise NotHere(404, "public.no_log")
    return await _answer(request, meeting, files, files.log, LINES, name_of_log(meeting.plan.code))


@get("/{code:str}/public/results.json")
async def give_results(
    request: AnyRequest, meeting: NamedDependency[Meeting], checkable: NamedDependency[Checkable]
) -> Response[bytes]:
    files = await checkable.files(meeting)
    return await _answer(request, meeting, files, files.results, MediaType.JSON, name_of_results(meeting.plan.code))


@get("/{code:str}/public/ballots.json")
async def give_ballots(
    request: AnyRequest, meeting: NamedDependency[Meeting], checkable: NamedDependency[Checkable]
) -> Response[bytes]:
    files = await checkable.files(meeting)
    if files.ballots is None:
        raise NotHere(404, "public.no_ballots")
    return await _answer(request, meeting, files, files.ballots, MediaType.JSON, name_of_ballots(meeting.plan.code))


async def _answer(
    request: AnyRequest, meeting: Meeting, files: Files, packed: bytes, media_type: str, name: str
) -> Response[bytes]:
    """As a download. What only the invited may see no proxy keeps."""
    keeps = "private, no-cache" if meeting.plan.invited_only else f"public, max-age={int(SECONDS_BETWEEN)}"
    tag = f'W/"{files.seal[:24]}"'
    headers = {
        "cache-control": keeps,
        "etag": tag,
        "vary": "Accept-Encoding",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type=media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(await asyncio.to_thread(gzip.decompress, packed), media_type=media_type, headers=headers)


ROUTES: list[Any] = [give_log, give_results, give_ballots]
