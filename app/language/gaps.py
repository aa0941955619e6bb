"""Texts with named gaps: what is wrong with one, and what it says once the gaps are filled.

``{单位}`` or ``{unit}`` is a gap; what stands in square brackets is left out where a gap in it has nothing to say.
Signs of full width count as those of a keyboard.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.language.spoken import CHINESE_GAPS
from app.meeting.moments import GAPS, Gap, Moment
from app.meeting.refusals import Said

LONGEST_WORDS = 500

_SIGNS = str.maketrans("｛｝［］", "{}[]")
_PART = re.compile(r"\[(?P<optional>[^\[\]]*)\]|(?P<always>[^\[\]]+)")
_GAP = re.compile(r"\{([^{}]*)\}")
_EMPTY = "\0"
_STOP, _END = "[，、；：,;:]", "[，、；：。！？,;:.!?]"
_HOLES = tuple(
    (re.compile(pattern), left)
    for pattern, left in (
        (rf"(^|[。！？.!?])\s*{_EMPTY}\s*{_STOP}\s?", r"\1"),  # a sentence does not begin with a comma
        (rf"{_STOP}\s*{_EMPTY}(?=\s*{_END})", ""),  # nor do two follow one another
        (rf"\s{_EMPTY}(?=\s|{_END}|$)", ""),
        (_EMPTY, ""),
    )
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Of a text: said always, or only if all its gaps have something to say."""

    text: str
    is_optional: bool


def fault_of(text: str, moment: Moment) -> Said | None:
    """What is wrong with the words for a moment; None if nothing is."""
    if len(text) > LONGEST_WORDS:
        return Said("text.too_long", {"most": LONGEST_WORDS, "length": len(text)})
    plain = text.translate(_SIGNS)
    if any(each in "{}" for each in _GAP.sub("", plain)):
        return Said("words.lone_brace")
    if any(each in "[]" for each in _PART.sub(lambda part: "" if part["always"] is None else part[0], plain)):
        return Said("words.lone_bracket")
    return next(_wrong_gaps(plain, moment), None)


def filled(text: str, value_of: Callable[[Gap], str | None]) -> str:
    """A text with its gaps filled. One that has nothing to say leaves no hole; a gap that nobody knows stays."""
    said = "".join(_filled(piece, value_of) for piece in _pieces(text.translate(_SIGNS)))
    for hole, left in _HOLES:
        said = hole.sub(left, said)
    return said.strip()


@lru_cache(256)
def gap_of(name: str) -> Gap | None:
    """The gap of a name in either language."""
    return _BY_NAME.get(_key(name))


def _pieces(text: str) -> Iterator[_Piece]:
    for part in _PART.finditer(text):
        is_optional = part["optional"] is not None
        yield _Piece(part["optional"] if is_optional else part["always"], is_optional)


def _filled(piece: _Piece, value_of: Callable[[Gap], str | None]) -> str:
    def value(found: re.Match[str]) -> str:
        gap = gap_of(found[1])
        return found[0] if gap is None else value_of(gap) or _EMPTY

    said = _GAP.sub(value, piece.text)
    return "" if piece.is_optional and _EMPTY in said else said


def _wrong_gaps(text: str, moment: Moment) -> Iterator[Said]:
    for name in _GAP.findall(text):
        gap = gap_of(name)
        known = tuple(f"{{{_name_like(name, each)}}}" for each in GAPS[moment])
        if gap is None:
            yield Said("words.no_such_gap", {"gap": f"{{{name}}}", "known": known})
        elif gap not in GAPS[moment]:
            yield Said("words.not_known_then", {"gap": f"{{{name}}}", "known": known})


def _name_like(name: str, gap: Gap) -> str:
    """The name of a gap in the language in which another was written."""
    return str(gap) if name.isascii() and name.strip() else CHINESE_GAPS[gap]


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


_BY_NAME = {_key(str(gap)): gap for gap in Gap} | {_key(name): gap for gap, name in CHINESE_GAPS.items()}
