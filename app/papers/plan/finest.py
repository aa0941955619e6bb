"""A rubric in two or three levels: the finest is what is marked, the others only put its criteria into groups."""

from collections.abc import Mapping, Sequence

from app.papers.plan.cells import is_blank
from app.papers.plan.columns import Column
from app.papers.plan.grids import Grid, letter_of
from app.papers.plan.headings import heading_key, label_of
from app.papers.plan.lines import Mistakes
from app.papers.plan.mistakes import Where
from app.papers.plan.names import key
from app.papers.plan.no_data import is_note, is_total
from app.papers.plan.synonyms import CONTENTS

CRITERION, HELP = "指标", "说明"
_LEVELS = ("一级", "二级", "三级", "四级")


def finest(
    grid: Grid, rows: Sequence[int], known: Mapping[str, Column], found: Mapping[str, int], mistakes: Mistakes
) -> tuple[dict[str, int], frozenset[int]]:
    """Where the columns stand, the criteria in their finest level; and the columns of which all has been said.

    A column is coarser if one of its names stands for several lines, or if its heading says which level it is.
    """
    said = {at: heading_key(grid.rows[row][at]) for row in rows for at in range(len(grid.rows[row]))}
    columns = [at for at, word in sorted(said.items()) if word in known and known[word].heading == CRITERION]
    if len(columns) < 2:
        return dict(found), frozenset()
    body = [row for row in grid.rows[rows[-1] + 1 :] if _is_line(row, columns)]
    names = {at: [key(label_of(row[at])) for row in body] for at in columns}
    whole = [at for at in columns if all(names[at]) and len(set(names[at])) == len(names[at])]
    levelled = [at for at in columns if said[at].startswith(_LEVELS)]
    chosen = _chosen(columns, whole, levelled, names)
    if chosen is None:
        return _with_help(found, whole, said), frozenset()
    coarser = frozenset(at for at in columns if at != chosen and (at not in whole or at in levelled))
    label = label_of(next(grid.rows[row][chosen] for row in reversed(rows) if not is_blank(grid.rows[row][chosen])))
    for at in coarser:
        own = next(label_of(grid.rows[row][at]) for row in reversed(rows) if not is_blank(grid.rows[row][at]))
        place = Where(grid.name, rows[-1] + 1, f"{letter_of(at)} {own}")
        mistakes.warn(place, "column.is_coarser", heading=own, read=label)
    return {**found, CRITERION: chosen}, coarser


def _is_line(row: Sequence[object], columns: Sequence[int]) -> bool:
    said = [label_of(row[at]) for at in columns if not is_blank(row[at])]
    return bool(said) and not is_total(said[0]) and not is_note(said[0])


def _chosen(
    columns: Sequence[int], whole: Sequence[int], levelled: Sequence[int], names: Mapping[int, Sequence[str]]
) -> int | None:
    """The column that is marked; None if that is not clear."""
    full = [at for at in levelled if all(names[at])]
    if full and len(levelled) == len(columns):
        return full[-1]
    return whole[0] if len(whole) == 1 else None


def _with_help(found: Mapping[str, int], whole: Sequence[int], said: Mapping[int, str]) -> dict[str, int]:
    """Of a name and what it is about, line by line, the second explains the first."""
    others = [at for at in whole if at != found[CRITERION]]
    if len(whole) == len(others) + 1 == 2 and HELP not in found:
        if said[others[0]] in map(key, CONTENTS):
            return {**found, HELP: others[0]}
        if said[found[CRITERION]] in map(key, CONTENTS):
            return {**found, CRITERION: others[0], HELP: found[CRITERION]}
    return dict(found)
