"""The words to say as entries of a sheet, one for each moment: read, and written where they are not the usual ones."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from app.language import Language
from app.language.gaps import fault_of
from app.language.spoken import gap_name, own_words, usual
from app.meeting.moments import GAPS, Moment, Words
from app.meeting.plan import Plan
from app.papers.plan.cells import long_text_of
from app.papers.plan.choices import word_of
from app.papers.plan.columns import Column
from app.papers.plan.contents import Content
from app.papers.plan.mistakes import Misread


def columns_of_words() -> Iterator[Column]:
    for moment in Moment:
        content = Content(partial(read_words, moment))
        yield Column(str(moment), word_of(moment), _hint(moment), content, get=partial(text_at, moment))


def read_words(moment: Moment, value: Any) -> str:
    """The words for a moment out of a cell. Raises Misread."""
    text = long_text_of(value)
    if fault := fault_of(text, moment):
        raise Misread(fault.code, **fault.facts)
    return text


def words_in(said: Mapping[str, str]) -> tuple[Words, ...]:
    """Of the texts by moment those that are an organiser's own."""
    return own_words({Moment(moment): text for moment, text in said.items()})


def text_at(moment: Moment, plan: Plan) -> str:
    """A plan's own words for a moment; empty where they are the usual ones."""
    return next((each.text for each in plan.words if each.moment is moment), "")


def _hint(moment: Moment) -> str:
    gaps = "".join(f"{{{gap_name(gap, Language.CHINESE)}}}" for gap in GAPS[moment])
    return f"留空即：{usual(moment, Language.CHINESE)}\n可用：{gaps}"
