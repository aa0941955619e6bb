"""Whoever shows a key leaves a trace: that it was used, first and last, and by which way.

The first time is written before anything is answered, and after that now and then: a tablet that asks for a page a
second writes nothing a second.
"""

import time
from collections.abc import Callable, Mapping

from sqlalchemy.engine import Connection

from app.live.venue import Venue
from app.meeting.refusals import Refused
from app.store import keys, tokens
from app.store.keys import Way

PAUSE = 300.0
"""Seconds after which the same key, shown by the same way, is written down again."""

PAUSE_AFTER_FAILURE = 10.0
MOST = 10_000


class Uses:
    """What this process knows to be written. Lives in the event loop. ``clock`` gives seconds."""

    def __init__(self, venue: Venue, clock: Callable[[], float] = time.monotonic) -> None:
        self._venue = venue
        self._clock = clock
        self._again_at: dict[tuple[str, Way], float] = {}

    async def notice(self, shown: Mapping[str, Way]) -> None:
        """Good keys were shown, by their tokens. Returns once that is written; a full disk keeps nobody out."""
        now = self._clock()
        due = {(tokens.hash_of(token), way): token for token, way in shown.items()}
        due = {use: token for use, token in due.items() if self._again_at.get(use, now) <= now}
        if not due:
            return
        if len(self._again_at) >= MOST:
            self._again_at = {each: at for each, at in self._again_at.items() if at > now}
        self._again_at |= dict.fromkeys(due, now + PAUSE)  # before it is written: others come meanwhile
        try:
            await self._venue.write(lambda connection: _mark_used(connection, due))
        except Refused:
            self._again_at |= dict.fromkeys(due, now + PAUSE_AFTER_FAILURE)


def _mark_used(connection: Connection, due: Mapping[tuple[str, Way], str]) -> None:
    for (_, way), token in due.items():
        keys.mark_used(connection, token, way)
