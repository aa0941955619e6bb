"""The time of each meeting, by which it is decided, recorded and counted on every screen."""

from collections.abc import Callable
from datetime import datetime, timedelta


class Times:
    """The time of each meeting: the clock's, and never before the last entry of the meeting's log.

    Where a log ends later than it is now, because the clock was ahead when it was written, the meeting's time goes on
    from there: it does not stand still until the clock has caught up.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._leads: dict[str, timedelta] = {}

    def now(self, code: str) -> datetime:
        return self._clock() + self._leads.get(code, timedelta())

    def after(self, code: str, last: datetime | None) -> datetime:
        """The time of a meeting whose last entry was made then."""
        now = self.now(code)
        if last is None or now >= last:
            return now
        self._leads[code] = self._leads.get(code, timedelta()) + (last - now)
        return last

    def begin_anew(self) -> None:
        self._leads = {}

    def forget(self, code: str) -> None:
        self._leads.pop(code, None)
