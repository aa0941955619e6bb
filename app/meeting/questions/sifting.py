"""A sieve of words: it says by group what a text has in it, and never decides. A person looks.

A line of the list is one word, or several that must all occur; with commas between them each is a line, and a line of a
table that was pasted begins with its group. What lies wholly within an allowed phrase is no find:
靠谱 has no 谱 in it that anybody means. Letters are compared without case, width, spaces and points between them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

ALLOWED = ("allowed", "允许")
_WIDE = str.maketrans({"［": "[", "］": "]", "【": "[", "】": "]", "＃": "#"} | dict.fromkeys("，、；;", ","))
_HEADS = frozenset({"类别", "分类", "分组", "组别", "词", "词语", "敏感词", "关键词", "屏蔽词", "备注"})
"""What stands above the columns of a table."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Find:
    group: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Sieve:
    """``groups``: lines by the name of their group, each with the words that must all occur.

    An office has tens of thousands of lines: of a text its own pieces are looked up, and not each line in the text.
    """

    groups: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()

    def finds(self, text: str) -> list[Find]:
        """At most one for each group: the first of its lines that occurs."""
        plain = _plain(text)
        allowed = [span for phrase in self._allowed for span in _spans(plain, phrase)]
        found: dict[str, tuple[int, tuple[str, ...]]] = {}
        for place in {place for piece in self._pieces(plain) for place in self._begins_with.get(piece, ())}:
            group, at = place
            words = self.groups[group][at]
            is_first = group not in found or at < found[group][0]
            if is_first and all(_occurs(plain, word, allowed) for word in words):
                found[group] = at, words
        return [Find(group, found[group][1]) for group in self.groups if group in found]

    def _pieces(self, plain: str) -> set[str]:
        """All of a text that can be a word."""
        return {plain[at : at + length] for length in self._lengths for at in range(len(plain) - length + 1)}

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(map(len, self._begins_with))

    @cached_property
    def _begins_with(self) -> dict[str, list[tuple[str, int]]]:
        """The lines by the first of their words."""
        lines: dict[str, list[tuple[str, int]]] = {}
        for group, all_words in self.groups.items():
            for at, words in enumerate(all_words):
                lines.setdefault(_plain(words[0]), []).append((group, at))
        return lines

    @cached_property
    def _allowed(self) -> tuple[str, ...]:
        return tuple(map(_plain, self.allowed))


def sieve_of(text: str) -> Sieve:
    """A list as it is written: ``[a group]``, below it a line for each word; ``#`` begins a remark."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    allowed: list[str] = []
    for group, line in _lines(text):
        if group.casefold() in ALLOWED:
            allowed.append(line)
        elif words := tuple(word for word in line.split() if _plain(word)):
            groups.setdefault(group, []).append(words)
    return Sieve({name: tuple(lines) for name, lines in groups.items()}, tuple(allowed))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each with its group. An input method for Chinese writes brackets, remarks and commas wide."""
    group = ""
    for line in text.lstrip("\ufeff").splitlines():
        first, *cells = line.translate(_WIDE).partition("#")[0].split("\t")
        if cells:
            group = first.strip() or group
        elif (head := first.strip()).startswith("[") and head.endswith("]"):
            group = head[1:-1].strip()
        else:
            cells = [first]
        if not _HEADS.issuperset(filter(None, (group, *map(str.strip, cells)))):
            yield from ((group, each.strip()) for cell in cells for each in cell.split(",") if each.strip())


def _occurs(plain: str, word: str, allowed: list[Span]) -> bool:
    spans = _spans(plain, _plain(word))
    return any(not any(start >= begin and end <= stop for begin, stop in allowed) for start, end in spans)


def _spans(plain: str, word: str) -> Iterator[Span]:
    at = plain.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = plain.find(word, at + 1)


def _plain(text: str) -> str:
    """Letters and digits alone, as somebody reads them who looks past stars and spaces."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())
