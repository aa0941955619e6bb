"""How fast ballots are taken that need no ticket: of a poll so many from one network at once, and then a few a second.

A whole hall has one address, and so has a town behind its carrier: many are taken at once, and phones send again by
themselves what has to wait. Whoever makes up browsers fills a poll no faster than this, and no further than
``MOST_OF_VOICE``. Who chooses anew takes no room: one phone that presses without end keeps out nobody beside it.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from app.meeting.polls.agreed import Voice
from app.meeting.refusals import Refused, refuse_if
from app.store.ballots import Ballot
from app.web.bucket import Bucket

AT_ONCE = {Voice.PHONE: 20_000, Voice.WEB: 2_000}
A_SECOND = {Voice.PHONE: 20, Voice.WEB: 5}
MOST_OF_VOICE = 50_000
"""Ballots in a poll without tickets: so that it is counted in a moment as it closes."""
MOST_NETWORKS = 10_000
MOST_POLLS = 8
"""Of which it is known who has a place in them: those in which somebody voted last."""


class Inflow:
    """Kept by one process, in its memory. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, str, str], Bucket] = {}
        self._room = MOST_NETWORKS
        self._placed: OrderedDict[tuple[str, str], set[str]] = OrderedDict()

    def must_have_room(self, ballot: Ballot, network: str, there: int) -> None:
        """``there``: how many of the voice there are already. Raises Refused; else it is counted, once for a voter."""
        voice = Voice(ballot.voice)
        if voice is Voice.TICKET:
            return
        placed = self._placed_in((ballot.meeting, ballot.poll))
        if ballot.voter in placed:
            return
        refuse_if(there >= MOST_OF_VOICE, "ballot.too_many")
        now = self._clock()
        bucket = self._of((ballot.meeting, ballot.poll, network), voice, now)
        if bucket.level(now) + 1 > AT_ONCE[voice]:
            raise Refused("ballot.wait")
        bucket.pour(1, now)
        placed.add(ballot.voter)

    def _placed_in(self, poll: tuple[str, str]) -> set[str]:
        placed = self._placed.setdefault(poll, set())
        self._placed.move_to_end(poll)
        if len(self._placed) > MOST_POLLS:
            self._placed.popitem(last=False)
        return placed

    def _of(self, of: tuple[str, str, str], voice: Voice, now: float) -> Bucket:
        if len(self._buckets) >= self._room:
            self._buckets = {each: bucket for each, bucket in self._buckets.items() if bucket.level(now) > 0}
            self._room = max(MOST_NETWORKS, 2 * len(self._buckets))  # seldom, however many there are
        return self._buckets.setdefault(of, Bucket(1 / A_SECOND[voice], now))
