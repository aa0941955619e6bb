"""A sheet with one entry a line, read: what it is called on the left, what it says beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.papers.plan.cells import is_blank
from app.papers.plan.columns import Column
from app.papers.plan.grids import Grid, letter_of
from app.papers.plan.headings import by_words, heading_key, is_ignored, label_of, nearest
from app.papers.plan.lines import Cell, Mistakes, PlanLine
from app.papers.plan.mistakes import Where
from app.papers.plan.no_data import is_note
from app.papers.plan.sheets import CONTENT, ENTRIES, ENTRY, MEETING
from app.papers.plan.tables import HEADINGS_WITHIN, look_at_what_is_hidden, must_have, must_not_be_cut, say_hidden_rows
from app.papers.plan.times import day_and_time_of, holds_a_day


def entries_of(grid: Grid, mistakes: Mistakes) -> tuple[PlanLine, dict[str, list[PlanLine]]]:
    """The entries of a sheet as one line, and those that may stand several times as a line each."""
    label_at, content_at = _entry_columns(grid)
    entries = _Entries(grid, mistakes, label_at, by_words(grid.name))
    must_not_be_cut(grid, mistakes)
    for number, row in enumerate(grid.rows, start=1):
        entries.take(label_of(row[label_at]), Cell(number, letter_of(content_at), row[content_at]))
    cells = entries.cells
    if grid.name == MEETING and "日期" in cells and "开始时间" not in cells and _says_both(cells["日期"]):
        cells["开始时间"] = cells["日期"]
    must_have(grid.name, ENTRIES[grid.name], cells, mistakes, "entry.missing")
    say_hidden_rows(grid.name, entries.hidden, mistakes)
    look_at_what_is_hidden(grid, {ENTRY: label_at, CONTENT: content_at}, mistakes)
    return PlanLine(grid.name, None, cells, mistakes, grid.not_computed), entries.repeated


@dataclass(slots=True)
class _Entries:
    """What has been read of a sheet so far. ``hidden``: rows that nobody sees, and what they hold."""

    grid: Grid
    mistakes: Mistakes
    label_at: int
    known: Mapping[str, Column]
    cells: dict[str, Cell] = field(default_factory=dict)
    repeated: dict[str, list[PlanLine]] = field(default_factory=dict)
    hidden: list[tuple[int, str]] = field(default_factory=list)

    def take(self, label: str, cell: Cell) -> None:
        column = self._column(label, cell)
        if column is None:
            self._say_what_it_is(label, cell)
            return
        heading = column.heading
        if column.is_repeated:
            one = PlanLine(self.grid.name, cell.row, {heading: cell}, self.mistakes, self.grid.not_computed)
            self.repeated.setdefault(heading, []).append(one)
        elif heading in self.cells:
            place = self._place(cell, heading)
            self.mistakes.error(place, "entry.twice", label=heading, row=self.cells[heading].row)
        else:
            self.cells[heading] = cell
        if cell.row in self.grid.hidden_rows and not is_blank(cell.value):
            self.hidden.append((cell.row, heading))

    def _column(self, label: str, cell: Cell) -> Column | None:
        column = self.known.get(heading_key(label))
        if column is not None and column.heading == "开始时间" and label != column.heading and holds_a_day(cell.value):
            return self.known["日期"]  # 会议时间 says both, or one of them
        return column

    def _say_what_it_is(self, label: str, cell: Cell) -> None:
        if is_ignored(self.grid.name, heading_key(label)):
            return
        if (self.cells or self.repeated) and is_note(label):
            place = Where(self.grid.name, cell.row, letter_of(self.label_at))
            self.mistakes.warn(place, "line.is_note", text=label)
        elif not is_blank(cell.value) and label != ENTRY:
            near = nearest(heading_key(label), self.known)
            _say_unknown(self._place(cell, label), label, near, self.cells, self.mistakes)

    def _place(self, cell: Cell, label: str) -> Where:
        return Where(self.grid.name, cell.row, f"{letter_of(self.label_at)} {label}")


def _says_both(cell: Cell) -> bool:
    return holds_a_day(cell.value) and day_and_time_of(cell.value)[1] is not None


def _say_unknown(place: Where, label: str, near: str, found: Mapping[str, Cell], mistakes: Mistakes) -> None:
    if near and near not in found:
        mistakes.error(place, "entry.unknown_near", label=label, near=near)
    else:
        mistakes.error(place, "entry.unknown", label=label)


def _entry_columns(grid: Grid) -> tuple[int, int]:
    """Where labels and contents stand: under their headings, else in the first two columns."""
    for row in grid.rows[:HEADINGS_WITHIN]:
        words = [label_of(value) for value in row]
        if ENTRY in words and CONTENT in words:
            return words.index(ENTRY), words.index(CONTENT)
    return 0, 1
