"""A list of units as it comes out of a spreadsheet, a document or a chat: with headings, numbers, totals."""

import re
from collections.abc import Mapping, Sequence

from app.papers.plan.headings import by_words, heading_key, is_ignored
from app.papers.plan.names import key, tidy_name
from app.papers.plan.no_data import is_note, is_nothing, is_total
from app.papers.plan.numbered import without_numbers
from app.papers.plan.sheets import UNITS

COLUMNS = ("单位名称", "简称", "报告人职务")
_BETWEEN = ",，;；"
MOST_LINES_OF_A_CELL = 8
LONGEST_LINE = 5_000
"""Characters: two hundred units in one line, or as many people with their offices."""
_APART = re.compile(r"(?<=\S)(?:[ \u00a0]{2,}|\u3000+)(?=\S)")
_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?|[①-⒛]")
_NEXT_OF_A_LINE = re.compile(r"[\s、，；;]{1,9}(?=(?:\d{1,3}[.、．)）]|[(（]\d{1,3}[)）])\s*[^\d\s])")
_SENT = re.compile(
    r".{0,30}\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?|.{1,30}\d{1,2}:\d{2}(?::\d{2})?"
)
_RULED = re.compile(r"[|\s:+-]+")


def pasted_units(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Name, short name and office of each unit; and the lines that are no units, as they were."""
    pasted = lines_pasted(text)
    lines = [line for line in pasted if not is_too_long(line) and tidy_name(line) and not _RULED.fullmatch(line)]
    rows = _without_empty_columns([_cells(line) for line in lines])
    headings = _headings(rows[0]) if rows else {}
    data = [(line, row) for line, row in zip(lines, rows, strict=True) if not (headings and _headings(row))]
    looked_at = [(line, row, _is_no_data(row, is_alone=len(data) == 1)) for line, row in data]
    left = [line for line, _, is_no_data in looked_at if is_no_data]
    kept = [row for _, row, is_no_data in looked_at if not is_no_data]
    units = [_unit(row, headings) for row in (kept if headings else _without_numbers(_one_a_row(kept)))]
    return [unit for unit in units if unit[0]], [*left, *filter(is_too_long, pasted)]


def is_too_long(line: str) -> bool:
    """Whether a line is longer than any that lists people or units; it is not looked at any further."""
    return len(line) > LONGEST_LINE


def lines_pasted(text: str) -> list[str]:
    """The lines; those within one cell of a spreadsheet, which puts it into quotation marks, are one."""
    lines: list[str] = []
    left_open = 0
    for line in text.splitlines() if "\t" in text else ():
        if left_open:
            lines[-1] += f"\n{line}"
            left_open = 0 if line.count('"') % 2 else left_open - 1
        else:
            lines.append(line)
            begins = line.count('"') % 2 and any(cell.startswith('"') for cell in line.split("\t"))
            left_open = MOST_LINES_OF_A_CELL if begins else 0
    lines = lines or text.splitlines()
    found = [line for line in lines if line.strip()]
    is_alone = len(found) == 1 and "\t" not in text
    return [part for part in _NEXT_OF_A_LINE.split(found[0]) if part] if is_alone else found


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [tidy_name(_unquoted(cell)) for cell in line.split("\t")]
    if line.strip().startswith("|"):
        return [tidy_name(cell) for cell in line.strip().strip("|").split("|")]
    cells = _split(line.strip().rstrip("，,；;。、"), _BETWEEN)
    return [tidy_name(cell) for cell in (cells if len(cells) > 1 else _APART.split(line.strip()))]


def _split(line: str, signs: str) -> list[str]:
    """What stands between the signs; within brackets they belong to a name."""
    cells, depth = [""], 0
    for each in line:
        depth = max(0, depth + (each in "(（") - (each in ")）"))
        if each in signs and not depth:
            cells.append("")
        else:
            cells[-1] += each
    return cells


def _unquoted(cell: str) -> str:
    is_quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Without the columns that are empty in front; those between columns keep their place."""
    most = max(map(len, rows), default=0)
    full = [row + [""] * (most - len(row)) for row in rows]
    if any(_headings(row) for row in full[:1]) or most < len(COLUMNS):
        return rows
    said = [at for at in range(most) if any(row[at] for row in full)]
    has_gaps = bool(said) and (said[0] > 0 or len(said) < most - 1)
    return [[row[at] for at in said] for row in full] if has_gaps else rows


def _headings(row: Sequence[str]) -> dict[str, int]:
    """Where each column stands, if this is a line of headings."""
    known = by_words(UNITS)
    found = {known[said].heading: at for at, cell in enumerate(row) if (said := heading_key(cell)) in known}
    others = [cell for cell in row if cell and heading_key(cell) not in known]
    are_own = [is_ignored(UNITS, heading_key(each)) for each in others]
    return found if "单位名称" in found and (all(are_own) or any(are_own) or len(found) > 1) else {}


def _is_no_data(row: Sequence[str], is_alone: bool) -> bool:
    said = next((cell for cell in row if cell and not _NUMBER.fullmatch(cell)), "")
    begins = not is_alone and len([cell for cell in row if cell]) == 1 and (said.endswith((":", "：")) or _sent(said))
    return is_note(said) or is_total(said) or is_nothing(said) or begins


def _sent(said: str) -> bool:
    """Whether a chat says here who wrote, and when."""
    return bool(_SENT.fullmatch(said))


def _one_a_row(rows: list[list[str]]) -> list[list[str]]:
    """Names that stand in one line with 、 or commas between them, each in a row of its own."""
    if len(rows) != 1:
        return rows
    if len(rows[0]) > len(COLUMNS):
        return [[cell] for cell in rows[0] if cell]
    names = _split(rows[0][0], "、") if len(rows[0]) == 1 else []
    return [[tidy_name(name)] for name in names] if len(names) > len(COLUMNS) - 1 and all(names) else rows


def _without_numbers(rows: list[list[str]]) -> list[list[str]]:
    """Without the column of numbers, or the number before each name."""
    if len(rows[0] if rows else ()) > 1 and all(not row[0] or _NUMBER.fullmatch(row[0]) for row in rows):
        return [row[1:] for row in rows]
    names = without_numbers([row[0] for row in rows])
    return [[name, *row[1:]] for name, row in zip(names, rows, strict=True)] if names else rows


def _unit(row: Sequence[str], headings: Mapping[str, int]) -> tuple[str, str, str]:
    at = headings or {heading: number for number, heading in enumerate(COLUMNS)}
    name, short_name, office = (row[at[each]] if each in at and at[each] < len(row) else "" for each in COLUMNS)
    name = name.rstrip("；;。，,、") or name
    return name, "" if key(short_name) == key(name) else short_name, office
