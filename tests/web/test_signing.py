"""What is signed and filed: the summary of a unit, the sheets of a seat, each signature beside what it holds for."""

import json
import re
from dataclasses import replace

import httpx
import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.plan import Rules, Signing
from app.meeting.refusals import Said
from app.store import keys, persons, signatures
from app.store.keys import Key, Role
from app.store.persons import Kind, Person, Station
from app.store.signatures import Signed
from tests.live.served import Served, Sitting
from tests.meetings import ANN, BEN, WATER, at_water, correction, sheet, small_plan
from tests.web.forms import sends

NAME = ((111, 112, 313, 114, 215, 316),)
PATH = 'd="M111,112 313,114 215,316"'
SUMMARY = "/record/unit/water/summary?lang=en"


@pytest.fixture
def supervised(served: Served) -> tuple[Sitting, str]:
    """Ann and Ben have submitted, Ann has signed; nobody else did either. Scoring of the water office is closed."""
    sitting = served.holds(small_plan(rules=Rules(signing=Signing.DRAWN)))
    story = at_water(sitting.plan)
    sheets = [sheet(story.meeting, WATER, seat, 50, 30) for seat in (ANN, BEN)]
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)), *sheets)
    receipt = meeting_of(sitting).rounds[WATER].sheet(ANN).current.receipt
    absent = tuple(seat.id for seat in sitting.plan.seats if seat.id not in (ANN, BEN))
    with served.database.writing() as connection:
        signatures.keep(connection, sitting.code, Signed(WATER, Station(Kind.SEAT, ANN), receipt), NAME)
        persons.put(connection, sitting.code, {Station(Kind.SEAT, ANN): Person("李见微", "教授")})
        key = keys.make(connection, Key(sitting.code, Role.SUPERVISOR), "test")
    sitting.performs(c.CloseRound(WATER, absent))
    return sitting, key


def meeting_of(sitting: Sitting):
    return sitting.served.venue.rooms.meeting(sitting.code)


def row(text: str, seat: str) -> str:
    return next(each for each in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) if f"<td>{seat}" in each)


def signs(supervised: tuple[Sitting, str], **fields: str) -> httpx.Response:
    sitting, key = supervised
    seen = re.search(r'name="seen" value="(\w+)"', sitting.page(SUMMARY, key).text)
    form = {"task": "counter", "seen": seen[1] if seen else "", "strokes": json.dumps(NAME)}
    return sends(sitting, "/record/unit/water/sign?lang=en", key, **form | fields)


def test_a_signature_stands_beside_the_marks_it_was_given_for(supervised):
    sitting, key = supervised
    text = sitting.page(SUMMARY, key).text
    anns, bens = row(text, "Expert 1"), row(text, "Expert 2")
    assert (PATH in anns, "李见微" in anns, PATH in bens) == (True, True, False)
    receipt = meeting_of(sitting).rounds[WATER].sheet(ANN).current.receipt
    of_seats = sitting.page("/record/sheets?lang=en", key).text
    assert (of_seats.count(PATH), receipt in of_seats, of_seats.count("<article")) == (1, True, len(sitting.plan.seats))


def test_of_a_corrected_sheet_it_is_said_that_it_is_not_signed(supervised):
    sitting, key = supervised
    sitting.performs(correction(meeting_of(sitting), WATER, ANN, 40, 30, salt="the-salt-of-the-clerk"))
    anns = row(sitting.page(SUMMARY, key).text, "Expert 1")
    assert (PATH in anns, "An earlier version was signed, this one not yet" in anns) == (False, True)


def test_who_signs_on_paper_has_a_place_that_says_so(supervised):
    sitting, key = supervised
    receipt = meeting_of(sitting).rounds[WATER].sheet(BEN).current.receipt
    with sitting.served.database.writing() as connection:
        signatures.keep(connection, sitting.code, Signed(WATER, Station(Kind.SEAT, BEN), receipt), ())
    assert "signs on paper" in row(sitting.page(SUMMARY, key).text, "Expert 2")


def test_the_counter_signs_the_result_as_it_stood_and_a_correction_ends_that(supervised):
    sitting, key = supervised
    assert signs(supervised).status_code == 303
    assert sitting.page(SUMMARY, key).text.count(PATH) == 2
    sitting.performs(correction(meeting_of(sitting), WATER, BEN, 40, 30))
    text = sitting.page(SUMMARY, key).text
    assert (text.count(PATH), "that signature does not hold any more" in text) == (1, True)
    assert signs(supervised).status_code == 303
    assert sitting.page(SUMMARY, key).text.count(PATH) == 2


def test_what_does_not_hold_is_not_signed(supervised):
    sitting, key = supervised
    for fields, code in (
        ({"seen": "0" * 16}, "signature.moved_on"),
        ({"task": "organiser"}, "signature.moved_on"),
        ({"strokes": ""}, "signature.too_little"),
        ({"strokes": "[[5, 5]]"}, "signature.too_little"),
        ({"strokes": '"a name"'}, "signature.malformed"),
        ({"strokes": "[[0, 0, 1001, 0]]"}, "signature.malformed"),
    ):
        page = signs(supervised, **fields)
        assert (page.status_code, say(Said(code), Language.ENGLISH) in page.text) == (409, True), fields
    assert sitting.page(SUMMARY, key).text.count(PATH) == 1


def test_nothing_is_shown_while_a_sheet_may_still_be_changed(supervised):
    sitting, key = supervised
    sitting.performs(c.ReopenRound(WATER, "one was forgotten"))
    assert sitting.page(SUMMARY, key).status_code == 404
    assert PATH not in sitting.page("/record/sheets", key).text


def test_where_sheets_are_signed_on_paper_there_is_a_line_and_nothing_to_draw_in(served):
    sitting = served.holds(replace(small_plan()))
    with served.database.writing() as connection:
        key = keys.make(connection, Key(sitting.code, Role.SUPERVISOR), "test")
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)))
    sitting.performs(c.CloseRound(WATER, tuple(seat.id for seat in sitting.plan.seats)))
    text = sitting.page(SUMMARY, key).text
    assert ("<form" in text, "data-signs" in text, "Scrutineer" in text) == (False, False, True)
    refused = sends(sitting, "/record/unit/water/sign?lang=en", key, task="counter", strokes="[]")
    assert say(Said("signature.on_paper"), Language.ENGLISH) in refused.text
