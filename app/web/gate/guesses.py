"""How often a short code may be guessed: wrong guesses are counted for each network, and apart for each known device.

There are 27^10 codes of ten characters, 47.5 bits. One that is right is always taken, however many wrong ones came from
the same network before: a whole hall comes from one address, and whoever guesses there must not keep a panelist out.
That is safe without any lock. A server that is asked a thousand times a second, a whole day long, with a hundred good
keys to be found: 1000 * 86 400 * 100 / 27^10 is one day in 24 000 with a hit. What a guess costs the server is bounded
elsewhere (``locksmith``). Here it is only said when so many wrong ones were typed that asking the staff would help.

There are 27^8 codes of the first kind, 38 bits, and for these one waits as before: a few dozen wrong ones cost nothing
and one is forgotten every minute; whoever goes on waits, each time twice as long, up to a minute, and meanwhile no
code of this kind is looked at, right or wrong. From one address that is 1470 guesses a day; guessing from two hundred,
one of a hundred good codes of this kind is found on one day in 9 600. Nobody waits for what was guessed from elsewhere,
and the two kinds are counted apart.

A device that has shown a good key before has a tally of its own: others' guesses do not lock it out. It goes by the
id of that key, which nobody else knows, not by one that anybody can make up.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from app.store import codes
from app.web.bucket import Bucket

LONGEST_WAIT = 60.0
MOST_CALLERS = 10_000


@dataclass(frozen=True, slots=True)
class Patience:
    """So many wrong guesses cost nothing; one is forgotten every ``pardon`` seconds."""

    free: int
    pardon: float


PATIENCE = Patience(free=30, pardon=10.0)
WITH_OLD_CODES = Patience(free=30, pardon=60.0)


class _Tally(Bucket):
    def __init__(self, patience: Patience, now: float) -> None:
        super().__init__(patience.pardon, now)
        self._free = patience.free
        self.waits_until = now

    def add(self, number: int, now: float) -> None:
        over = ceil(self.pour(number, now)) - self._free
        if number > 0 and over > 0:
            self.waits_until = now + min(2.0 ** (over - 1), LONGEST_WAIT)


class Guesses:
    """Kept by one process, in its memory. ``clock`` gives seconds; a caller is a network or a known device."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tallies: dict[tuple[str, bool], _Tally] = {}

    def begin(self, caller: str, code: str) -> int:
        """Ask to guess. 0: go on, and say ``was_right`` if it was; else the whole seconds one has to wait.

        A guess is counted as it begins, so that a thousand at once are not all let through. Only an old code has to
        wait; a new one may be looked at all the same.
        """
        now = self._clock()
        tally = self._tally(caller, code, now)
        wait = tally.waits_until - now
        if wait > 0:
            return ceil(wait)
        tally.add(1, now)
        return 0

    def was_right(self, caller: str, code: str) -> None:
        """Take back what ``begin`` counted."""
        now = self._clock()
        tally = self._tally(caller, code, now)
        tally.add(-1, now)
        tally.waits_until = min(tally.waits_until, now)

    def _tally(self, caller: str, code: str, now: float) -> _Tally:
        if len(self._tallies) >= MOST_CALLERS:
            self._tallies = {each: tally for each, tally in self._tallies.items() if tally.level(now) > 0}
        old = codes.is_old(code)
        return self._tallies.setdefault((caller, old), _Tally(WITH_OLD_CODES if old else PATIENCE, now))
