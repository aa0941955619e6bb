"""A sheet of a workbook as it is written: looks, numbers, formulas with their values, A4, protection."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from app.meeting.measure import lines_of
from app.papers.folder.packing import repacked
from app.papers.folder.proceedings import Proceedings
from app.papers.results.formulas import Formula, number_of

A4 = 9
MARGINS = {"left": 0.6, "right": 0.6, "top": 0.7, "bottom": 0.7}
UPRIGHT = 110
"""What stands side by side on an upright page and can still be read, in digits."""
ROW_HEIGHT, HIGHEST_ROW = 21, 409
"""Points; Excel takes a file for broken that has a higher row."""
LONGEST_SHEET_NAME = 31
"""In halves of what UTF-16 writes: a rare character counts as two."""
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f']+")

Content = str | int | Decimal | Formula[Any] | None


class Looks:
    """The formats of a workbook, by name; each is made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}

    def of(self, **more: Any) -> Format:
        key = tuple(sorted(more.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "宋体", "font_size": 11, "valign": "vcenter", **more})
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.of(font_size=16, bold=True)

    @property
    def plain(self) -> Format:
        return self.of()

    @property
    def small(self) -> Format:
        return self.of(font_size=9, font_color="#595449")

    @property
    def heading(self) -> Format:
        return self.of(bold=True, border=1, bg_color="#EFEBE3", text_wrap=True, align="center")

    @property
    def text(self) -> Format:
        return self.of(border=1, text_wrap=True, num_format="@")

    @property
    def note(self) -> Format:
        """What may be written into a protected sheet."""
        return self.of(border=1, text_wrap=True, num_format="@", locked=False)

    @property
    def label(self) -> Format:
        return self.of(border=1, bg_color="#F7F5F0", text_wrap=True)

    def number(self, decimals: int | None = None, **more: Any) -> Format:
        """With so many decimals; None: as many as there are."""
        shown = {} if decimals is None else {"num_format": f"0.{'0' * decimals}" if decimals else "0"}
        return self.of(border=1, align="center", **shown, **more)


class Page:
    """One sheet. Rows and columns are counted from 0. It is written by ``finish``, until then it may be given up."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self.sheet = sheet
        self.looks = looks
        self.name: str = sheet.get_name()
        self._widths: tuple[float, ...] = ()
        self._texts: list[tuple[int, int, int, str]] = []
        self._lines: dict[int, int] = {}
        self._writes: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def put(self, row: int, column: int, content: Content, look: Format | None = None) -> str:
        """Write a cell, and say where it is. Raises BeyondSpreadsheet."""
        sheet = self.sheet
        match content:
            case Formula(text, value):
                said = number_of(value) if isinstance(value, Decimal) else value
                self._fills(row, column, column, said, look)
                self._later(sheet.write_formula, row, column, f"={text}", look, said)
            case Decimal():
                self._later(sheet.write_number, row, column, number_of(content), look)
            case int():
                self._later(sheet.write_number, row, column, content, look)
            case None | "":
                self._later(sheet.write_blank, row, column, None, look)
            case _:
                self._fills(row, column, column, content, look)
                self._later(sheet.write_string, row, column, content, look)
        return self.at(row, column)

    def row(self, row: int, contents: Sequence[Content], look: Format, first: int = 0) -> None:
        for column, content in enumerate(contents, start=first):
            self.put(row, column, content, look)

    def high(self, row: int, lines: int) -> None:
        """Room for so many lines of text at least."""
        self._lines[row] = max(lines, self._lines.get(row, 1))

    def _fills(self, row: int, first: int, last: int, content: object, look: Format | None) -> None:
        """A text that turns within these columns. Rows have a height of their own, and no program finds another."""
        if isinstance(content, str) and look is not None and look.text_wrap:
            self._texts.append((row, first, last, content))

    def _heights(self) -> None:
        for row, first, last, text in self._texts:
            if width := int(sum(self._widths[first : last + 1])):
                self.high(row, sum(len(lines_of(line, (width + 1) // 2)) for line in text.split("\n")))
        for row, lines in self._lines.items():
            if lines > 1:
                self.sheet.set_row(row, min(lines * 15 + 4, HIGHEST_ROW))

    def label(self, row: int, text: str, columns: int) -> None:
        """A text across the first columns."""
        look = self.looks.label
        self._fills(row, 0, columns - 1, text, look)
        self._later(self.sheet.merge_range, row, 0, row, columns - 1, "", look)
        # What is merged would be taken for a formula, or a link.
        self._later(self.sheet.write_string, row, 0, text, look)

    def _later(self, write: Callable[..., Any], *what: Any) -> None:
        self._writes.append((write, what))

    @staticmethod
    def at(row: int, column: int, row_abs: bool = False, col_abs: bool = False) -> str:
        cell: str = xl_rowcol_to_cell(row, column, row_abs, col_abs)
        return cell

    @staticmethod
    def cells(first_row: int, first: int, last_row: int, last: int) -> str:
        cells: str = xl_range_abs(first_row, first, last_row, last)
        return cells

    def elsewhere(self, row: int, column: int) -> str:
        """A cell of this sheet as another sheet calls it."""
        return f"'{self.name}'!{self.at(row, column, True, True)}"

    def widths(self, *widths: float) -> None:
        self._widths = widths
        for at, width in enumerate(widths):
            self._later(self.sheet.set_column, at, at, width)

    def hide(self, column: int) -> None:
        """A column that this meeting has nothing for: formulas count on its place, paper need not show it."""
        self._later(self.sheet.set_column, column, column, None, None, {"hidden": True})

    def title(self, record: Proceedings, text: str) -> None:
        """Three lines: what this is, of which meeting, and of which record."""
        for row, (line, look) in enumerate(
            zip((text, *whose(record)), (self.looks.title, self.looks.plain, self.looks.small), strict=True)
        ):
            self.put(row, 0, line, look)

    def finish(self, record: Proceedings, heads: int) -> None:
        """Of what is laid out notes alone can be changed."""
        self.lay_out(record, heads)
        self.sheet.protect("", {"format_columns": True, "format_rows": True})

    def lay_out(self, record: Proceedings, heads: int) -> None:
        """A4, on its side if it is wide; ``heads`` rows and the seal on each page."""
        sheet = self.sheet
        sheet.set_default_row(ROW_HEIGHT)
        for write, what in self._writes:
            write(*what)
        self._heights()
        sheet.set_paper(A4)
        if sum(self._widths) > UPRIGHT:
            sheet.set_landscape()
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, heads - 1)
        sheet.freeze_panes(heads, 0)
        sheet.set_footer(f"&L&8 {record.code} · {record.number} · {record.seal[:16]}…&C&8&A&R&8 &P / &N")


def workbook(record: Proceedings, title: str, write: Callable[[xlsxwriter.Workbook, Looks], None]) -> bytes:
    """A workbook of a record: dated by it, and the same whenever it is made."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    at = record.at.astimezone(UTC).replace(tzinfo=None)  # as XlsxWriter takes it, wherever the hall is
    book.set_properties({"title": f"{record.meeting.plan.name} · {title}", "created": at})
    write(book, Looks(book))
    book.close()
    return repacked(file.getvalue(), record.at)


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """A name that every program takes for a sheet, and that no other sheet has."""
    clean = _cut(NOT_IN_SHEET_NAMES.sub(" ", text).strip(), LONGEST_SHEET_NAME).strip() or "1"
    known = {each.casefold() for each in taken}
    for number in range(2, 10_000):
        if clean.casefold() not in known:
            break
        ending = f" {number}"
        clean = _cut(clean, LONGEST_SHEET_NAME - len(ending)) + ending
    return clean


def _cut(text: str, most: int) -> str:
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")


def whose(record: Proceedings) -> tuple[str, str]:
    """Two lines under a title: of which meeting, and which record it was made of."""
    plan = record.meeting.plan
    date = record.meeting.day
    said = ["彩排" if plan.is_rehearsal else "", plan.name, f"{date.year}年{date.month}月{date.day}日", plan.place]
    is_over = "" if record.meeting.is_finished else " · 会议尚未结束"
    return (
        " · ".join(each for each in said if each),
        f"会议代号 {plan.code} · 日志共 {record.number} 条 · 末条封码 {record.seal}{is_over}",
    )
