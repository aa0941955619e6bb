"""The sheets of a result on one line: a dot for each total, ticks, the zones of the grades, and the score among them.

All that is shown of a meeting stands on one scale, so that units can be compared by eye. Equal totals stand upon each
other. Text is placed for letters as wide as a phone needs them; what has no room there is marked. None of this raises:
what cannot be pictured is shown in numbers alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from app.live.contexts import Context
from app.live.screens.parts import Total
from app.meeting.decimals import total_of_products
from app.meeting.measure import width_of
from app.meeting.plan import GradeLine, Plan
from app.meeting.scoring.numbers import rounded

START, END = 20, 980
"""The line on which totals stand, in a picture 1000 wide; half a stroke across a dropped one is ``STROKE``."""
STROKE = 16
HEAD, FOOT, MARK = 40, 56, 8
STOREY, MOST_STOREYS = 24, 8
LETTER, LETTER_ON_PHONE = 24, 44
PARTS = 5
"""Into about so many the ticks divide the line."""


class Dot(Context, frozen=True, kw_only=True):
    """``left`` and ``right``, ``top`` and ``foot``: of the stroke through a dropped one."""

    total: str
    x: str
    y: str
    left: str
    right: str
    top: str
    foot: str
    dropped: bool


class Tick(Context, frozen=True, kw_only=True):
    x: str
    text: str


class Band(Context, frozen=True, kw_only=True):
    """The zone of a grade; ``name`` is empty if there is no room for it, ``is_tight`` if there is none on a phone."""

    name: str
    left: str
    width: str
    middle: str
    is_tight: bool


class Line(Context, frozen=True, kw_only=True):
    """``low`` and ``high`` are the lowest and highest total.

    ``axis``: where the line runs, ``mark``: where its ticks end, ``text``: where their text is; ``score``: where it is.
    """

    low: str
    high: str
    height: str
    axis: str
    mark: str
    text: str
    score: str | None
    dots: list[Dot]
    ticks: list[Tick]
    bands: list[Band]


@dataclass(frozen=True, slots=True)
class Scale:
    low: Fraction
    high: Fraction
    step: Fraction

    def x(self, value: Fraction) -> Fraction:
        share = (value - self.low) / (self.high - self.low)
        return START + (END - START) * min(max(share, Fraction(0)), Fraction(1))


def scale_of(plan: Plan, values: Iterable[Decimal]) -> Scale | None:
    """A scale on which all of these stand."""
    numbers = [Fraction(each) for each in values if each.is_finite()]
    if not numbers:
        return None
    least = Fraction(total_of_products((each.minimum, each.weight) for each in plan.criteria))
    full = Fraction(plan.full_score)
    step = _nice(max(max(numbers) - min(numbers), (full - least) / 20))
    low = max(floor(min(numbers) / step) * step, least)
    high = min(ceil(max(numbers) / step) * step, full)
    if high <= low:
        low, high = (low - step, high) if low - step >= least else (low, low + step)
    return Scale(low, high, step)


@lru_cache(256)  # of every unit, at every step
def strip(
    grades: tuple[GradeLine, ...], scale: Scale | None, totals: tuple[Total, ...], score: Decimal | None
) -> Line | None:
    """The totals, highest first, and the score; None if there is nothing to be seen."""
    if scale is None or not (totals or score is not None):
        return None
    if not all(Decimal(each.total).is_finite() for each in totals):
        return None
    places = [scale.x(Fraction(each.total)) for each in totals]
    storeys = _storeys(places)
    axis = HEAD + STOREY * (max(storeys, default=0) + 1)
    return Line(
        low=totals[-1].total if totals else "",
        high=totals[0].total if totals else "",
        height=str(axis + FOOT),
        axis=str(axis),
        mark=str(axis + MARK),
        text=str(axis + LETTER_ON_PHONE),
        score=_text(scale.x(Fraction(score))) if score is not None else None,
        dots=[
            _dot(each, x, axis - STOREY * storey - STOREY // 2)
            for each, x, storey in zip(totals, places, storeys, strict=True)
        ],
        ticks=list(_ticks(scale)),
        bands=list(_bands(grades, scale)),
    )


def _nice(width: Fraction) -> Fraction:
    """1, 2 or 5 times a power of ten, of which about ``PARTS`` make the width."""
    least, power = width / PARTS, Fraction(1)
    if least <= 0:
        return power
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def _storeys(places: Sequence[Fraction]) -> list[int]:
    """For each dot the lowest storey on which it covers none before it."""
    last: list[Fraction] = []
    storeys = []
    for x in places:
        free = (at for at, other in enumerate(last) if abs(other - x) >= STOREY)
        at = min(next(free, len(last)), MOST_STOREYS - 1)
        last[at : at + 1] = [x]
        storeys.append(at)
    return storeys


def _dot(total: Total, x: Fraction, y: int) -> Dot:
    return Dot(
        total=total.total,
        x=_text(x),
        y=str(y),
        left=_text(x - STROKE),
        right=_text(x + STROKE),
        top=str(y - STROKE),
        foot=str(y + STROKE),
        dropped=bool(total.dropped),
    )


def _ticks(scale: Scale) -> Iterator[Tick]:
    for at in range(ceil(scale.low / scale.step), floor(scale.high / scale.step) + 1):
        value = at * scale.step
        yield Tick(x=_text(scale.x(value)), text=f"{Decimal(value.numerator) / Decimal(value.denominator):f}")


def _bands(grades: Iterable[GradeLine], scale: Scale) -> Iterator[Band]:
    lines = sorted(grades, key=lambda line: line.at_least)
    for at, line in enumerate(lines):
        begin = max(Fraction(line.at_least), scale.low)
        end = min(Fraction(lines[at + 1].at_least), scale.high) if at + 1 < len(lines) else scale.high
        if begin < end:
            yield _band(line.name, scale.x(begin), scale.x(end))


def _band(name: str, left: Fraction, right: Fraction) -> Band:
    room = right - left
    return Band(
        name=name if width_of(name) * LETTER <= room else "",
        left=_text(left),
        width=_text(room),
        middle=_text((left + right) / 2),
        is_tight=width_of(name) * LETTER_ON_PHONE > room,
    )


def _text(number: Fraction) -> str:
    return str(rounded(number, 1))
