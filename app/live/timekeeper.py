"""The timekeeper: notices when the machine's clock is set, and sees to it that no meeting jumps with it.

While a meeting runs, the moderators are told that the clock has been set, which way and by how much. While none runs,
Kaimen follows: a clock put right before the meeting is right during the meeting.
"""

import logging

from app.clock import Clock
from app.live.heartbeat import PAUSE, Heartbeat
from app.live.rooms import Rooms
from app.meeting.refusals import Said
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
        self._heartbeat = Heartbeat(self.look, pause)
        self._logged = 0
        self._told: dict[str, int] = {}

    def open(self) -> None:
        self._heartbeat.open()

    async def close(self) -> None:
        await self._heartbeat.close()

    async def look(self) -> None:
        apart = self._clock.apart
        if abs(apart) >= WORTH_SAYING and not self._rooms.any_meeting_runs:
            self._clock.follow_the_wall()
            self._scribe.clock_was_set()
            self._rooms.say_that_the_clock_was_set()
            logger.warning("The clock of this machine was set by %+.0f s; no meeting runs, so Kaimen follows it", apart)
            apart = 0.0
        elif abs(apart) >= WORTH_SAYING and round(apart) != self._logged:
            logger.warning("The clock of this machine is %+.0f s from the meeting's time; nothing jumps", apart)
        self._logged = round(apart) if abs(apart) >= WORTH_SAYING else 0
        self._told = {code: self._to_tell(code, apart) for code in self._rooms.codes}
        for code, seconds in self._told.items():
            self._rooms.warn("clock", _said(seconds), code)

    def _to_tell(self, code: str, apart: float) -> int:
        """What was told already as long as the clock wanders by a second only: for that nothing is painted anew."""
        seconds, told = self._apart(code, apart), self._told.get(code, 0)
        return told if seconds and told and abs(seconds - told) <= 1 else seconds

    def _apart(self, code: str, apart: float) -> int:
        """Whole seconds by which the machine's clock is ahead of a meeting's time; 0: not worth saying."""
        lead = self._scribe.now(code) - self._clock.now()
        seconds = apart - lead.total_seconds()
        return round(seconds) if abs(seconds) >= WORTH_SAYING else 0


def _said(apart: int) -> Said | None:
    """So many seconds ahead (below zero: behind) in words; None if that is not worth saying."""
    code = "clock.ahead" if apart > 0 else "clock.behind"
    return Said(code, {"much": (_length(abs(apart)),)}) if apart else None


def _length(seconds: int) -> Said:
    """As one says it: seconds up to two minutes, minutes up to two hours, hours up to two days."""
    for code, length in (("length.days", 86_400), ("length.hours", 3600), ("length.minutes", 60)):
        if seconds >= 2 * length:
            return Said(code, {"number": round(seconds / length)})
    return Said("length.seconds", {"number": seconds})
