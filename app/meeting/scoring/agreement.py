"""How far the seats of a panel agree, from a table with a row for each unit and a mark of each seat in it.

ICC: the forms ICC(2,1) and ICC(2,k) of Shrout and Fleiss, "Intraclass correlations: uses in assessing rater
reliability", Psychological Bulletin 86 (1979), the same as ICC(A,1) and ICC(A,k) of McGraw and Wong (1996): two-way,
random, absolute agreement. Two-way, since the same seats judge all units. Random, since a panel stands for others that
might have been called. Absolute, since totals are held against grade lines: a strict seat is no agreement. Of one seat,
and of the mean of all k, since a mean is what is published; it is the plain mean here, with nothing dropped.

W: the coefficient of concordance of Kendall and Babington Smith (1939), with middle ranks for equal marks and the
correction for them (Kendall, "Rank Correlation Methods", chapter 6).

All of it is exact. A coefficient is None where it is not defined: where nothing varies, or nothing but contradiction.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.meeting.scoring.numbers import mean_of
from app.meeting.scoring.result import Result

Table = Sequence[Sequence[Fraction]]
"""A row for each unit, in it the total of each seat, all rows of the same seats."""

FEWEST_UNITS, FEWEST_SEATS = 3, 3
"""Of less it would be foolish to speak of agreement."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """ICC(2,1) and ICC(2,k)."""

    of_one: Fraction
    of_mean: Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """``seats`` and ``units``: how many the table has. Of levels, whose points measure nothing, no ``correlation``."""

    seats: int
    units: int
    concordance: Fraction | None
    correlation: Correlation | None


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    """Of the two-way analysis of variance without replication."""

    units: Fraction
    seats: Fraction
    rest: Fraction


def agreement(results: Sequence[Result]) -> Agreement | None:
    """Of the counted sheets of scored units; None if too few of them form a table without gaps."""
    table = _without_gaps([each for each in results if each.is_scored])
    if len(table) < FEWEST_UNITS or len(table[0]) < FEWEST_SEATS:
        return None
    measures = all(each.level is None for each in results)
    return Agreement(len(table[0]), len(table), concordance(table), correlation(table) if measures else None)


def _without_gaps(results: Sequence[Result]) -> list[list[Fraction]]:
    """A seat that did not judge all units is left out, or a unit that not all seats judged: what leaves more sheets."""
    rows = [{sheet.seat: Fraction(sheet.total) for sheet in each.sheets} for each in results]
    seats = list(dict.fromkeys(seat for row in rows for seat in row))
    of_all_units = [[row[seat] for seat in seats if all(seat in each for each in rows)] for row in rows]
    of_all_seats = [[row[seat] for seat in seats] for row in rows if len(row) == len(seats)]
    return max(of_all_units, of_all_seats, key=lambda table: sum(map(len, table)))


def correlation(table: Table) -> Correlation | None:
    """From two units and two seats on. It is below nothing where seats contradict each other more than units differ."""
    n, k = len(table), len(table[0]) if table else 0
    if n < 2 or k < 2:
        return None
    squares = _mean_squares(table)
    between = squares.units - squares.rest
    one = squares.units + (k - 1) * squares.rest + k * (squares.seats - squares.rest) / n
    mean = squares.units + (squares.seats - squares.rest) / n
    return Correlation(between / one, between / mean) if one > 0 and mean > 0 else None


def concordance(table: Table) -> Fraction | None:
    """Kendall's W, from 0 (no common order) to 1 (every seat puts the units in the same order)."""
    n, m = len(table), len(table[0]) if table else 0
    if n < 2 or m < 2:
        return None
    by_seat = [[row[seat] for row in table] for seat in range(m)]
    ranks = [middle_ranks(each) for each in by_seat]
    sums = [sum((of[unit] for of in ranks), Fraction(0)) for unit in range(n)]
    middle = Fraction(m * (n + 1), 2)
    deviation = sum(((each - middle) ** 2 for each in sums), Fraction(0))
    most = m * m * (n**3 - n) - m * sum(map(_ties, by_seat))
    return 12 * deviation / most if most else None


def middle_ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """From the lowest, 1; equal values share the middle of their places."""
    ordered = sorted(values)
    first = {value: ordered.index(value) for value in set(ordered)}
    many = Counter(ordered)
    return [Fraction(2 * first[value] + many[value] + 1, 2) for value in values]


def _ties(values: Sequence[Fraction]) -> int:
    return sum(many**3 - many for many in Counter(values).values())


def _mean_squares(table: Table) -> _MeanSquares:
    n, k = len(table), len(table[0])
    grand = mean_of(mark for row in table for mark in row)
    of_units = k * _squared(mean_of(row) - grand for row in table)
    of_seats = n * _squared(mean_of(row[seat] for row in table) - grand for seat in range(k))
    total = _squared(mark - grand for row in table for mark in row)
    rest = total - of_units - of_seats
    return _MeanSquares(of_units / (n - 1), of_seats / (k - 1), rest / ((n - 1) * (k - 1)))


def _squared(deviations: Iterable[Fraction]) -> Fraction:
    return sum((each * each for each in deviations), Fraction(0))
