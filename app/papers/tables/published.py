"""评议结果: what everybody may be told of the announced results. Totals stand in order, receipts apart from them.

Where a score follows from the totals alone it is a formula over them; where it does not, the folder's cover says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.meeting.decimals import decimals_of, plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan, RoundAt, TrimOf
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.telling import Account, tells_numbers, told, told_to_everybody
from app.papers.folder.paper import CSV, WORKBOOK, Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.results.formulas import BeyondSpreadsheet, Whole, half_up, kept_count, trimmed_sum, whole_of
from app.papers.results.joined import MISSING
from app.papers.results.joined import TITLE as JOINED
from app.papers.results.page import Page
from app.papers.results.points import sum_of
from app.papers.tables.marks import SIDES
from app.papers.tables.table import HEADS, Column, Table, Value, as_csv, as_workbook
from app.papers.wording import word

TITLE, TOTALS = "评议结果", "各评分表总分"
UNIT = Column("单位", "unit", 28)


@dataclass(frozen=True, slots=True)
class Announced:
    """An announced result as everybody is told it."""

    unit: str
    result: Result
    account: Account
    rank: int | None


def papers_of_published(record: Proceedings) -> list[Paper]:
    tables = list(_tables(record.meeting))
    if not tables:
        return []
    book = as_workbook(record, tables, TITLE)
    return [
        Paper(f"{TITLE}.xlsx", WORKBOOK, book, for_public=True, says="paper.published"),
        *(
            Paper(_file(each), CSV, as_csv(record, each), for_public=True, says="paper.published_table")
            for each in tables
        ),
    ]


def _file(table: Table) -> str:
    return f"{TITLE}.csv" if table.title == TITLE else f"{TITLE}-{table.title}.csv"


def _tables(meeting: Meeting) -> Iterator[Table]:
    """Those that have something to say; where marks are given, the overview and the receipts in any case."""
    if not meeting.plan.is_scored:
        yield from (table for table in [_joined(meeting)] if table.rows)
        return
    announced = _announced(meeting)
    totals = _totals(announced)
    yield _overview(meeting.plan, announced, totals)
    parts = (totals, _criteria(meeting, announced), _groups(meeting, announced), _levels(announced), _joined(meeting))
    yield from (table for table in parts if table.rows)
    yield _receipts(meeting, announced)


def _announced(meeting: Meeting) -> list[Announced]:
    plan = meeting.plan
    results = [result_of(meeting, round) for round in meeting.revealed_rounds]
    ranks = {each.result.round: each.rank for each in ranking(meeting, results)} if plan.rules.ranks_told else {}
    return [
        Announced(meeting.unit(each.unit).name, told(plan, each), told_to_everybody(plan, each), ranks.get(each.round))
        for each in results
    ]


def _overview(plan: Plan, announced: list[Announced], totals: Table) -> Table:
    rules = plan.rules
    numbers = tells_numbers(plan)
    by_level = plan.mode is Mode.LEVELS
    columns = [Column("序号", "number", 6), UNIT, Column("应评席位", "entitled", 10), Column("计入份数", "counted", 10)]
    columns += [Column("优良率（%）", "approval", 12) if by_level else Column("得分", "score", 12)] if numbers else []
    columns += [Column("等次", "grade", 14)] if by_level or rules.grades else []
    columns += [Column("名次", "rank", 8)] if rules.ranks_told else []
    rows: list[tuple[Value, ...]] = []
    for at, each in enumerate(announced, start=1):
        result = each.result
        values: list[Value] = [at, each.unit, result.turnout.entitled, result.turnout.counted]
        values += [result.approval if by_level else _score(plan, each, totals)] if numbers else []
        values += [_grade(result)] if by_level or rules.grades else []
        values += [each.rank] if rules.ranks_told else []
        rows.append(tuple(values))
    return Table(TITLE, tuple(columns), rows)


def _grade(result: Result) -> str:
    return result.grade if result.is_scored else word(f"outcome.{result.outcome}")


def _score(plan: Plan, of: Announced, totals: Table) -> Value:
    """As a formula over the totals, if they are all that it takes."""
    rules, score = plan.rules, of.result.score
    takes_more = rules.group_weights or rules.trim_of is TrimOf.CRITERION or rules.round_at is not RoundAt.END
    if score is None or takes_more or not of.account.totals:
        return score
    rows = [at for at, row in enumerate(totals.rows, start=HEADS + 1) if row[0] == of.unit]
    cells = f"'{TOTALS}'!{Page.cells(rows[0], 2, rows[-1], 2)}"
    trim = (rules.trim_high, rules.trim_low, rules.trim_from)
    kept = [each.total for each in of.account.totals if not each.dropped]
    decimals = max(decimals_of(each.total) for each in of.account.totals)
    is_signed = any(criterion.minimum < 0 for criterion in plan.criteria)
    try:
        above = whole_of(f"({trimmed_sum(cells, *trim)})", sum_of(kept), decimals)
        return half_up(above, Whole(f"({kept_count(cells, *trim)})", len(kept)), decimals, rules.places, is_signed)
    except BeyondSpreadsheet:
        return score


def _totals(announced: list[Announced]) -> Table:
    columns = (UNIT, Column("由高到低", "order", 10), Column("总分", "total", 12), Column("取舍", "dropped", 12))
    rows: list[tuple[Value, ...]] = [
        (each.unit, at, total.total, SIDES[total.dropped])
        for each in announced
        for at, total in enumerate(each.account.totals, start=1)
    ]
    return Table(TOTALS, columns, rows)


def _criteria(meeting: Meeting, announced: list[Announced]) -> Table:
    criteria = meeting.plan.criteria
    columns = (UNIT, *(Column(each.name, f"mean.{each.id}", 14) for each in criteria))
    rows: list[tuple[Value, ...]] = [
        (each.unit, *(mean.shown for mean in each.account.criteria)) for each in announced if each.account.criteria
    ]
    return Table("各项指标平均分", columns, rows)


def _groups(meeting: Meeting, announced: list[Announced]) -> Table:
    """With nothing dropped, for information; of a panel of one group it says no more than the totals."""
    columns = (UNIT, Column("类别", "group", 16), Column("份数", "sheets", 8), Column("平均分（未去极值）", "mean", 16))
    rows: list[tuple[Value, ...]] = [
        (each.unit, written(meeting.plan.group(group.group)), group.sheets, group.shown)
        for each in announced
        if len(each.account.groups) > 1
        for group in each.account.groups
    ]
    return Table("各类别平均分", columns, rows)


def _levels(announced: list[Announced]) -> Table:
    columns = (UNIT, Column("等次", "level", 16), Column("份数", "sheets", 8), Column("占比（%）", "share", 12))
    rows: list[tuple[Value, ...]] = [
        (each.unit, count.level.name, count.sheets, count.share) for each in announced for count in each.result.levels
    ]
    return Table("各等次票数", columns, rows)


def _joined(meeting: Meeting) -> Table:
    """Composites as they were announced, the parts before what they come to; a part that is missing is said."""
    plan = meeting.plan
    parts = plan.composite.parts if tells_numbers(plan) else ()
    columns = [UNIT, *([Column("分类", "class", 14)] if any(plan.classes) else [])]
    columns += [Column(f"{each.name}（{plain(each.weight):f}%）", f"part.{each.id}", 14) for each in parts]
    columns += [Column("综合得分", "score", 12)] if parts else []
    columns += [Column("等次", "grade", 12)] if plan.composite.grades else []
    columns += [Column("名次", "rank", 8)] if plan.rules.ranks_told else []
    rows: list[tuple[Value, ...]] = []
    for each in meeting.composites.announced if meeting.composites.are_announced else ():
        unit = meeting.unit(each.unit)
        values: list[Value] = [unit.name, *([unit.of_class] if any(plan.classes) else [])]
        values += [each.points.get(part.id, MISSING) for part in parts]
        values += [MISSING if each.score is None else each.score] if parts else []
        values += [each.grade] if plan.composite.grades else []
        values += [each.rank] if plan.rules.ranks_told else []
        rows.append(tuple(values))
    return Table(JOINED, tuple(columns), rows)


def _receipts(meeting: Meeting, announced: list[Announced]) -> Table:
    """That a sheet was counted; how it was marked only where the rules publish that."""
    criteria = meeting.plan.criteria
    is_given = any(sheet.total is not None for each in announced for sheet in each.account.sheets)
    columns = [UNIT, Column("回执", "receipt", 14)]
    if is_given:
        columns += [*(Column(each.name, f"mark.{each.id}", 12) for each in criteria), Column("总分", "total", 10)]
    rows: list[tuple[Value, ...]] = []
    for each in announced:
        for sheet in each.account.sheets:
            marks: list[Decimal | None] = [sheet.marks.get(criterion.id) for criterion in criteria]
            rows.append((each.unit, sheet.receipt, *([*marks, sheet.total] if is_given else [])))
    return Table("回执", tuple(columns), rows)
