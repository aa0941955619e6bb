"""What the sheets of one pool come to: sums of what counts, how many count, and what is rounded before it is added."""

from decimal import Decimal

from app.meeting.decimals import total_of_products
from app.meeting.plan import RoundAt, TrimOf
from app.meeting.rubric import Criterion
from app.papers.plan.groups import written
from app.papers.results.formulas import Formula, Whole, decimal_sum, half_up, kept_count, trimmed_sum, whole_of
from app.papers.results.lines import Lines
from app.papers.results.points import FIRST, WEIGHTS, Pool, Sheets
from app.papers.results.shares import ONE, Block, Share


class Blocks:
    """Writes a block of lines for each pool."""

    def __init__(self, sheets: Sheets, lines: Lines) -> None:
        self._sheets, self._lines, self._page, self._rules = sheets, lines, lines.page, sheets.rules
        self._trim = (self._rules.trim_high, self._rules.trim_low, self._rules.trim_from)

    def of(self, pool: Pool, rows: range) -> Block:
        called = f"{written(self._sheets.plan.group(pool.group))} " if pool.group else ""
        sums, total = self._sums(pool, rows, called)
        count = self._count(pool, rows, called)
        if self._rules.round_at is RoundAt.END:
            return Block(pool, rows, sums, count, 0, Share(total, count, self._sheets.decimals))
        means, score = self._rounded(pool, sums, count, called)
        return Block(pool, rows, sums, count, means, score)

    def _sums(self, pool: Pool, rows: range, called: str) -> tuple[int, Whole]:
        """Of what counts: in each criterion, and the weighted total."""
        sheets, row = self._sheets, self._lines.label(f"{called}计入的总和")
        for column, criterion in self._columns():
            kept = decimal_sum(self._kept(rows, column), pool.kept(criterion.id), sheets.mark_decimals)
            self._lines.put(row, column, kept)
        if self._rules.trim_of is TrimOf.SHEET:
            totals = sheets.column_of(rows, sheets.total)
            total = decimal_sum(trimmed_sum(totals, *self._trim), pool.kept_total, sheets.decimals)
        else:
            weighed = total_of_products((pool.kept(c.id), c.weight) for c in sheets.criteria)
            total = decimal_sum(f"SUMPRODUCT({sheets.marks_of(row)},{sheets.weights})", weighed, sheets.decimals)
        return row, whole_of(self._lines.put(row, sheets.total, total), total.value, sheets.decimals)

    def _kept(self, rows: range, column: int) -> str:
        sheets = self._sheets
        marks = sheets.column_of(rows, column)
        if self._rules.trim_of is TrimOf.CRITERION:
            return trimmed_sum(marks, *self._trim)
        return f"SUMPRODUCT({marks},{sheets.column_of(rows, sheets.kept)})" if sheets.has_flags else f"SUM({marks})"

    def _count(self, pool: Pool, rows: range, called: str) -> Whole:
        sheets, row = self._sheets, self._lines.label(f"{called}计入份数")
        number = pool.count(self._rules)
        text = kept_count(sheets.column_of(rows, sheets.total), *self._trim)
        return Whole(self._lines.put(row, sheets.total, Formula(text, number)), number)

    def _rounded(self, pool: Pool, sums: int, count: Whole, called: str) -> tuple[int, Share]:
        """Means that are rounded before they are added, or already times their weight."""
        sheets, places = self._sheets, self._rules.places
        has_weight = self._rules.round_at is RoundAt.WEIGHTED
        row = self._lines.label(f"{called}平均分×权重（取整）" if has_weight else f"{called}平均分（取整）")
        parts = [self._part(row, column, each, pool, sums, count) for column, each in self._columns()]
        marks = sheets.marks_of(row)
        if has_weight:
            text, decimals = f"SUM({marks})", places
            value = total_of_products((part, Decimal(1)) for part in parts)
        else:
            text, decimals = f"SUMPRODUCT({marks},{sheets.weights})", places + sheets.weight_decimals
            value = total_of_products((part, c.weight) for part, c in zip(parts, sheets.criteria, strict=True))
        cell = self._lines.put(row, sheets.total, decimal_sum(text, value, decimals))
        return row, Share(whole_of(cell, value, decimals), ONE, decimals)

    def _part(self, row: int, column: int, criterion: Criterion, pool: Pool, sums: int, count: Whole) -> Decimal:
        sheets, places = self._sheets, self._rules.places
        above = whole_of(self._page.at(sums, column), pool.kept(criterion.id), sheets.mark_decimals)
        decimals = sheets.mark_decimals
        if self._rules.round_at is RoundAt.WEIGHTED:
            cell = self._page.at(WEIGHTS, column, row_abs=True)
            weight = whole_of(cell, criterion.weight, sheets.weight_decimals)
            above = Whole(f"{above.text}*{weight.text}", above.value * weight.value)
            decimals = sheets.decimals
        part = half_up(above, count, decimals, places, sheets.is_signed)
        self._lines.put(row, column, part, places)
        return part.value

    def _columns(self) -> list[tuple[int, Criterion]]:
        return list(enumerate(self._sheets.criteria, start=FIRST))
