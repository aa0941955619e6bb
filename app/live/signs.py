"""Signs that somebody stuffs the box, as counts: what was refused, and ballots that came in bursts from equal browsers.

Nobody is remembered. What a browser says of itself is kept as a number until ten seconds are over, and so that two of
them can be told apart and nothing else.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import getrandbits
from time import monotonic

from app.store.bursts import NO_BURSTS, Bursts
from app.store.refusals import Key

FAMILIES = ("ballot.", "ticket.")
WINDOW = 10.0
"""Seconds."""
FEWEST = 20
"""Ballots of equal browsers within them that are worth a word."""


@dataclass(slots=True)
class _Window:
    began: float
    browsers: Counter[int] = field(default_factory=Counter)
    salt: int = field(default_factory=lambda: getrandbits(64))

    @property
    def burst(self) -> Bursts:
        most = max(self.browsers.values(), default=0)
        return Bursts(1, most, self.browsers.total()) if most >= FEWEST else NO_BURSTS


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be written down: refusals, and bursts that are over, by meeting."""

    refused: Counter[Key]
    bursts: dict[str, Bursts]

    def __bool__(self) -> bool:
        return bool(self.refused or self.bursts)


class Signs:
    """What this process has seen and not written down yet: that is done once a second."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._refused: Counter[Key] = Counter()
        self._windows: dict[str, _Window] = {}
        self._bursts: dict[str, Bursts] = {}

    def refused(self, meeting: str, poll: str, voice: str, code: str) -> None:
        """A ballot or a ticket was refused, with this code. Meeting, poll and voice are such as there are."""
        if code.startswith(FAMILIES):
            self._refused[meeting, poll, voice, code] += 1

    def voted(self, meeting: str, browser: str) -> None:
        """A ballot was counted, from a browser that says this of itself."""
        window, now = self._windows.get(meeting), self._clock()
        if window is None or now - window.began > WINDOW:
            self._ended(meeting)
            window = self._windows[meeting] = _Window(now)
        window.browsers[hash((window.salt, browser))] += 1

    def going_on(self, meeting: str) -> Bursts:
        """What may become a burst to be written down."""
        window = self._windows.get(meeting)
        return window.burst if window else NO_BURSTS

    def take(self) -> Seen:
        """What is to be written down now; bursts as soon as their ten seconds are over."""
        over = [each for each, window in self._windows.items() if self._clock() - window.began > WINDOW]
        for meeting in over:
            self._ended(meeting)
        taken, self._refused, self._bursts = Seen(self._refused, self._bursts), Counter(), {}
        return taken

    def put_back(self, taken: Seen) -> None:
        """They could not be written."""
        self._refused.update(taken.refused)
        for meeting, bursts in taken.bursts.items():
            self._add(meeting, bursts)

    def _ended(self, meeting: str) -> None:
        window = self._windows.pop(meeting, None)
        if window and window.burst != NO_BURSTS:
            self._add(meeting, window.burst)

    def _add(self, meeting: str, bursts: Bursts) -> None:
        self._bursts[meeting] = self._bursts.get(meeting, NO_BURSTS).and_then(bursts)
