"""A sieve of words: it says by group what a text has in it, and never decides. A person looks.

A line of the list is one word, or several that must all occur. What lies wholly within an allowed phrase is no find:
靠谱 has no 谱 in it that anybody means. Letters are compared without case, width, spaces and points between them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

ALLOWED = ("allowed", "允许")
LONGEST_LIST = 200_000
"""Characters; more is no list of words."""

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
    group = ""
    for line in (each.partition("#")[0].strip() for each in text[:LONGEST_LIST].lstrip("\ufeff").splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
        elif line and group.casefold() in ALLOWED:
            allowed.append(line)
        elif words := tuple(word for word in line.split() if _plain(word)):
            groups.setdefault(group, []).append(words)
    return Sieve({name: tuple(lines) for name, lines in groups.items()}, tuple(allowed))


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
