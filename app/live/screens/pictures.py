"""Where things stand in the pictures of a result, as finished text for SVG. A template only places them.

None of these raises: a result that cannot be pictured is shown in numbers alone.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from app.live.contexts import Context
from app.live.screens.parts import Total
from app.meeting.decimals import total_of_products
from app.meeting.plan import Plan
from app.meeting.scoring.numbers import rounded

START, END = 20, 980
"""The line on which totals stand, in a picture 1000 wide; half a stroke across a dropped one is ``STROKE``."""
STROKE = 18


class Dot(Context, frozen=True, kw_only=True):
    """``left`` and ``right``: where the stroke through a dropped one begins and ends."""

    x: str
    left: str
    right: str
    dropped: bool


class Line(Context, frozen=True, kw_only=True):
    """The totals as dots on a line, and the lowest and highest of them."""

    low: str
    high: str
    dots: list[Dot]


def bar(value: Decimal, least: Decimal, most: Decimal) -> str | None:
    """How much of a bar from least to most is filled, in per cent."""
    if not (value.is_finite() and least.is_finite() and most.is_finite() and least < most):
        return None
    share = (Fraction(value) - Fraction(least)) / (Fraction(most) - Fraction(least))
    return _text(100 * min(max(share, Fraction(0)), Fraction(1)))


def spread(plan: Plan, totals: Sequence[Total]) -> Line | None:
    """The totals, highest first, as dots on a line that is a little longer than they need."""
    numbers = [Decimal(each.total) for each in totals]
    if not numbers or not all(each.is_finite() for each in numbers):
        return None
    fractions = [Fraction(each) for each in numbers]
    least = Fraction(total_of_products((each.minimum, each.weight) for each in plan.criteria))
    low = max(min(fractions) - 1, least)
    width = max(min(max(fractions) + 1, Fraction(plan.full_score)) - low, Fraction(1))
    places = [START + (END - START) * (each - low) / width for each in fractions]
    return Line(
        low=totals[-1].total,
        high=totals[0].total,
        dots=[_dot(place, each.dropped) for place, each in zip(places, totals, strict=True)],
    )


def _dot(place: Fraction, dropped: str) -> Dot:
    return Dot(x=_text(place), left=_text(place - STROKE), right=_text(place + STROKE), dropped=bool(dropped))


def _text(number: Fraction) -> str:
    return str(rounded(number, 1))
