"""A score sheet on pages of A4, so that each page can say whose it is and which of how many.

Heights are reckoned in millimetres by ``static/print.css``, on the long side: a page that is not quite full is no harm,
one that runs over would go on without a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.meeting.measure import lines_of

PAGE = 272
"""The height between the margins."""
WIDTH = 174
MARGIN_OF_SAFETY = 1.05


@dataclass(frozen=True, slots=True)
class Type:
    """Letters: how wide one is, how high a line of them."""

    width: float
    line: float

    def height(self, text: str, width: float) -> float:
        return self.line * self.rows(text, width) if text else 0

    def rows(self, text: str, width: float) -> int:
        return sum(len(lines_of(line, int(width / self.width))) for line in text.split("\n"))


TITLE, NAME, TEXT, SMALL = Type(4.6, 6.7), Type(5.0, 6.5), Type(4.24, 6.2), Type(3.36, 4.6)
NAMING = Type(3.36, 5)
LEVEL, TICK = Type(5.3, 7.7), 7.5
FEWEST_LINES = 3
"""For each kind of comment."""

HEADING, GAP, PADDING, LINE, BOX = 9.7, 4, 3.7, 7.5, 11


def pages_of_sheet(rubric: dict[str, Any], title: str, unit: str, seat: str) -> list[dict[str, Any]]:
    """For each page the numbers of ``criteria`` on it (from 1), whether it is the first, and what else stands there.

    ``has_total`` goes with the last criterion, ``has_rest`` (comments, boxes, signature) with whatever page has room.
    """
    page = PAGE - NAMING.height(f"{unit} · {seat} · 第 99 页，共 99 页", WIDTH)
    head = TITLE.height(title, WIDTH) + HEADING + 1.5 + _facts(unit, seat) + 2 * GAP
    rows = [_row(each, rubric["is_weighted"]) for each in rubric["criteria"]]
    if rubric["mode"] != "points":
        return _pages_without_marks(rubric, page - head)
    top = PADDING + TEXT.line
    total = max(BOX, PADDING + 6.3) + GAP
    pages: list[list[int]] = []
    here: list[int] = []
    left = page - head - top
    for at, height in enumerate(rows):
        needed = height + (total if at == len(rows) - 1 else 0)
        if here and needed > left:
            pages.append(here)
            here, left = [], page - top
        here.append(at)
        left -= needed
    pages.append(here)
    fits = left >= _rest(rubric["room"])
    made = [
        _page(
            numbers,
            rubric["room"],
            has_total=numbers is here,
            has_rest=fits and numbers is here,
            is_first=numbers is pages[0],
        )
        for numbers in pages
    ]
    return made if fits else [*made, _page([], rubric["room"], has_total=False, has_rest=True, is_first=False)]


def _pages_without_marks(rubric: dict[str, Any], left: float) -> list[dict[str, Any]]:
    """One page, with fewer lines to write on if need be; if these would be too few, they have one of their own."""
    levels = sum(_levels(each) for each in rubric["criteria"]) if rubric["mode"] == "levels" else 0
    numbers = range(len(rubric["criteria"]))
    for room in range(rubric["room"], FEWEST_LINES - 1, -1):
        if levels + _rest(room) <= left:
            return [_page(numbers, room, has_rest=True, has_total=False, is_first=True)]
    return [
        _page(numbers, rubric["room"], has_rest=False, has_total=False, is_first=True),
        _page([], rubric["room"], has_rest=True, has_total=False, is_first=False),
    ]


def _levels(criterion: dict[str, Any]) -> float:
    """A criterion with its levels, each beside a box to tick."""
    inner = WIDTH - 8.6
    rows, taken = 1, 0.0
    for level in criterion["levels"]:
        width = min(inner, TICK + LEVEL.width * len(level))
        rows += LEVEL.rows(level, inner - TICK) - 1
        if taken and taken + width > inner:
            rows, taken = rows + 1, 0.0
        taken += width + 9
    text = TEXT.height(criterion["name"], inner) + SMALL.height(criterion["help"], inner)
    boxes = rows * (LEVEL.line + GAP) + GAP
    height: float = MARGIN_OF_SAFETY * (8.6 + text + boxes + SMALL.line) + GAP
    return height


def _page(numbers: Sequence[int], room: int, has_total: bool, has_rest: bool, is_first: bool) -> dict[str, Any]:
    return {
        "room": room,
        "criteria": [at + 1 for at in numbers],
        "has_total": has_total,
        "has_rest": has_rest,
        "is_first": is_first,
    }


def _facts(unit: str, seat: str) -> float:
    return NAME.height(f"99. {unit}", WIDTH - 33) + TEXT.height(seat, (WIDTH - 56) / 2 - 10) + 2 * PADDING


def _row(criterion: dict[str, Any], is_weighted: bool) -> float:
    width = WIDTH - 12 - 37 - 30 - (20 if is_weighted else 0) - 6
    text = TEXT.height(criterion["name"], width) + SMALL.height(criterion["help"], width) + PADDING
    points = TEXT.line + SMALL.line + PADDING
    height: float = MARGIN_OF_SAFETY * max(BOX, text, points)
    return height


def _rest(room: int) -> float:
    comments: float = 3 * (5.6 + room * LINE) + 2 * 2
    boxes = 7 + GAP
    footer = 8 + 2 + TEXT.line + 3 + SMALL.line
    return comments + GAP + boxes + footer
