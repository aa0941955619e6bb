"""How text fills a page of a display, reckoned in letters as wide as they are high, not measured on a screen."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

NARROW = 0.6
"""Widths of letters that are not Chinese, in those that are."""

_PIECE = re.compile(r"\s+|[^\s\u2e80-\uffff]+|.", re.DOTALL)
_ENDS = frozenset("。！？；.!?;")

MOST_ON_A_PAGE = 3
HEAD = 2
"""Lines that a comment takes besides its text: who speaks, in a line, and the space around it."""


@dataclass(frozen=True, slots=True)
class Area:
    """The place for comments: a line in letters as wide as they are high, and how many lines."""

    width: int
    lines: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of a text stands on a page: of the text at a place of the list, ``part`` of ``parts``, one-based."""

    at: int
    text: str
    part: int
    parts: int


def packed(texts: Sequence[str], room: Area, heads: Sequence[int] | None = None) -> list[list[Part]]:
    """A long text has a page for each of its parts; no page is too full, and none holds too many."""
    pages: list[list[Part]] = []
    left = 0
    for at, (whole, head) in enumerate(zip(texts, heads or [HEAD] * len(texts), strict=True)):
        parts = measured(whole, room, head)
        for part, (text, lines) in enumerate(parts, start=1):
            needed = head + lines
            if not pages or needed > left or len(pages[-1]) == MOST_ON_A_PAGE:
                pages.append([])
                left = room.lines
            pages[-1].append(Part(at, text, part, len(parts)))
            left -= needed
    return pages


@lru_cache(2048)
def measured(text: str, room: Area, head: int) -> tuple[tuple[str, int], ...]:
    """The parts of a text, each with its lines: a text is measured once, however many come before or behind it."""
    return tuple((part, len(lines_of(part, room.width))) for part in split(text, room, head))


def split(text: str, room: Area, head: int = HEAD) -> list[str]:
    """The text in parts of a page each, cut behind a sentence if one ends in the second half of the page."""
    parts: list[str] = []
    lines = lines_of(text, room.width)
    while len(lines) > room.lines - head:
        here = "".join(lines[: room.lines - head])
        end = max((at for at in range(len(here) // 2, len(here) + 1) if here[at - 1 : at] in _ENDS), default=len(here))
        parts.append(here[:end].strip())
        lines = lines_of(("".join(lines))[end:].strip(), room.width)
    return [*parts, "".join(lines).strip()]


def lines_of(text: str, width: int) -> list[str]:
    """The lines as they will be about, blanks kept; a word is broken only if it is longer than a line."""
    lines, filled = [""], 0.0
    for piece in _pieces(text, width):
        needs = 0.0 if piece.isspace() and not filled else width_of(piece)
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


def width_of(piece: str) -> float:
    return sum(1.05 if unicodedata.east_asian_width(each) in "WFA" else NARROW for each in piece)
