"""The overview of all units, to be signed: what each came to, and its rank as a formula over all of them."""

from collections.abc import Sequence
from decimal import Decimal

from app.meeting.plan import Mode, TieBreak
from app.meeting.scoring.ranking import ranking, ruled_places
from app.meeting.scoring.result import Result
from app.papers.folder.proceedings import Proceedings
from app.papers.results.formulas import MOST, Formula, as_it_fits, decimals_shown
from app.papers.results.page import Page
from app.papers.results.unit import UnitCells
from app.papers.wording import word

HEADS = 3
FIRST = HEADS + 1
NO, UNIT, ENTITLED, COUNTED, SCORE, GRADE, RANK, NOTE, SCORED, POINTS, TIES = range(11)
"""Columns; from ``SCORED`` on they are for the ranks, and not printed."""

TITLE = "评分汇总表"
SIGNED_BY = ("计票人（签名）", "监督员（签名）", "主持人（签名）", "日期")


class Overview:
    """A row for each unit. Ranks are formulas where all units have theirs."""

    def __init__(self, page: Page, record: Proceedings, units: Sequence[UnitCells]) -> None:
        self._page, self._record, self._units = page, record, units
        self._meeting, self._plan = record.meeting, record.meeting.plan
        self._rows = range(FIRST, FIRST + len(units))
        results = [each.result for each in units]
        self._ranks = {each.result.round: each.rank for each in ranking(self._meeting, results)}
        self._ruled = ruled_places(self._meeting, results)
        by_level = self._plan.mode is Mode.LEVELS
        self._ladder = [step for step in self._plan.rules.tie_ladder if step is TieBreak.CHAIR or not by_level]
        self._headlines = (POINTS, SCORE) if by_level else (SCORE,)
        self._reckons = all(self._has_formulas(each) for each in units if each.result.is_scored)

    def write(self) -> None:
        page = self._page
        page.title(self._record, TITLE)
        self._heads()
        for row, unit in zip(self._rows, self._units, strict=True):
            self._unit(row, unit)
        for at, text in enumerate(SIGNED_BY):
            page.put(self._rows.stop + 2 + 2 * (at // 2), (UNIT, SCORE)[at % 2], f"{text}：", page.looks.plain)
        page.finish(self._record, FIRST)
        page.sheet.print_area(0, 0, self._rows.stop + 5, NOTE)

    def score_of(self, unit: str) -> str:
        """Where another sheet finds what a unit came to; empty if it has no number here that can be reckoned with."""
        for row, each in zip(self._rows, self._units, strict=True):
            if each.result.unit == unit and each.score is not None:
                return self._page.elsewhere(row, SCORE)
        return ""

    def _has_formulas(self, unit: UnitCells) -> bool:
        """And such that the products of its numbers and those of others stay exact."""
        asked = [step for step in self._ladder if step is not TieBreak.CHAIR]
        if unit.score is None or any(step not in unit.ties for step in asked):
            return False
        return all(abs(value.value) < int(MOST**0.5) for step in asked for value in unit.ties[step])

    def _heads(self) -> None:
        page, looks = self._page, self._page.looks
        score = "优良率（%）" if self._plan.mode is Mode.LEVELS else "得分"
        page.row(HEADS, ("序号", "单位", "应评席位", "计入份数", score, "等次", "名次", "备注"), looks.heading)
        if self._reckons:
            page.row(HEADS, ("有结果", "等次分值"), looks.small, first=SCORED)
            for column, step in self._steps():
                page.row(HEADS, (word(f"tie.{step}"), "除数"), looks.small, first=column)
        page.widths(6, 30, 9, 9, 12, 14, 8, 20)
        if self._plan.mode is Mode.POINTS and not self._plan.rules.grades:
            page.hide(GRADE)

    def _unit(self, row: int, unit: UnitCells) -> None:
        page, looks, result = self._page, self._page.looks, unit.result
        page.put(row, NO, row - HEADS, looks.number())
        page.put(row, UNIT, self._meeting.unit(result.unit).name, looks.text)
        page.row(row, (result.turnout.entitled, result.turnout.counted), looks.number(), first=ENTITLED)
        page.put(row, NOTE, None if result.is_scored else word(f"outcome.{result.outcome}"), looks.note)
        if not result.is_scored:
            page.row(row, (None, None, None), looks.text, first=SCORE)
            page.put(row, SCORED, 0, looks.small)
            return
        number = result.score if result.score is not None else result.approval or Decimal(0)
        page.put(row, SCORE, unit.score or as_it_fits(number), looks.number(decimals_shown(number), bold=True))
        page.put(row, GRADE, unit.grade or result.grade, looks.text)
        page.put(row, RANK, self._rank(row, result), looks.number(bold=True))
        if self._reckons:
            self._helpers(row, unit)

    def _helpers(self, row: int, unit: UnitCells) -> None:
        page, look = self._page, self._page.looks.small
        page.put(row, SCORED, 1, look)
        page.put(row, POINTS, unit.points, look)
        for column, step in self._steps():
            if step is TieBreak.CHAIR:
                page.put(row, column, self._ruled.get(unit.result.round, 0), look)
            else:
                page.row(row, unit.ties[step], look, first=column)

    def _rank(self, row: int, result: Result) -> Formula[int] | int:
        """One more than there are better ones."""
        rank = self._ranks[result.round]
        return Formula(f"1+SUMPRODUCT({self._of(SCORED)}*{self._better(row)})", rank) if self._reckons else rank

    def _better(self, row: int) -> str:
        """Whether each unit is better than that of a row: by its score, among equals by the next step."""
        text = "0"
        for column, step in reversed(self._steps()):
            better, equal = self._compared(row, column, step)
            text = f"({better}+{equal}*{text})"
        for column in reversed(self._headlines):
            others, own = self._of(column), self._page.at(row, column)
            text = f"(({others}>{own})+({others}={own})*{text})"
        return text

    def _compared(self, row: int, column: int, step: TieBreak) -> tuple[str, str]:
        """What is better, and what is as good: of fractions crosswise, so that nothing is rounded."""
        others, own = self._of(column), self._page.at(row, column)
        if step is TieBreak.CHAIR:
            return f"({others}<{own})", f"({others}={own})"
        others_below, own_below = self._of(column + 1), self._page.at(row, column + 1)
        one, other = f"{others}*{own_below}", f"{own}*{others_below}"
        return f"({one}>{other})", f"({one}={other})"

    def _steps(self) -> list[tuple[int, TieBreak]]:
        """The ladder, with the first of the two columns of each step."""
        return [(TIES + 2 * at, step) for at, step in enumerate(self._ladder)]

    def _of(self, column: int) -> str:
        return self._page.cells(self._rows.start, column, self._rows.stop - 1, column)
