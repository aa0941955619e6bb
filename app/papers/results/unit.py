"""The sheet of one unit: its sheets and their working, who else was entitled, and what it all rests on."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from app.language import Language
from app.language.working import say_working
from app.meeting.meeting import Meeting
from app.meeting.plan import QuorumBy, Rules, TieBreak
from app.meeting.rounds.state import Round
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result, Turnout
from app.meeting.scoring.turnout import counted_sheets, quorum_of
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.results.formulas import BeyondSpreadsheet, Formula, Whole, half_up, whole_of
from app.papers.results.levels import LevelSheets
from app.papers.results.lines import Lines
from app.papers.results.page import Page
from app.papers.results.points import FIRST, HEADS, LABELS, Sheets, sum_of
from app.papers.results.seats import called
from app.papers.results.working import Working
from app.papers.wording import word

_Value = TypeVar("_Value", Decimal, int, str)


@dataclass(frozen=True, slots=True)
class UnitCells:
    """What the overview repeats of a unit: formulas that point to its sheet; None where that has none.

    ``ties``, by step of the ladder: a whole number, and the one that it is divided by.
    """

    result: Result
    score: Formula[Decimal] | None = None
    grade: Formula[str] | None = None
    points: Formula[Decimal] | None = None
    ties: dict[TieBreak, tuple[Formula[int], Formula[int]]] = field(default_factory=dict)


def write_unit(page: Page, record: Proceedings, round: Round) -> UnitCells:
    """The unit's sheet with formulas; without, where its numbers have more digits than a spreadsheet reckons with."""
    meeting = record.meeting
    result = result_of(meeting, round)
    try:
        return _with_formulas(page, record, round, result)
    except BeyondSpreadsheet:
        return _plain(Page(page.sheet, page.looks), record, round, result)


def _with_formulas(page: Page, record: Proceedings, round: Round, result: Result) -> UnitCells:
    meeting = record.meeting
    page.title(record, _called(meeting, round))
    if result.level is not None:
        levels = LevelSheets(page, record, result)
        lines = Lines(page, levels.row)
        approval, level, points = levels.approval, levels.level, levels.points
        cells = UnitCells(result, _elsewhere(page, approval), _elsewhere(page, level), _elsewhere(page, points))
    else:
        lines, cells = _points(page, record, round, result)
    _turnout(lines, meeting.plan.rules, result.turnout)
    _others(lines, record, round)
    page.finish(record, HEADS + 1)
    return cells


def _points(page: Page, record: Proceedings, round: Round, result: Result) -> tuple[Lines, UnitCells]:
    counted = result if result.is_scored else replace(result, sheets=tuple(counted_sheets(record.meeting, round)))
    sheets = Sheets(page, record, round, counted)
    rows = sheets.write()
    lines = Lines(page, rows[-1].stop if rows else HEADS + 3)
    if not result.is_scored:
        return lines, UnitCells(result)
    working = Working(sheets, rows, lines)
    _spread(lines, sheets, rows)
    _groups(lines, sheets, rows)
    ties = {
        step: (_elsewhere(page, above.formula), _elsewhere(page, below.formula))
        for step, (above, below) in working.ties.items()
    }
    cells = UnitCells(result, _elsewhere(page, working.score), _elsewhere(page, working.grade), ties=ties)
    return lines, cells


def _elsewhere(page: Page, cell: Formula[_Value]) -> Formula[_Value]:
    """A cell of this sheet as another one names it."""
    return Formula(f"'{page.name}'!{cell.text}", cell.value)


def _called(meeting: Meeting, round: Round) -> str:
    return f"{meeting.unit(round.unit).name} 评分汇总"


def _spread(lines: Lines, sheets: Sheets, rows: list[range]) -> None:
    """Of all sheets, dropped or not."""
    spread = sheets.result.spread
    totals = sheets.column_of(range(rows[0].start, rows[-1].stop), sheets.total)
    if spread is not None:
        decimals = sheets.decimals + 1
        lines.line("最低总分", Formula(f"MIN({totals})", spread.lowest))
        lines.line("总分中位数", Formula(f"ROUND(MEDIAN({totals}),{decimals})", spread.median))
        lines.line("最高总分", Formula(f"MAX({totals})", spread.highest))


def _groups(lines: Lines, sheets: Sheets, rows: list[range]) -> None:
    """Means by group with nothing dropped, for information."""
    result, page = sheets.result, lines.page
    if len(result.groups) < 2:
        return
    every = range(rows[0].start, rows[-1].stop)
    groups, totals = sheets.column_of(every, LABELS - 1), sheets.column_of(every, sheets.total)
    page.row(lines.label("各类别平均分（未去极值，仅供参考）"), ("份数", "平均分"), page.looks.heading, first=FIRST)
    for group in result.groups:
        row = lines.label(written(sheets.plan.group(group.group)))
        same = f"EXACT({groups},{page.at(row, 0)})"
        count = lines.put(row, FIRST, Formula(f"SUMPRODUCT({same}*1)", group.sheets))
        total = sum_of(sheet.total for sheet in result.sheets if sheet.group == group.group)
        above = whole_of(f"SUMPRODUCT({same}*{totals})", total, sheets.decimals)
        places = sheets.rules.places
        mean = half_up(above, Whole(count, group.sheets), sheets.decimals, places, sheets.is_signed)
        lines.put(row, FIRST + 1, mean, places)


def _turnout(lines: Lines, rules: Rules, turnout: Turnout) -> None:
    entitled = lines.page.put(lines.label("应评席位"), FIRST, turnout.entitled, lines.page.looks.number())
    share = rules.quorum_share
    above, below = share.numerator, share.denominator
    if rules.quorum_by is QuorumBy.AT_LEAST:
        text = f"MAX(1,INT(({above}*{entitled}+{below - 1})/{below}))"
    else:
        text = f"INT({above}*{entitled}/{below})+1"
    lines.line("至少需要的份数", Formula(text, quorum_of(rules, turnout.entitled)))
    lines.page.put(lines.label("计入的评分表"), FIRST, turnout.counted, lines.page.looks.number())
    outcome = "scored" if turnout.counted >= quorum_of(rules, turnout.entitled) else "no_quorum"
    said = word(f"outcome.{outcome if turnout.counted else 'no_sheets'}")
    lines.page.put(lines.label("结论"), FIRST, said, lines.page.looks.text)


def _others(lines: Lines, record: Proceedings, round: Round) -> None:
    """Seats whose sheets do not count, and why."""
    page, plan = lines.page, record.meeting.plan
    others = [(seat, round.sheet(seat.id)) for seat in plan.seats if not round.sheet(seat.id).is_submitted]
    if not others:
        return
    row = lines.label("未计入的席位")
    for seat, sheet in others:
        is_recused = round.unit in seat.recusals
        standing = "recused" if is_recused else sheet.standing
        reason = seat.reasons.get(round.unit, "") if is_recused else sheet.reason
        row = lines.label(f"{called(record, seat)}（{written(plan.group(seat.group))}）")
        page.put(row, FIRST, word(f"standing.{standing}"), page.looks.text)
        page.put(row, FIRST + 1, reason, page.looks.plain)


def _plain(page: Page, record: Proceedings, round: Round, result: Result) -> UnitCells:
    """Sheets and working in words: nothing is lost, and nothing is reckoned."""
    meeting, looks = record.meeting, page.looks
    page.title(record, _called(meeting, round))
    names = [criterion.name for criterion in meeting.plan.criteria]
    page.row(HEADS, ("席位", "类别", *names, "总分", "备注"), looks.heading)
    page.widths(14, 14, *(14 for _ in names), 14, 20)
    row = HEADS + 1
    for row, sheet in enumerate(counted_sheets(meeting, round), start=HEADS + 1):
        seat = meeting.seat(sheet.seat)
        marks = (str(sheet.marks[criterion.id]) for criterion in meeting.plan.criteria)
        page.row(
            row, (called(record, seat), written(meeting.plan.group(seat.group)), *marks, str(sheet.total)), looks.text
        )
        page.put(row, len(names) + 3, None, looks.note)
    said = ["数字位数超出电子表格的运算精度，以下为本系统的精确计算，不设公式。"]
    said += [say_working(step, Language.CHINESE) for step in result.working]
    for at, line in enumerate(said, start=row + 2):
        page.put(at, 0, line, looks.plain)
    page.finish(record, HEADS + 1)
    return UnitCells(result)
