"""One part of a composite out of a file that somebody else made: a column of points beside the units.

The table may stand anywhere on the sheet, below a title, with other columns. Nothing is guessed: a unit that is not of
this meeting, a number that is none and a choice between two columns are said, and nothing is taken. Who has no points
there is said as well, and so are rows that nobody sees; then the others are taken.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from app.meeting.composites.agreed import Part
from app.meeting.decimals import plain, to_decimals
from app.meeting.plan import Plan, Unit
from app.meeting.refusals import Said
from app.meeting.scoring.full import full_of
from app.meeting.shortcomings import MOST_DECIMALS
from app.papers.plan.cells import is_blank, number_of, shown
from app.papers.plan.grids import MOST_COLUMNS, MOST_ROWS, Failure, Grid, Share, grids_of, letter_of
from app.papers.plan.headings import by_words, heading_key, label_of
from app.papers.plan.kinds import ending_of, must_be_the_file_itself, other_kind
from app.papers.plan.mistakes import Misread, Unreadable
from app.papers.plan.names import key
from app.papers.plan.no_data import is_note, is_nothing, is_total
from app.papers.plan.numbered import without_numbers
from app.papers.plan.sheets import UNITS
from app.papers.plan.tables import MOST_NAMED

HEADINGS_WITHIN = 15
MOST_COMPLAINTS = 20
_CALLED = (
    "得分",
    "分数",
    "成绩",
    "总分",
    "总得分",
    "最终得分",
    "评分",
    "考核得分",
    "测评得分",
    "满意度",
    "满意率",
    "分值",
)
POINTS = frozenset(map(key, _CALLED))
WHO_IS_JUDGED = frozenset(("被考核单位", "考核对象", "被测评单位", "测评对象", "责任单位"))
_WAS_NOT_THERE = (
    "缺考 缺席 缺测 缺评 缺 弃考 免考 未考 未测 未评 未参加 未参评 未参考 未测评 未考核 不参评 未报 未提交 absent"
)
WAS_NOT_THERE = frozenset(map(key, _WAS_NOT_THERE.split()))
EXTREMES = frozenset(("最高", "最低", "最高分", "最低分", "最大值", "最小值"))

NOT_COMPUTED = Failure("…")

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class PartRead:
    """Points by unit, and what could not be understood; with that nothing of it counts.

    ``remarks``: what should be known of points that count: of whom there are none, what is hidden.
    """

    points: dict[str, Decimal]
    complaints: tuple[Said, ...] = ()
    remarks: tuple[Said, ...] = ()


def read_part(name: str, content: bytes, plan: Plan, part: Part) -> PartRead:
    """What a file says of a part. Raises Unreadable of what is no table at all."""
    sheets = _sheets(name, content)
    tables = [found for sheet in sheets if (found := _table(sheet, part))]
    if not tables:
        raise _what_is_missing(sheets, part)
    if len(tables) > 1:
        raise Unreadable("part_file.several_tables", part=part.name)
    return _points(tables[0], plan, part)


@dataclass(frozen=True, slots=True)
class _Sheet:
    rows: Sequence[Row]
    hidden_rows: frozenset[int] = frozenset()
    """From 1."""
    hidden_columns: frozenset[int] = frozenset()
    """From 0."""


def _sheets(name: str, content: bytes) -> list[_Sheet]:
    must_be_the_file_itself(name)
    ending = ending_of(name)
    if ending == ".xlsx":
        seen = [grid for grid in grids_of(content) if not grid.is_hidden]
        return [_Sheet(_computed(grid), grid.hidden_rows, grid.hidden_columns) for grid in seen]
    if ending in (".csv", ".tsv", ".txt"):
        return [_Sheet(_lines(content))]
    raise other_kind(ending, content)


def _computed(grid: Grid) -> Sequence[Row]:
    """Rows in which a formula that the file holds no value of is no empty cell."""
    if not grid.not_computed:
        return grid.rows
    return [
        [NOT_COMPUTED if f"{letter_of(at)}{row}" in grid.not_computed else value for at, value in enumerate(cells)]
        for row, cells in enumerate(grid.rows, start=1)
    ]


def _lines(content: bytes) -> Sequence[Row]:
    """As spreadsheets save them: UTF-8, GB 18030, or UTF-16 with its mark, with commas, semicolons or tabs."""
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable("file.broken")
    sign = max("\t;,", key="\n".join(text.split("\n", HEADINGS_WITHIN)[:HEADINGS_WITHIN]).count)
    try:
        return [row[:MOST_COLUMNS] for row in islice(csv.reader(io.StringIO(text), delimiter=sign), MOST_ROWS)]
    except csv.Error as error:
        raise Unreadable("file.broken") from error


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the table stands on its sheet."""

    unit: int
    points: int
    first: int
    """The first row below the headings, from 0."""


def _table(sheet: _Sheet, part: Part) -> tuple[_Sheet, _Columns] | None:
    """A sheet with its columns; None if no row has the headings of such a table. Of headings in two lines the lower."""
    rows = sheet.rows
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        found = _columns_in(row, at, part)
        below = _columns_in(rows[at + 1], at + 1, part) if found and at + 1 < len(rows) else None
        if found and not (below and below.unit == found.unit):
            return sheet, found
    return None


def _columns_in(row: Row, at: int, part: Part) -> _Columns | None:
    called = [_heading(value) for value in row]
    units = [column for column, said in enumerate(called) if _is_of_units(said)]
    points = _column_of_points(called, part)
    return _Columns(units[0], points, at + 1) if units and points is not None else None


def _what_is_missing(sheets: Sequence[_Sheet], part: Part) -> Unreadable:
    """No table at all, or one with several columns that could be meant."""
    for row in (row for sheet in sheets for row in sheet.rows[:HEADINGS_WITHIN]):
        called = [_heading(value) for value in row]
        columns = tuple(label_of(row[at]) for at, said in enumerate(called) if said in {*POINTS, key(part.name)})
        if len(columns) > 1 and any(map(_is_of_units, called)):
            return Unreadable("part_file.several_columns", part=part.name, columns=columns)
    return Unreadable("part_file.no_table", part=part.name)


def _heading(value: Any) -> str:
    return heading_key(value).rstrip("%")


def _is_of_units(said: str) -> bool:
    column = by_words(UNITS).get(said)
    return said in WHO_IS_JUDGED or (column is not None and column.heading in ("单位名称", "简称"))


def _column_of_points(called: Sequence[str], part: Part) -> int | None:
    """That which is called like the part, else the only one that can hold points; None if it is none, or several."""
    own = [at for at, said in enumerate(called) if said and said == key(part.name)]
    others = [at for at, said in enumerate(called) if said in POINTS]
    found = own or others
    return found[0] if len(found) == 1 else None


def _points(table: tuple[_Sheet, _Columns], plan: Plan, part: Part) -> PartRead:
    sheet, columns = table
    known = {key(name): unit.id for unit in plan.units for name in (unit.name, unit.short_name)}
    points: dict[str, Decimal] = {}
    absent: dict[str, str] = {}
    complaints: list[Said] = []
    hidden: list[int] = []
    for at, row in enumerate(sheet.rows[columns.first :], start=columns.first + 1):
        cells = [row[column] if column < len(row) else None for column in (columns.unit, columns.points)]
        if any(map(_is_empty, cells)) or _is_no_unit(known, str(cells[0])) or _are_headings(cells, sheet.rows, columns):
            continue
        hidden += [at] if at in sheet.hidden_rows else []
        try:
            unit = _unit(known, points, cells[0])
            if key(str(cells[1])) in WAS_NOT_THERE:
                absent[unit] = str(cells[1]).strip()
            else:
                points[unit] = _valid(plan, part, cells[1])
        except Misread as misread:
            complaints.append(Said("part_file.row", {"row": at, "what": (misread.said,)}))
    if not points and not complaints:
        complaints.append(Said("part_file.empty"))
    remarks = (*_of_whom_there_are_none(plan, points, absent), *_out_of_sight(table, hidden))
    return PartRead(points, tuple(complaints[:MOST_COMPLAINTS]), remarks)


def _of_whom_there_are_none(plan: Plan, points: Mapping[str, Decimal], absent: Mapping[str, str]) -> Iterator[Said]:
    def called(unit: Unit) -> Said | str:
        why = absent.get(unit.id)
        return Said("part_file.unit_absent", {"unit": unit.short_name, "said": why}) if why else unit.short_name

    lacking = tuple(called(unit) for unit in plan.units if unit.id not in points)
    if lacking:
        yield Said("part_file.missing", {"units": lacking})


def _out_of_sight(table: tuple[_Sheet, _Columns], rows: Sequence[int]) -> Iterator[Said]:
    """As it is said of a plan that is read."""
    sheet, columns = table
    if rows:
        named = tuple(f"{at} {shown(sheet.rows[at - 1][columns.unit])}" for at in rows[:MOST_NAMED])
        more = ("…",) if len(rows) > MOST_NAMED else ()
        yield Said("rows.hidden", {"number": len(rows), "rows": (*named, *more)})
    for column in sorted({columns.unit, columns.points} & sheet.hidden_columns):
        yield Said("column.hidden", {"heading": label_of(sheet.rows[columns.first - 1][column])})


def _is_empty(cell: Any) -> bool:
    """Whether nothing stands there, or a stroke for it: /, —, 无."""
    return is_blank(cell) or (isinstance(cell, str) and not isinstance(cell, Failure) and is_nothing(cell))


def _is_no_unit(known: Mapping[str, str], said: str) -> bool:
    """Whether a line is a total, an extreme or a note; a unit may well be called 最高人民法院, or 注协."""
    return key(said) not in known and (is_total(said) or is_note(said) or key(said) in EXTREMES)


def _are_headings(cells: Sequence[Any], rows: Sequence[Row], columns: _Columns) -> bool:
    """Whether the headings stand there again, as at the top of another page."""
    heads = rows[columns.first - 1]
    return [heading_key(cell) for cell in cells] == [heading_key(heads[at]) for at in (columns.unit, columns.points)]


def _unit(known: Mapping[str, str], points: Mapping[str, Decimal], value: Any) -> str:
    unnumbered = without_numbers([str(value)]) or [""]
    unit = known.get(key(str(value))) or known.get(key(unnumbered[0]))
    if unit is None:
        raise Misread("part_file.no_such_unit", name=shown(value))
    if unit in points:
        raise Misread("part_file.unit_twice", name=shown(value))
    return unit


def _valid(plan: Plan, part: Part, value: Any) -> Decimal:
    if value is NOT_COMPUTED:
        raise Misread("cell.not_computed")
    if isinstance(value, Failure):
        raise Misread("cell.is_an_error", value=str(value))
    full = full_of(plan, part)
    try:
        number_of(value)
    except Misread:
        raise Misread("part_file.no_number", value=shown(value)) from None
    points = to_decimals(points_of(value, full), MOST_DECIMALS)
    if not 0 <= points <= full:
        raise Misread("part_file.out_of_range", points=_as_shown(value), full=str(plain(full)))
    return plain(points)


def points_of(value: Any, full: Decimal) -> Decimal:
    """Points as they are typed or stand in a cell. Of full points of 100, per cent are points; of others they could be
    either, and that is said. Raises Misread."""
    number = number_of(value)
    if not (isinstance(value, Share) or (isinstance(value, str) and key(value).endswith("%"))):
        return number
    if full != 100:
        raise Misread("part_file.per_cent", value=_as_shown(value), full=str(plain(full)))
    return number * 100


def _as_shown(value: Any) -> str:
    return f"{plain(number_of(value) * 100):f}%" if isinstance(value, Share) else shown(value)
