"""Which sheet of a workbook is meant by which: by its name, else by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.papers.plan.cells import is_blank
from app.papers.plan.contents import Holds
from app.papers.plan.grids import Grid
from app.papers.plan.headings import by_words, heading_key, is_ignored
from app.papers.plan.names import key
from app.papers.plan.sheets import (
    AGENDA,
    GRADES,
    LEVELS,
    MEETING,
    ORDER_OF_SHEETS,
    PANEL,
    RECUSALS,
    RUBRIC,
    RULES,
    TABLES,
    UNITS,
    WORDS,
)
from app.papers.plan.synonyms import SHEETS
from app.papers.plan.tables import HEADINGS_WITHIN, columns_in, is_list_of_persons

FEWEST_ENTRIES = 3
"""So many entries make a sheet one of entries."""

_BEFORE = re.compile(
    r"^(?:附件|附表|表)[\d一二三四五六七八九十]{0,2}[-_:.、)]*|^[(]?[\d一二三四五六七八九十]{1,2}[-_.、)]"
)
_BEHIND = re.compile(r"(?:\(.{0,8}\)|(?:一览|信息|情况|汇总|登记|统计)?(?:表|名单|清单|名册)|信息|v?\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Named:
    """The sheets by the names that are meant, each under it; ``called`` are the names that they have in the file.

    ``twice``: sheets that are not read because another is meant by the same, as meant and as named; ``guessed``: those
    whose names say nothing, by what stands in them.
    """

    grids: Mapping[str, Grid]
    called: Mapping[str, str]
    twice: Sequence[tuple[str, str]]
    guessed: Sequence[str]


def named(grids: Sequence[Grid]) -> Named:
    """Own names go before others, and names before contents."""
    found: dict[str, Grid] = {}
    twice: list[tuple[str, str]] = []
    for meant, grid in sorted(((_meant(grid.name), grid) for grid in grids), key=lambda each: each[0] != each[1].name):
        if meant in found:
            twice.append((meant, grid.name))
        else:
            found[meant] = grid
    guessed = _guessed([grid for meant, grid in found.items() if meant not in ORDER_OF_SHEETS], set(found))
    for meant, grid in guessed.items():
        del found[grid.name]
        found[meant] = grid
    own = {meant: replace(grid, name=meant) for meant, grid in found.items()}
    return Named(own, {meant: grid.name for meant, grid in found.items()}, twice, tuple(guessed))


def _meant(name: str) -> str:
    """The sheet that a name means, whatever its spaces, widths and number."""
    names = {key(also): meant for also, meant in SHEETS.items()} | {key(each): each for each in ORDER_OF_SHEETS}
    said = key(name)
    bare = _BEFORE.sub("", said)
    for each in (said, bare, _BEHIND.sub("", bare), _BEHIND.sub("", _BEHIND.sub("", bare))):
        if each in names:
            return names[each]
    return name


def _guessed(grids: Sequence[Grid], taken: set[str]) -> dict[str, Grid]:
    """By what stands in them; nothing is guessed of a hidden sheet, nor where two could be meant."""
    looks = {grid.name: _looks_like(grid) for grid in grids if not grid.is_hidden}
    guessed = {}
    for meant in _LOOKS:
        alike = [grid for grid in grids if looks.get(grid.name) == meant]
        if meant not in taken and len(alike) == 1:
            guessed[meant] = alike[0]
    return guessed


def _looks_like(grid: Grid) -> str:
    """The first of the sheets that it could be; empty if it could be none."""
    return next((meant for meant, looks in _LOOKS.items() if looks(replace(grid, name=meant))), "")


def _headings(grid: Grid) -> set[str]:
    rows = (columns_in(row, grid.name) for row in grid.rows[:HEADINGS_WITHIN])
    return set(max(rows, key=len, default=()))


def _has(*headings: str) -> Callable[[Grid], bool]:
    return lambda grid: set(headings) <= _headings(grid)


def _is_list_of_units(grid: Grid) -> bool:
    """Units with their short names or offices, or nothing but units."""
    found = _headings(grid)
    if "单位名称" not in found:
        return False
    row = next(row for row in grid.rows if "单位名称" in columns_in(row, UNITS))
    known = by_words(UNITS)
    said = [heading_key(value) for value in row if not is_blank(value)]
    return all(each in known or is_ignored(UNITS, each) for each in said)


def _is_agenda(grid: Grid) -> bool:
    found = _headings(grid)
    times = {each.heading for each in TABLES[AGENDA] if each.holds is Holds.MINUTES}
    return bool(found & times) and bool(found & {"单位", "标题", "类型"})


def _has_entries(grid: Grid) -> bool:
    known = by_words(grid.name)
    labels = {known[said].heading for row in grid.rows if (said := heading_key(row[0])) in known}
    return len(labels) >= FEWEST_ENTRIES


_LOOKS: Mapping[str, Callable[[Grid], bool]] = {
    PANEL: lambda grid: is_list_of_persons(grid) or _has("席位", "类别")(grid),
    RECUSALS: _has("席位", "单位"),
    AGENDA: _is_agenda,
    GRADES: _has("等次", "最低得分"),
    LEVELS: _has("等次", "分值"),
    RUBRIC: _has("指标", "满分"),
    UNITS: _is_list_of_units,
    MEETING: _has_entries,
    RULES: _has_entries,
    WORDS: _has_entries,
}
