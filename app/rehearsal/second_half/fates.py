"""What becomes of the findings of a rehearsal: each has its number in its text, and a fate by that number.

So everybody acts alike on whatever page the text is read, and in ten findings everything happens once.
"""

import re
from enum import StrEnum


class Fate(StrEnum):
    SMOOTH = "smooth"
    PLAN_RETURNED = "plan returned"
    REQUEST_RETURNED = "request returned"
    OBJECTION_UPHELD = "objection upheld"
    PANEL_DISAPPROVES = "panel disapproves"
    NOT_VERIFIED = "not verified"
    DISPUTED = "disputed"
    MORE_TIME = "more time"
    OBJECTED = "objected"
    LONG_TERM = "long term"


_NUMBER = re.compile(r"彩排第(\d+)件")


def text_of(number: int) -> str:
    return f"彩排第{number}件：面向新就业群体的普法内容少，效果没有数据支撑。"


def number_in(text: str) -> int | None:
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


def fate_in(text: str) -> Fate:
    number = number_in(text)
    return Fate.SMOOTH if number is None else list(Fate)[number % len(Fate)]
