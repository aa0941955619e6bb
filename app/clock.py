"""The time by which Kaimen goes: the wall clock as it stood at the start, and the time that has passed since.

A wall clock is set: by a person, by NTP, by another system on the same laptop. Time that passes cannot be. While a
meeting runs nothing that is said, recorded or counted goes by the wall clock (docs/architecture.md, “Time”).
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime


def _time_that_passes() -> Callable[[], float]:
    """Seconds that nobody can set, and that go on while the machine sleeps."""
    if sys.platform == "linux":
        return lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":  # of macOS, time.monotonic() stands still in sleep, and this does not
        return lambda: time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    return time.monotonic  # of Windows: it counts from the start of the machine, sleep included


class Clock:
    """``wall``: seconds since 1970 as the machine says; ``passed``: seconds that go by, from whatever beginning."""

    def __init__(self, wall: Callable[[], float] = time.time, passed: Callable[[], float] | None = None) -> None:
        self._wall = wall
        self._passed = passed or _time_that_passes()
        self._beginning = 0.0
        self.follow_the_wall()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._beginning + self._passed(), UTC)

    @property
    def apart(self) -> float:
        """Seconds by which the wall clock is ahead of this one; below zero: behind."""
        return self._wall() - self._beginning - self._passed()

    def runs_ahead(self, seconds: Callable[[], float]) -> None:
        """From now on both clocks are ahead by what this says: in a rehearsal days pass in which nobody waits."""
        wall, passed = self._wall, self._passed
        self._wall, self._passed = lambda: wall() + seconds(), lambda: passed() + seconds()

    def follow_the_wall(self) -> None:
        """Start anew from what the wall clock says. Only while nobody counts on this clock."""
        self._beginning = self._wall() - self._passed()


CLOCK = Clock()
"""This process's. Whoever counts time in a meeting is given a clock, this one if no other."""


def now() -> datetime:
    """The present moment, for what is noted beside the log: when a key was made, when a draft was saved."""
    return CLOCK.now()
