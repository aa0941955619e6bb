"""Results along the scale: each unit a flag over its score, the zones of the grades below.

All is reckoned here in units of a picture ``WIDTH`` wide, letters and all, so that no flag covers another on any
screen. A flag that has been set does not move when the next one comes: they are placed in the order of their showing,
each where it is nearest to its score. Only if that leaves no room, all are placed anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from app.live.contexts import Context
from app.meeting.measure import width_of
from app.meeting.meeting import Meeting
from app.meeting.plan import GradeLine, Plan
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.result import Result

WIDTH, LETTER = 1000, 31
"""A letter is so wide that at 4:3 it can be read from the last row; where there is more room, it is larger."""
ROW, ROWS = 76, 4
FLAG = 70
SIDE, BETWEEN = 9, 8
FOOT = ROW * ROWS + 24
ZONE = 44
MOST_LETTERS = 12
"""A name that is longer is not set on a flag."""
NICE = 10
"""The scale begins at a multiple of this."""


class Flag(Context, frozen=True, kw_only=True):
    """A result: its box with the text about ``middle``, and its pole from ``pole`` to its score at ``x``."""

    unit: str
    name: str
    score: str
    grade: str
    left: str
    top: str
    width: str
    middle: str
    pole: str
    foot: str
    x: str
    is_latest: bool


class Zone(Context, frozen=True, kw_only=True):
    """A grade on the scale; ``name`` is empty if there is no room for it. ``at_least`` is empty at its lower end."""

    name: str
    at_least: str
    left: str
    width: str
    middle: str


class Along(Context, frozen=True, kw_only=True):
    """Flags from left to right."""

    flags: list[Flag]
    zones: list[Zone]


@dataclass(frozen=True, slots=True)
class _Box:
    """A flag that is to be placed: its width, and where its score is."""

    width: Fraction
    x: Fraction

    def left_at(self, middle: Fraction) -> Fraction:
        return min(max(middle - self.width / 2, Fraction(0)), WIDTH - self.width)


@dataclass(frozen=True, slots=True)
class _Placed:
    box: _Box
    row: int
    left: Fraction


def along(meeting: Meeting, results: Sequence[Result]) -> Along | None:
    """Results with scores, as they were shown; None if there are none, or not all can be seen."""
    names = [meeting.unit(each.unit).short_name for each in results]
    scores = [Fraction(each.score or 0) for each in results]
    if not results or any(len(name) > MOST_LETTERS for name in names):
        return None
    low, high = _scale(meeting.plan, min(scores))
    if high <= low:
        return None
    boxes = [
        _Box(_width(name, each), WIDTH * (score - low) / (high - low))
        for name, each, score in zip(names, results, scores, strict=True)
    ]
    placed = _one_by_one(boxes) or _all_anew(boxes)
    if placed is None:
        return None
    flags = [
        _flag(result, name, each, is_latest=result is results[-1])
        for result, name, each in zip(results, names, placed, strict=True)
    ]
    return Along(flags=sorted(flags, key=lambda each: Decimal(each.x)), zones=list(_zones(meeting.plan, low, high)))


def _scale(plan: Plan, least: Fraction) -> tuple[Fraction, Fraction]:
    """From below the lowest grade that is above nothing, or the lowest score, to the full score."""
    lines = [Fraction(line.at_least) for line in plan.rules.grades if line.at_least > 0]
    low = min([*(line - NICE for line in lines), least])
    return Fraction(low // NICE * NICE), Fraction(plan.full_score)


def _width(name: str, result: Result) -> Fraction:
    widest = max(width_of(name), width_of(str(result.score)))
    return Fraction(ceil(widest * LETTER) + 2 * SIDE)


# --- places -----------------------------------------------------------------------------------------------------------


def _one_by_one(boxes: Sequence[_Box]) -> list[_Placed] | None:
    """Each as near to its score as there is room; None if one finds none."""
    placed: list[_Placed] = []
    for box in boxes:
        free = list(_free(box, placed))
        if not free:
            return None
        placed.append(min(free, key=lambda each: (abs(each.left - box.left_at(box.x)), -each.row)))
    return placed


def _free(box: _Box, placed: Sequence[_Placed]) -> Iterator[_Placed]:
    """The place nearest to its score in each gap of each row."""
    for row in range(ROWS):
        taken = sorted((each.left, each.left + each.box.width) for each in placed if each.row == row)
        begins = [Fraction(0), *(end + BETWEEN for _, end in taken)]
        ends = [*(begin - BETWEEN for begin, _ in taken), Fraction(WIDTH)]
        for begin, end in zip(begins, ends, strict=True):
            if end - begin >= box.width:
                yield _Placed(box, row, min(max(box.left_at(box.x), begin), end - box.width))


def _all_anew(boxes: Sequence[_Box]) -> list[_Placed] | None:
    """From the left in rows that fill evenly; in each row they are pushed apart as little as they must."""
    rows: list[list[int]] = [[] for _ in range(ROWS)]
    for at in sorted(range(len(boxes)), key=lambda each: boxes[each].x):
        rows[min(range(ROWS), key=lambda row: (sum(boxes[each].width + BETWEEN for each in rows[row]), row))].append(at)
    found: dict[int, _Placed] = {}
    for row, members in enumerate(rows):
        lefts = _apart([boxes[each] for each in members])
        if lefts is None:
            return None
        found |= {at: _Placed(boxes[at], row, left) for at, left in zip(members, lefts, strict=True)}
    return [found[at] for at in range(len(boxes))]


def _apart(boxes: Sequence[_Box]) -> list[Fraction] | None:
    """Halfway between being pushed to the right only and to the left only: both leave room, so the middle does."""
    if sum(each.width + BETWEEN for each in boxes) > WIDTH + BETWEEN:
        return None
    to_the_right, to_the_left = _pushed(boxes), _mirrored(_pushed([_mirror(each) for each in reversed(boxes)]), boxes)
    return [(one + other) / 2 for one, other in zip(to_the_right, to_the_left, strict=True)]


def _pushed(boxes: Sequence[_Box]) -> list[Fraction]:
    lefts: list[Fraction] = []
    begin = Fraction(0)
    for box in boxes:
        lefts.append(max(box.left_at(box.x), begin))
        begin = lefts[-1] + box.width + BETWEEN
    end = Fraction(WIDTH)
    for at in reversed(range(len(boxes))):
        lefts[at] = min(lefts[at], end - boxes[at].width)
        end = lefts[at] - BETWEEN
    return lefts


def _mirror(box: _Box) -> _Box:
    return _Box(box.width, WIDTH - box.x)


def _mirrored(lefts: Sequence[Fraction], boxes: Sequence[_Box]) -> list[Fraction]:
    return [WIDTH - left - box.width for left, box in zip(reversed(lefts), boxes, strict=True)]


# --- as text ----------------------------------------------------------------------------------------------------------


def _flag(result: Result, name: str, placed: _Placed, is_latest: bool) -> Flag:
    left, width = placed.left, placed.box.width
    pole = min(max(placed.box.x, left + SIDE), left + width - SIDE)
    return Flag(
        unit=result.unit,
        name=name,
        score=str(result.score),
        grade=result.grade,
        left=_text(left),
        top=str(placed.row * ROW),
        width=_text(width),
        middle=_text(left + width / 2),
        pole=_text(pole),
        foot=str(placed.row * ROW + FLAG),
        x=_text(placed.box.x),
        is_latest=is_latest,
    )


def _zones(plan: Plan, low: Fraction, high: Fraction) -> Iterator[Zone]:
    lines = sorted(plan.rules.grades, key=lambda line: line.at_least)
    for at, line in enumerate(lines):
        begin = max(Fraction(line.at_least), low)
        end = min(Fraction(lines[at + 1].at_least), high) if at + 1 < len(lines) else high
        if end > begin:
            yield _zone(line, WIDTH * (begin - low) / (high - low), WIDTH * (end - low) / (high - low))


def _zone(line: GradeLine, left: Fraction, right: Fraction) -> Zone:
    has_room = Fraction(width_of(line.name)) * LETTER + 2 * SIDE <= right - left
    return Zone(
        name=line.name if has_room else "",
        at_least=f"{line.at_least.normalize():f}" if left > 0 else "",
        left=_text(left),
        width=_text(right - left),
        middle=_text((left + right) / 2),
    )


def _text(number: Fraction) -> str:
    return str(rounded(number, 1))
