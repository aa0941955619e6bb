"""The groups of a workbook: those that it lists, and those that its seats bring; the organiser's word is the word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from app.meeting.groups import LONGEST_NAME_OF_GROUP
from app.meeting.plan import PRESETS, Group, Preset
from app.papers.plan.book import Book
from app.papers.plan.groups import named, preset_of, words_for, written
from app.papers.plan.headings import label_of
from app.papers.plan.identity import PREFIXES
from app.papers.plan.lines import PlanLine
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key
from app.papers.plan.references import Numbering
from app.papers.plan.sheets import GROUPS

OF_GROUP = "类别"
_BEHIND = re.compile(r"(?:\d+|\(.*\))$")


@dataclass(slots=True)
class Groups:
    """The groups so far, and what each weighs. ``is_listed``: the workbook has a list of its own."""

    book: Book
    is_listed: bool
    groups: list[Group] = field(default_factory=list)
    weights: dict[str, Decimal] = field(default_factory=dict)

    def add(self, group: Group) -> str:
        self.groups.append(group)
        self.book.names[GROUPS].add(group.id, words_for(group))
        return group.id

    def of(self, line: PlanLine) -> str:
        """The id of the group that a seat's line names; one that nobody has named before is a group of its own."""
        said: str = line.need(OF_GROUP, "")
        if not said:
            return str(Preset.EXPERT)  # that it is missing has been said
        if said.startswith("#"):
            id: str = line.read(OF_GROUP, str(Preset.EXPERT), self.book.names[GROUPS].known_id_of)
            return id
        return self._known(said) or self._new(said, line)

    def called(self, id: str) -> str:
        return next((written(group) for group in self.groups if group.id == id), id)

    def _known(self, said: str) -> str | None:
        """By its name, by another word for a preset that is listed, or by its name with a number behind it."""
        ids = self.book.names[GROUPS].ids
        preset = preset_of(said)
        listed = {preset} & {group.id for group in self.groups}
        found = ids.get(key(said)) or listed or ids.get(_BEHIND.sub("", key(said)), set())
        return next((group.id for group in self.groups if group.id in found), None)

    def _new(self, said: str, line: PlanLine) -> str:
        if len(said) > LONGEST_NAME_OF_GROUP:
            line.complain(OF_GROUP, Misread("text.too_long", most=LONGEST_NAME_OF_GROUP, length=len(said)))
        id = preset_of(said) or Numbering(PREFIXES[GROUPS], (each.id for each in self.groups)).new(len(self.groups))
        group = named(id, "" if id in set(Preset) else said[:LONGEST_NAME_OF_GROUP])
        code = "group.not_listed" if self.is_listed else "group.own"
        line.mistakes.warn(line.place(OF_GROUP), code, name=said, groups=tuple(map(written, self.groups)))
        if group.name:
            self.book.made.add((GROUPS, id))
        return self.add(group)


def groups_in(book: Book) -> Groups:
    lines = book.numbered(GROUPS)
    found = Groups(book, is_listed=bool(lines))
    given = {id for id, _ in lines if (GROUPS, id) not in book.made}
    meant = {row: id for row, id in _meant(lines, book).items() if id not in given}
    kept: list[Group] = []
    for id, line in lines:
        name = line.need(OF_GROUP, "")
        if line.row in meant:
            book.made.discard((GROUPS, id))
            id = meant[line.row]
        group = named(id, name)
        weight = line.read("权重", None)
        book.keep(GROUPS, kept, group, line)
        if not line.is_bad:
            found.add(group)
            found.weights |= {} if weight is None else {id: weight}
    for preset in PRESETS if not found.is_listed else ():
        found.add(preset)
    return found


def _meant(lines: Iterable[tuple[str, PlanLine]], book: Book) -> dict[int | None, str]:
    """By row, the presets that are meant by names without an id: by a preset's own word, else by the only other one."""
    names = {line.row: label_of(line.cells[OF_GROUP].value) for id, line in lines if (GROUPS, id) in book.made}
    others = {row: preset for row, name in names.items() if (preset := preset_of(name))}
    own = {row: id for row, id in others.items() if not named(id, names[row]).name}
    first = {id: row for row, id in reversed(own.items())}
    only = {id: row for row, id in others.items() if list(others.values()).count(id) == 1}
    return {row: id for id, row in (only | first).items()}
