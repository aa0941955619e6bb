"""A list of people as it comes out of a spreadsheet, a document or a chat: who sits where, as far as it says so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Plan
from app.papers.listed_names import (
    apart,
    cells_of,
    is_number,
    names_in_one_line,
    person_in,
    without_brackets,
    without_number,
)
from app.papers.plan.groups import words_for
from app.papers.plan.headings import heading_key
from app.papers.plan.names import key
from app.papers.plan.pasted import is_too_long, lines_pasted
from app.papers.plan.synonyms import NAMES_OF_PERSONS
from app.store.persons import NOBODY, Kind, Person, Station, Task

MOST_LINES = 300
_CALLED = re.compile(r"([^:：]{1,30})[:：](.*)")

_SEATS = frozenset(map(key, ("席位", "席位名称", "座位")))
_OFFICES = frozenset(
    map(key, ("职务", "职称", "单位及职务", "单位职务", "工作单位及职务", "职务职称", "单位", "工作单位"))
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Who was found, and the lines that say of nobody where he sits, as they were."""

    people: Mapping[Station, Person]
    left: tuple[str, ...]


def listed_people(text: str, plan: Plan, free: list[Station]) -> Listed:
    """Of each line the person, at the seat, unit or task that it names; else at the next of the ``free`` seats, of the
    group that it names, or that the line above names for all that follow it, if there is one."""
    list_ = _List(plan, free)
    lines = lines_pasted(text)
    for line in lines[:MOST_LINES]:
        list_.take(line)
    return Listed(list_.people, (*list_.left, *map(str.strip, lines[MOST_LINES:])))


class _List:
    """Goes down a list: who has been found so far, and what the lines above say of those below."""

    def __init__(self, plan: Plan, free: list[Station]) -> None:
        self.people: dict[Station, Person] = {}
        self.left: list[str] = []
        self._calls, self._groups, self._free = _calls(plan), _groups(plan), free
        self._group_of = {seat.id: seat.group for seat in plan.seats}
        self._columns: Mapping[int, str] = {}
        self._beside = 0
        """After how many columns the table begins again beside itself."""
        self._group, self._group_at = "", -1

    def take(self, line: str) -> None:
        if is_too_long(line):
            self.left.append(line.strip())
            return
        cells = cells_of(line)
        if not any(map(str.isalnum, line)):
            return
        if headings := _headings(cells):
            self._columns = headings if len(cells) > 1 else {}
            names = [at for at, meaning in headings.items() if meaning == "name"]
            self._beside = names[1] - names[0] if len(names) > 1 else 0
            return
        for said, cells in self._rows(line):
            if not self._takes(line, cells):
                self.left.append(said.strip())

    def _rows(self, line: str) -> list[tuple[str, list[str]]]:
        """The cells of a line; of one that lists several people, 专家：王伟、李见微, of each of them."""
        if self._beside and "\t" in line:
            cells = cells_of(line)
            parts = [cells[at : at + self._beside] for at in range(0, len(cells), self._beside)]
            return [("\t".join(part), part) for part in parts if any(part)]
        found = _CALLED.match(without_number(line)) if "\t" not in line else None
        called, rest = found.groups() if found and self._is_known(found[1]) else ("", line)
        more = [called] if called else []
        names = names_in_one_line(rest)
        if not names:
            return [(line, [*more, *cells_of(rest)])]
        return [(f"{called}：{each}" if called else each, [*more, *cells_of(each)]) for each in names]

    def _takes(self, line: str, cells: list[str]) -> bool:
        """Whether nothing of a line remains to be looked at."""
        stations = [self._calls[word] for cell in cells if (word := _bare(cell)) in self._calls]
        station = min(stations, key=lambda each: each.kind is Kind.UNIT, default=None)
        others = [cell for cell in cells if not (is_number(cell) or self._is_known(cell))]
        is_alone = not stations and not any(others)
        group = self._group_for(line, cells, is_alone)
        person = NOBODY if is_alone else self._person(cells, others)
        station = station or next((each for each in self._free if self._is_open(each, group)), None)
        if person.name and station:
            self.people[station] = person
            return True
        return person == NOBODY and not any(others)

    def _person(self, cells: list[str], others: list[str]) -> Person:
        return _under(self._columns, cells) if "name" in self._columns.values() else person_in(others)

    def _is_open(self, seat: Station, group: str) -> bool:
        return seat not in self.people and group in ("", self._group_of[seat.of])

    def _is_known(self, cell: str) -> bool:
        return _bare(cell) in self._calls or self._group_in(cell) != ""

    def _group_in(self, cell: str) -> str:
        said = _bare(cell)
        return self._groups.get(said) or self._groups.get(said.removesuffix("组").removesuffix("类"), "")

    def _group_for(self, line: str, cells: list[str], is_alone: bool) -> str:
        """The group that a line names; that of a line by itself, or of a merged cell, goes on below it."""
        at = next((at for at, cell in enumerate(cells) if self._group_in(cell)), -1)
        if at >= 0:
            group = self._group_in(cells[at])
            goes_on = is_alone or "\t" in line
            self._group, self._group_at = (group, -1 if is_alone else at) if goes_on else ("", -1)
            return group
        is_merged = "\t" in line and 0 <= self._group_at < len(cells) and not cells[self._group_at]
        return self._group if self._group_at < 0 or is_merged else ""


def _bare(cell: str) -> str:
    """A word without what a list puts around it: 一、专家（3人）："""
    return key(without_brackets(without_number(cell)).strip(" :："))


def _headings(cells: Sequence[str]) -> dict[int, str]:
    """Which columns say the name, the office or the seat; nothing, if this is no line of headings."""
    said = [heading_key(cell) for cell in cells]
    names = NAMES_OF_PERSONS.intersection(said)
    if not names:
        return {}
    # 评委 beside 姓名 is what somebody is called, not who it is.
    meanings = (({each for each in names if "名" in each} or names, "name"), (_OFFICES, "office"), (_SEATS, "seat"))
    return {at: meaning for at, each in enumerate(said) for words, meaning in meanings if each in words}


def _under(columns: Mapping[int, str], cells: list[str]) -> Person:
    """Whom a table has in the columns of names and offices."""
    said = {
        meaning: "".join(cells[at] for at in columns if columns[at] == meaning and at < len(cells))
        for meaning in ("name", "office")
    }
    name, office = apart(said["name"])
    return Person(name, said["office"] or office)


def _calls(plan: Plan) -> dict[str, Station]:
    """What lists call seats, units and tasks."""
    return {key(word): station for word, station in _words(plan) if word}


def _words(plan: Plan) -> Iterator[tuple[str, Station]]:
    for task in Task:
        for language in Language:
            yield catalogue(language).gettext(WORDS[f"task.{task}"]), Station(Kind.TASK, task)
    for unit in plan.units:
        yield from ((word, Station(Kind.UNIT, unit.id)) for word in (unit.name, unit.short_name))
    yield from ((seat.label, Station(Kind.SEAT, seat.id)) for seat in plan.seats)


def _groups(plan: Plan) -> dict[str, str]:
    return {key(word): group.id for group in plan.groups for word in words_for(group)}
