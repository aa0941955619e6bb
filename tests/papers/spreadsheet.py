"""A small spreadsheet of our own: it reckons the formulas that we write, exactly or in binary fractions as offices do.

A workbook is read as anybody reads it; what its cells say beside their formulas is not looked at.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor, lcm
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"(?:[^"]|"")*")|(?P<cells>(?:'[^']+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)
    |(?P<name>[A-Z]+)(?=\()|(?P<sign><>|<=|>=|[-+*/(),=<>]))""",
    re.VERBOSE,
)


Key = tuple[str, int, int]
"""Sheet, row and column, from 1."""


@dataclass(frozen=True)
class Written:
    """A formula without its ``=``."""

    text: str


def cells_of(content: bytes) -> dict[Key, Any]:
    """All cells of a workbook that hold something."""
    return {
        (sheet.title, cell.row, cell.column): Written(cell.value[1:]) if cell.data_type == "f" else cell.value
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def values_in(content: bytes) -> dict[Key, Any]:
    """What its cells say that they come to."""
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in load_workbook(io.BytesIO(content), data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


class Spreadsheet:
    """``kind`` is what numbers are made of: Fraction for exactness, float for what an office program does."""

    def __init__(self, cells: dict[Key, Any], kind: Callable[[Any], Any] = Fraction) -> None:
        self.kind = kind
        self.formulas = {key: value.text for key, value in cells.items() if isinstance(value, Written)}
        self._known = {key: self._value(value) for key, value in cells.items() if key not in self.formulas}

    def at(self, key: Key) -> Any:
        if key not in self._known:
            text = self.formulas.get(key)
            self._known[key] = None if text is None else Reckoning(self, key[0], text).result()
        return self._known[key]

    def _value(self, value: Any) -> Any:
        return self.kind(Decimal(str(value))) if isinstance(value, int | float) else value


class Reckoning:
    """One formula, from left to right: comparison, sum, product, sign, factor."""

    def __init__(self, book: Spreadsheet, sheet: str, text: str) -> None:
        self._book, self._sheet = book, sheet
        self._tokens = list(self._cut(text))
        self._next = 0

    def result(self) -> Any:
        found = self._comparison()
        assert self._next == len(self._tokens), self._tokens[self._next :]
        return found

    @staticmethod
    def _cut(text: str) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, text[at:]
            assert match.lastgroup
            yield match.lastgroup, match[match.lastgroup]
            at = match.end()

    def _takes(self, *signs: str) -> str:
        if self._next < len(self._tokens):
            kind, text = self._tokens[self._next]
            if kind == "sign" and text in signs:
                self._next += 1
                return text
        return ""

    def _comparison(self) -> Any:
        found = self._sum()
        while sign := self._takes("=", "<>", "<", ">", "<=", ">="):
            found = spread(COMPARED[sign], found, self._sum())
        return found

    def _sum(self) -> Any:
        found = self._product()
        while sign := self._takes("+", "-"):
            found = spread(REACHED[sign], found, self._product())
        return found

    def _product(self) -> Any:
        found = self._factor()
        while sign := self._takes("*", "/"):
            found = spread(REACHED[sign], found, self._factor())
        return found

    def _factor(self) -> Any:
        if self._takes("-"):
            return spread(lambda value: -value, self._factor())
        if self._takes("("):
            found = self._comparison()
            assert self._takes(")")
            return found
        kind, text = self._tokens[self._next]
        self._next += 1
        match kind:
            case "number":
                return self._book.kind(Decimal(text))
            case "text":
                return text[1:-1].replace('""', '"')
            case "cells":
                return self._cells(text)
            case _:
                return self._called(text)

    def _cells(self, text: str) -> Any:
        sheet, _, cells = text.rpartition("!")
        first, top, last, bottom = range_boundaries(cells.replace("$", ""))
        found = [
            self._book.at((sheet.strip("'") or self._sheet, row, column))
            for row in range(top, bottom + 1)
            for column in range(first, last + 1)
        ]
        return found if ":" in cells else found[0]

    def _called(self, name: str) -> Any:
        assert self._takes("(")
        if name == "IF":
            return self._branch()
        given = [self._comparison()]
        while self._takes(","):
            given.append(self._comparison())
        assert self._takes(")")
        return FUNCTIONS[name](*given)

    def _branch(self) -> Any:
        """What is not asked for is not reckoned: there may be nothing to reckon it from."""
        holds = self._comparison()
        found = None
        for is_taken, end in ((holds, ","), (not holds, ")")):
            assert self._takes(",")
            found = self._comparison() if is_taken else self._passes_over(found)
            assert end == "," or self._takes(end)
        return found

    def _passes_over(self, found: Any) -> Any:
        depth = 0
        while depth or self._tokens[self._next] not in (("sign", ","), ("sign", ")")):
            depth += (
                {"(": 1, ")": -1}.get(self._tokens[self._next][1], 0) if self._tokens[self._next][0] == "sign" else 0
            )
            self._next += 1
        return found


def spread(work: Callable[..., Any], *given: Any) -> Any:
    """Over ranges cell by cell."""
    lengths = {len(each) for each in given if isinstance(each, list)}
    if not lengths:
        return work(*given)
    [length] = lengths
    columns = [each if isinstance(each, list) else [each] * length for each in given]
    return [work(*row) for row in zip(*columns, strict=True)]


def order(value: Any) -> tuple[int, Any]:
    """Any text is more than any number, and nothing is 0."""
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value or 0


def numbers(*given: Any) -> list[Any]:
    """What counts as a number in a range."""
    cells = [each for one in given for each in listed(one)]
    return [each for each in cells if not isinstance(each, str | bool) and each is not None]


def summed_products(*given: Any) -> Any:
    total = 0
    for row in zip(*map(listed, given), strict=True):
        product = 1
        for each in row:
            product *= 0 if isinstance(each, str) or each is None else each
        total += product
    return total


def to_places(value: Any, places: Any) -> Any:
    """Half away from zero. What is rounded here is never meant to be at a half, or a binary fraction would not do."""
    scale = Decimal(1).scaleb(-int(places))
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(repr(value))
    return type(value)(exact.quantize(scale, ROUND_HALF_UP))


def listed(cells: Any) -> list[Any]:
    """A range of one cell is written as that cell."""
    return cells if isinstance(cells, list) else [cells]


def middle(ordered: list[Any]) -> Any:
    return (ordered[len(ordered) // 2] + ordered[~(len(ordered) // 2)]) / 2


def found_at(value: Any, cells: list[Any]) -> Any:
    return next(at for at, each in enumerate(cells, start=1) if order(each) == order(value))


REACHED: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda one, other: (one or 0) + (other or 0),
    "-": lambda one, other: (one or 0) - (other or 0),
    "*": lambda one, other: (one or 0) * (other or 0),
    "/": lambda one, other: one / other,
}
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: order(one) == order(other),
    "<>": lambda one, other: order(one) != order(other),
    "<": lambda one, other: order(one) < order(other),
    ">": lambda one, other: order(one) > order(other),
    "<=": lambda one, other: order(one) <= order(other),
    ">=": lambda one, other: order(one) >= order(other),
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *given: sum(numbers(*given)),
    "COUNT": lambda *given: len(numbers(*given)),
    "MIN": lambda *given: min(numbers(*given)),
    "MAX": lambda *given: max(numbers(*given)),
    "MEDIAN": lambda cells: middle(sorted(numbers(cells))),
    "LARGE": lambda cells, at: sorted(numbers(cells), reverse=True)[int(at) - 1],
    "SMALL": lambda cells, at: sorted(numbers(cells))[int(at) - 1],
    "SUMPRODUCT": summed_products,
    "INT": floor,
    "ABS": abs,
    "SIGN": lambda value: (value > 0) - (value < 0),
    "ROUND": to_places,
    "LCM": lambda cells: lcm(*map(int, numbers(cells))),
    "AND": lambda *given: all(given),
    "EXACT": lambda one, other: spread(lambda left, right: left == right, one, other),
    "INDEX": lambda cells, at: listed(cells)[int(at) - 1],
    "MATCH": lambda value, cells, _: found_at(value, listed(cells)),
}
