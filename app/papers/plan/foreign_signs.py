"""Signs in a text file that look like those of the format and are none: what a Chinese keyboard or a word processor
puts in their place, and what nobody sees."""

import re
import tomllib
import unicodedata

from app.papers.plan.mistakes import Mistake, Where, mistake_at
from app.papers.plan.names import visible

_MEANT = {
    **dict.fromkeys("“”„‟＂", '"'),
    **dict.fromkeys("‘’‚＇", "'"),
    **dict.fromkeys("［【〔", "["),
    **dict.fromkeys("］】〕", "]"),
    **dict(zip("＝，；：｛｝．。＃", "=,,:{}..#", strict=True)),
}
_TEXT = re.compile(
    r"\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:[^\"\\\n]|\\[^\n])*\"|'[^'\n]*'|#[^\n]*",
    re.DOTALL,
)
_LINES_BEFORE = 3
"""The parser may stumble only after the line with the sign."""


def foreign_sign_in(text: str, error: tomllib.TOMLDecodeError) -> Mistake | None:
    """The first such sign outside texts and comments, at or shortly before the line that the parser stumbled over."""
    found = re.search(r"at line (\d+)", str(error))
    bare = _TEXT.sub(lambda each: re.sub(r"[^\n]", " ", each[0]), text).split("\n")
    last = min(int(found[1]), len(bare)) if found else len(bare)
    for number in range(max(1, last - _LINES_BEFORE), last + 1):
        for column, sign in enumerate(bare[number - 1], start=1):
            place = Where("", number, str(column))
            if meant := _meant_by(sign):
                return mistake_at(place, "toml.foreign_sign", sign=sign, meant=meant)
            if sign not in " \t" and (sign.isspace() or not visible(sign)):
                return mistake_at(place, "toml.unseen_sign", point=f"U+{ord(sign):04X}")
    return None


def _meant_by(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return str(digit) if digit is not None and not sign.isascii() else _MEANT.get(sign, "")
