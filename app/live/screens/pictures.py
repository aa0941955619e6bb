"""How long a bar is, as finished text for SVG. A number that cannot be pictured is shown alone."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from app.meeting.scoring.numbers import rounded


@lru_cache(4096)  # of each row of each table, at every step
def bar(value: Decimal, least: Decimal, most: Decimal) -> str | None:
    """How much of a bar from least to most is filled, in per cent."""
    if not (value.is_finite() and least.is_finite() and most.is_finite() and least < most):
        return None
    share = (Fraction(value) - Fraction(least)) / (Fraction(most) - Fraction(least))
    return _text(100 * min(max(share, Fraction(0)), Fraction(1)))


def _text(number: Fraction) -> str:
    return str(rounded(number, 1))
