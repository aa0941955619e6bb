"""The doorkeeper: knows who was let in by which key, and shows them out when the key is revoked.

A key revoked by this process shuts its sockets at once. Another process may revoke keys as well (``run.py links
--revoke``): the keys in use are looked up once a second, on every database alike.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

from app.live.venue import Venue
from app.store import keys

logger = logging.getLogger("kaimen.doorkeeper")

ROUND = 1.0
"""Seconds between two looks at the keys in use."""


class Admitted(Protocol):
    """Somebody who was let in."""

    def is_shown_out(self) -> None:
        """From here on nothing is sent to or taken from them. Returns at once."""


class Doorkeeper:
    """Lives in the event loop; every method is called there."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._inside: dict[str, set[Admitted]] = defaultdict(set)
        self._rounds: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._rounds = asyncio.get_running_loop().create_task(self._make_rounds())

    async def close(self) -> None:
        if self._rounds is not None:
            self._rounds.cancel()
            with suppress(asyncio.CancelledError):
                await self._rounds

    def let_in(self, id: str, who: Admitted) -> None:
        """Somebody has come in by the key of this id."""
        self._inside[id].add(who)

    def goes(self, id: str, who: Admitted) -> None:
        self._inside[id].discard(who)
        if not self._inside[id]:
            del self._inside[id]

    def number_inside(self, id: str) -> int:
        """How many are in by this key."""
        return len(self._inside.get(id, ()))

    def show_out(self, ids: Iterable[str]) -> None:
        """These keys have been revoked."""
        for id in ids:
            for who in self._inside.pop(id, set()):
                who.is_shown_out()

    async def _make_rounds(self) -> None:
        while True:
            await asyncio.sleep(ROUND)
            if self._inside:
                await self._look_up(set(self._inside))

    async def _look_up(self, in_use: set[str]) -> None:
        try:
            revoked = await self._venue.read(lambda connection: keys.revoked(connection, in_use))
        except Exception:  # the database is away: everybody stays, for the time being
            logger.warning("The keys in use could not be looked up", exc_info=True)
        else:
            self.show_out(revoked)
