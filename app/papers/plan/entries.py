"""A sheet with one entry a line, read: what it is called on the left, what it says beside it."""

from collections.abc import Mapping

from app.papers.plan.cells import is_blank
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
    known = by_words(grid.name, ENTRIES[grid.name])
    label_at, content_at = _entry_columns(grid)
    cells: dict[str, Cell] = {}
    repeated: dict[str, list[PlanLine]] = {}
    hidden: list[Cell] = []
    must_not_be_cut(grid, mistakes)
    for number, row in enumerate(grid.rows, start=1):
        cell = Cell(number, letter_of(content_at), row[content_at])
        label = label_of(row[label_at])
        column = known.get(heading_key(label))
        if column is not None and column.heading == "开始时间" and label != column.heading and holds_a_day(cell.value):
            column = known["日期"]  # 会议时间 says both, or one of them
        place = Where(grid.name, number, f"{letter_of(label_at)} {label}")
        if column is None and (cells or repeated) and is_note(label) and not is_ignored(grid.name, heading_key(label)):
            mistakes.warn(Where(grid.name, number, letter_of(label_at)), "line.is_note", text=label)
        elif column is None:
            if not is_blank(cell.value) and label != ENTRY and not is_ignored(grid.name, heading_key(label)):
                _say_unknown(place, label, nearest(heading_key(label), known), cells, mistakes)
        elif column.is_repeated:
            one = PlanLine(grid.name, number, {column.heading: cell}, mistakes, grid.not_computed)
            repeated.setdefault(column.heading, []).append(one)
        elif column.heading in cells:
            mistakes.error(
                Where(grid.name, number, f"{letter_of(label_at)} {column.heading}"),
                "entry.twice",
                label=column.heading,
                row=cells[column.heading].row,
            )
        else:
            cells[column.heading] = cell
        if column is not None and number in grid.hidden_rows and not is_blank(cell.value):
            hidden.append(Cell(number, letter_of(label_at), column.heading))
    if grid.name == MEETING and "日期" in cells and "开始时间" not in cells and _says_both(cells["日期"]):
        cells["开始时间"] = cells["日期"]
    line = PlanLine(grid.name, None, cells, mistakes, grid.not_computed)
    must_have(grid.name, ENTRIES[grid.name], cells, mistakes, "entry.missing")
    say_hidden_rows(grid.name, [(each.row, each.value) for each in hidden], mistakes)
    look_at_what_is_hidden(grid, {ENTRY: label_at, CONTENT: content_at}, mistakes)
    return line, repeated


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
