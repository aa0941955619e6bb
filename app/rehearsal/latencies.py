"""How long people waited, as rehearsals and benches say it."""

import math
from collections.abc import Iterable


def percentile(waits: Iterable[float], share: float) -> float | None:
    """What ``share`` of them did not exceed, by the nearest rank; None of none."""
    ordered = sorted(waits)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else None


def milliseconds(seconds: float | None) -> float | None:
    """Rounded to a tenth."""
    return None if seconds is None else round(seconds * 1000, 1)
