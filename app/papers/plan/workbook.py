"""A plan as a workbook (.xlsx): made to be filled in by people, read back by ``reading_workbook``."""

import io
import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from app.meeting.plan import AgendaItem, Plan
from app.meeting.shortcomings import field_of
from app.papers.plan.cells import number_of
from app.papers.plan.columns import Column
from app.papers.plan.contents import Holds
from app.papers.plan.example import EXAMPLE
from app.papers.plan.groups import words_for
from app.papers.plan.groups import written as written_group
from app.papers.plan.joined_sheets import COMPOSITE, COMPOSITE_GRADES, PARTS
from app.papers.plan.references import Names
from app.papers.plan.segments import IN_COLUMNS, fit_columns
from app.papers.plan.sheets import (
    AGENDA,
    CONTENT,
    ENTRIES,
    ENTRY,
    GRADES,
    GROUPS,
    HINT,
    INSTRUCTIONS,
    LEVELS,
    MEETING,
    ORDER_OF_SHEETS,
    PANEL,
    RECUSALS,
    RUBRIC,
    RULES,
    TABLES,
    UNITS,
    WORDS,
)

ROWS_TO_FILL = 200
"""So many rows offer their choices."""

SPARE_ENTRIES = 3
"""An entry that may stand several times has at least so many lines."""

POINTS_OF_A_LINE = 16.5
WIDTH_OF_ENTRIES = (18, 44, 72)
WIDTH_OF_INSTRUCTIONS = (16, 20, 8, 60, 60)
A4 = 9

FIRST_DAY_OF_EXCEL = date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""

MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001  the same plan is to make the same file
HOW_TO = (
    "开门评议 · 评议会工作簿",
    "一个工作簿就是一场评议会。逐张填写后上传，或运行 run.py import 文件名；先看预览，有一处错误就什么都不改。",
    "空白模板里是一场完整的小型示例，请逐张改成自己的内容，多余的行删去。",
    "可以增加行、调整列的次序、加“序号”“备注”列；请勿改动工作表名和列名。",
    "各表之间用名称互相指认：议程和回避里写单位的简称（或全称），评议团里写类别，回避里写席位，等次里写指标。",
    "“编号”列一般不填。导出的文件里已有编号，请保留，改了内容再导入时才认得出是同一项。",
    "书面报告等附件和上年整改事项不在工作簿里，再次导入时按单位原样保留。",
)

Row = Sequence[Any]


def write_workbook(plan: Plan | None) -> bytes:
    """A plan as an .xlsx file, from which ``read_workbook`` makes the same plan; attachments are not in it.

    None: the template, a small complete example to be written over, without ids.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": (plan or EXAMPLE).name, "created": MADE_AT})
    _Writer(book).write(_contents(plan or EXAMPLE, has_ids=plan is not None))
    book.close()
    return file.getvalue()


# --- what stands in the sheets ----------------------------------------------------------------------------------------


def _contents(plan: Plan, has_ids: bool) -> dict[str, list[Row]]:
    """The rows of each sheet; of a sheet of entries: heading and content."""
    units, groups, seats, criteria = _names(plan)
    made: Mapping[str, str] = {} if has_ids else {"id": ""}
    short_names = {unit.id: unit.short_name for unit in plan.units}
    return {
        MEETING: list(_entries(MEETING, plan)),
        UNITS: [_row(UNITS, unit, **made) for unit in plan.units],
        AGENDA: [_row(AGENDA, item, **_of_item(item, units, short_names), **made) for item in plan.agenda],
        GROUPS: [
            _row(GROUPS, group, name=written_group(group), weight=plan.rules.group_weights.get(group.id), **made)
            for group in plan.groups
        ],
        PANEL: [_row(PANEL, seat, group=groups.get(seat.group, f"#{seat.group}"), **made) for seat in plan.seats],
        RECUSALS: [
            _row(RECUSALS, None, seat=seats[seat.id], unit=units.get(unit, f"#{unit}"), reason=seat.reasons.get(unit))
            for seat in plan.seats
            for unit in seat.recusals
        ],
        RUBRIC: [_row(RUBRIC, each, **made) for each in plan.criteria],
        LEVELS: [_row(LEVELS, level, criterion=criteria[each.id]) for each in plan.criteria for level in each.levels],
        GRADES: [_row(GRADES, line) for line in plan.rules.grades],
        RULES: list(_entries(RULES, plan.rules)),
        COMPOSITE: list(_entries(COMPOSITE, plan.composite)),
        PARTS: [_row(PARTS, part, **made) for part in plan.composite.parts],
        COMPOSITE_GRADES: [_row(COMPOSITE_GRADES, line) for line in plan.composite.grades],
        WORDS: list(_entries(WORDS, plan)),
    }


def _row(sheet: str, part: Any, **said: Any) -> Row:
    """The cells of a line, with what is said of it in place of the part's own."""
    values = (said[each.field] if each.field in said else each.value_of(part) for each in TABLES[sheet])
    return tuple(column.written(value) for column, value in zip(TABLES[sheet], values, strict=True))


def _entries(sheet: str, part: Any) -> Iterator[Row]:
    for column in ENTRIES[sheet]:
        if column.is_outdated:
            continue
        value = column.value_of(part)
        if column.is_repeated:
            rows: list[Row] = [(column.heading, column.written(each)) for each in value]
            yield from rows + [(column.heading, "")] * (SPARE_ENTRIES - len(rows))
        elif value or not column.is_rare:
            yield column.heading, column.written(value)


def _names(plan: Plan) -> list[dict[str, str]]:
    """How units, groups, seats and criteria are written where other sheets speak of them, by id."""
    called: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
        (UNITS, {unit.id: (unit.short_name, unit.name) for unit in plan.units}),
        (GROUPS, {group.id: words_for(group) for group in plan.groups}),
        (PANEL, {seat.id: (seat.label,) for seat in plan.seats}),
        (RUBRIC, {each.id: (each.name,) for each in plan.criteria}),
    )
    written_as = []
    for sheet, parts in called:
        names = Names(sheet)
        for id, words in parts.items():
            names.add(id, words)
        written_as.append({id: names.reference_to(id, words) for id, words in parts.items()})
    return written_as


def _of_item(item: AgendaItem, units: Mapping[str, str], short_names: Mapping[str, str]) -> dict[str, Any]:
    times = {each.kind: each.planned for each in item.segments} if fit_columns(item.segments) else {}
    return {
        "unit": None if item.unit is None else units.get(item.unit, f"#{item.unit}"),
        "title": None if item.title == short_names.get(item.unit or "") else item.title,
        **{field_of(kind): times.get(kind) for kind in IN_COLUMNS},
        "segments": None if times else item.segments,
    }


# --- how it looks -----------------------------------------------------------------------------------------------------


class _Writer:
    """Writes sheets into a workbook, each with headings that stay in sight, hints and choices."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        look = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        self._title = book.add_format({**look, "font_size": 16, "bold": True})
        self._heading = book.add_format(
            {**look, "bold": True, "bg_color": "#E8E3D9", "border": 1, "border_color": "#B8B0A0", "text_wrap": True}
        )
        self._needed = book.add_format(
            {**look, "bold": True, "bg_color": "#F3DCD4", "border": 1, "border_color": "#B8B0A0", "text_wrap": True}
        )
        self._label = book.add_format({**look, "bold": True})
        self._hint = book.add_format({**look, "font_color": "#6B6459", "text_wrap": True})
        self._wrapped = book.add_format({**look, "text_wrap": True})
        self._id = book.add_format({**look, "font_color": "#9A9488", "num_format": "@"})
        self._looks = {
            Holds.TEXT: book.add_format({**look, "num_format": "@", "text_wrap": True, "align": "left"}),
            Holds.NUMBER: book.add_format({**look, "align": "left"}),
            Holds.MINUTES: book.add_format({**look, "align": "left"}),
            Holds.DATE: book.add_format({**look, "num_format": "yyyy-mm-dd", "align": "left"}),
            Holds.TIME: book.add_format({**look, "num_format": "hh:mm", "align": "left"}),
        }
        self._to_the_second = book.add_format({**look, "num_format": "hh:mm:ss", "align": "left"})

    def write(self, contents: Mapping[str, list[Row]]) -> None:
        for name in ORDER_OF_SHEETS:
            sheet = self._book.add_worksheet(name)
            sheet.ignore_errors({"number_stored_as_text": "A1:Z2000"})
            _set_up_printing(sheet)
            if name == INSTRUCTIONS:
                self._instructions(sheet)
            elif name in ENTRIES:
                self._entries(sheet, ENTRIES[name], contents[name])
            else:
                self._table(sheet, TABLES[name], contents[name])
        self._book.get_worksheet_by_name(MEETING).activate()

    def _instructions(self, sheet: Worksheet) -> None:
        _set_widths(sheet, WIDTH_OF_INSTRUCTIONS)
        sheet.write_string(0, 0, HOW_TO[0], self._title)
        for row, text in enumerate(HOW_TO[1:], start=1):
            sheet.merge_range(row, 0, row, 4, text, self._wrapped)
            sheet.set_row(row, 20)
        top = len(HOW_TO) + 1
        self._headings(sheet, top, ("工作表", "列或项目", "必填", HINT, "可选内容"))
        for row, (name, column) in enumerate(_all_columns(), start=top + 1):
            choices = "、".join(column.choices) or (f"“{column.of}”表中的名称" if column.of else "")
            needed = "必填" if column.is_needed else ""
            texts = (name, column.title, needed, column.hint, choices)
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, self._wrapped)
            _make_room(sheet, row, texts, WIDTH_OF_INSTRUCTIONS)

    def _entries(self, sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        _set_widths(sheet, WIDTH_OF_ENTRIES)
        self._headings(sheet, 0, (ENTRY, CONTENT, HINT))
        sheet.freeze_panes(1, 0)
        by_heading = {column.heading: column for column in columns}
        for row, (heading, content) in enumerate(rows, start=1):
            column = by_heading[heading]
            sheet.write_string(row, 0, column.title, self._needed if column.is_needed else self._label)
            self._cell(sheet, row, 1, content, self._looks[column.holds])
            sheet.write_string(row, 2, column.hint, self._hint)
            self._offer(sheet, row, row, 1, column)
            _make_room(sheet, row, (column.title, content, column.hint), WIDTH_OF_ENTRIES)

    def _table(self, sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            is_id = column.field == "id"
            look = self._id if is_id else self._looks[column.holds]
            sheet.set_column(at, at, column.width, look)
            sheet.write_string(0, at, column.title, self._needed if column.is_needed else self._heading)
            sheet.write_comment(0, at, _note(column), {"x_scale": 2, "y_scale": 1.2})
            self._offer(sheet, 1, ROWS_TO_FILL, at, column)
            for row, content in enumerate(rows, start=1):
                is_length = column.holds is Holds.MINUTES and isinstance(content[at], str)
                self._cell(sheet, row, at, content[at], self._looks[Holds.TEXT] if is_length else look)
        for row, content in enumerate(rows, start=1):
            _make_room(sheet, row, content, [column.width for column in columns])

    def _headings(self, sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
        for at, heading in enumerate(headings):
            sheet.write_string(row, at, heading, self._heading)

    def _offer(self, sheet: Worksheet, first: int, last: int, at: int, column: Column) -> None:
        """The choices of a cell. A name of another sheet may also be typed in full, so that others are let in."""
        if column.choices:
            sheet.data_validation(
                first,
                at,
                last,
                at,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_title": "请从列表中选择",
                    "error_message": column.hint[:255],
                },
            )
        elif column.of:
            sheet.data_validation(
                first,
                at,
                last,
                at,
                {"validate": "list", "source": _names_of(column.of), "show_error": False},
            )

    def _cell(self, sheet: Worksheet, row: int, at: int, content: Any, look: Format) -> None:
        match content:
            case "" | None:
                sheet.write_blank(row, at, None, look)
            case Decimal():
                self._number(sheet, row, at, content, look)
            case bool() | str():
                sheet.write_string(row, at, str(content), look)
            case int() | float():
                sheet.write_number(row, at, content, look)
            case date() if content < FIRST_DAY_OF_EXCEL:
                sheet.write_string(row, at, content.isoformat(), look)
            case time() if content.microsecond:
                sheet.write_string(row, at, content.isoformat(), look)
            case _:
                is_exact = isinstance(content, time) and content.second
                sheet.write_datetime(row, at, content, self._to_the_second if is_exact else look)

    def _number(self, sheet: Worksheet, row: int, at: int, number: Decimal, look: Format) -> None:
        """A decimal as a number; as text if Excel would lose a digit, even a 0 at the end: a seal is over digits."""
        as_excel = int(number) if str(number).lstrip("-").isdigit() else float(number)
        is_kept = len(str(number)) <= 15 and str(number_of(as_excel)) == str(number)
        if is_kept:
            sheet.write_number(row, at, as_excel, look)
        else:
            sheet.write_string(row, at, str(number), look)


def _set_up_printing(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&A  &P / &N")


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)


def _make_room(sheet: Worksheet, row: int, contents: Sequence[Any], widths: Sequence[float]) -> None:
    """A row as high as its longest text asks for: not every program finds that out by itself."""
    lines = max(_lines(str(text or ""), width) for text, width in zip(contents, widths, strict=True))
    if lines > 1:
        sheet.set_row(row, lines * POINTS_OF_A_LINE)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column so many digits wide. A Chinese character is as wide as two."""
    return sum(max(1, math.ceil(_digits(line) / (width - 1))) for line in text.split("\n"))


def _digits(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _all_columns() -> Iterator[tuple[str, Column]]:
    for name in ORDER_OF_SHEETS:
        columns = (*ENTRIES.get(name, ()), *TABLES.get(name, ()))
        yield from ((name, column) for column in columns if not column.is_outdated)


def _note(column: Column) -> str:
    choices = f"\n可选：{'、'.join(column.choices)}" if column.choices else ""
    return f"{'必填。' if column.is_needed else ''}{column.hint}{choices}"


def _names_of(sheet: str) -> str:
    """The cells from which a name of a sheet is chosen: of units the short ones."""
    headings = [column.heading for column in TABLES[sheet]]
    letter = xl_col_to_name(headings.index("简称") if "简称" in headings else 0)
    return f"='{sheet}'!${letter}$2:${letter}${ROWS_TO_FILL + 1}"
