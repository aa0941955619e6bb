"""Comments and sealed rules on the pages of a display: none set smaller than a hall can read, and no page too full.

What a page holds is reckoned here, not measured on a screen: so all displays turn the same pages, and the console can
say before a release how many a comment takes. It is reckoned for 4:3, where lines are shortest; where there is more
room, the letters grow (static/fit.js). A comment too long for one page goes on over the next ones.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import asdict

from app.live.contexts import PublicComment

MOST_ON_A_PAGE = 3
HEAD = 2
"""Lines that a comment takes besides its text: who speaks, and the space around it."""
NARROW = 0.6
"""Widths of letters that are not Chinese, in those that are."""

_PIECE = re.compile(r"\s+|[^\s\u2e80-\uffff]+|.", re.DOTALL)
_ENDS = re.compile(r"[。！？；.!?;]$")


@dataclass(frozen=True, slots=True)
class Area:
    """The place for comments: a line in letters as wide as they are high, and how many lines."""

    width: int
    lines: int


STAGE = Area(30, 10)
BESIDE = Area(11, 13)
RULES = (Area(15, 12), Area(21, 10))
"""A column of rules, at 4:3 and at 16:9: at the one its lines are short, at the other they are few."""
COLUMNS = 2
BETWEEN = 0.35
"""Lines that a rule takes besides its text."""


class PartOfComment(PublicComment, frozen=True, kw_only=True):
    """What of a comment stands on a page: ``part`` of ``parts``, one-based."""

    part: int
    parts: int


def pages_of(comments: Sequence[PublicComment], room: Area) -> list[list[PartOfComment]]:
    """A long comment has a page for each of its parts."""
    pages: list[list[PartOfComment]] = []
    left = 0
    for comment in comments:
        parts = split(comment.text, room)
        for at, text in enumerate(parts, start=1):
            needed = HEAD + len(lines_of(text, room.width))
            if not pages or needed > left or len(pages[-1]) == MOST_ON_A_PAGE:
                pages.append([])
                left = room.lines
            whole = asdict(comment) | {"text": text}
            pages[-1].append(PartOfComment(**whole, part=at, parts=len(parts)))
            left -= needed
    return pages


def pages_with_newest(comments: Sequence[PublicComment], room: Area) -> list[list[PartOfComment]]:
    """Only the pages on which the first comment stands: older ones are there as they fit, whole."""
    pages = pages_of(comments, room)
    return [page for page in pages if page[0].id == comments[0].id]


def pages_of_rules(sentences: Sequence[str]) -> list[list[list[str]]]:
    """Pages of up to two columns; each is full as soon as it would be at either format."""
    columns: list[list[str]] = []
    left = [0.0 for _ in RULES]
    for text in (part for sentence in sentences for part in split(sentence, RULES[0])):
        needed = [BETWEEN + len(lines_of(text, room.width)) for room in RULES]
        if not columns or any(need > has for need, has in zip(needed, left, strict=True)):
            columns.append([])
            left = [room.lines for room in RULES]
        columns[-1].append(text)
        left = [has - need for need, has in zip(needed, left, strict=True)]
    return [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]


def number_of_pages(text: str, room: Area = STAGE) -> int:
    return len(split(text, room))


def split(text: str, room: Area) -> list[str]:
    """The text in parts of a page each, cut behind a sentence if one ends in the second half of the page."""
    parts: list[str] = []
    lines = lines_of(text, room.width)
    while len(lines) > room.lines - HEAD:
        here = "".join(lines[: room.lines - HEAD])
        end = max((at for at in range(len(here) // 2, len(here) + 1) if _ENDS.search(here[:at])), default=len(here))
        parts.append(here[:end].strip())
        lines = lines_of(("".join(lines))[end:].strip(), room.width)
    return [*parts, "".join(lines).strip()]


def lines_of(text: str, width: int) -> list[str]:
    """The lines as they will be about, blanks kept; a word is broken only if it is longer than a line."""
    lines, filled = [""], 0.0
    for piece in _pieces(text, width):
        needs = 0.0 if piece.isspace() and not filled else _width(piece)
        if filled + needs > width and not piece.isspace():
            lines.append("")
            filled = 0.0
        lines[-1] += piece
        filled += needs
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    longest = int(width / 1.05)
    for piece in _PIECE.findall(text):
        yield from (piece[at : at + longest] for at in range(0, len(piece), longest))


def _width(piece: str) -> float:
    return sum(1.05 if unicodedata.east_asian_width(each) in "WFA" else NARROW for each in piece)
