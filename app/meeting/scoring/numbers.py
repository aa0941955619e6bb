"""Totals, means and roots as exact fractions; a float is never used. Rounding is half up."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor, isqrt

from app.meeting.decimals import plain, total_of_products
from app.meeting.plan import Plan


def total_of(plan: Plan, marks: dict[str, Decimal]) -> Decimal:
    """The weighted total of the marks given so far."""
    return total_of_products((marks[c.id], c.weight) for c in plan.criteria if c.id in marks)


def mean_of(values: Iterable[Fraction]) -> Fraction:
    gathered = list(values)
    return sum(gathered, Fraction(0)) / len(gathered)


def weighted_mean_of(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    return sum((v * w for v, w in zip(values, weights, strict=True)), Fraction(0)) / sum(weights)


def rounded(exact: Fraction, places: int) -> Decimal:
    """Half up (away from zero), to ``places`` decimals, with exactly that many shown."""
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Not by scaleb, which keeps 28 digits.
    return Decimal((int(exact < 0 and whole > 0), tuple(map(int, str(whole))), -places))


def share_of(part: int, whole: int, places: int) -> Decimal:
    """In per cent, half up to so many decimals; of nothing 0. Each stands for itself: several may not add up to 100."""
    return rounded(Fraction(100 * part, whole) if whole else Fraction(0), places)


def root_of(exact: Fraction, places: int) -> Decimal:
    """The square root, half up to so many decimals."""
    scaled = 4 * exact * 100**places
    return rounded(Fraction((isqrt(floor(scaled)) + 1) // 2, 10**places), places)


def approximately(exact: Fraction) -> str:
    """Up to six decimals as text; marked ``≈`` if that is not the whole of it."""
    shown = plain(rounded(exact, 6))
    return str(shown) if Fraction(shown) == exact else f"≈{shown}"
