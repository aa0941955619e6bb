"""Signs that somebody stuffs the box, as counts: what was refused, and ballots that came in bursts from equal browsers.

Nobody is remembered. What a browser says of itself is kept as a number until ten seconds are over, and so that two of
them can be told apart and nothing else.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import getrandbits
from time import monotonic

from app.store.refusals import Key

FAMILIES = ("ballot.", "ticket.")
WINDOW = 10.0
"""Seconds."""
FEWEST = 20
"""Ballots of equal browsers within them that are worth a word."""


@dataclass(frozen=True, slots=True)
class Bursts:
    """How often there was one, and the largest: so many of so many ballots came from equal browsers."""

    times: int = 0
    largest: int = 0
    of: int = 0


@dataclass(slots=True)
class _Window:
    began: float = 0.0
    browsers: Counter[int] = field(default_factory=Counter)
    salt: int = 0


class Signs:
    """What this process has seen since its start. Refusals are taken from here once a second and written down."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._refused: Counter[Key] = Counter()
        self._windows: dict[str, _Window] = {}
        self._bursts: dict[str, Bursts] = {}

    def refused(self, meeting: str, poll: str, voice: str, code: str) -> None:
        """A ballot or a ticket was refused, with this code. Meeting, poll and voice are such as there are."""
        if code.startswith(FAMILIES):
            self._refused[meeting, poll, voice, code] += 1

    def take_refused(self) -> Counter[Key]:
        taken, self._refused = self._refused, Counter()
        return taken

    def put_back(self, taken: Counter[Key]) -> None:
        """They could not be written."""
        self._refused.update(taken)

    def voted(self, meeting: str, browser: str) -> None:
        """A ballot was counted, from a browser that says this of itself."""
        window, now = self._windows.setdefault(meeting, _Window()), self._clock()
        if now - window.began > WINDOW:
            self._look_at(meeting, window)
            window.began, window.salt = now, getrandbits(64)
            window.browsers.clear()
        window.browsers[hash((window.salt, browser))] += 1

    def bursts(self, meeting: str) -> Bursts:
        """Also the one that may be going on."""
        before, window = self._bursts.get(meeting, Bursts()), self._windows.get(meeting)
        return _with(before, window) if window else before

    def _look_at(self, meeting: str, window: _Window) -> None:
        after = _with(self._bursts.get(meeting, Bursts()), window)
        if after.times:
            self._bursts[meeting] = after


def _with(before: Bursts, window: _Window) -> Bursts:
    most, of = max(window.browsers.values(), default=0), window.browsers.total()
    if most < FEWEST:
        return before
    is_larger = most > before.largest
    return Bursts(before.times + 1, most if is_larger else before.largest, of if is_larger else before.of)
