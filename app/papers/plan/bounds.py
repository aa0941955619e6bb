"""How much a text file may hold, before a parser sees it.

``tomllib`` takes what is written at its word: a key of ten thousand parts is ten thousand tables, walked anew for every
part. What is looked at here are the outlines alone: strings and comments in one step, names, and what stands between.
"""

import re

from app.papers.plan.mistakes import Mistake, Unreadable, Where, mistake_at

LARGEST_TEXT = 1_000_000
"""Bytes. A meeting of fifty units has about 20 KB."""
MOST_LINES = 20_000
MOST_PIECES = 100_000
"""Strings, names, numbers and the signs between them."""
MOST_DOTS = 8
"""In one name: ``rules.grades`` has one."""
DEEPEST = 16
"""Brackets inside brackets."""
LONGEST_WORD = 100
"""Characters of a name without quotation marks, or of a number."""

# Where strings begin and end must be seen as the parser sees it, or names could hide in them: up to two more quotation
# marks belong to a string of several lines that ends.
_PIECE = re.compile(
    r"""(?P<text>
        \"{3} (?: [^"\\]++ | \\. | "(?!"") )*+ "{3,5}+
      | '{3} (?: [^']++ | '(?!'') )*+ '{3,5}+
      | " (?: [^"\\\n]++ | \\[^\n] )*+ "
      | '[^'\n]*+'
      | \#[^\n]*+ )
    | (?P<sign> [=,\n] )
    | (?P<opens> [\[{] )
    | (?P<closes> [\]}] )
    | (?P<dot> \. )
    | (?P<word> [^\s=,\[\]{}.\#"']++ )
    | ["']""",
    re.VERBOSE | re.DOTALL,
)


def must_be_small(content: bytes) -> None:
    """Raises Unreadable."""
    if len(content) > LARGEST_TEXT or content.count(b"\n") > MOST_LINES:
        raise Unreadable("file.text_too_large", megabytes=LARGEST_TEXT // 1_000_000, lines=MOST_LINES)


def too_much_in(text: str) -> Mistake | None:
    """The first place of a text where there is more than any meeting needs; None if there is none."""
    dots = depth = 0
    for number, piece in enumerate(_PIECE.finditer(text)):
        kind = piece.lastgroup
        if kind == "dot":
            dots += 1
        elif kind != "text" and kind != "word":
            dots = 0
            depth += (kind == "opens") - (kind == "closes")
        if number >= MOST_PIECES:
            return _here(text, piece, "toml.too_much")
        if dots > MOST_DOTS:
            return _here(text, piece, "toml.too_many_dots", most=MOST_DOTS)
        if depth > DEEPEST or (kind == "word" and len(piece[0]) > LONGEST_WORD):
            return _here(text, piece, "file.broken")
    return None


def _here(text: str, piece: re.Match[str], code: str, **facts: int) -> Mistake:
    return mistake_at(Where("", text.count("\n", 0, piece.start()) + 1), code, **facts)
