"""Decimals multiplied and added exactly, however long they are, and shown without needless digits.

Python's own context keeps 28 digits, which a weight of sixteen decimals and a few marks can exceed.
"""

from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_EXACT = Context(prec=2000, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros, exponent or sign of zero: 8.50 is 8.5, 1E+1 is 10, -0 is 0."""
    text = f"{number or Decimal(0):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def total_of_products(pairs: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    total = Decimal(0)
    for one, other in pairs:
        total = _EXACT.add(total, _EXACT.multiply(one, other))
    return plain(total)


def decimal_of(fraction: Fraction) -> Decimal:
    """A fraction that has an end as a decimal, with all its digits: sums, products and halves of decimals have one."""
    return plain(_EXACT.divide(Decimal(fraction.numerator), Decimal(fraction.denominator)))


def decimals_of(number: Decimal) -> int:
    """How many digits stand behind the point, needless zeros apart. The number is never written out."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or exponent >= 0 or not number:
        return 0
    needless = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(-exponent - needless, 0)


def to_decimals(number: Decimal, most: int) -> Decimal:
    """Half up to at most so many decimals."""
    return plain(_EXACT.quantize(number, Decimal(1).scaleb(-most))) if decimals_of(number) > most else number


def leads_to(start: Decimal, step: Decimal, end: Decimal) -> bool:
    """Whether a whole number of steps leads from one number to another."""
    return (Fraction(end) - Fraction(start)) % Fraction(step) == 0
