"""The organiser's own choices in one cell: 很好（算满意）/一般/不好/说不清（不表态）."""

import re
from typing import Any

from app.meeting.polls.agreed import LONGEST_CHOICE, MOST_CHOICES, Counts, OwnChoice, fault_of_choices
from app.papers.plan.cells import is_blank, long_text_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key, tidy_name

_APART = re.compile(r"[/／、，,；;\n]")
_MARKED = re.compile(r"(?P<name>.*?)\s*[(（](?P<mark>[^()（）]*)[)）]\s*")
_MARKS = {
    **dict.fromkeys(("算满意", "计满意", "计为满意", "计入满意", "满意", "赞成", "算赞成", "satisfied"), Counts.FOR),
    **dict.fromkeys(("不满意", "算不满意", "反对", "算反对", "dissatisfied"), Counts.AGAINST),
    **dict.fromkeys(("不表态", "不计", "不计入", "弃权", "不算", "neither"), Counts.NEITHER),
}
_WRITTEN = {Counts.FOR: "（算满意）", Counts.AGAINST: "", Counts.NEITHER: "（不表态）"}


def own_choices_of(value: Any) -> tuple[OwnChoice, ...]:
    """None where nothing is written. Raises Misread."""
    if is_blank(value):
        return ()
    own = _choices(long_text_of(value))
    code, where = fault_of_choices(own)
    if code:
        raise Misread(code, where=where, longest=LONGEST_CHOICE, most=MOST_CHOICES)
    if changed := changed_in_a_line(own):
        raise Misread("choices.changed_in_a_line", name=changed[0].name)
    return own


def changed_in_a_line(own: tuple[OwnChoice, ...]) -> tuple[OwnChoice, ...]:
    """Those that would be read as something else where the choices stand in one line; nameless ones are told apart."""
    return tuple(each for each in own if each.name.strip() and _choices(as_written((each,))) != (each,))


def as_written(own: tuple[OwnChoice, ...]) -> str:
    """What ``own_choices_of`` reads again."""
    return "/".join(f"{each.name}{_WRITTEN[each.counts]}" for each in own)


def _choices(line: str) -> tuple[OwnChoice, ...]:
    return tuple(_choice(each) for each in _APART.split(line) if each.strip())


def _choice(text: str) -> OwnChoice:
    """What stands behind a name in brackets and is no mark is part of the name."""
    marked = _MARKED.fullmatch(text.strip())
    counts = _MARKS.get(key(marked["mark"])) if marked else None
    if marked is None or counts is None:
        return OwnChoice(tidy_name(text))
    return OwnChoice(tidy_name(marked["name"]), counts)
