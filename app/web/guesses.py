"""How often a short code may be guessed: wrong guesses are counted, for each address and for all together.

A whole hall comes from one address, and people mistype: a few dozen wrong codes cost nothing, and are forgotten one by
one. Whoever goes on waits, each time twice as long. Right codes cost nothing, so the waits are for the guesser. While
one waits no code is looked at, right or wrong.

There are 27^8 codes. A machine that guesses all day from one address comes to ten thousand: with a hundred good codes,
one day in 300 000 it would find one.
"""

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

LONGEST_WAIT = 60.0
MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Patience:
    """So many wrong guesses cost nothing; one is forgotten every ``pardon`` seconds."""

    free: int
    pardon: float


OF_AN_ADDRESS = Patience(free=30, pardon=10.0)
OF_ALL = Patience(free=200, pardon=1.0)


class _Tally:
    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._wrong = 0.0
        self._at = 0.0
        self.waits_until = 0.0

    def add(self, number: int, now: float) -> None:
        self._wrong = max(0.0, self.remembered(now) + number)
        self._at = now
        over = ceil(self._wrong) - self._patience.free
        if number > 0 and over > 0:
            self.waits_until = now + min(2.0 ** (over - 1), LONGEST_WAIT)

    def remembered(self, now: float) -> float:
        return max(0.0, self._wrong - (now - self._at) / self._patience.pardon)


class Guesses:
    """Kept by one process, in its memory. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all = _Tally(OF_ALL)
        self._addresses: dict[str, _Tally] = {}

    def begin(self, address: str) -> int:
        """Ask to guess. 0: go on, and say ``was_right`` if it was; else the whole seconds one has to wait.

        A guess is counted as it begins, so that a thousand at once are not all let through.
        """
        now = self._clock()
        tallies = self._tallies(address, now)
        wait = max(tally.waits_until for tally in tallies) - now
        if wait > 0:
            return ceil(wait)
        for tally in tallies:
            tally.add(1, now)
        return 0

    def was_right(self, address: str) -> None:
        now = self._clock()
        for tally in self._tallies(address, now):
            tally.add(-1, now)
            tally.waits_until = min(tally.waits_until, now)

    def _tallies(self, address: str, now: float) -> tuple[_Tally, _Tally]:
        if len(self._addresses) >= MOST_ADDRESSES:
            self._addresses = {each: tally for each, tally in self._addresses.items() if tally.remembered(now) > 0}
        return self._all, self._addresses.setdefault(_network(address), _Tally(OF_AN_ADDRESS))


def _network(address: str) -> str:
    """Whoever has one IPv6 address has the rest of its /64 as well."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
