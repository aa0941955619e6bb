"""Titles and names as they stand on a display or a paper: where their lines end, and where they may.

The organiser says where a line ends, by a bar in the title: ``国家机关“谁执法谁普法”|履职报告评议会``. Besides, a line
ends between phrases only, never inside one.
"""

import re

BAR = re.compile(r"\s*[|｜]\s*")
_PLACE = r"^(?=.{6})(?:[\u4e00-\u9fff]{2,6}?自治[区州]|[\u4e00-\u9fff]{2,3}?[省市区县])(?=[\u4e00-\u9fff]{3})"
_PHRASE = re.compile(rf"({_PLACE}|[“《（(「【][^”》）)」】]*[”》）)」】]|[^“《（(「【，、；：·\s]*[，、；：·])")


def lines_of(title: str) -> list[str]:
    """The lines that the organiser wants."""
    return [line for line in BAR.split(title.strip()) if line] or [title]


def in_one_line(title: str) -> str:
    """The title without its bars, for wherever it stands in running text."""
    return "".join(_joined(lines_of(title)))


def _joined(lines: list[str]) -> list[str]:
    """Between words in Latin letters a blank stands for the bar."""
    return [line + (" " if line[-1:].isascii() and after[:1].isascii() else "") for line, after in _pairs(lines)]


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    return list(zip(lines, [*lines[1:], "　"], strict=True))


def size_of(title: str) -> str:
    """In letters of which size it is set: as large as its longest phrase allows."""
    longest = max((len(phrase) for line in lines_of(title) for phrase in phrases_of(line)), default=0)
    return "short" if longest <= 6 else "medium" if longest <= 8 else "long" if longest <= 11 else "longest"


def phrases_of(line: str) -> list[str]:
    """The parts of a line between which it may be broken: a place before what is there, quotes, brackets, a comma."""
    return [part for part in _PHRASE.split(line) if part]
