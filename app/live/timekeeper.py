"""The timekeeper: notices when the machine's clock is set, and sees to it that no meeting jumps with it.

While a meeting runs, the moderators are told that the clock has been set, which way and by how much. While none runs,
Kaimen follows: a clock put right before the meeting is right during the meeting.
"""

import logging

from app.clock import Clock
from app.live.rooms import Rooms
from app.live.rounds import PAUSE, Rounds
from app.store.scribe import Scribe

logger = logging.getLogger("kaimen.timekeeper")

WORTH_SAYING = 2.0
"""Seconds by which a clock has been set; below that it is the drift of a quartz, or a network that slews it."""


class Timekeeper:
    """Lives in the event loop, and looks at the clock once a ``pause``."""

    def __init__(self, clock: Clock, rooms: Rooms, scribe: Scribe, pause: float = PAUSE) -> None:
        self._clock = clock
        self._rooms = rooms
        self._scribe = scribe
        self._rounds = Rounds(self.look, pause)
        self._said = 0

    def open(self) -> None:
        self._rounds.open()

    async def close(self) -> None:
        await self._rounds.close()

    async def look(self) -> None:
        apart = self._clock.apart
        if abs(apart) >= WORTH_SAYING and not self._rooms.any_meeting_runs:
            self._clock.follow_the_wall()
            self._scribe.clock_was_set()
            self._rooms.say_that_the_clock_was_set()
            logger.warning("The clock of this machine was set by %+.0f s; no meeting runs, so Kaimen follows it", apart)
            apart = 0.0
        elif abs(apart) >= WORTH_SAYING and round(apart) != self._said:
            logger.warning("The clock of this machine is %+.0f s from the meeting's time; nothing jumps", apart)
        self._said = round(apart) if abs(apart) >= WORTH_SAYING else 0
        for code in self._rooms.codes:
            self._rooms.clock_is_apart(code, self._apart(code, apart))

    def _apart(self, code: str, apart: float) -> int:
        """Whole seconds by which the machine's clock is ahead of a meeting's time; 0: not worth saying."""
        lead = self._scribe.now(code) - self._clock.now()
        seconds = apart - lead.total_seconds()
        return round(seconds) if abs(seconds) >= WORTH_SAYING else 0
