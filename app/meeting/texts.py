"""What people write: how long it may be, and what can be kept at all."""

import re
import unicodedata

from app.meeting.refusals import refuse_if, refuse_unless

_TURNS = dict.fromkeys(range(0x202A, 0x202F))
"""What turns the direction of all that follows: nobody types it, and a comment read backwards says something else."""

_MOST_MARKS = 6
"""On one letter: no script piles up more. Dozens cover the lines above and below, on every screen."""

_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and marks to Unicode, and nothing to everybody who looks."""

_MARKS = ("Mn", "Me")
_UNSEEN = ("Cf", "Zs", "Zl", "Zp")

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a database or a document cannot hold (XML 1.0, 2.2): control characters, halves of characters."""

LONGEST_COMMENT = 2000

LONGEST_REASON = 200

LONGEST_NAME = 40

LONGEST_MESSAGE = 100

LONGEST_NAME_OF_FILE = 120

LONGEST_TITLE = 200
"""Of a line of the plan: what a meeting, a unit, a criterion is called in full."""

LONGEST_SHORT_NAME = 24
"""Of what stands beside others on a screen: a unit in short, a seat, a level, a part, a class."""

LONGEST_DESCRIPTION = 1000
"""Of a paragraph of the plan."""

LONGEST_ENTRY = 60
"""Of what is read for what it means: a mark, a short code, a day with its time, with all that people put around it. A
browser cuts what is pasted without a word."""

LONGEST_NUMBER = 12
"""Of a number, as it is written."""


def the_reason(text: str) -> str:
    return _written(text, LONGEST_REASON, "reason.missing")


def the_author(text: str) -> str:
    return _written(text, LONGEST_NAME, "author.missing")


def the_text(text: str, most: int) -> str:
    return _written(text, most, "text.missing")


def is_writable(text: str) -> bool:
    """Whether a text can be kept, in every database and every document that is made of it."""
    return _UNWRITABLE.search(text) is None


def _written(text: str, most: int, missing: str) -> str:
    written = _without_towers(text.translate(_TURNS)).strip()
    refuse_unless(any(map(_is_seen, written)), missing)
    refuse_if(len(written) > most, "text.too_long", most=most, length=len(written))
    refuse_if(not is_writable(written), "text.unwritable")
    return written


def _without_towers(text: str) -> str:
    """Without the marks that are too many upon one letter."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for each in text:
        marks = marks + 1 if unicodedata.category(each) in _MARKS else 0
        if marks <= _MOST_MARKS:
            kept.append(each)
    return "".join(kept)


def _is_seen(character: str) -> bool:
    return character not in _BLANKS and unicodedata.category(character) not in _UNSEEN
