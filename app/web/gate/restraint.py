"""How often somebody without a key may say something that stays: for each network, and for each browser.

A hall, an office, a whole town may come from one address: of a network many are taken, of a browser few. A browser is
known by the cookie of its forms. Who throws that away is counted with the network alone.
"""

import time
from collections.abc import Callable
from math import ceil

from app.web.bucket import Bucket

FREE_OF_BROWSER, SECONDS_OF_BROWSER = 3, 600.0
FREE_OF_NETWORK, SECONDS_OF_NETWORK = 30, 60.0
Pace = tuple[int, float]
"""So many at once, and then one more in so many seconds."""
MOST_CALLERS = 10_000


class Restraint:
    """Kept by one process, in its memory. ``clock`` gives seconds."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        of_browser: Pace = (FREE_OF_BROWSER, SECONDS_OF_BROWSER),
        of_network: Pace = (FREE_OF_NETWORK, SECONDS_OF_NETWORK),
    ) -> None:
        self._clock = clock
        self._of_browser, self._of_network = of_browser, of_network
        self._browsers: dict[str, Bucket] = {}
        self._networks: dict[str, Bucket] = {}

    def wait(self, browser: str, network: str) -> int:
        """0: it is taken, and counted. Else the seconds after which the next one is."""
        now = self._clock()
        counted = (
            (_of(self._browsers, browser, self._of_browser[1], now), *self._of_browser),
            (_of(self._networks, network, self._of_network[1], now), *self._of_network),
        )
        over = max((bucket.level(now) + 1 - free) * seconds for bucket, free, seconds in counted)
        if over > 0:
            return ceil(over)
        for bucket, _, _ in counted:
            bucket.pour(1, now)
        return 0


def _of(buckets: dict[str, Bucket], caller: str, seconds: float, now: float) -> Bucket:
    if len(buckets) >= MOST_CALLERS:
        for each in [each for each, bucket in buckets.items() if bucket.level(now) <= 0]:
            del buckets[each]
    return buckets.setdefault(caller, Bucket(seconds, now))
