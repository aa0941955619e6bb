"""A bucket: what somebody pours in drains away by itself. Rates of messages and of guesses are counted by it."""


class Bucket:
    """``seconds``: in which one drains away. The clock is the caller's. There are thousands: slots keep it small."""

    __slots__ = ("_at", "_level", "_seconds")

    def __init__(self, seconds: float, now: float) -> None:
        self._seconds = seconds
        self._level = 0.0
        self._at = now

    def level(self, now: float) -> float:
        return max(0.0, self._level - (now - self._at) / self._seconds)

    def pour(self, amount: float, now: float) -> float:
        """Returns the level. Less than nothing takes out again what was poured in by mistake."""
        self._level = max(0.0, self.level(now) + amount)
        self._at = now
        return self._level
