"""A workbook's tables line by line: headings found wherever they stand; nothing comes in, or is left out, silently."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from app.papers.plan.cells import is_blank
from app.papers.plan.columns import Column
from app.papers.plan.finest import finest
from app.papers.plan.grids import MOST_COLUMNS, MOST_ROWS, Grid, letter_of
from app.papers.plan.headings import by_words, heading_key, is_ignored, label_of, nearest
from app.papers.plan.lines import Cell, Mistakes, PlanLine
from app.papers.plan.mistakes import Where
from app.papers.plan.names import key
from app.papers.plan.no_data import Sieve
from app.papers.plan.sheets import IDS, PANEL, RUBRIC, TABLES
from app.papers.plan.synonyms import NAMES_OF_PERSONS

HEADINGS_WITHIN = 10
"""Rows from the top in which the headings are looked for: people put a title above them."""

MOST_NAMED = 12
"""So many hidden lines are called by name in one sentence."""


@dataclass(frozen=True, slots=True)
class _Headings:
    """The last row of the headings (0 the first), the column of each, and all columns that have any heading."""

    last: int
    columns: dict[str, int]
    headed: frozenset[int]


def lines_of(grid: Grid, mistakes: Mistakes) -> Iterator[PlanLine]:
    """The lines of a table that hold data."""
    headings = _headings(grid, TABLES[grid.name], mistakes)
    if headings is None:
        return
    must_not_be_cut(grid, mistakes)
    sieve = Sieve(grid.name, headings.columns, headings.headed, mistakes, _columns_of_persons(grid, headings))
    hidden: list[tuple[int, str]] = []
    for at, row in enumerate(grid.rows[headings.last + 1 :], start=headings.last + 1):
        if all(map(is_blank, row)) and not _has_formula(grid, at):
            continue
        cells = {heading: Cell(at + 1, letter_of(column), row[column]) for heading, column in headings.columns.items()}
        line = PlanLine(grid.name, at + 1, cells, mistakes, grid.not_computed)
        if _is_heading_of_lines(grid, headings, line, row, at):
            text = next(label_of(value) for value in row if label_of(value))
            mistakes.warn(line.place(next(iter(headings.columns))), "line.is_across", text=text)
        elif not _goes_on(grid, headings, row, at) and not sieve.holds_back(line, row):
            _look_across(grid, headings, line, at)
            hidden += [(at + 1, _called(line))] if at + 1 in grid.hidden_rows else []
            yield line
    say_hidden_rows(grid.name, hidden, mistakes)
    look_at_what_is_hidden(grid, headings.columns, mistakes)
    _look_beside(grid, headings, mistakes)


def _is_heading_of_lines(grid: Grid, headings: _Headings, line: PlanLine, row: Sequence[Any], at: int) -> bool:
    """Whether a row is nothing but one text across the table: “第一组”, “上午”."""
    said = [column for column, value in enumerate(row) if not is_blank(value)]
    last = grid.across.get((at, said[0]), said[0]) if len(said) == 1 else 0
    covered = [column for column in headings.headed if said and said[0] <= column <= last]
    return len(covered) > 1 and len(covered) >= min(3, len(headings.headed)) and not line.says(IDS.heading)


def _goes_on(grid: Grid, headings: _Headings, row: Sequence[Any], at: int) -> bool:
    """Whether a row has nothing of its own: it is the lower part of cells that begin further up."""
    said = {column for column in headings.headed if not is_blank(row[column])}
    return bool(said) and all((at, column) in grid.filled for column in said)


def _look_across(grid: Grid, headings: _Headings, line: PlanLine, at: int) -> None:
    """Say of a number that stands in several columns, as one merged cell, that it was read as that of the first."""
    for heading, column in headings.columns.items():
        last = grid.across.get((at, column), column)
        others = tuple(each for each, place in headings.columns.items() if column < place <= last)
        if others and line.says(heading) and isinstance(line.cells[heading].value, int | float | time | timedelta):
            line.mistakes.warn(line.place(heading), "cell.is_across", heading=heading, others=others)


def _columns_of_persons(grid: Grid, headings: _Headings) -> frozenset[int]:
    """Where the names stand in a list of persons: a line that has one is a seat, whatever else it says."""
    if not is_list_of_persons(grid):
        return frozenset()
    rows = grid.rows[: headings.last + 1]
    return frozenset(at for at in headings.headed if any(heading_key(row[at]) in NAMES_OF_PERSONS for row in rows))


def _has_formula(grid: Grid, at: int) -> bool:
    return any(f"{letter_of(column)}{at + 1}" in grid.not_computed for column in range(MOST_COLUMNS))


# --- headings ---------------------------------------------------------------------------------------------------------


def _headings(grid: Grid, columns: Sequence[Column], mistakes: Mistakes) -> _Headings | None:
    known = by_words(grid.name)
    candidates = [_columns(row, known) for row in grid.rows[:HEADINGS_WITHIN]]
    at = max(range(len(candidates)), key=lambda row: (len(candidates[row]), -row), default=None)
    if at is None or not candidates[at]:
        mistakes.error(Where(grid.name), "sheet.no_headings", headings=tuple(each.heading for each in columns))
        return None
    rows = _rows_of_headings(grid.rows, at, candidates)
    found = _merged(rows, candidates)
    told: frozenset[int] = frozenset()
    if grid.name == RUBRIC:
        found, told = finest(grid, rows, known, found, mistakes)
    _look_at_headings(grid, rows, known, found, mistakes, told)
    needed = [each for each in columns if each.heading != "席位" or not is_list_of_persons(grid)]
    must_have(grid.name, needed, found, mistakes, "column.missing", at + 1)
    headed = frozenset(column for row in rows for column, value in enumerate(grid.rows[row]) if not is_blank(value))
    return _Headings(rows[-1], found, headed)


def is_list_of_persons(grid: Grid) -> bool:
    """Whether a panel is a list of persons by group, without seats: 序号, 姓名, 单位, 职务, 类别."""
    if grid.name != PANEL:
        return False
    for row in grid.rows[:HEADINGS_WITHIN]:
        found = columns_in(row, PANEL)
        if "类别" in found and "席位" not in found and NAMES_OF_PERSONS & set(map(heading_key, row)):
            return True
    return False


def columns_in(row: Sequence[Any], sheet: str) -> dict[str, int]:
    """Where the columns of a sheet stand, if a row is one of its headings."""
    return _columns(row, by_words(sheet))


def _rows_of_headings(rows: Sequence[Sequence[Any]], at: int, candidates: Sequence[Mapping[str, int]]) -> list[int]:
    """The row with most headings, and the one above or below it that completes it: headings may take two lines."""
    if at and _completes_from_above(rows[at - 1], rows[at], candidates[at - 1], candidates[at]):
        return [at - 1, at]
    if at + 1 < len(candidates) and _completes_from_below(rows[at + 1], candidates[at + 1], candidates[at]):
        return [at, at + 1]
    return [at]


def _completes_from_above(
    above: Sequence[Any], row: Sequence[Any], more: Mapping[str, int], own: Mapping[str, int]
) -> bool:
    """No title: several words, and headings where the row itself says nothing."""
    new = [column for heading, column in more.items() if heading not in own]
    is_no_title = sum(not is_blank(value) for value in above) > 1
    return bool(new) and is_no_title and all(is_blank(row[column]) for column in new)


def _completes_from_below(below: Sequence[Any], more: Mapping[str, int], own: Mapping[str, int]) -> bool:
    """No data: words only, each a heading that the row itself has not; one below a heading is a part of it."""
    new = [column for heading, column in more.items() if heading not in own]
    said = [at for at, value in enumerate(below) if not is_blank(value)]
    are_parts = len(new) > 1 or not set(new) & set(own.values())
    return bool(new) and said == sorted(more.values()) and are_parts


def _merged(rows: Sequence[int], candidates: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The headings of both rows; where one stands below the other, the lower is meant."""
    found: dict[str, int] = {}
    for row in rows:
        taken = set(candidates[row].values())
        found = {heading: at for heading, at in found.items() if at not in taken}
        found |= {heading: at for heading, at in candidates[row].items() if heading not in found}
    return found


def _columns(row: Sequence[Any], known: Mapping[str, Column]) -> dict[str, int]:
    """Where each column stands in a row; a column that is called by its own name goes before other names for it."""
    found: dict[str, int] = {}
    own: set[str] = set()
    for at, value in enumerate(row):
        column = known.get(heading_key(value))
        if column and heading_key(value) == key(column.heading) and column.heading not in own:
            own.add(column.heading)
            found[column.heading] = at
        elif column:
            found.setdefault(column.heading, at)
    return found


def _look_at_headings(
    grid: Grid,
    rows: Sequence[int],
    known: Mapping[str, Column],
    found: Mapping[str, int],
    mistakes: Mistakes,
    told: frozenset[int],
) -> None:
    """Complain about a heading that stands twice, and about a column that nobody will read."""
    for row, at in ((row, at) for row in rows for at in range(MOST_COLUMNS)):
        value = grid.rows[row][at]
        said = heading_key(value)
        if is_blank(value) or is_ignored(grid.name, said) or at in found.values() or at in told:
            continue
        column = known.get(said)
        place = Where(grid.name, row + 1, f"{letter_of(at)} {label_of(value)}")
        if column is None:
            _say_unknown(place, label_of(value), nearest(said, known), found, mistakes)
        elif column.heading not in found:
            continue  # it only stands over others that are read
        elif said != key(column.heading) and _is_called(grid, rows, found[column.heading], column.heading):
            mistakes.warn(place, "column.beside", heading=label_of(value), read=column.heading)
        else:
            mistakes.error(place, "column.twice", heading=column.heading)


def _is_called(grid: Grid, rows: Sequence[int], at: int, heading: str) -> bool:
    return any(heading_key(grid.rows[row][at]) == key(heading) for row in rows)


def _say_unknown(place: Where, heading: str, near: str, found: Mapping[str, int], mistakes: Mistakes) -> None:
    if near and near not in found:
        mistakes.warn(place, "column.unknown_near", heading=heading, near=near)
    else:
        mistakes.warn(place, "column.unknown", heading=heading)


def must_have(
    sheet: str,
    columns: Sequence[Column],
    found: Mapping[str, Any],
    mistakes: Mistakes,
    code: str,
    row: int | None = None,
) -> None:
    for column in columns:
        if column.is_needed and column.heading not in found:
            mistakes.error(Where(sheet, row, column.heading), code, heading=column.heading)


def must_not_be_cut(grid: Grid, mistakes: Mistakes) -> None:
    if grid.is_cut:
        mistakes.error(Where(grid.name, MOST_ROWS + 1), "sheet.too_long", most=MOST_ROWS)


# --- what is out of sight ---------------------------------------------------------------------------------------------


def look_at_what_is_hidden(grid: Grid, columns: Mapping[str, int], mistakes: Mistakes) -> None:
    """Say that a hidden sheet, and hidden columns, were read all the same."""
    if grid.is_hidden:
        mistakes.warn(Where(grid.name), "sheet.hidden", sheet=grid.name)
    for heading, at in columns.items():
        if at in grid.hidden_columns and any(not is_blank(row[at]) for row in grid.rows):
            mistakes.warn(Where(grid.name, None, f"{letter_of(at)} {heading}"), "column.hidden", heading=heading)
    if grid.is_too_wide:
        mistakes.warn(Where(grid.name), "sheet.too_wide", most=MOST_COLUMNS)


def say_hidden_rows(sheet: str, rows: Sequence[tuple[int, str]], mistakes: Mistakes) -> None:
    """Say that rows which nobody sees (by number and name) were read all the same."""
    if not rows:
        return
    named = tuple(f"{number} {name}".strip() for number, name in rows[:MOST_NAMED])
    more = ("…",) if len(rows) > MOST_NAMED else ()
    mistakes.warn(Where(sheet, rows[0][0]), "rows.hidden", number=len(rows), rows=(*named, *more))


def _called(line: PlanLine) -> str:
    """What a line is about, as it stands there."""
    return next((label_of(cell.value) for cell in line.cells.values() if label_of(cell.value)), "")


def _look_beside(grid: Grid, headings: _Headings, mistakes: Mistakes) -> None:
    """Say that a column without a heading is not read."""
    for at in range(MOST_COLUMNS):
        below = (
            number
            for number, row in enumerate(grid.rows[headings.last + 1 :], start=headings.last + 2)
            if not is_blank(row[at]) and any(not is_blank(row[column]) for column in headings.columns.values())
        )
        first = None if at in headings.headed else next(below, None)
        if first is not None:
            mistakes.warn(Where(grid.name, first, letter_of(at)), "column.without_heading", column=letter_of(at))
