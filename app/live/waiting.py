"""Waiting: whoever is to be told something is told once, and in time, be it that nobody can say yet.

Thousands may wait at once, and each for as long: one timer does for all of them.
"""

import asyncio
from collections import deque

from app.meeting.refusals import Refused
from app.store.ballot_box import Answer, tell


class _Waits:
    """One of them. Told a second time, it is deaf."""

    __slots__ = ("_answer", "until")

    def __init__(self, answer: Answer, until: float) -> None:
        self._answer: Answer | None = answer
        self.until = until

    def __call__(self, refused: Refused | None) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(refused)


class Waiting:
    """Lives in the event loop. ``late``: what somebody is told who has waited for ``longest`` seconds."""

    def __init__(self, longest: float, late: Refused) -> None:
        self._longest = longest
        self._late = late
        self._waiting: deque[_Waits] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def waits(self, answer: Answer) -> Answer:
        loop = asyncio.get_running_loop()
        waits = _Waits(answer, loop.time() + self._longest)
        self._waiting.append(waits)
        if self._timer is None:
            self._timer = loop.call_at(waits.until, self._tell_the_late)
        return waits

    def _tell_the_late(self) -> None:
        loop = asyncio.get_running_loop()
        now, self._timer = loop.time(), None
        while self._waiting and self._waiting[0].until <= now:
            tell([(self._waiting.popleft(), self._late)])
        if self._waiting:
            self._timer = loop.call_at(self._waiting[0].until, self._tell_the_late)
