"""What was acknowledged while the second half was played, and how it is found again in the record."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from app.rehearsal.browser import Page
from app.rehearsal.latencies import percentile


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a page said had been done: the kind of its entry, and words that stand in that entry alone."""

    kind: str
    mark: str


class Steps:
    """Of everybody in a rehearsal; they work side by side, in threads."""

    def __init__(self) -> None:
        """``repeated``: how many were asked for again; latencies are seconds."""
        self.acked: list[Step] = []
        self.refused: list[Step] = []
        self.latencies: list[float] = []
        self.answers: Counter[int] = Counter()
        self.repeated = 0
        self._marks = 0
        self._lock = threading.Lock()
        self._next: tuple[int, Callable[[], None]] | None = None

    def mark(self) -> str:
        """As part of a name or a text it makes an entry known again. No two are alike, and none is part of another."""
        with self._lock:
            self._marks += 1
            return f"#{self._marks:05}"

    def acknowledge(self, step: Step) -> None:
        with self._lock:
            self.acked.append(step)
            happens = self._next[1] if self._next and len(self.acked) >= self._next[0] else None
            self._next = None if happens else self._next
        if happens:
            happens()

    def after(self, number: int, happens: Callable[[], None]) -> None:
        """Once, when so many more have been acknowledged, in the thread of whoever had the last of them."""
        with self._lock:
            self._next = (len(self.acked) + number, happens)

    def refuse(self, step: Step) -> None:
        with self._lock:
            self.refused.append(step)

    def note(self, page: Page, seconds: float, times: int) -> None:
        """Of what had to be asked for again, while the server was away, the time says nothing."""
        with self._lock:
            self.answers[page.status] += 1
            self.repeated += times > 1
            if times == 1:
                self.latencies.append(seconds)

    def percentile(self, share: float) -> float | None:
        return percentile(self.latencies, share)
