"""The counted sheets of a unit that is judged by points: marks, totals, and what is dropped, as formulas."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from app.meeting.decimals import decimals_of, total_of_products
from app.meeting.measure import lines_of
from app.meeting.meeting import Meeting
from app.meeting.plan import Rules, TrimOf
from app.meeting.rounds.state import Round
from app.meeting.scoring.result import CountedSheet, Result
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.results.formulas import Formula, decimal_sum
from app.papers.results.page import Page
from app.papers.results.seats import called

NO, SEAT, GROUP, FIRST = range(4)
LABELS = 3
"""Columns that a label takes."""

WIDTH_OF_MARKS, WIDTH_OF_NOTES = 11, 20

HEADS, MOST, WEIGHTS = 3, 4, 5
"""Rows: names of the columns, most points, weights; the sheets stand below."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Sheets that are trimmed and averaged together, and what their group weighs."""

    group: str
    weight: Decimal
    sheets: tuple[CountedSheet, ...]

    def kept(self, criterion: str) -> Decimal:
        """The sum of what counts in a criterion."""
        marks = (s.marks[criterion] for s in self.sheets if not s.dropped and criterion not in s.dropped_marks)
        return sum_of(marks)

    def count(self, rules: Rules) -> int:
        dropped = rules.trim_high + rules.trim_low if len(self.sheets) >= rules.trim_from else 0
        return len(self.sheets) - dropped

    @property
    def kept_total(self) -> Decimal:
        return sum_of(sheet.total for sheet in self.sheets if not sheet.dropped)

    @property
    def total(self) -> Decimal:
        return sum_of(sheet.total for sheet in self.sheets)


def sum_of(numbers: Iterable[Decimal]) -> Decimal:
    return total_of_products((each, Decimal(1)) for each in numbers)


def pools_of(meeting: Meeting, result: Result) -> list[Pool]:
    rules = meeting.plan.rules
    if not rules.group_weights:
        return [Pool("", Decimal(1), result.sheets)]
    groups = meeting.plan.groups_among({sheet.group for sheet in result.sheets})
    return [
        Pool(id, rules.group_weights[id], tuple(sheet for sheet in result.sheets if sheet.group == id)) for id in groups
    ]


class Sheets:
    """The table of a unit's sheets, pool by pool, from which everything else is reckoned."""

    def __init__(self, page: Page, record: Proceedings, round: Round, result: Result) -> None:
        self._record, meeting = record, record.meeting
        self.page, self.meeting, self.round, self.result = page, meeting, round, result
        self.plan, self.rules = meeting.plan, meeting.plan.rules
        self.criteria = self.plan.criteria
        self.total = FIRST + len(self.criteria)
        self.pools = pools_of(meeting, result)
        drops_sheets = self.rules.trim_of is TrimOf.SHEET and self.rules.trim_high + self.rules.trim_low > 0
        self.has_flags = drops_sheets and result.is_scored
        self.kept = self.total + 3
        self.notes = self.kept + 1 if self.has_flags else self.total + 1

    # --- the sheets ---------------------------------------------------------------------------------------------------

    def _heads(self) -> None:
        page, looks = self.page, self.page.looks
        flags = ("去最高", "去最低", "计入") if self.has_flags else ()
        names = [criterion.name for criterion in self.criteria]
        page.row(HEADS, ("序号", "席位", "类别", *names, "总分", *flags, "备注"), looks.heading)
        page.high(HEADS, max(len(lines_of(name, WIDTH_OF_MARKS // 2)) for name in names))
        for row, text, values in (
            (MOST, "满分", [*(c.maximum for c in self.criteria), self.plan.full_score]),
            (WEIGHTS, "权重", [c.weight for c in self.criteria]),
        ):
            page.label(row, text, LABELS)
            page.row(row, values, looks.number(), first=FIRST)
        page.widths(5, 14, 14, *(WIDTH_OF_MARKS for _ in names), 11, *(8 for _ in flags), WIDTH_OF_NOTES)

    def write(self) -> list[range]:
        """The rows of each pool, its sheets in the order of the seats."""
        self._heads()
        rows, first = [], WEIGHTS + 1
        for pool in self.pools:
            rows.append(range(first, first + len(pool.sheets)))
            first = rows[-1].stop
            for row, sheet in zip(rows[-1], pool.sheets, strict=True):
                self._sheet(row, sheet)
                if self.has_flags:
                    self._flags(row, rows[-1], sheet)
        return rows

    def _sheet(self, row: int, sheet: CountedSheet) -> None:
        page, looks = self.page, self.page.looks
        seat = self.meeting.seat(sheet.seat)
        page.put(row, NO, row - WEIGHTS, looks.number())
        page.row(row, (called(self._record, seat), written(self.plan.group(seat.group))), looks.text, first=SEAT)
        for column, criterion in enumerate(self.criteria, start=FIRST):
            is_dropped = bool(sheet.dropped_marks.get(criterion.id))
            page.put(row, column, sheet.marks[criterion.id], looks.number(font_strikeout=is_dropped))
        marks = f"{page.at(row, FIRST)}:{page.at(row, self.total - 1)}"
        total = decimal_sum(f"SUMPRODUCT({marks},{self.weights})", sheet.total, self.decimals)
        page.put(row, self.total, total, looks.number(font_strikeout=bool(sheet.dropped), bold=True))
        note = self._note(sheet)
        page.put(row, self.notes, note, looks.note)
        page.high(row, len(lines_of(note, WIDTH_OF_NOTES // 2)))

    def _note(self, sheet: CountedSheet) -> str:
        version = self.round.sheet(sheet.seat).current
        correction = version.correction if version else None
        return f"更正（{correction.author}）：{correction.reason}" if correction else ""

    def _flags(self, row: int, rows: range, sheet: CountedSheet) -> None:
        """Of equal totals the earlier seat's is dropped."""
        page, look = self.page, self.page.looks.of(border=1, align="center", num_format='"√";;""')
        totals, numbers = self.column_of(rows, self.total), self.column_of(rows, NO)
        own, number, high, low = (page.at(row, at) for at in (self.total, NO, self.total + 1, self.total + 2))
        enough = f"COUNT({totals})>={self.rules.trim_from}"
        before = f"({totals}={own})*({numbers}<{number})"
        above = f"SUMPRODUCT(({totals}>{own})+{before})<{self.rules.trim_high}"
        rest = f"({self.column_of(rows, self.total + 1)}=0)"
        below = f"SUMPRODUCT({rest}*(({totals}<{own})+{before}))<{self.rules.trim_low}"
        is_high, is_low = sheet.dropped == "high", sheet.dropped == "low"
        page.put(row, self.total + 1, Formula(f"IF(AND({enough},{above}),1,0)", int(is_high)), look)
        page.put(row, self.total + 2, Formula(f"IF(AND({enough},{high}=0,{below}),1,0)", int(is_low)), look)
        page.put(row, self.total + 3, Formula(f"1-{high}-{low}", int(not sheet.dropped)), look)

    # --- numbers ------------------------------------------------------------------------------------------------------

    @cached_property
    def mark_decimals(self) -> int:
        return max((decimals_of(mark) for s in self.result.sheets for mark in s.marks.values()), default=0)

    @cached_property
    def weight_decimals(self) -> int:
        return max(decimals_of(criterion.weight) for criterion in self.criteria)

    @property
    def decimals(self) -> int:
        """Of a total."""
        return self.mark_decimals + self.weight_decimals

    @cached_property
    def is_signed(self) -> bool:
        return any(criterion.minimum < 0 for criterion in self.criteria)

    @property
    def weights(self) -> str:
        return self.page.cells(WEIGHTS, FIRST, WEIGHTS, self.total - 1)

    def column_of(self, rows: range, column: int) -> str:
        return self.page.cells(rows.start, column, rows.stop - 1, column)

    def marks_of(self, row: int) -> str:
        return self.page.cells(row, FIRST, row, self.total - 1)
