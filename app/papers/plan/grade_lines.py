"""The total from which a grade is reached, as people write it: 90, ≥90, 90分以上, 80（含）-90, 60分以下."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.papers.plan.cells import number_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key

_NUMBER = r"\d{1,7}(?:\.\d{1,6})?"
_FROM = re.compile(
    rf"(?:≥|⩾|≧|>=|=>|不低于|不少于|不小于|大于或?等于|达到|至少|满)(?P<a>{_NUMBER})(?:以上)?"
    rf"|(?P<b>{_NUMBER})(?:\(含(?:{_NUMBER})?\)|含|及|或)?(?:以上|起)(?:\(含(?:{_NUMBER})?\))?"
)
_RANGE = re.compile(
    rf"\[?(?P<low>{_NUMBER})(?:\(含(?:{_NUMBER})?\)|含)?(?:-|,|≤|<=|≤≤|≤<|<=<=|<=<)"
    rf"(?P<high>{_NUMBER})(?:\(不?含(?:{_NUMBER})?\)|不?含|以下)*[\])]?"
)
_BELOW = re.compile(
    rf"(?:<|≤|<=|低于|小于|不满|不足|未满|未达到?|少于)(?P<a>{_NUMBER})(?:以下)?"
    rf"|(?P<b>{_NUMBER})(?:\(不?含(?:{_NUMBER})?\))?(?:及|或)?以下(?:\(不?含(?:{_NUMBER})?\))?"
)
_ABOVE = re.compile(
    rf"(?:>|高于|超过|大于|多于)(?P<a>{_NUMBER})(?:以上)?|\(?(?P<b>{_NUMBER})(?:\(不含\)|不含|<).*|\(\d.*"
)
_PAIR = re.compile(r"(\d{1,3}),(\d{2}|1\d\d)", re.ASCII)
_DASHES = re.compile(r"[-‐‑‒–—−~]+|(?<=\d|\))[至到]")


@dataclass(frozen=True, slots=True)
class Least:
    """``is_the_rest``: only an upper end was given, so that the grade begins with nothing."""

    points: Decimal
    is_the_rest: bool = False


def least_of(value: Any) -> Least:
    """What a cell says. Raises Misread: a line is reached, and cannot be one that must be exceeded."""
    if not isinstance(value, str):
        return Least(number_of(value))
    if pair := _PAIR.fullmatch(key(value)):
        return _lower_of(pair, value)
    try:
        return Least(number_of(value))
    except Misread:
        said = _DASHES.sub("-", re.sub(r"分|总分|得分|(?<=[≤<=])[a-z](?=[≤<])|^[a-z](?=[≥>≤<])", "", key(value)))
        if found := _FROM.fullmatch(said) or _BELOW.fullmatch(said):
            number = Decimal(found["a"] or found["b"])
            return Least(number) if found.re is _FROM else Least(Decimal(0), is_the_rest=True)
        if found := _RANGE.fullmatch(said):
            return Least(min(Decimal(found["low"]), Decimal(found["high"])))
        if _ABOVE.fullmatch(said):
            raise Misread("grade.must_be_exceeded", value=value.strip()[:40]) from None
        raise


def _lower_of(pair: re.Match[str], value: str) -> Least:
    """Of 80,90 the lower end; 90,50 could be a number of points, or from where to where."""
    low, high = map(Decimal, pair.groups())
    if low >= high:
        raise Misread("cell.several_numbers", value=value.strip()[:40])
    return Least(low)
