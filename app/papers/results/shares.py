"""Shares: whole numbers divided by others, alone or as the weighted mean over the groups of a panel."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from app.meeting.decimals import decimals_of
from app.papers.plan.groups import written
from app.papers.results.formulas import Formula, Whole, times, whole_of
from app.papers.results.lines import Lines
from app.papers.results.points import FIRST, Pool, Sheets

ONE = Whole("1", 1)


@dataclass(frozen=True, slots=True)
class Share:
    """A whole number divided by another, with so many decimals behind the point."""

    above: Whole
    below: Whole
    decimals: int


@dataclass(frozen=True, slots=True)
class Block:
    """What a pool comes to: the rows of its sheets and of its sums, how many count, and its score.

    ``means``: the row of its means, where these are rounded before they are added.
    """

    pool: Pool
    rows: range
    sums: int
    count: Whole
    means: int
    score: Share


class Weights:
    """A table of the groups: what each weighs, how many of its sheets count, and their least common multiple."""

    def __init__(self, sheets: Sheets, lines: Lines, blocks: list[Block]) -> None:
        self._page, self._lines, self._blocks = lines.page, lines, blocks
        looks = lines.page.looks
        lines.page.row(lines.label("类别权重"), ("权重", "计入份数", "全部份数"), looks.heading, first=FIRST)
        self._first = lines.row
        for block in blocks:
            row = lines.label(written(sheets.plan.group(block.pool.group)))
            totals = sheets.column_of(block.rows, sheets.total)
            lines.page.put(row, FIRST, block.pool.weight, looks.number())
            lines.put(row, FIRST + 1, block.count.formula)
            lines.put(row, FIRST + 2, Formula(f"COUNT({totals})", len(block.pool.sheets)))
        self._last = lines.row - 1
        self._counted = self._multiple("计入份数的最小公倍数", FIRST + 1, [block.count.value for block in blocks])

    def mean(self, shares: list[Share]) -> Share:
        """Of what is kept of each group."""
        return self._joined(shares, ONE if all(share.below is ONE for share in shares) else self._counted)

    def mean_of_all(self, shares: list[Share]) -> Share:
        """Of all sheets of each group, with nothing dropped."""
        sheets = [len(block.pool.sheets) for block in self._blocks]
        return self._joined(shares, self._multiple("全部份数的最小公倍数", FIRST + 2, sheets))

    def _joined(self, shares: list[Share], common: Whole) -> Share:
        """Weighted by the groups, over one divisor; all have as many decimals."""
        decimals = max(decimals_of(block.pool.weight) for block in self._blocks)
        terms, above = [], Fraction(0)
        for row, block, share in zip(self._rows, self._blocks, shares, strict=True):
            to_common = "" if common is ONE else f"*{common.text}/{share.below.text}"
            terms.append(f"{self._page.at(row, FIRST)}*{share.above.text}{to_common}")
            above += Fraction(block.pool.weight) * share.above.value * common.value / share.below.value
        weights = f"SUM({self._page.cells(self._first, FIRST, self._last, FIRST)})"
        below = sum(Fraction(block.pool.weight) for block in self._blocks) * common.value
        return Share(
            whole_of(f"({'+'.join(terms)})", above, decimals),
            whole_of(weights if common is ONE else f"{weights}*{common.text}", below, decimals),
            shares[0].decimals,
        )

    @property
    def _rows(self) -> range:
        return range(self._first, self._last + 1)

    def _multiple(self, text: str, column: int, counts: list[int]) -> Whole:
        cells = self._page.cells(self._first, column, self._last, column)
        multiple = lcm(*counts)
        return Whole(self._lines.line(text, Formula(f"LCM({cells})", multiple)), multiple)


def in_cells(share: Share, lines: Lines, text: str = "") -> Share:
    """The two numbers of a division in cells of their own."""
    above = lines.line(f"{text}被除数（整数）", share.above.formula)
    below = lines.line(f"{text}除数（整数）", share.below.formula)
    return Share(Whole(above, share.above.value), Whole(below, share.below.value), share.decimals)


def without_decimals(share: Share) -> Share:
    """The same with all of it in the divisor."""
    scale = 10**share.decimals
    return Share(share.above, Whole(times(share.below.text, scale), share.below.value * scale), 0)
