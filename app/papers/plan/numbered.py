"""Names with numbers before them, as lists have them that come out of a letter: 1. （一） 一、 ① 1-"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NUMERAL = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_SURE = re.compile(rf"[(（](?:{_NUMERAL})[)）][.、．]?\s*(?=\S)|(?:{_NUMERAL})[.、．)）]\s*(?=[^\d\s])")
_PERHAPS = re.compile(r"(?:第(?P<a>\d{1,3})[位家号]?[\s:：]+|(?P<b>\d{1,3})(?:\s+|\s*[-–—:：]\s*))(?=\S)")
_BULLET = re.compile(r"[-–•·●○▪■◆◇►*]\s*(?=\S)")
_BEHIND = ".、．)） "


@dataclass(frozen=True, slots=True)
class _Found:
    """What is left of a name; ``number`` where the sign behind it may also belong to the name (110 指挥中心)."""

    name: str
    number: int | None = None


def without_numbers(names: Sequence[str]) -> list[str] | None:
    """The names alone if each has a number, or a bullet; None if they are no such list.

    A number with a space or a dash behind it is one only where the numbers run 1, 2, 3.
    """
    found = [_found(name) for name in names]
    left = [each for each in found if each is not None]
    if not names or len(left) < len(names):
        return None
    numbers = [each.number for each in left]
    is_sure = all(number is None for number in numbers)
    runs = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return [each.name for each in left] if is_sure or runs else None


def is_numbered(name: str) -> bool:
    """Whether a name alone tells that the number before it is none of its own."""
    found = _found(name)
    return found is not None and found.number is None


def _found(name: str) -> _Found | None:
    if name and unicodedata.category(name[0]) == "No" and name[1:].strip(_BEHIND):
        return _Found(name[1:].lstrip(_BEHIND))
    for pattern in (_SURE, _BULLET):
        if match := pattern.match(name):
            return _Found(name[match.end() :])
    if match := _PERHAPS.match(name):
        return _Found(name[match.end() :], int(match["a"] or match["b"]))
    return None
