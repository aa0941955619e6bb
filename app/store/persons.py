"""Who sits where: names of people and their offices, in plain rows beside the record.

The record goes by seats; whoever needs names for paper asks here. No event, no feed and no page for the public is made
of them, and they can be erased at any time: the record stays whole without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.plan import Plan
from app.store.tables import PersonRow, table_of


class Kind(StrEnum):
    """In what way somebody is in a meeting: on the panel, for a unit, or with a task."""

    SEAT = "seat"
    UNIT = "unit"
    TASK = "task"


class Task(StrEnum):
    """What the staff does, as the attendance sheet lists it."""

    MODERATOR = "moderator"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ORGANISER = "organiser"
    RECORDER = "recorder"
    COUNTER = "counter"
    SCRUTINEER = "scrutineer"


@dataclass(frozen=True, slots=True)
class Station:
    """What somebody is there for: a seat, a unit that reports, or a task, by its id."""

    kind: Kind
    of: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as a list of attendance has it; either may be empty."""

    name: str = ""
    office: str = ""


NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Persons:
    """Those of one meeting who are known. Whoever is not is ``NOBODY``."""

    known: Mapping[Station, Person] = field(default_factory=dict)

    def at(self, station: Station) -> Person:
        return self.known.get(station, NOBODY)

    def at_seat(self, seat: str) -> Person:
        return self.at(Station(Kind.SEAT, seat))

    def of_unit(self, unit: str) -> Person:
        """Who reports for it."""
        return self.at(Station(Kind.UNIT, unit))

    def with_task(self, task: str) -> Person:
        return self.at(Station(Kind.TASK, task))


def stations_of(plan: Plan) -> list[Station]:
    """All that people can have in a meeting, in the order of its lists."""
    return [
        *(Station(Kind.SEAT, seat.id) for seat in plan.seats),
        *(Station(Kind.UNIT, unit.id) for unit in plan.units),
        *(Station(Kind.TASK, task) for task in Task),
    ]


def persons_of(connection: Connection, code: str) -> Persons:
    persons = table_of(PersonRow)
    rows = connection.execute(sa.select(persons).where(persons.c.meeting == code))
    return Persons({Station(Kind(row.kind), row.of): Person(row.name, row.office) for row in rows})


def put(connection: Connection, code: str, persons: Mapping[Station, Person]) -> None:
    """Write these people in place of whoever had their stations; ``NOBODY`` leaves one free."""
    _free(connection, code, persons)
    table = table_of(PersonRow)
    rows = [
        {"meeting": code, "kind": station.kind, "of": station.of, "name": person.name, "office": person.office}
        for station, person in persons.items()
        if person != NOBODY
    ]
    if rows:
        connection.execute(sa.insert(table), rows)


def forget_others(connection: Connection, plan: Plan) -> None:
    """Whoever had a station that the plan does not have any more."""
    _free(connection, plan.code, persons_of(connection, plan.code).known.keys() - set(stations_of(plan)))


def _free(connection: Connection, code: str, stations: Iterable[Station]) -> None:
    persons = table_of(PersonRow)
    for station in stations:
        connection.execute(sa.delete(persons).filter_by(meeting=code, kind=station.kind, of=station.of))
