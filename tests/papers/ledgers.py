"""Ledgers for tests: changed in a file, as an office program saves it."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl

from app.papers.ledger.columns import COLUMNS, LedgerColumn

Change = Callable[[Any], None]


def edited(content: bytes, *changes: Change) -> bytes:
    """As an office program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for change in changes:
        change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def says(row: int, column: LedgerColumn, value: Any) -> Change:
    def change(sheet: Any) -> None:
        sheet.cell(row, COLUMNS.index(column) + 1).value = value

    return change
