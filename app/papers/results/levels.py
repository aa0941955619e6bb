"""A unit's sheet by levels: how often each was given, its share, and the level these come to, as formulas."""

from decimal import Decimal
from typing import TypeVar

from app.meeting.plan import FIRST_RECKONING, LevelRule
from app.meeting.scoring.levels import PLACES_AT_FIRST
from app.meeting.scoring.result import Result
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.results.formulas import Formula, Whole, half_up
from app.papers.results.page import Page
from app.papers.results.points import HEADS, LABELS
from app.papers.results.seats import called

NO, SEAT, GROUP, LEVEL, POINTS, NOTE = range(6)
COUNT, SHARE, APPROVING, CHOSEN = range(LABELS + 1, LABELS + 5)
"""Columns of the table of levels, beside the points of each."""

FIRST = HEADS + 1

_Value = TypeVar("_Value", Decimal, int, str)


class LevelSheets:
    """``approval``, ``points`` and ``level`` are where the overview finds them."""

    def __init__(self, page: Page, record: Proceedings, result: Result) -> None:
        meeting = record.meeting
        self._page, self._record, self._meeting, self._result = page, record, meeting, result
        self._scale = meeting.plan.criteria[0]
        self._sheets = range(FIRST, FIRST + len(result.sheets))
        self._levels = range(self._sheets.stop + 2, self._sheets.stop + 2 + len(result.levels))
        self._places = PLACES_AT_FIRST if meeting.reckoning == FIRST_RECKONING else meeting.plan.rules.places
        self.row = self._levels.stop
        self._write_sheets()
        self._write_levels()
        self._write_result()

    def _write_sheets(self) -> None:
        page, looks = self._page, self._page.looks
        page.row(HEADS, ("序号", "席位", "类别", "等次", "分值", "备注"), looks.heading)
        page.widths(5, 14, 14, 14, 10, 12, 12, 10)
        names = {level.points: level.name for level in self._scale.levels}
        for row, sheet in zip(self._sheets, self._result.sheets, strict=True):
            seat, mark = self._meeting.seat(sheet.seat), sheet.marks[self._scale.id]
            page.put(row, NO, row - HEADS, looks.number())
            texts = (called(self._record, seat), written(self._meeting.plan.group(seat.group)), names[mark])
            page.row(row, texts, looks.text, first=SEAT)
            same = f"EXACT({self._of(self._levels, NO)},{page.at(row, LEVEL)})"
            points = Formula(f"SUMPRODUCT({same}*{self._of(self._levels, LABELS)})", mark)
            page.put(row, POINTS, points, looks.number())
            page.put(row, NOTE, None, looks.note)

    def _write_levels(self) -> None:
        page, looks = self._page, self._page.looks
        head = self._levels.start - 1
        page.label(head, "等次", LABELS)
        page.row(head, ("分值", "份数", "占比（%）", "计入优良", "结果"), looks.heading, first=LABELS)
        for row, count in zip(self._levels, self._result.levels, strict=True):
            page.label(row, count.level.name, LABELS)
            page.put(row, LABELS, count.level.points, looks.number())
            given = f"SUMPRODUCT(EXACT({self._of(self._sheets, LEVEL)},{page.at(row, NO)})*1)"
            cell = page.put(row, COUNT, Formula(given, count.sheets), looks.number())
            share = self._share(Whole(f"100*{cell}", 100 * count.sheets))
            page.put(row, SHARE, share, looks.number(self._places))
            page.put(row, APPROVING, int(count.level.approving), looks.number())
            is_chosen = int(count.level == self._result.level)
            page.put(row, CHOSEN, Formula(self._chosen(row), is_chosen), looks.number())

    def _chosen(self, row: int) -> str:
        """By plurality, of levels given equally often the lower one; by median, of two middle levels the lower one."""
        points, own = self._of(self._levels, LABELS), self._page.at(row, LABELS)
        if self._meeting.plan.rules.level_rule is LevelRule.MEDIAN:
            given = self._of(self._sheets, POINTS)
            return f"IF({own}=SMALL({given},INT((COUNT({given})-1)/2)+1),1,0)"
        counts = self._of(self._levels, COUNT)
        most = f"({counts}=MAX({counts}))"
        return f"IF(AND({self._page.at(row, COUNT)}=MAX({counts}),SUMPRODUCT({most}*({points}<{own}))=0),1,0)"

    def _write_result(self) -> None:
        result, counts = self._result, self._of(self._levels, COUNT)
        number = sum(each.sheets for each in result.levels if each.level.approving)
        approving = Whole(f"100*SUMPRODUCT({counts},{self._of(self._levels, APPROVING)})", 100 * number)
        self.approval = self._line("优良率（%）", self._share(approving), self._places)
        chosen = f"MATCH(1,{self._of(self._levels, CHOSEN)},0)"
        points = result.level.points if result.level else Decimal(0)
        self.points = self._line("结果分值", Formula(f"INDEX({self._of(self._levels, LABELS)},{chosen})", points))
        self.level = self._line("结果", Formula(f"INDEX({self._of(self._levels, NO)},{chosen})", result.grade))

    def _line(self, text: str, content: Formula[_Value], places: int | None = None) -> Formula[_Value]:
        self._page.label(self.row, text, LABELS)
        cell = self._page.put(self.row, LABELS, content, self._page.looks.number(places, bold=True))
        self.row += 1
        return Formula(cell, content.value)

    def _share(self, above: Whole) -> Formula[Decimal]:
        given = self._of(self._sheets, POINTS)
        return half_up(above, Whole(f"COUNT({given})", len(self._result.sheets)), 0, self._places, is_signed=False)

    def _of(self, rows: range, column: int) -> str:
        return self._page.cells(rows.start, column, rows.stop - 1, column)
