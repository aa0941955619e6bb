"""What people call things, as it is seen: no marks that nobody sees, one dot for all dots, and when two are alike."""

import re
import unicodedata
from typing import Any

from app.meeting.texts import LONGEST_TITLE

_IGNORABLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
"""Unicode's Default_Ignorable_Code_Point, what has no look of its own, with the places it keeps free for more."""

_ANNOTATION = ((0xFFF9, 0xFFFB),)
_NO_CHARACTERS = (
    *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF)),
    *((plane | 0xFFFE, plane | 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)
"""Control characters but tabs and line ends, halves of pairs, and what Unicode says will never be a character.

What this Python does not know yet may be a rare character of a newer Unicode in somebody's name: it stays.
"""

_RANGES = (f"\\U{first:08x}-\\U{last:08x}" for first, last in (*_IGNORABLE, *_ANNOTATION, *_NO_CHARACTERS))
_UNSEEN = re.compile(f"[{''.join(_RANGES)}]")
_BLANK = "\u2800"
"""A braille cell without a dot: a letter to Unicode, a space to everybody who looks at it."""

_DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･᛫⸱ꞏ⦁", _DOT))
_BETWEEN = re.compile(rf"(?<=\w)(\s*)[{''.join(map(chr, _DOTS))}](?=\s*\w)")
_BROKEN = re.compile(r"(?<=[⺀-⿿、-鿿豈-﫿])[^\S\n]*+\n\s*+(?=[⺀-⿿、-鿿豈-﫿])")
"""A line that was broken within a Chinese name, which has no spaces."""


def visible(text: str) -> str:
    """A text without what nobody sees, of one kind of line end; spaces at its ends are left to the caller."""
    text = _UNSEEN.sub("", text).replace(_BLANK, " ")
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def tidy(text: str) -> str:
    """The same without the spaces around it."""
    return visible(text).strip()


def tidy_name(text: str) -> str:
    """A name as it is recorded: tidy, on one line, and with one dot (·) between its parts, whichever was typed."""
    name = " ".join(_BROKEN.sub("", tidy(text)).split())
    return _BETWEEN.sub(rf"\1{_DOT}", name)


def tidy_title(text: str) -> str:
    """A title as it is recorded: as a name, with a bar where a line ended; nothing, if it is bars only."""
    lines = (tidy_name(line).strip("|｜ ") for line in tidy(text).split("\n"))
    return "|".join(line for line in lines if line)


def key(text: str) -> str:
    """What two texts have in common that a person would take for the same: width, case, dots and spaces aside."""
    return "".join(in_one_form(tidy(text)).translate(_DOTS).casefold().split())


def in_one_form(text: str) -> str:
    """The same letters for all their widths and forms (NFKC), piece by piece: of marks that are piled up on one letter
    Python takes the square of their number. No name is longer than a piece."""
    pieces = (text[at : at + LONGEST_TITLE] for at in range(0, len(text), LONGEST_TITLE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


_CALLED = frozenset({"name", "short_name", "office", "reading", "label", "title", "place", "organisers"})


def as_seen(value: Any, called: str = "") -> Any:
    """A table of a text file with its texts tidy and its names as names; what cannot be kept stays, to be refused."""
    if isinstance(value, dict):
        return {name: as_seen(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [as_seen(each, called) for each in value]
    if not isinstance(value, str) or "\0" in value:
        return value
    return tidy_name(value) if called in _CALLED else tidy(value)
