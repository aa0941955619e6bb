"""A table, and how it is written: for offices (.xlsx), for whatever reads lines (.csv), for programs (.json)."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

import xlsxwriter

from app.meeting.measure import lines_of
from app.meeting.meeting import Meeting
from app.papers.folder.paper import CSV, JSON, WORKBOOK, Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.results.formulas import Formula, as_it_fits, decimals_shown
from app.papers.results.page import Looks, Page, workbook

Value = str | int | Decimal | Formula[Decimal] | None

HEADS, WIDTH_OF_NOTES = 3, 14
RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""With these an office program takes a text for a formula; with the wide ones, where people write Chinese."""


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is for programs; ``width`` in digits, of which a Chinese character is as wide as two."""

    heading: str
    name: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]


def time_told(meeting: Meeting, at: datetime | None) -> str:
    """In the hall's own time, to the second; empty without an instant."""
    return meeting.plan.in_the_hall(at).strftime("%H:%M:%S") if at else ""


def papers_of_table(record: Proceedings, table: Table, says: str, for_public: bool = False) -> list[Paper]:
    """A table three times under one name."""
    return [
        Paper(f"{table.title}.{ending}", media_type, content, for_public, says)
        for ending, media_type, content in (
            ("xlsx", WORKBOOK, as_workbook(record, [table], table.title)),
            ("csv", CSV, as_csv(record, table)),
            ("json", JSON, as_json(record, table)),
        )
    ]


class Source(Protocol):
    """Of which record something was made: a meeting's code, the number and the seal of the last entry."""

    @property
    def code(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def seal(self) -> str: ...


def as_csv(record: Source, table: Table) -> bytes:
    """In UTF-8 with the mark by which offices know it; below the table, of which record it is."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_harmless(column.heading) for column in table.columns)
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    writer.writerows([(), ("会议代号", record.code), ("日志条数", record.number), ("末条封码", record.seal)])
    return file.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    value = _reckoned(value)
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(RUNS) else value


def _reckoned(value: Value) -> str | int | Decimal | None:
    return value.value if isinstance(value, Formula) else value


def as_json(record: Proceedings, table: Table) -> bytes:
    """Decimals as text, as everywhere in the record."""
    names = [column.name for column in table.columns]
    said = {
        "meeting": record.code,
        "title": table.title,
        "entry": record.number,
        "seal": record.seal,
        "rows": [dict(zip(names, map(_plainly, row), strict=True)) for row in table.rows],
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()


def _plainly(value: Value) -> Any:
    value = _reckoned(value)
    return str(value) if isinstance(value, Decimal) else value


def as_workbook(record: Proceedings, tables: Sequence[Table], title: str) -> bytes:
    """A sheet for each table."""

    def write(book: xlsxwriter.Workbook, looks: Looks) -> None:
        for table in tables:
            _sheet(Page(book.add_worksheet(table.title), looks), record, table)

    return workbook(record, title, write)


def _sheet(page: Page, record: Proceedings, table: Table) -> None:
    looks = page.looks
    page.title(record, table.title)
    page.row(HEADS, [*(column.heading for column in table.columns), "备注"], looks.heading)
    page.high(HEADS, max(_lines(column.heading, column) for column in table.columns))
    for row, values in enumerate(table.rows, start=HEADS + 1):
        for at, value in enumerate(values):
            number = _reckoned(value)
            places = decimals_shown(number) if isinstance(number, Decimal) else None
            look = looks.number(places) if isinstance(number, int | Decimal) else looks.text
            page.put(row, at, _as_it_fits(value), look)
        page.put(row, len(values), None, looks.note)
        page.high(row, max(_lines(value, column) for value, column in zip(values, table.columns, strict=True)))
    page.widths(*(column.width for column in table.columns), WIDTH_OF_NOTES)
    page.finish(record, HEADS + 1)


def _as_it_fits(value: Value) -> Value:
    return as_it_fits(value) if isinstance(value, Decimal) else value


def _lines(value: Value, column: Column) -> int:
    return len(lines_of(value, column.width // 2)) if isinstance(value, str) else 1
