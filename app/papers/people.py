"""A list of people as it comes out of a spreadsheet, a document or a chat: who sits where, as far as it says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Plan
from app.papers.plan.groups import words_for
from app.papers.plan.headings import heading_key
from app.papers.plan.names import key, tidy_name
from app.papers.plan.synonyms import NAMES_OF_PERSONS
from app.store.persons import NOBODY, Kind, Person, Station, Task

MOST_LINES = 300

_SEATS = frozenset(map(key, ("席位", "席位名称", "座位")))
_OFFICES = frozenset(
    map(key, ("职务", "职称", "单位及职务", "单位职务", "工作单位及职务", "职务职称", "单位", "工作单位"))
)
_PADDED = re.compile(r"(?<![㐀-鿿])([㐀-鿿])[ \u00a0\u3000]+([㐀-鿿])(?![㐀-鿿])")
"""王　伟, as lists have it so that names of two characters are as long as those of three."""

_BETWEEN = (re.compile(r"[,，;；|]"), re.compile(r"\s{2,}|(?<=[㐀-鿿])\s+|\s+(?=[㐀-鿿])"))
"""What stands between two cells: a sign, or else a space; but a name that is not Chinese has spaces of its own."""

_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?|[①-⒛]")
_LEADING_NUMBER = re.compile(r"^\s*[(（]?\d{1,3}[)）.、．]\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """Who was found, and the lines that say of nobody where he sits, as they were."""

    people: Mapping[Station, Person]
    left: tuple[str, ...]


def listed_people(text: str, plan: Plan, free: list[Station]) -> Listed:
    """Of each line the person, at the seat, unit or task that it names; else at the next of the ``free`` seats, of the
    group that it names, if it names one."""
    calls, groups = _calls(plan), _groups(plan)
    group_of = {seat.id: seat.group for seat in plan.seats}
    people: dict[Station, Person] = {}
    left: list[str] = []
    columns: dict[int, str] = {}
    for line in filter(str.strip, text.splitlines()[:MOST_LINES]):
        cells = _cells(line)
        if headings := _headings(cells):
            columns = headings
            continue
        station = next((calls[word] for cell in cells if (word := key(cell)) in calls), None)
        group = next((groups[word] for cell in cells if (word := key(cell)) in groups), "")
        known = {cell for cell in cells if key(cell) in calls or key(cell) in groups}
        person = _person(cells, columns, known)
        open_seats = (each for each in free if each not in people and group in ("", group_of[each.of]))
        station = station or next(open_seats, None)
        if person.name and station:
            people[station] = person
        elif person != NOBODY:
            left.append(line.strip())
    return Listed(people, tuple(left))


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [_name(cell) for cell in line.split("\t")]
    line = _PADDED.sub(r"\1\2", _LEADING_NUMBER.sub("", line.strip().strip("|")))
    between = next((each for each in _BETWEEN if each.search(line)), _BETWEEN[-1])
    return [_name(cell) for cell in between.split(line)]


def _name(cell: str) -> str:
    return tidy_name(_PADDED.sub(r"\1\2", cell.strip().strip('"')))


def _headings(cells: list[str]) -> dict[int, str]:
    """Which columns say the name, the office or the seat; nothing, if this is no line of headings."""
    said = [heading_key(cell) for cell in cells]
    if not any(each in NAMES_OF_PERSONS for each in said):
        return {}
    meanings = ((NAMES_OF_PERSONS, "name"), (_OFFICES, "office"), (_SEATS, "seat"))
    return {at: meaning for at, each in enumerate(said) for words, meaning in meanings if each in words}


def _person(cells: list[str], columns: Mapping[int, str], known: set[str]) -> Person:
    if "name" in columns.values():
        said = {
            meaning: [cells[at] for at in columns if columns[at] == meaning and at < len(cells)]
            for meaning in ("name", "office")
        }
        return Person("".join(said["name"]), "".join(said["office"]))
    rest = [cell for cell in cells if cell and cell not in known and not _NUMBER.fullmatch(cell)]
    return Person(rest[0], " ".join(rest[1:])) if rest else NOBODY


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
