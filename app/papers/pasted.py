"""A list of units as it comes out of a spreadsheet or a document: with its headings, its numbers, its totals."""

import re
from collections.abc import Mapping, Sequence

from app.papers.headings import by_words, heading_key, is_ignored
from app.papers.names import key, tidy_name
from app.papers.no_data import is_note, is_total
from app.papers.sheets import TABLES, UNITS

COLUMNS = ("单位名称", "简称", "报告人职务")
_BETWEEN = re.compile(r"[,，;；]")
_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?")
_NUMBERED = re.compile(
    r"(?:[(（](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|\d{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}[、．.])\s*(?=\S)"
)


def pasted_units(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Name, short name and office of each unit; and the lines that are no units, as they were."""
    lines = [line for line in text.splitlines() if tidy_name(line)]
    rows = [_cells(line) for line in lines]
    headings = _headings(rows[0]) if rows else {}
    data = [(line, row) for line, row in zip(lines, rows, strict=True) if not (headings and _headings(row))]
    left = [line for line, row in data if _is_no_data(row)]
    kept = [row for _, row in data if not _is_no_data(row)]
    units = [_unit(row, headings) for row in (kept if headings else _without_numbers(kept))]
    return [unit for unit in units if unit[0]], left


def _cells(line: str) -> list[str]:
    cells = line.split("\t") if "\t" in line else _BETWEEN.split(line)
    return [tidy_name(cell) for cell in cells]


def _headings(row: Sequence[str]) -> dict[str, int]:
    """Where each column stands, if this is a line of headings."""
    known = by_words(UNITS, TABLES[UNITS])
    found = {known[said].heading: at for at, cell in enumerate(row) if (said := heading_key(cell)) in known}
    others = [cell for cell in row if cell and heading_key(cell) not in known]
    is_line_of_headings = "单位名称" in found and all(is_ignored(UNITS, heading_key(each)) for each in others)
    return found if is_line_of_headings else {}


def _is_no_data(row: Sequence[str]) -> bool:
    said = next((cell for cell in row if cell and not _NUMBER.fullmatch(cell)), "")
    return is_note(said) or is_total(said)


def _without_numbers(rows: list[list[str]]) -> list[list[str]]:
    """Without the column of numbers, or the number before each name."""
    if len(rows[0] if rows else ()) > 1 and all(not row[0] or _NUMBER.fullmatch(row[0]) for row in rows):
        return [row[1:] for row in rows]
    if rows and all(_NUMBERED.match(row[0]) for row in rows):
        return [[_NUMBERED.sub("", row[0], count=1), *row[1:]] for row in rows]
    return rows


def _unit(row: Sequence[str], headings: Mapping[str, int]) -> tuple[str, str, str]:
    at = headings or {heading: number for number, heading in enumerate(COLUMNS)}
    name, short_name, office = (row[at[each]] if each in at and at[each] < len(row) else "" for each in COLUMNS)
    return name, "" if key(short_name) == key(name) else short_name, office
