"""Signatures: rows beside the record, bound to what was signed; the first stays, and all of them can be erased."""

import pytest

from app.meeting.refusals import Refused
from app.store import erasing, persons, signatures
from app.store.erasing import OfPeople
from app.store.persons import Kind, Person, Station
from app.store.signatures import Signed
from tests.meetings import ANN, BEN, WATER, at_water, small_plan
from tests.records import record, save

ANNS = Station(Kind.SEAT, ANN)
FIRST, AGAIN = Signed(WATER, ANNS, "JSIY-5RTT"), Signed(WATER, ANNS, "K7M3-9QXD")
COUNTED = Signed(WATER, Station(Kind.TASK, "counter"), "0123456789abcdef")
LI, OTHER = ((100, 100, 300, 120), (400, 100, 420, 350)), ((0, 0, 900, 300),)


@pytest.fixture
def connection(database):
    save(database, small_plan(), small_plan(code="other"))
    with database.writing() as connection:
        yield connection


def test_each_version_of_a_sheet_and_each_result_has_its_own(connection):
    signatures.keep(connection, "small", FIRST, LI)
    signatures.keep(connection, "small", COUNTED, OTHER)
    found = signatures.signatures_of(connection, "small")
    assert found.of_sheet(WATER, ANN, "JSIY-5RTT").drawing == LI
    assert found.of_result(WATER, "counter", "0123456789abcdef").drawing == OTHER
    unsigned = (
        found.of_sheet(WATER, ANN, AGAIN.bound),
        found.of_sheet(WATER, BEN, FIRST.bound),
        found.of_result(WATER, "supervisor", COUNTED.bound),
    )
    assert unsigned == (None, None, None)
    assert signatures.signatures_of(connection, "other").known == {}


def test_what_was_signed_is_not_drawn_over(connection):
    for drawing in (LI, OTHER, ()):
        signatures.keep(connection, "small", FIRST, drawing)
    assert [each.drawing for each in signatures.signatures_of(connection, "small").known.values()] == [LI]


def test_that_somebody_signs_on_paper_is_kept_as_well(connection):
    signatures.keep(connection, "small", FIRST, ())
    assert signatures.signatures_of(connection, "small").known[FIRST].is_on_paper


def test_they_are_erased_with_the_names(connection):
    persons.put(connection, "small", {ANNS: Person("李见微")})
    for code in ("small", "other"):
        signatures.keep(connection, code, FIRST, LI)
    assert erasing.erase(connection, "small") == OfPeople(1, 1)
    assert erasing.kept(connection, "small") == OfPeople(0, 0)
    assert erasing.kept(connection, "other") == OfPeople(0, 1)


def test_once_erased_none_comes_back_from_a_tablet_that_was_away(database):
    record(database, at_water())
    save(database, small_plan(code="other"))
    with database.writing() as connection:
        signatures.keep(connection, "small", FIRST, LI)
        for _ in range(2):  # pressed once more, it is the same
            erasing.erase(connection, "small")
        for late in (FIRST, AGAIN, COUNTED):
            with pytest.raises(Refused, match=r"signature\.erased"):
                signatures.keep(connection, "small", late, LI)
        assert erasing.kept(connection, "small") == OfPeople(0, 0)
        signatures.keep(connection, "other", FIRST, LI)


def test_what_was_erased_before_the_meeting_does_not_count_in_it(connection):
    signatures.keep(connection, "small", FIRST, LI)
    erasing.erase(connection, "small")
    signatures.keep(connection, "small", AGAIN, LI)
    assert set(signatures.signatures_of(connection, "small").known) == {AGAIN}


def test_of_a_sheet_submitted_again_and_again_the_latest_signatures_are_kept(connection):
    for number in range(signatures.MOST_OF_ONE + 3):
        signatures.keep(connection, "small", Signed(WATER, ANNS, f"receipt-{number}"), LI)
    signatures.keep(connection, "small", COUNTED, OTHER)
    kept = {each.bound for each in signatures.signatures_of(connection, "small").known}
    assert kept == {f"receipt-{number}" for number in range(3, signatures.MOST_OF_ONE + 3)} | {COUNTED.bound}
