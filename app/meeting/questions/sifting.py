"""A sieve of words: it says by group what a text has in it, and never decides. A person looks.

A line of the list is one word, or several that must all occur. What lies wholly within an allowed phrase is no find:
靠谱 has no 谱 in it that anybody means. Letters are compared without case, width, spaces and points between them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

ALLOWED = ("allowed", "允许")
LONGEST_LIST = 200_000
"""Characters; more is no list of words."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Find:
    group: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """``groups``: lines by the name of their group, each with the words that must all occur."""

    groups: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()

    def finds(self, text: str) -> list[Find]:
        """At most one for each group: the first of its lines that occurs."""
        plain = _plain(text)
        allowed = [span for phrase in self.allowed for span in _spans(plain, _plain(phrase))]
        found = ((group, _first(plain, lines, allowed)) for group, lines in self.groups.items())
        return [Find(group, words) for group, words in found if words]


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


def _first(plain: str, lines: tuple[tuple[str, ...], ...], allowed: list[Span]) -> tuple[str, ...]:
    return next((words for words in lines if all(_occurs(plain, word, allowed) for word in words)), ())


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
