"""What everybody may read of questions, counted at most once in two seconds, however many phones ask for it."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy.engine import Connection

from app.live.venue import Venue
from app.meeting.questions.state import PUBLIC
from app.store import questions
from app.store.questions import AskedQuestion, Wanted

ON_A_PAGE = 30
LASTS = 2.0
MOST_KEPT = 200

Listed = tuple[list[AskedQuestion], int]
"""A page of questions, and how many there are in all."""
NOTHING: Listed = ([], 0)
_Page = tuple[str, bool, int]


class Listings:
    """Kept by one process. Whoever moderates here has it forgotten; what others do is seen when it is counted anew."""

    def __init__(self, venue: Venue, clock: Callable[[], float] = time.monotonic) -> None:
        self._venue, self._clock = venue, clock
        self._kept: dict[_Page, tuple[float, Listed]] = {}
        self._counting = asyncio.Lock()

    async def page(self, code: str, by_upvotes: bool, number: int) -> Listed:
        """Those who come while it is being counted wait for the same answer. Behind the last page nothing is read."""
        async with self._counting:
            _, there = first = await self._page((code, by_upvotes, 0))
            if number == 0:
                return first
            return ([], there) if number * ON_A_PAGE >= there else await self._page((code, by_upvotes, number))

    async def _page(self, asked: _Page) -> Listed:
        until, kept = self._kept.get(asked, (0.0, NOTHING))
        if self._clock() < until:
            return kept
        code, by_upvotes, number = asked
        listed: Listed = await self._venue.read(partial(_counted, code=code, by_upvotes=by_upvotes, number=number))
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[asked] = (self._clock() + LASTS, listed)
        return listed

    def forget(self, code: str) -> None:
        self._kept = {asked: kept for asked, kept in self._kept.items() if asked[0] != code}


def _counted(connection: Connection, code: str, by_upvotes: bool, number: int) -> Listed:
    found = questions.public(connection, code, by_upvotes, number * ON_A_PAGE, ON_A_PAGE)
    return found, questions.number_of(connection, code, Wanted(PUBLIC))
