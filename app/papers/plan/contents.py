"""What a column of a plan can hold: how it is read from a cell, written into one, and told in a preview."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from app.papers.plan import own_choices
from app.papers.plan.cells import (
    as_one_cell,
    code_of,
    count_of,
    id_of,
    long_text_of,
    member_of,
    name_of,
    names_of,
    number_of,
    text_of,
    title_of,
    yes_or_no,
)
from app.papers.plan.choices import NO, YES
from app.papers.plan.quorums import as_written, quorum_of, told
from app.papers.plan.segments import segments_in, written
from app.papers.plan.times import day_and_time_of, length_of, minutes_in, offset_of, time_of


class Holds(StrEnum):
    """What the cells of a column hold: for their look and for what Excel lets in."""

    TEXT = "text"
    NUMBER = "number"
    MINUTES = "minutes"
    DATE = "date"
    TIME = "time"


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Content:
    """``read`` raises Misread. ``kind`` is the enumeration of which it is a member; ``is_line``: a form takes
    it as a cell does, and it may be empty."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = _as_it_is
    tell: Callable[[Any], str] = str
    holds: Holds = Holds.TEXT
    choices: tuple[str, ...] = ()
    kind: type[StrEnum] | None = None
    is_line: bool = False


def one_of(words: Mapping[str, StrEnum]) -> Content:
    """A member of an enumeration, by its word."""
    word_of = {member: word for word, member in words.items()}.__getitem__
    return Content(
        partial(member_of, words), word_of, word_of, choices=tuple(words), kind=type(next(iter(words.values())))
    )


def _yes_or_no_in_words(flag: bool) -> str:
    return YES if flag else NO


NAME: Content = Content(name_of)
TITLE: Content = Content(title_of)
TEXT: Content = Content(text_of)
LONG_TEXT: Content = Content(long_text_of)
NAMES: Content = Content(names_of, as_one_cell)
CODE: Content = Content(code_of)
ID: Content = Content(id_of)
YES_OR_NO: Content = Content(yes_or_no, _yes_or_no_in_words, _yes_or_no_in_words, choices=(YES, NO))
COUNT: Content = Content(count_of, holds=Holds.NUMBER)
NUMBER: Content = Content(number_of, holds=Holds.NUMBER)
MINUTES: Content = Content(length_of, minutes_in, holds=Holds.MINUTES)
SEGMENTS: Content = Content(segments_in, written, written)
DAY: Content = Content(day_and_time_of, holds=Holds.DATE)
CLOCK: Content = Content(time_of, tell=lambda at: str(at.isoformat("minutes")), holds=Holds.TIME)
OFFSET: Content = Content(offset_of)
OWN_CHOICES: Content = Content(own_choices.own_choices_of, own_choices.as_written, own_choices.as_written, is_line=True)
QUORUM: Content = Content(quorum_of, as_written, told)
"""It is read as a Quorum, and written and told of the rules that hold one."""
