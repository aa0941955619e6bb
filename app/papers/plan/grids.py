"""An .xlsx file as grids of cells, opened with care: what is no workbook is said in one sentence, and nothing in it can
cost more than bounded memory."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree  # its entities: no part with a DOCTYPE is read, see below

from app.papers.plan.kinds import must_be_a_package, must_have_a_book, must_not_be_strict
from app.papers.plan.mistakes import Unreadable
from app.papers.plan.names import tidy

LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_TAGS = 400_000
"""Bytes and tags of all parts that are read. A meeting of fifty units has about 300 KB and 10 000 tags."""

MOST_MERGED = 5_000
"""Merged cells: to the library each of them is far more work than a cell."""

MOST_CHARACTERS = 1_000_000
"""Of all texts, each counted in every cell where it stands: in the package a text of many cells stands once."""
LONGEST_CELL = 5_000
"""Characters of a text: the longest that a meeting holds has 2,000, and a pattern may take the square of a length."""

MOST_PARTS = 500
MOST_SHEETS = 40
MOST_ROWS = 1000
MOST_COLUMNS = 40

LAST_DAY = 2_958_465
"""The day 9999-12-31 as Excel counts. A greater number in a cell of dates is a date that was typed as 20231117."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXTS = "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Failure(str):
    """What stands in a cell whose formula fails, such as ``#REF!``: the same letters, typed, are a text."""

    __slots__ = ()


class Share(float):
    """A number in a cell that shows it in per cent: 0.965 where everybody sees 96.5%."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its rows as they stand, the first being row 1. A merged cell's value stands in every row it covers."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False
    not_computed: frozenset[str] = field(default_factory=frozenset)
    """Formulas whose value the file does not hold, as ``B7``."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    """By hand, by a filter or by a closed outline; from 1."""
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    """From 0."""
    is_too_wide: bool = False
    filled: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Row and column, from 0, where the value of a merged cell stands that begins further up."""
    across: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Of a cell, by row and column from 0, that is merged with others beside it: the last of their columns."""


def grids_of(content: bytes) -> list[Grid]:
    """The sheets of a workbook in their order, hidden ones, too. Raises Unreadable."""
    import openpyxl  # here and below: seldom needed, and a start should not wait for it

    must_be_a_package(content)
    warnings.filterwarnings("ignore", module="openpyxl")  # what it would tell a terminal is told to the person
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _must_be_bounded(package)
            parts = _sheet_parts(package)
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            blank = _blank_texts(package)
            sheets = book.worksheets[:MOST_SHEETS]
            grids = [_grid(sheet, package, parts.get(sheet.title, ""), blank) for sheet in sheets]
            _must_be_readable(grids)
            return grids
    except Unreadable:
        raise
    except Exception as error:
        # Whatever a broken file makes the library stumble over, the person hears that the file is broken.
        raise Unreadable("file.broken") from error


def _must_be_bounded(package: zipfile.ZipFile) -> None:
    parts = [part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))]
    # What the directory of the package says is as much as is ever unpacked.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable("file.too_large_inside")
    must_have_a_book(package.namelist())
    tags = merged = 0
    for part in parts:
        content = _as_utf8(package.read(part))
        # No program writes a DOCTYPE into a workbook; its entities could unpack into anything. A 0 hides one (UTF-16).
        if b"<!DOCTYPE" in content or b"\0" in content:
            raise Unreadable("file.broken")
        if part.filename == "xl/workbook.xml":
            must_not_be_strict(content)
        tags += content.count(b"<")
        merged += content.count(b"mergeCell ")
        if tags > MOST_TAGS or merged > MOST_MERGED:
            raise Unreadable("file.too_large_inside")


def _must_be_readable(grids: list[Grid]) -> None:
    characters = 0
    for grid in grids:
        for row, at, text in _texts(grid):
            if len(text) > LONGEST_CELL:
                raise Unreadable(
                    "file.cell_too_long",
                    sheet=grid.name,
                    cell=f"{letter_of(at)}{row}",
                    most=LONGEST_CELL,
                    length=len(text),
                )
            characters += len(text)
    if characters > MOST_CHARACTERS:
        raise Unreadable("file.too_large_inside")


def _texts(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Every text: its row, from 1, and its column, from 0."""
    for row, cells in enumerate(grid.rows, 1):
        yield from ((row, at, value) for at, value in enumerate(cells) if isinstance(value, str))


def _as_utf8(content: bytes) -> bytes:
    """A part in UTF-16 that says so, as Power Query leaves them beside the sheets, as the parser would read it."""
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    return content.decode("utf-16", "replace").encode("utf-8", "replace")


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Where in the package each sheet stands, by its title."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314
    sheets = ((each.get("name", ""), targets.get(each.get(_RELATION, ""), "")) for each in book.iter(f"{_MAIN}sheet"))
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in sheets}


def _grid(sheet: Any, package: zipfile.ZipFile, part: str, blank: frozenset[str]) -> Grid:
    sheet.reset_dimensions()
    rows = [tuple(map(_value, row)) for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)]
    marks = _marks(package, part, blank)
    while len(rows) > marks.last_formula and all(value is None for value in rows[-1]):
        rows.pop()
    full = tuple(row + (None,) * (MOST_COLUMNS - len(row)) for row in rows[:MOST_ROWS])
    stretches = [each for ref in marks.merged if (each := _stretch(ref, len(full)))]
    is_cut = len(rows) > MOST_ROWS or marks.goes_on
    return Grid(
        sheet.title,
        _filled_down(_with_long_numbers(full, marks.long_numbers), stretches),
        is_cut,
        frozenset(marks.not_computed),
        is_hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(marks.hidden_rows),
        hidden_columns=frozenset(marks.hidden_columns),
        is_too_wide=marks.is_too_wide,
        filled=frozenset((row, each.left) for each in stretches for row in range(each.top + 1, each.bottom + 1)),
        across={
            (row, each.left): each.right
            for each in stretches
            if each.right > each.left
            for row in range(each.top, each.bottom + 1)
        },
    )


def _value(cell: Any) -> Any:
    if cell.data_type == "e":
        return Failure(cell.value)
    is_share = cell.data_type == "n" and type(cell.value) in (int, float) and "%" in cell.number_format
    return Share(cell.value) if is_share else cell.value


@dataclass(slots=True)
class _Marks:
    """What the library does not tell of a sheet."""

    merged: list[str] = field(default_factory=list)
    not_computed: list[str] = field(default_factory=list)
    last_formula: int = 0
    """The last row with a formula that has no value: to the library it is empty."""
    goes_on: bool = False
    is_too_wide: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    long_numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    """By row and column from 0: numbers in cells of dates that are no day of Excel; to the library they are errors."""


def _blank_texts(package: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the shared texts that are nothing to look at."""
    if _TEXTS not in package.namelist():
        return frozenset()
    texts = ElementTree.fromstring(package.read(_TEXTS)).iter(f"{_MAIN}si")  # noqa: S314
    return frozenset(str(at) for at, text in enumerate(texts) if not tidy("".join(text.itertext())))


def _marks(package: zipfile.ZipFile, part: str, blank: frozenset[str]) -> _Marks:
    marks = _Marks()
    if part in package.namelist():
        with package.open(part) as file:
            number, are_hidden = 0, False
            for _, element in ElementTree.iterparse(file):  # noqa: S314
                if element.tag == f"{_MAIN}mergeCell":
                    marks.merged.append(element.get("ref", ""))
                elif element.tag == f"{_MAIN}sheetFormatPr":
                    are_hidden = _is_on(element, "zeroHeight")
                elif element.tag == f"{_MAIN}col" and _is_out_of_sight(element, "width"):
                    last = min(int(element.get("max", 0)), MOST_COLUMNS)
                    marks.hidden_columns.update(range(int(element.get("min", 1)) - 1, last))
                elif element.tag == f"{_MAIN}row":
                    number = int(element.get("r") or number + 1)
                    if _is_out_of_sight(element, "ht") or (are_hidden and element.get("ht") is None):
                        marks.hidden_rows.add(number)
                    _mark_cells(element, number, marks, blank)
                    element.clear()
    return marks


def _is_on(element: ElementTree.Element, name: str) -> bool:
    return element.get(name, "0") in ("1", "true", "on")


def _is_out_of_sight(element: ElementTree.Element, size: str) -> bool:
    return _is_on(element, "hidden") or element.get(size) in ("0", "0.0")


def _mark_cells(row: ElementTree.Element, number: int, marks: _Marks, blank: frozenset[str]) -> None:
    for at, cell in enumerate(row.iter(f"{_MAIN}c")):
        value = cell.find(f"{_MAIN}v")
        # A formula may well have an empty text for its value: that is said by its type.
        has_value = value is not None and (bool(value.text) or cell.get("t") == "str")
        is_empty = not has_value and cell.find(f"{_MAIN}is") is None
        if is_empty and cell.find(f"{_MAIN}f") is not None:
            marks.not_computed.append(cell.get("r") or f"{letter_of(at)}{number}")
            marks.last_formula = max(marks.last_formula, number)
        elif not is_empty and number > MOST_ROWS:
            marks.goes_on = marks.goes_on or not _is_blank(cell, blank)
        elif not is_empty:
            _mark_place(cell, number - 1, at, marks)


def _is_blank(cell: ElementTree.Element, blank: frozenset[str]) -> bool:
    """Whether a cell shows nothing: an empty text, or spaces, as formulas and typists leave them far below."""
    inline = cell.find(f"{_MAIN}is")
    text = (cell.findtext(f"{_MAIN}v") or "") if inline is None else "".join(inline.itertext())
    return text in blank if cell.get("t") == "s" else not tidy(text)


def _mark_place(cell: ElementTree.Element, row: int, at: int, marks: _Marks) -> None:
    from openpyxl.utils import column_index_from_string

    letters = re.match(r"[A-Z]{1,3}", cell.get("r", ""))
    column = column_index_from_string(letters[0]) - 1 if letters else at
    marks.is_too_wide = marks.is_too_wide or column >= MOST_COLUMNS
    text = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t", "n") == "n" and re.fullmatch(r"\d{8}", text, re.ASCII) and int(text) > LAST_DAY:
        marks.long_numbers[row, column] = int(text)


def _with_long_numbers(
    rows: tuple[tuple[Any, ...], ...], numbers: dict[tuple[int, int], int]
) -> tuple[tuple[Any, ...], ...]:
    full = [list(row) for row in rows]
    for (row, column), number in numbers.items():
        if row < len(full) and column < len(full[row]) and isinstance(full[row][column], Failure):
            full[row][column] = number
    return tuple(map(tuple, full))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What a merged cell covers, from 0, all of it inclusive."""

    left: int
    top: int
    right: int
    bottom: int


def _filled_down(rows: tuple[tuple[Any, ...], ...], stretches: list[_Stretch]) -> tuple[tuple[Any, ...], ...]:
    """Rows in which the value of a merged cell stands in each row it covers, in its first column."""
    filled = [list(row) for row in rows]
    for each in stretches:
        for row in filled[each.top + 1 : each.bottom + 1]:
            row[each.left] = filled[each.top][each.left]
    return tuple(map(tuple, filled))


def _stretch(ref: str, rows: int) -> _Stretch | None:
    """What is merged by ``A2:B3``, within so many rows; None of what lies outside, or of a single cell."""
    from openpyxl.utils import range_boundaries

    if not re.fullmatch(r"[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}", ref):
        return None
    left, top, right, bottom = (each - 1 for each in range_boundaries(ref))
    found = _Stretch(left, top, right, min(bottom, rows - 1))
    is_seen = top < rows and left < MOST_COLUMNS and 0 <= top <= bottom and left <= right
    return found if is_seen and (right > left or bottom > top) else None


def letter_of(at: int) -> str:
    """The letter of a column, 0 being A."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(at + 1))
