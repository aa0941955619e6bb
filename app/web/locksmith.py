"""The locksmith: cuts short codes and tries typed ones, which is slow on purpose (``store.codes``).

One at a time, in a thread, so that of two cores one is always free; first come, first served, so that a stack of cards
holds up nobody who types. However many codes are typed, only so many wait, and of those only some from one network:
whoever floods the door is told so, and others get their turn.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.live.venue import Venue
from app.meeting.refusals import refuse_if
from app.store import codes
from app.store.codes import Cut

MOST_WAITING = 100
MOST_OF_ONE_CALLER = 25
SECONDS_IN_A_QUEUE = 5


class Locksmith:
    """Lives in the event loop; every method is called there."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._bench = asyncio.Lock()
        self._waiting: Counter[str] = Counter()

    async def cut(self, number: int) -> list[Cut]:
        """So many new codes, not yet the keys to anything."""
        made = []
        for _ in range(number):
            async with self._bench:
                made.append(await asyncio.to_thread(codes.cut))
        return made

    async def token_of(self, code: str, caller: str) -> str | None:
        """The token of the good key with this code, if there is one. Raises Refused if too many wait."""
        near = await self._venue.read(lambda connection: codes.fitting(connection, code))
        if not near:
            return None
        if codes.is_old(code):  # which is quick
            return await asyncio.to_thread(codes.token_among, near, code)
        async with self._turn(caller):
            return await asyncio.to_thread(codes.token_among, near, code)

    @asynccontextmanager
    async def _turn(self, caller: str) -> AsyncIterator[None]:
        is_full = self._waiting.total() >= MOST_WAITING or self._waiting[caller] >= MOST_OF_ONE_CALLER
        refuse_if(is_full, "join.busy", seconds=SECONDS_IN_A_QUEUE)
        self._waiting[caller] += 1
        try:
            async with self._bench:
                yield
        finally:
            self._waiting[caller] -= 1
            self._waiting += Counter()  # forget whoever waits no more
