"""A workbook's sheets line by line: headings found wherever they stand, each cell read, or complained about there.

A line goes on after a complaint, with a harmless value in place of the unreadable one, so that nothing hides behind it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.meeting.refusals import Fact
from app.papers.cells import is_blank, text_of
from app.papers.grids import MOST_ROWS, Failure, Grid, letter_of
from app.papers.mistakes import Misread, Mistake, Place, mistake_at, warning_at
from app.papers.names import key
from app.papers.sheets import CONTENT, ENTRIES, ENTRY, IGNORED_HEADINGS, TABLES, Column

HEADINGS_WITHIN = 10
"""Rows from the top in which the headings are looked for: people put a title above them."""

T = TypeVar("T")


class Findings:
    """The mistakes found so far."""

    def __init__(self) -> None:
        self.all: list[Mistake] = []

    def error(self, place: Place, code: str, /, **facts: Fact) -> None:
        self.all.append(mistake_at(place, code, **facts))

    def warn(self, place: Place, code: str, /, **facts: Fact) -> None:
        self.all.append(warning_at(place, code, **facts))

    @property
    def has_errors(self) -> bool:
        return any(not each.is_warning for each in self.all)

    def is_wrong(self, sheet: str) -> bool:
        """Whether there is an error in a sheet."""
        return any(not each.is_warning and each.sheet == sheet for each in self.all)


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    letter: str
    value: Any


@dataclass(slots=True)
class Line:
    """What belongs together: a row of a table, or all entries of a sheet. ``is_bad`` once something was unreadable."""

    sheet: str
    row: int | None
    cells: Mapping[str, Cell]
    findings: Findings
    not_computed: frozenset[str] = frozenset()
    is_bad: bool = field(default=False)

    def place(self, heading: str) -> Place:
        cell = self.cells.get(heading)
        if cell is None:
            return Place(self.sheet, self.row, heading)
        return Place(self.sheet, cell.row, f"{cell.letter} {heading}")

    def says(self, heading: str) -> bool:
        cell = self.cells.get(heading)
        return cell is not None and (not is_blank(cell.value) or self._lacks_value(cell))

    def read(self, heading: str, parse: Callable[[Any], T], otherwise: T) -> T:
        """A cell's value; ``otherwise`` if it is empty, or complained about."""
        if not self.says(heading):
            return otherwise
        try:
            return parse(self._value(self.cells[heading]))
        except Misread as misread:
            self.complain(heading, misread)
            return otherwise

    def need(self, heading: str, parse: Callable[[Any], T], otherwise: T) -> T:
        """The value of a cell that must not be empty."""
        if heading not in self.cells:
            self.is_bad = True  # that the column is missing has been said
        elif not self.says(heading):
            self.lack(heading)
        return self.read(heading, parse, otherwise)

    def lack(self, heading: str) -> None:
        self.complain(heading, Misread("cell.missing"))

    def complain(self, heading: str, misread: Misread) -> None:
        self.is_bad = True
        self.findings.error(self.place(heading), misread.said.code, **misread.said.facts)

    def _value(self, cell: Cell) -> Any:
        if self._lacks_value(cell):
            raise Misread("cell.not_computed")
        if isinstance(cell.value, Failure):
            raise Misread("cell.is_an_error", value=str(cell.value))
        return cell.value

    def _lacks_value(self, cell: Cell) -> bool:
        return f"{cell.letter}{cell.row}" in self.not_computed


def lines_of(grid: Grid, findings: Findings) -> Iterator[Line]:
    """The lines of a table that are not empty."""
    at, columns = _headings(grid, TABLES[grid.name], findings)
    if at is None:
        return
    _must_not_be_cut(grid, findings)
    for number, row in enumerate(grid.rows[at + 1 :], start=at + 2):
        cells = {heading: Cell(number, letter_of(column), row[column]) for heading, column in columns.items()}
        line = Line(grid.name, number, cells, findings, grid.not_computed)
        if any(line.says(heading) for heading in cells):
            yield line


def entries_of(grid: Grid, findings: Findings) -> tuple[Line, dict[str, list[Line]]]:
    """The entries of a sheet as one line, and those that may stand several times as a line each."""
    known = _by_words(ENTRIES[grid.name])
    label_at, content_at = _entry_columns(grid)
    cells: dict[str, Cell] = {}
    repeated: dict[str, list[Line]] = {}
    _must_not_be_cut(grid, findings)
    for number, row in enumerate(grid.rows, start=1):
        cell = Cell(number, letter_of(content_at), row[content_at])
        label = _label(row[label_at])
        column = known.get(key(label.partition("（")[0].partition("(")[0]))
        if column is None:
            if not is_blank(cell.value) and label not in (ENTRY, *IGNORED_HEADINGS):
                findings.error(Place(grid.name, number, f"{letter_of(label_at)} {label}"), "entry.unknown", label=label)
        elif column.is_repeated:
            one = Line(grid.name, number, {column.heading: cell}, findings, grid.not_computed)
            repeated.setdefault(column.heading, []).append(one)
        elif column.heading in cells:
            place = Place(grid.name, number, f"{letter_of(label_at)} {column.heading}")
            findings.error(place, "entry.twice", label=column.heading, row=cells[column.heading].row)
        else:
            cells[column.heading] = cell
    line = Line(grid.name, None, cells, findings, grid.not_computed)
    _must_have(grid.name, ENTRIES[grid.name], cells, findings, "entry.missing")
    return line, repeated


def _headings(grid: Grid, columns: Sequence[Column], findings: Findings) -> tuple[int | None, dict[str, int]]:
    """In which row (0 the first) the headings stand, and in which column each."""
    known = _by_words(columns)
    candidates = [_columns(row, known) for row in grid.rows[:HEADINGS_WITHIN]]
    at = max(range(len(candidates)), key=lambda row: (len(candidates[row]), -row), default=None)
    if at is None or not candidates[at]:
        findings.error(Place(grid.name), "sheet.no_headings", headings=tuple(each.heading for each in columns))
        return None, {}
    _look_at_headings(grid, at, known, findings)
    _must_have(grid.name, columns, candidates[at], findings, "column.missing", at + 1)
    return at, candidates[at]


def _columns(row: Sequence[Any], known: Mapping[str, Column]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, value in enumerate(row):
        column = known.get(_heading_key(value))
        if column:
            found.setdefault(column.heading, at)
    return found


def _look_at_headings(grid: Grid, at: int, known: Mapping[str, Column], findings: Findings) -> None:
    """Complain about a heading that stands twice, and about a column that nobody will read."""
    seen: set[str] = set()
    ignored = {key(each) for each in IGNORED_HEADINGS}
    for column_at, value in enumerate(grid.rows[at]):
        if is_blank(value):
            continue
        column = known.get(_heading_key(value))
        place = Place(grid.name, at + 1, f"{letter_of(column_at)} {_label(value)}")
        if column is None and _heading_key(value) not in ignored:
            findings.warn(place, "column.unknown", heading=_label(value))
        elif column is not None and column.heading in seen:
            findings.error(place, "column.twice", heading=column.heading)
        elif column is not None:
            seen.add(column.heading)


def _must_have(
    sheet: str,
    columns: Sequence[Column],
    found: Mapping[str, Any],
    findings: Findings,
    code: str,
    row: int | None = None,
) -> None:
    for column in columns:
        if column.is_needed and column.heading not in found:
            findings.error(Place(sheet, row, column.heading), code, heading=column.heading)


def _must_not_be_cut(grid: Grid, findings: Findings) -> None:
    if grid.is_cut:
        findings.error(Place(grid.name, MOST_ROWS + 1), "sheet.too_long", most=MOST_ROWS)


def _by_words(columns: Sequence[Column]) -> dict[str, Column]:
    """Columns by what they may be called; a heading goes before another column's other name."""
    others = {key(word): column for column in columns for word in column.also}
    return others | {key(column.heading): column for column in columns}


def _heading_key(value: Any) -> str:
    """A heading without the unit of measure behind it."""
    return key(_label(value).partition("（")[0].partition("(")[0].rstrip("*＊")) if isinstance(value, str) else ""


def _entry_columns(grid: Grid) -> tuple[int, int]:
    """Where labels and contents stand: under their headings, else in the first two columns."""
    for row in grid.rows[:HEADINGS_WITHIN]:
        words = [_label(value) for value in row]
        if ENTRY in words and CONTENT in words:
            return words.index(ENTRY), words.index(CONTENT)
    return 0, 1


def _label(value: Any) -> str:
    try:
        return "" if is_blank(value) else text_of(value).replace("\n", "")
    except Misread:
        return ""
