"""Names of people: plain rows for each place of a meeting, gone without a trace when they are erased."""

from dataclasses import replace

import pytest

from app.store import erasing, persons, plans
from app.store.database import Database
from app.store.erasing import OfPeople
from app.store.persons import NOBODY, Kind, Person, Station, Task
from app.store.verify import verify
from tests.meetings import ANN, BEN, at_water, small_plan
from tests.records import record, save

LI = Person("李见微", "市政协委员")
ANNS, BENS = Station(Kind.SEAT, ANN), Station(Kind.SEAT, BEN)
WATERS, COUNTERS = Station(Kind.UNIT, "water"), Station(Kind.TASK, Task.COUNTER)


@pytest.fixture
def connection(database):
    save(database, small_plan(), small_plan(code="other"))
    with database.writing() as connection:
        yield connection


def test_whoever_has_a_place_is_known_by_it(connection):
    known = {ANNS: LI, WATERS: Person("王汇报", "副局长"), COUNTERS: Person("赵计票")}
    persons.put(connection, "small", known)
    found = persons.persons_of(connection, "small")
    assert found.known == known
    assert (found.at_seat(ANN), found.of_unit("water"), found.with_task("counter")) == tuple(known.values())
    assert (found.at_seat(BEN), persons.persons_of(connection, "other").known) == (NOBODY, {})


def test_another_takes_a_place_over_and_nobody_leaves_it_free(connection):
    persons.put(connection, "small", {ANNS: LI, BENS: Person("钱在席")})
    persons.put(connection, "small", {ANNS: Person("孙替补"), BENS: NOBODY})
    assert persons.persons_of(connection, "small").known == {ANNS: Person("孙替补")}


def test_whoever_sat_in_a_seat_that_is_gone_is_forgotten(connection):
    persons.put(connection, "small", {ANNS: LI, BENS: Person("钱在席"), COUNTERS: Person("赵计票")})
    plans.change(connection, "small", lambda plan: replace(plan, seats=plan.seats[1:]))
    assert persons.persons_of(connection, "small").known == {BENS: Person("钱在席"), COUNTERS: Person("赵计票")}


def test_the_record_of_one_meeting_holds_without_its_people_and_others_keep_theirs(database):
    story = at_water()
    record(database, story)
    save(database, small_plan(code="other"))
    with database.writing() as connection:
        for code in ("small", "other"):
            persons.put(connection, code, {ANNS: LI, COUNTERS: Person("赵计票")})
        before = verify(connection, "small")
        assert erasing.erase(connection, "small") == OfPeople(2, 0)
        assert persons.persons_of(connection, "small").known == {}
        assert len(persons.persons_of(connection, "other").known) == 2
        assert verify(connection, "small") == before
        assert before.holds


def test_a_name_that_was_erased_stands_nowhere_in_the_file(tmp_path):
    def files_with_the_name() -> list[str]:
        assert database.checkpoint()
        return [each.name for each in tmp_path.iterdir() if LI.name.encode() in each.read_bytes()]

    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    save(database, small_plan())
    with database.writing() as connection:
        persons.put(connection, "small", {ANNS: LI})
    assert files_with_the_name() == ["kaimen.db"]
    with database.writing() as connection:
        erasing.erase(connection, "small")
    assert files_with_the_name() == []
    database.close()
