"""The receipts of all ballots that were counted, poll by poll: that somebody voted, and not what."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from sqlalchemy.engine import Connection

from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.polls.state import Poll, sealed
from app.store.ballots import receipts_of
from app.web.kept import KeptOnce
from app.web.page import AnyRequest, html_page

MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class ReceiptsTold:
    """``lines``: one for each receipt, in fours."""

    number: int
    lines: str


class Receipts:
    """What a poll sealed does not change: its ballots are read once, however often somebody asks. One process's."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._kept: KeptOnce[tuple[str, str, str], ReceiptsTold] = KeptOnce(MOST_KEPT)

    async def of(self, code: str, poll: Poll) -> ReceiptsTold:
        key = (code, poll.id, sealed(poll).receipts)
        return await self._kept.of(key, lambda: self._venue.read(partial(_told, code=code, poll=poll.id)))


def _told(connection: Connection, code: str, poll: str) -> ReceiptsTold:
    found = receipts_of(connection, code, poll)
    return ReceiptsTold(len(found), "\n".join(f"{each[:4]} {each[4:]}" for each in found))


@get("/{code:str}/receipts")
async def show_receipts(
    request: AnyRequest, meeting: NamedDependency[Meeting], receipts: NamedDependency[Receipts]
) -> Response[str]:
    polls = [each for each in meeting.polls.values() if not each.is_open]
    found = {each.id: await receipts.of(meeting.plan.code, each) for each in polls}
    units = {each.id: meeting.unit(each.unit).short_name for each in polls}
    return html_page(request, "receipts", plan=meeting.plan, polls=polls, units=units, receipts=found)


ROUTES: list[Any] = [show_receipts]
