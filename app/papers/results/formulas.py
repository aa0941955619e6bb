"""Formulas of a spreadsheet that reckon as Kaimen does, to the last digit.

A spreadsheet counts in binary fractions. So whatever is compared, multiplied or rounded here is a whole number:
decimals are multiplied by a power of ten and the noise is rounded off (never at a half: what is meant is whole), and
halves are rounded up by a division of whole numbers. Below ``MOST`` they are exact in every program, whatever it does
with the last bits.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from app.meeting.decimals import decimals_of
from app.meeting.scoring.numbers import rounded

MOST = 10**13
"""Office programs take the fifteenth digit for noise."""


class BeyondSpreadsheet(Exception):
    """Numbers of more digits than a spreadsheet reckons with."""


_Value = TypeVar("_Value", Decimal, int, str)


@dataclass(frozen=True)
class Formula(Generic[_Value]):
    """What a cell reckons, without the ``=``, and what that comes to."""

    text: str
    value: _Value


@dataclass(frozen=True, slots=True)
class Whole:
    """An expression whose value is a whole number. Raises BeyondSpreadsheet if that is too large."""

    text: str
    value: int

    def __post_init__(self) -> None:
        if abs(self.value) >= MOST:
            raise BeyondSpreadsheet

    @property
    def formula(self) -> Formula[int]:
        return Formula(self.text, self.value)


def whole_of(cell: str, value: Decimal | Fraction | int, decimals: int) -> Whole:
    """A decimal without its point: ``ROUND(G8*100,0)``."""
    scaled = Fraction(value) * 10**decimals
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {decimals} decimals")
    return Whole(f"ROUND({times(cell, 10**decimals)},0)", scaled.numerator)


def half_up(numerator: Whole, denominator: Whole, decimals: int, places: int, is_signed: bool) -> Formula[Decimal]:
    """``numerator / denominator / 10^decimals``, rounded half up (away from zero) to ``places``.

    ``denominator`` is written twice, so let it be a cell or a number. ``is_signed``: it may be below zero.
    """
    by, of = 10 ** max(places - decimals, 0), 10 ** max(decimals - places, 0)
    divisor = Whole(times(denominator.text, of), denominator.value * of)
    size = f"ABS({numerator.text})" if is_signed else numerator.text
    top = Whole(f"{times(f'2*{size}', by)}+{divisor.text}", 2 * abs(numerator.value) * by + divisor.value)
    quotient = f"INT(({top.text})/(2*{divisor.text}))"
    sign = f"SIGN({numerator.text})*" if is_signed else ""
    exact = Fraction(numerator.value, denominator.value) / 10**decimals
    return Formula(f"{sign}{over(quotient, 10**places)}", rounded(exact, places))


def decimal_sum(text: str, value: Decimal, decimals: int) -> Formula[Decimal]:
    """A sum of decimals without the noise of its binary fractions."""
    if len(str(int(abs(value)))) + decimals > len(str(MOST)):
        raise BeyondSpreadsheet
    return Formula(f"ROUND({text},{decimals})", value)


def number_of(number: Decimal) -> float | int:
    """As a cell holds it. Raises BeyondSpreadsheet if digits would be lost."""
    if len(number.as_tuple().digits) > 15 or decimals_of(number) > 15:
        raise BeyondSpreadsheet
    return int(number) if decimals_of(number) == 0 else float(number)


def as_it_fits(number: Decimal) -> Decimal | str:
    """The number, or as a text what has more digits than a spreadsheet reckons with."""
    try:
        number_of(number)
    except BeyondSpreadsheet:
        return str(number)
    return number


def decimals_shown(number: Decimal) -> int:
    """As many as it was rounded to, zeros among them."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def trimmed_sum(cells: str, high: int, low: int, least: int) -> str:
    """``SUM`` less the largest and smallest, where there are enough of them."""
    if high + low == 0:
        return f"SUM({cells})"
    dropped = [f"LARGE({cells},{at})" for at in range(1, high + 1)]
    dropped += [f"SMALL({cells},{at})" for at in range(1, low + 1)]
    return f"IF(COUNT({cells})>={least},SUM({cells})-{'-'.join(dropped)},SUM({cells}))"


def kept_count(cells: str, high: int, low: int, least: int) -> str:
    return f"COUNT({cells})-IF(COUNT({cells})>={least},{high + low},0)" if high + low else f"COUNT({cells})"


def times(text: str, factor: int) -> str:
    return text if factor == 1 else f"{text}*{factor}"


def over(text: str, divisor: int) -> str:
    return text if divisor == 1 else f"{text}/{divisor}"


def quoted(text: str) -> str:
    """A text within a formula."""
    return '"{}"'.format(text.replace('"', '""'))
