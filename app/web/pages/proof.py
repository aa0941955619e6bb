"""Whether the record of a finished meeting holds: asked by the last picture in the hall, which people photograph."""

import asyncio
from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.store import log
from app.store.verify import Verdict, verify
from app.web.page import NotHere


class Proofs:
    """A record is gone through once for each length that it has had, however many displays ask."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._found: dict[str, tuple[int, Verdict]] = {}
        self._looking = asyncio.Lock()

    async def of(self, code: str) -> Verdict:
        async with self._looking:
            head = self._venue.heads.newest(code)
            length = head.seq if head else 0
            looked_at, verdict = self._found.get(code, (None, None))
            if verdict is None or looked_at != length:
                verdict = await self._venue.read(lambda connection: verify(connection, code))
                self._found[code] = length, verdict
            return verdict


@get("/{code:str}/proof")
async def proof(
    meeting: NamedDependency[Meeting],
    proofs: NamedDependency[Proofs],
    venue: NamedDependency[Venue],
    number: FromQuery[int] = 0,
) -> dict[str, Any]:
    """``seal``: the last of the record, by which it is known again; ``holds``: whether all of it was found right.

    ``given``: the seal of the entry of that number, for whoever was told of it; empty if there is none.
    """
    if not meeting.is_finished:
        raise NotHere(404, "proof.not_finished")
    code = meeting.plan.code
    verdict = await proofs.of(code)
    is_there = 0 < number <= verdict.entries
    given = await venue.read(lambda connection: log.seal_at(connection, code, number)) if is_there else ""
    return {"entries": verdict.entries, "seal": verdict.seal, "holds": verdict.holds, "given": given}


ROUTES: list[Any] = [proof]
