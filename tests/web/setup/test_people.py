"""Who sits where: typed, pasted or entered at check-in; two desks do not get in each other's way; erased for ever."""

from collections.abc import Iterator

import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.refusals import Said
from app.store import persons
from app.store.persons import Kind, Person, Persons, Station
from app.web.setup.typed import LONGEST_LIST
from tests.live.served import Served, Sitting
from tests.meetings import ANN, BEN
from tests.web.forms import sends
from tests.web.setup.conftest import fields_of

LI, WANG = "李见微", "王在席"


@pytest.fixture
def sitting(served: Served) -> Iterator[Sitting]:
    return served.holds()


def people(sitting: Sitting) -> str:
    return f"/{sitting.code}/people"


def known(sitting: Sitting) -> Persons:
    with sitting.served.database.reading() as connection:
        return persons.persons_of(connection, sitting.code)


def enter(sitting: Sitting, **names: str) -> None:
    rows = {Station(Kind.SEAT, seat): Person(name, "教授") for seat, name in names.items()}
    with sitting.served.database.writing() as connection:
        persons.put(connection, sitting.code, rows)


def test_what_is_typed_is_printed_on_cards_and_lists_of_attendance(sitting, organiser):
    page = organiser.fills(
        people(sitting),
        **{
            f"seat.{ANN}.name": f" {LI} ",
            f"seat.{ANN}.office": "教授",
            "unit.water.name": "王汇报",
            "task.counter.name": "赵计票",
        },
    )
    assert (page.status_code, "Saved." in organiser.opens(page.headers["location"]).text) == (303, True)
    assert known(sitting).at_seat(ANN) == Person(LI, "教授")
    attendance = organiser.opens(f"/{sitting.code}/print/attendance").text
    assert [attendance.count(name) for name in (LI, "王汇报", "赵计票")] == [2, 1, 1]
    cards = sends(sitting, "/print/cards", organiser.key, seat=[ANN, BEN]).text
    assert (cards.count(LI), cards.count("教授")) == (1, 1)


def test_names_are_entered_while_the_meeting_runs_and_a_seat_is_checked_in_with_its_name(sitting):
    sitting.performs(c.OpenMeeting(sitting.plan))
    page = sends(sitting, "/people", sitting.moderator, **{f"seat.{ANN}.name": LI, "do": f"check_in:{ANN}"})
    assert page.headers["location"] == f"{people(sitting)}?saved#seat.{ANN}"
    assert known(sitting).at_seat(ANN) == Person(LI)
    assert ANN in sitting.served.venue.rooms.meeting(sitting.code).panel.arrivals


def test_an_organiser_checks_nobody_in(sitting, organiser):
    """There is no button for it on the organiser's page; if it is asked for all the same, nothing is half done."""
    page = organiser.fills(people(sitting), f"check_in:{ANN}", **{f"seat.{ANN}.name": LI})
    assert (page.status_code, known(sitting).at_seat(ANN)) == (403, Person())
    assert sitting.served.venue.rooms.meeting(sitting.code).panel.arrivals == {}


def test_two_desks_write_each_what_was_typed_there(sitting, organiser):
    first, second = organiser.form(people(sitting)), organiser.form(people(sitting))
    organiser.sends(people(sitting), {**first, f"seat.{ANN}.name": LI})
    organiser.sends(people(sitting), {**second, f"seat.{BEN}.name": WANG})
    assert (known(sitting).at_seat(ANN), known(sitting).at_seat(BEN)) == (Person(LI), Person(WANG))


def test_who_writes_where_somebody_else_has_is_told_and_may_write_all_the_same(sitting, organiser):
    form = organiser.form(people(sitting))
    enter(sitting, ann=WANG)
    page = organiser.sends(people(sitting), {**form, f"seat.{ANN}.name": LI})
    moved = say(Said("people.moved", {"name": WANG, "office": "教授"}), Language.ENGLISH)
    assert (page.status_code, moved in page.text, LI in page.text) == (422, True, True)
    assert known(sitting).at_seat(ANN).name == WANG
    organiser.sends(people(sitting), fields_of(page.text))
    assert known(sitting).at_seat(ANN).name == LI


def test_a_pasted_list_is_put_into_the_fields_and_saves_nothing(sitting, organiser):
    page = organiser.fills(people(sitting), "fill", list="\n".join(f"{LI}{each} 教授" for each in range(99)))
    assert f'value="{LI}0"' in page.text
    assert f"{LI}98 教授" in page.text  # there is no seat for that one: it stays in the box
    assert f'maxlength="{LONGEST_LIST}"' in page.text  # a browser cuts what is longer without a word
    assert known(sitting).known == {}


def test_what_cannot_be_kept_is_said_at_its_field_and_stays(sitting, organiser):
    page = organiser.fills(people(sitting), **{f"seat.{ANN}.name": "李" * 41, f"seat.{BEN}.name": WANG})
    assert (page.status_code, "李" * 41 in page.text, known(sitting).known) == (422, True, {})


def test_the_organiser_erases_all_names_after_a_word_and_nobody_else_does(sitting, organiser):
    enter(sitting, ann=LI, ben=WANG)
    asked = organiser.opens(f"{people(sitting)}/erase")
    assert ("Names: 2; signatures: 0; questions of the audience: 0." in asked.text, len(known(sitting).known)) == (
        True,
        2,
    )
    assert sends(sitting, "/people/erase", sitting.moderator).status_code == 403
    assert len(known(sitting).known) == 2
    old = organiser.form(people(sitting))
    assert organiser.sends(f"{people(sitting)}/erase", {}).status_code == 200
    assert known(sitting).known == {}
    organiser.sends(people(sitting), old)  # a page that was open: what was not typed again does not come back
    assert known(sitting).known == {}
    assert LI not in organiser.opens(f"/{sitting.code}/print/attendance").text


def test_what_still_lies_in_the_files_is_said(sitting, organiser, monkeypatch):
    enter(sitting, ann=LI)
    said = "Something was reading the database just now"
    monkeypatch.setattr("app.store.database.Database.checkpoint", lambda _: False)
    assert said in organiser.sends(f"{people(sitting)}/erase", {}).text
    monkeypatch.undo()
    assert said not in organiser.sends(f"{people(sitting)}/erase", {}).text
