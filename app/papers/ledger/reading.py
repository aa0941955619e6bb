"""A ledger that comes back: its rows as they stand in the file, and of which state of the record it was made.

The table is found by its headings, wherever it stands and in whatever order its columns are; what a cell really says is
left to whoever compares.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.papers.ledger.columns import COLUMNS, ID, TEXT, UNIT, LedgerColumn
from app.papers.plan.cells import is_blank
from app.papers.plan.grids import Failure, Grid, grids_of, letter_of
from app.papers.plan.headings import heading_key
from app.papers.plan.kinds import ending_of, must_be_the_file_itself, other_kind
from app.papers.plan.mistakes import Unreadable
from app.papers.plan.names import visible
from app.papers.plan.no_data import is_note, is_total

HEADINGS_WITHIN = 15
NOT_COMPUTED = Failure("…")
_NEEDED = (ID, UNIT, TEXT)
_RECORD = re.compile(r"日志共\s*(\d{1,9})\s*条.*末条封码\s*([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: the texts of the columns that it has, their cells (``F7``), and where nobody saw it."""

    number: int
    texts: Mapping[LedgerColumn, str]
    cells: Mapping[LedgerColumn, str]
    failed: Mapping[LedgerColumn, Failure]
    filled: frozenset[LedgerColumn]
    is_hidden: bool

    @property
    def id(self) -> str:
        return self.texts.get(ID, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """``entry`` and ``seal``: those of the record of which the ledger was made. ``passed_over``: what is no finding."""

    rows: tuple[Row, ...]
    columns: tuple[LedgerColumn, ...]
    entry: int
    seal: str
    passed_over: tuple[Row, ...]
    is_cut: bool

    @property
    def lacking(self) -> tuple[LedgerColumn, ...]:
        return tuple(each for each in COLUMNS if each not in self.columns)


def sheet_of(name: str, content: bytes) -> Sheet:
    """Raises Unreadable of what is no ledger of ours."""
    must_be_the_file_itself(name)
    if ending_of(name) != ".xlsx":
        raise other_kind(ending_of(name), content)
    found = [(grid, heads) for grid in grids_of(content) if not grid.is_hidden and (heads := _heads(grid))]
    if not found:
        raise Unreadable("ledger_file.no_table", columns=tuple(_called(each) for each in _NEEDED))
    if len(found) > 1:
        raise Unreadable("ledger_file.several_tables", sheets=tuple(grid.name for grid, _ in found))
    grid, (at, columns) = found[0]
    entry, seal = _record_of(grid, at)
    rows = [each for each in _rows(grid, at, columns) if any(each.texts.values()) or each.failed]
    passed_over = tuple(each for each in rows if _is_no_finding(each))
    taken = tuple(each for each in rows if each not in passed_over)
    return Sheet(taken, tuple(columns), entry, seal, passed_over, grid.is_cut)


def text_in(value: Any) -> str:
    """A cell as a text, without what a spreadsheet may change by itself: ends of lines, kinds of numbers."""
    if is_blank(value):
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "\n".join(line.strip() for line in visible(str(value)).split("\n")).strip()


def _called(column: LedgerColumn) -> str:
    return column.heading.partition("（")[0]


_BY_HEADING = {heading_key(column.heading): column for column in COLUMNS}


def _heads(grid: Grid) -> tuple[int, dict[LedgerColumn, int]] | None:
    """The row of the headings, from 0, and where each column is; of two alike the first."""
    for at, row in enumerate(grid.rows[:HEADINGS_WITHIN]):
        columns: dict[LedgerColumn, int] = {}
        for place, value in enumerate(row):
            if (column := _BY_HEADING.get(heading_key(value))) is not None:
                columns.setdefault(column, place)
        if all(each in columns for each in _NEEDED):
            return at, columns
    return None


def _record_of(grid: Grid, heads: int) -> tuple[int, str]:
    for row in grid.rows[:heads]:
        for value in row:
            if isinstance(value, str) and (found := _RECORD.search(value)):
                return int(found[1]), found[2]
    raise Unreadable("ledger_file.no_record")


def _rows(grid: Grid, heads: int, columns: Mapping[LedgerColumn, int]) -> Iterator[Row]:
    for at, values in enumerate(grid.rows[heads + 1 :], start=heads + 1):
        cells = {column: f"{letter_of(place)}{at + 1}" for column, place in columns.items()}
        found = {
            column: NOT_COMPUTED if cells[column] in grid.not_computed else values[place]
            for column, place in columns.items()
        }
        yield Row(
            at + 1,
            {column: text_in(value) for column, value in found.items()},
            cells,
            {column: value for column, value in found.items() if isinstance(value, Failure)},
            frozenset(column for column, place in columns.items() if (at, place) in grid.filled),
            at + 1 in grid.hidden_rows,
        )


def _is_no_finding(row: Row) -> bool:
    """A total, a note or a place to sign below the table; what has an id is a finding, whatever it says."""
    first = next((text for text in row.texts.values() if text), "")
    is_alone = sum(map(bool, row.texts.values())) == 1
    is_told = first and (is_total(first) or is_note(first)) and not row.texts[TEXT]
    return bool(is_told) or (is_alone and (is_note(first) or is_total(first)))
