"""The words above columns and before entries: which column is meant, and which one an unknown word resembles."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from app.papers.plan.cells import is_blank, text_of
from app.papers.plan.columns import Column
from app.papers.plan.contents import Holds
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key
from app.papers.plan.sheets import ALL, IGNORED_HEADINGS, PANEL
from app.papers.plan.synonyms import HEADINGS, OF_PERSONS

TIMES = ("时间", "时长", "用时", "分钟", "分钟数", "环节")
"""What people put behind the name of a segment."""

LEAST_LIKENESS = 0.5


def is_ignored(sheet: str, said: str) -> bool:
    """Whether a column is people's own, to be passed over without a word."""
    return said in map(key, IGNORED_HEADINGS) or (sheet == PANEL and said in OF_PERSONS)


@cache
def by_words(sheet: str) -> Mapping[str, Column]:
    """A sheet's columns by what they may be called; a heading goes before another column's other name."""
    columns = ALL[sheet]
    by_heading = {column.heading: column for column in columns}
    others = {key(word): by_heading[heading] for word, heading in HEADINGS[sheet].items()}
    others |= {key(word): column for column in columns for word in column.also}
    known = others | {key(column.heading): column for column in columns}
    minutes = [(word, column) for word, column in known.items() if column.holds is Holds.MINUTES]
    return {f"{word}{key(time)}": column for word, column in minutes for time in TIMES} | known


def heading_key(value: Any) -> str:
    """A heading without the unit of measure behind it."""
    if not isinstance(value, str):
        return ""
    return key(label_of(value).partition("（")[0].partition("(")[0].strip(" *＊※:：【】[]"))


def label_of(value: Any) -> str:
    try:
        return "" if is_blank(value) else text_of(value).replace("\n", "")
    except Misread:
        return ""


def nearest(said: str, known: Mapping[str, Column]) -> str:
    """The heading of the column that a word resembles most; empty if it resembles none."""
    found = get_close_matches(said, known, n=1, cutoff=LEAST_LIKENESS)
    return known[found[0]].heading if found else ""
