"""A quorum as people write it: 过半数, 2/3, 三分之二以上, 不少于60%, 0.5. Two thirds are 2/3, and never 0.6667."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.meeting.plan import QuorumBy, Rules
from app.papers.plan.cells import number_of, numeral_of, share_of
from app.papers.plan.choices import word_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key

LARGEST_PARTS = 1000
FINEST_OF_A_CELL = 100
"""A cell that was computed as a fraction of so many parts at most is taken for it."""

_MORE_THAN = r"超过|多于|大于|高于|过(?=.)|>(?!=)|morethan|over"
_AT_LEAST = r"不少于|不低于|不小于|至少|达到|达|≥|>=|atleast"
_SAID = re.compile(rf"(?:必须|须|应当|应|需)?(?:(?P<more>{_MORE_THAN})|(?P<least>{_AT_LEAST}))?(?P<share>.+?)")
_AND_ABOVE = re.compile(r"(?:及|或|\(含\)|含)?以上$")
_FRACTION = re.compile(r"(?P<part>[^/]+)/(?P<parts>\d{1,4})", re.ASCII)
_SPOKEN = re.compile(r"(?P<parts>百|[一二两三四五六七八九十]{1,3})分之(?P<part>百|[零一二两三四五六七八九十]{1,3})")
_TENTHS = re.compile(r"(?P<part>[一二两三四五六七八九十])成")
_WHOLE = {"全部", "全体", "所有", "all"}


@dataclass(frozen=True, slots=True)
class Quorum:
    """``share`` over ``parts``; ``by`` is None where it was not said whether to exceed or to reach it."""

    share: Decimal
    parts: int = 1
    by: QuorumBy | None = None


def quorum_of(value: Any) -> Quorum:
    """What a cell, a field or a text says. Raises Misread."""
    if isinstance(value, date):
        raise Misread("cell.became_a_date")
    if isinstance(value, float) and (found := _computed(value)):
        return found
    return _said(value) if isinstance(value, str) else Quorum(number_of(value))


def as_written(rules: Rules) -> Decimal | str:
    """What ``quorum_of`` reads again: a number alone is to be exceeded, as it always was."""
    if rules.quorum_by is QuorumBy.MORE_THAN and rules.quorum_parts == 1:
        return rules.quorum
    return f"{word_of(rules.quorum_by)}{share_in(rules)}"


def told(rules: Rules) -> str:
    return f"{word_of(rules.quorum_by)} {share_in(rules)}"


def share_in(rules: Rules) -> str:
    return str(rules.quorum) if rules.quorum_parts == 1 else f"{rules.quorum}/{rules.quorum_parts}"


def _computed(value: float) -> Quorum | None:
    """=2/3 as Excel keeps it. What was typed with a few decimals stays what it is."""
    fraction = Fraction(value).limit_denominator(FINEST_OF_A_CELL)
    is_long = len(f"{value:.15g}") > len("0.123456")
    if is_long and f"{fraction.numerator / fraction.denominator:.15g}" == f"{value:.15g}":
        return Quorum(Decimal(fraction.numerator), fraction.denominator)
    return None


def _said(text: str) -> Quorum:
    said = key(text).replace("\N{FRACTION SLASH}", "/").rstrip("。.")
    if said in ("半数", "半数以上"):
        return Quorum(share_of(said), by=QuorumBy.MORE_THAN)
    is_or_above = bool(_AND_ABOVE.search(said))
    found = _SAID.fullmatch(_AND_ABOVE.sub("", said))
    if not found:
        raise Misread("quorum.unclear", value=text)
    share, parts = _share(found["share"], text)
    is_whole = found["share"] in _WHOLE
    if found["more"]:
        return Quorum(share, parts, QuorumBy.MORE_THAN)
    return Quorum(share, parts, QuorumBy.AT_LEAST if found["least"] or is_or_above or is_whole else None)


def _share(said: str, text: str) -> tuple[Decimal, int]:
    if said in _WHOLE:
        return Decimal(1), 1
    try:
        if found := _SPOKEN.fullmatch(said):
            part, parts = map(_numeral, found.group("part", "parts"))
            return (Decimal(part) / 100, 1) if parts == 100 else (Decimal(part), parts)
        if found := _TENTHS.fullmatch(said):
            return Decimal(_numeral(found["part"])) / 10, 1
        if (found := _FRACTION.fullmatch(said)) and 0 < int(found["parts"]) <= LARGEST_PARTS:
            return number_of(found["part"]), int(found["parts"])
        return share_of(said), 1
    except Misread as misread:
        if misread.said.code == "cell.not_a_number":
            raise Misread("quorum.unclear", value=text) from None
        raise


def _numeral(said: str) -> int:
    """二, 十, 十二, 六十, 六十六, 百. Raises Misread."""
    number = 100 if said == "百" else numeral_of(said)
    if number is None:
        raise Misread("cell.not_a_number", value=said)
    return number
