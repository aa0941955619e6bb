"""The doorkeeper: knows who was let in by which key, and shows them out when the key is revoked.

A key revoked by this process shuts its sockets at once. Another process may revoke keys as well (``run.py links
--revoke``): the keys in use are looked up once a second, on every database alike.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from app.live.rounds import Rounds
from app.live.venue import Venue
from app.store import keys

logger = logging.getLogger("kaimen.doorkeeper")


class Admitted(Protocol):
    """Somebody who was let in."""

    def is_shown_out(self) -> None:
        """From here on nothing is sent to or taken from them. Returns at once."""


class Doorkeeper:
    """Lives in the event loop; every method is called there."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._inside: dict[str, set[Admitted]] = defaultdict(set)
        self._rounds = Rounds(self._look_up)

    def open(self) -> None:
        self._rounds.open()

    async def close(self) -> None:
        await self._rounds.close()

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
                try:
                    who.is_shown_out()
                except Exception:  # whoever else holds a revoked key is shown out all the same
                    logger.exception("Somebody with a revoked key could not be shown out")

    async def _look_up(self) -> None:
        in_use = set(self._inside)
        if in_use:  # if the database is away, everybody stays for the time being
            self.show_out(await self._venue.read(lambda connection: keys.revoked(connection, in_use)))
