"""Labelled lines below one another, as long as there is something to reckon."""

from typing import Any

from app.papers.results.formulas import Formula
from app.papers.results.page import Page
from app.papers.results.points import FIRST, LABELS


class Lines:
    """Writes downwards from ``row``."""

    def __init__(self, page: Page, row: int) -> None:
        self.page = page
        self.row = row

    def label(self, text: str) -> int:
        """A new line; its row."""
        self.page.label(self.row, text, LABELS)
        self.row += 1
        return self.row - 1

    def put(self, row: int, column: int, content: Formula[Any], places: int | None = None) -> str:
        return self.page.put(row, column, content, self.page.looks.number(places))

    def line(self, text: str, content: Formula[Any], places: int | None = None, is_bold: bool = False) -> str:
        """A new line with one number, and where that is."""
        look = self.page.looks.number(places, bold=is_bold)
        return self.page.put(self.label(text), FIRST, content, look)
