"""What people write into a cell, understood as any person would understand it; else Misread, with what to do."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any

from app.meeting.codes import CODE, LONGEST_ID, RESERVED_CODES
from app.meeting.plan import Preset
from app.meeting.texts import LONGEST_DESCRIPTION, LONGEST_TITLE
from app.papers.plan.choices import ALSO, CHOICES, GROUPS, NO, YES
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import in_one_form, key, tidy, tidy_name, tidy_title

FARTHEST_FROM_ONE = Decimal(10) ** 12
MOST_DIGITS = 40

_YES = {"是", "对", "有", "要", "需要", "公布", "显示", "√", "✓", "✔", "☑", "v", "yes", "y", "true", "1"}
_NO = {
    "否",
    "不",
    "不是",
    "无",
    "没有",
    "不要",
    "不需要",
    "不公布",
    "不显示",
    "×",
    "✗",
    "✘",
    "❌",
    "x",
    "no",
    "n",
    "false",
    "0",
}
_SEPARATORS = re.compile(r"[、，；;\n]")

DIGITS = dict(zip("〇零一二两三四五六七八九", [0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9], strict=True))


def numeral_of(said: str) -> int | None:
    """二, 十, 十二, 六十, 六十六; None of what is no number below a hundred, such as 六六."""
    tens, has_tens, ones = said.rpartition("十")
    ten = DIGITS.get(tens or "一") if has_tens else 0
    one = DIGITS.get(ones) if ones else 0
    return None if ten is None or one is None else 10 * ten + one


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not tidy(value))


def text_of(value: Any, longest: int = LONGEST_TITLE) -> str:
    """A cell as text; a whole number without its point. Raises Misread for a date that Excel made of a text."""
    if isinstance(value, date | time | timedelta):
        raise Misread("cell.became_a_date")
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = tidy(str(value))
    if len(text) > longest:
        raise Misread("text.too_long", most=longest, length=len(text))
    return text


def long_text_of(value: Any) -> str:
    return text_of(value, LONGEST_DESCRIPTION)


def name_of(value: Any) -> str:
    """What something is called, on one line."""
    return tidy_name(text_of(value))


def title_of(value: Any) -> str:
    """A title. Where its lines end in the cell, they are meant to end: a bar says so (see ``meeting.titles``)."""
    return tidy_title(text_of(value))


def names_of(value: Any) -> tuple[str, ...]:
    """Several names in one cell, with 、 ， ； or line ends between them; one in “ ” is not taken apart."""
    text = text_of(value)
    if text.startswith("“") and text.endswith("”"):
        return (tidy_name(text[1:-1]),)
    return tuple(name for name in map(tidy_name, _SEPARATORS.split(text)) if name)


def as_one_cell(name: str) -> str:
    """The opposite of ``names_of`` for one name."""
    needs_quotes = bool(_SEPARATORS.search(name)) or (name.startswith("“") and name.endswith("”"))
    return f"“{name}”" if needs_quotes else name


# --- numbers ----------------------------------------------------------------------------------------------------------


def number_of(value: Any) -> Decimal:
    """A number: 20, ２０, “20分”, 50%, 1,000. Of a computed cell what Excel shows: fifteen digits.

    A 。 or a comma between digits is a point where it cannot part thousands: a Chinese keyboard gives them.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise Misread("cell.not_a_number", value=shown(value))
    if isinstance(value, int | float | Decimal):
        number = Decimal(f"{value:.15g}" if isinstance(value, float) else value)
    else:
        number = _number_in(str(value))
    if not number.is_finite():
        raise Misread("cell.not_a_number", value=shown(value))
    if not is_sensible(number):
        raise Misread("cell.number_out_of_bounds", value=shown(value))
    return number


def is_sensible(number: Decimal) -> bool:
    """Whether a number can be reckoned with: with others like it, no quotient has more digits than are kept."""
    exponent = number.as_tuple().exponent
    is_short = isinstance(exponent, int) and abs(exponent) <= MOST_DIGITS
    return is_short and (not number or FARTHEST_FROM_ONE**-1 <= abs(number) <= FARTHEST_FROM_ONE)


_COUNTED = re.compile(r"^\s*(?:各|保留)|(?:位小数|位|家|人|名)\s*$")


def count_of(value: Any) -> int:
    """A whole number, 0 or more, and no longer than a person would write."""
    said = _COUNTED.sub("", tidy(value)) if isinstance(value, str) else value
    number = number_of(said or value)
    if number != number.to_integral_value() or not 0 <= number < 10**6:
        raise Misread("cell.not_a_count", value=shown(value))
    return int(number)


def share_of(value: Any) -> Decimal:
    if isinstance(value, str) and key(value) in ("过半", "过半数", "半数", "半数以上", "半", "一半", "half"):
        return Decimal("0.5")
    return number_of(value)


_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_COMMA_AS_POINT = re.compile(r"^([+-]?\d+),(\d+)$", re.ASCII)
_APART = re.compile(r"\d\s+\d", re.ASCII)


def is_too_long(text: str) -> bool:
    """Whether a text is longer than anything that means a number, a day or a choice. It is not looked at any further,
    for a pattern may take the square of a length."""
    return len(text) > LONGEST_TITLE


def must_be_one(text: str) -> None:
    """Two numbers in one cell, with a space or a line's end between them, are not the one of all their digits."""
    said = in_one_form(tidy(text))
    if _APART.search(said):
        raise Misread("cell.several_numbers", value=" ".join(said.split())[:40])


def _number_in(text: str) -> Decimal:
    if is_too_long(text):
        raise Misread("cell.not_a_number", value=shown(text))
    must_be_one(text)
    said = re.sub("^[−–—]", "-", key(text))
    said = said.removesuffix("分").removesuffix("个").removesuffix("份").removesuffix("位").removesuffix("张")
    is_percent = said.endswith("%")
    said = said.removesuffix("%").replace("。", ".")
    said = said.replace(",", "") if _THOUSANDS.fullmatch(said) else _COMMA_AS_POINT.sub(r"\1.\2", said)
    if said in DIGITS:
        return Decimal(DIGITS[said])
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", said, re.ASCII):
        raise Misread("cell.not_a_number", value=shown(text))
    try:
        number = Decimal(said)
    except InvalidOperation:
        raise Misread("cell.not_a_number", value=shown(text)) from None
    return number / 100 if is_percent else number


# --- choices ----------------------------------------------------------------------------------------------------------


def choice_of(kind: type[StrEnum], value: Any) -> Any:
    """The member of an enumeration that a word stands for. Raises Misread with the words there are."""
    return member_of(CHOICES[kind], value)


def member_of(words: Mapping[str, StrEnum], value: Any) -> Any:
    """The same by the words there are."""
    said = key(value) if isinstance(value, str) and not is_too_long(value) else ""
    if words is CHOICES[Preset]:
        said = _preset_in(said)
    meanings = _meanings(tuple(words.items()))
    found = meanings.get(said) or meanings.get(re.sub(r"\(.*\)$", "", said))
    if found is None:
        raise Misread("cell.not_a_choice", value=shown(value), choices=tuple(words))
    return found


@cache
def _meanings(words: tuple[tuple[str, StrEnum], ...]) -> dict[str, StrEnum]:
    """Every word for a member: its code, other words, and before them its own."""
    own = dict(words)
    codes = {member.value: member for member in own.values()}
    also = {key(other): own[word] for other, word in (*ALSO.items(), *GROUPS.items()) if word in own}
    return codes | also | {key(word): member for word, member in words}


_REALM = re.compile(r"(?:.{0,8}?(?:全国|自治区|自治州|省|市|区|县|州|盟|旗|乡|镇|街道|级)|本|地方|部分)*(?=.)")


def _preset_in(said: str) -> str:
    """A preset without what it is a group of: 市人大代表 is 人大代表; without a number behind it, too: 专家1."""
    said = re.sub(r"\d+$|\(.*\)$", "", said)
    without_realm = _REALM.sub("", said, count=1)
    if said in _PRESETS or without_realm in _TOO_SHORT:
        return said
    return without_realm if without_realm in _PRESETS else said


_PRESETS = {key(word) for word in (*CHOICES[Preset], *GROUPS)}
_TOO_SHORT = ("代表", "委员")
"""By themselves words for a preset; with a realm before them they may be anybody: 社区代表, 园区代表."""


def yes_or_no(value: Any) -> bool:
    said = key(text_of(value))
    if said not in _YES | _NO:
        raise Misread("cell.not_a_choice", value=shown(value), choices=(YES, NO))
    return said in _YES


def code_of(value: Any) -> str:
    """The short code of a meeting, as it stands in its addresses."""
    code = in_one_form(text_of(value)).lower()
    if not CODE.fullmatch(code):
        raise Misread("code.malformed")
    if code in RESERVED_CODES:
        raise Misread("code.reserved", code=code)
    return code


def id_of(value: Any) -> str:
    """The id of a part: letters of any script, digits and dashes, so that it can stand in an address and a page."""
    text = text_of(value)
    is_plain = all(each.isalnum() or unicodedata.category(each) in ("Pd", "Pc") for each in text)
    if not (is_plain and 0 < len(text) <= LONGEST_ID):
        raise Misread("id.unusable", most=LONGEST_ID)
    return text


def shown(value: Any) -> str:
    """A value as the person knows it, short enough for a sentence."""
    text = tidy(str(value))
    return text if len(text) <= 40 else text[:39] + "…"
