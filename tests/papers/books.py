"""Workbooks as people leave them behind: the template, written over."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from app.meeting.plan import Plan
from app.papers.plan.importing import Reading, read_file
from app.papers.plan.workbook import write_workbook

TEMPLATE = write_workbook(None)


def template(plan: Plan | None = None) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(plan) if plan else TEMPLATE))


def written(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def overwritten(cells: Mapping[tuple[str, str], Any], plan: Plan | None = None) -> bytes:
    """The template, or a plan's workbook, with other values in these cells: ``("单位", "A5"): …``."""
    book = template(plan)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    return written(book)


def changed(change: Callable[[Workbook], Any], plan: Plan | None = None) -> bytes:
    book = template(plan)
    change(book)
    return written(book)


def read(content: bytes) -> Reading:
    return read_file("meeting.xlsx", content)


def errors(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    """Sheet, row, column and code of every mistake that is no mere warning."""
    return [(each.sheet, each.row, each.column, each.said.code) for each in reading.mistakes if not each.is_warning]


def warnings(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    """The same of the warnings, without the one that the template always has."""
    found = [(each.sheet, each.row, each.column, each.said.code) for each in reading.mistakes if each.is_warning]
    return [each for each in found if each[3] != "title.of_the_example"]


def said(reading: Reading, code: str) -> list[tuple[str, int | None, dict]]:
    """Where something was said of this code, and with which facts."""
    return [(each.sheet, each.row, dict(each.said.facts)) for each in reading.mistakes if each.said.code == code]
