"""How the sheets of a workbook speak of each other's lines: by name, or by ``#`` and the id where no name is clear."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.papers.plan.cells import text_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key, tidy
from app.papers.plan.numbered import without_numbers

PAIRED = "\n"


def pair(*ids: str) -> str:
    """One key for what is known by two ids: a recusal by seat and unit, a level by criterion and name."""
    return PAIRED.join(ids)


@dataclass(slots=True)
class Names:
    """The lines of a sheet by everything they may be called. ``is_whole``: no line of it was left out."""

    sheet: str
    ids: dict[str, set[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    is_whole: bool = True

    def add(self, id: str, names: Iterable[str]) -> None:
        self.known.add(id)
        for name in names:
            if name:
                self.ids.setdefault(key(name), set()).add(id)

    def id_of(self, value: object) -> str:
        """The id of the line that a cell means. Raises Misread. After ``#`` an id is taken as it stands."""
        text = text_of(value)
        if text.startswith("#"):
            return text[1:]
        bare = without_numbers([text]) or [text]
        found = self.ids.get(key(text)) or self.ids.get(key(bare[0]), set())
        if len(found) > 1:
            raise Misread("reference.ambiguous", name=text, sheet=self.sheet)
        if not found:
            raise Misread("reference.unknown", name=text, sheet=self.sheet)
        return next(iter(found))

    def known_id_of(self, value: object) -> str:
        """The same, where a line that does not exist cannot be meant."""
        id = self.id_of(value)
        if id not in self.known:
            raise Misread("reference.unknown", name=text_of(value), sheet=self.sheet)
        return id

    def reference_to(self, id: str, names: Sequence[str]) -> str:
        """What to write so that ``id_of`` finds this line: the first of its names that does."""
        for name in names:
            if tidy(name) and not name.startswith("#") and self.ids.get(key(name)) == {id}:
                return name
        return f"#{id}"


class Numbering:
    """Gives ids to the lines that have none: from the position, and never one that another line has."""

    def __init__(self, prefix: str, taken: Iterable[str]) -> None:
        self._prefix = prefix
        self._taken = set(taken)

    def new(self, at: int) -> str:
        """An id for the line at this position, 0 the first."""
        number = at + 1
        while f"{self._prefix}-{number}" in self._taken:
            number += 1
        id = f"{self._prefix}-{number}"
        self._taken.add(id)
        return id
