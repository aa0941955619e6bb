"""What is printed: seat cards with new keys, a score sheet for each seat and unit, attendance."""

import re
from html import unescape

import pytest

from app.language import Language, say
from app.meeting.plan import Mode
from app.meeting.refusals import Said
from app.store import keys, persons
from app.store.keys import Key, Role
from app.store.persons import Kind, Person, Station
from app.web.sockets.closing import KEY_REVOKED
from tests.live.served import Served, Sitting
from tests.meetings import ANN, BEN, EVE, small_plan
from tests.records import token_of_code
from tests.web.forms import farewell, sends

CODE = re.compile(r'<p class="short-code">([^<]+)</p>')
LABEL = re.compile(r"<h2[^>]*>([^<]+)</h2>")


def opened_by_code(served: Served, code: str) -> Key | None:
    with served.database.reading() as connection:
        token = token_of_code(connection, code)
        return keys.find(connection, token or "")


def number_of_keys(sitting: Sitting) -> int:
    with sitting.served.database.reading() as connection:
        return len(keys.listed(connection, sitting.code))


def prints_cards(sitting: Sitting, *seats: str, **fields: str):
    return sends(sitting, "/print/cards", sitting.moderator, seat=list(seats), **fields)


# --- cards ------------------------------------------------------------------------------------------------------------


def test_every_card_opens_the_seat_that_stands_on_it(sitting):
    page = prints_cards(sitting, *sitting.seats)
    cards = dict(zip(LABEL.findall(page.text), CODE.findall(page.text), strict=True))
    opened = {label: opened_by_code(sitting.served, code) for label, code in cards.items()}
    assert opened == {seat.label: Key(sitting.code, Role.SEAT, seat.id) for seat in sitting.plan.seats}
    assert page.text.count("<svg") == len(sitting.plan.seats)


def test_looking_makes_no_key(sitting):
    before = number_of_keys(sitting)
    assert sitting.page("/print/cards", sitting.moderator).status_code == 200
    assert number_of_keys(sitting) == before


def test_cards_can_be_made_for_some_seats_alone(sitting):
    before = number_of_keys(sitting)
    page = prints_cards(sitting, BEN)
    assert LABEL.findall(page.text) == ["Expert 2"]
    assert number_of_keys(sitting) == before + 1


async def test_earlier_keys_stay_good_unless_it_is_asked_otherwise(sitting):
    async with sitting.sits(ANN) as ann, sitting.sits(BEN) as ben:
        prints_cards(sitting, ANN, BEN, earlier="keep")
        await ann.listens()
        prints_cards(sitting, ANN, earlier="revoke")
        assert (await farewell(ann))[1] == KEY_REVOKED
        await ben.listens()
    assert [sitting.page("/panel", sitting.seats[seat]).status_code for seat in (ANN, BEN)] == [403, 200]


def test_no_seat_ticked_is_said_and_the_other_choice_stays(sitting):
    page = prints_cards(sitting, earlier="revoke")
    assert (page.status_code, CODE.findall(page.text)) == (409, [])
    assert say(Said("cards.none"), Language.CHINESE) in page.text
    assert 'value="revoke" checked' in page.text


# --- sheets -----------------------------------------------------------------------------------------------------------


def sheets_of(sitting: Sitting, query: str = "") -> list[tuple[str, str]]:
    """Unit and seat of each sheet, in the order they come out of the printer."""
    text = unescape(sitting.page(f"/print/sheets?lang=en{query}", sitting.moderator).text)
    return [
        (re.findall(r"<strong>([^<]+)</strong>", sheet)[0], re.findall(r'scope="row">Seat</th><td>([^<]+)', sheet)[0])
        for sheet in text.split('<article class="a4 sheet">')[1:]
    ]


def test_there_is_a_sheet_for_each_seat_and_unit_and_none_for_a_recused_one(sitting):
    sheets = sheets_of(sitting)
    assert len(set(sheets)) == len(sheets) == 5 * 3 - 1
    assert ("2. The High Court of the City", "Member 1") not in sheets
    assert sheets[:4] == [
        ("1. The Water Office of the City", "Expert 1"),
        ("2. The High Court of the City", "Expert 1"),
        ("3. The School Board of the City", "Expert 1"),
        ("1. The Water Office of the City", "Expert 2"),
    ]


def test_sheets_can_be_bundled_by_unit_and_made_for_one_unit_or_seat(sitting):
    assert [seat for _, seat in sheets_of(sitting, "&by=unit")[:3]] == ["Expert 1", "Expert 2", "Deputy 1"]
    assert [unit[:1] for unit, _ in sheets_of(sitting, f"&seat={EVE}")] == ["1", "3"]
    assert len(sheets_of(sitting, "&unit=court")) == 4
    assert sheets_of(sitting, "&unit=nowhere") == []


@pytest.mark.parametrize(
    ("mode", "has", "has_not"),
    [
        (Mode.POINTS, ["Clarity", "0–60", "in steps of 0.5", "Total", "I abstain"], ["Mark exactly one"]),
        (Mode.LEVELS, ["excellent", "poor", "Mark exactly one", "I abstain"], ["Total", "Possible points"]),
        (Mode.COMMENTS, ["Comment sheet", "Highlight", "Suggestion"], ["Total", "I abstain", "Score sheet</h2>"]),
    ],
)
def test_each_mode_has_a_sheet_of_its_own(served, mode, has, has_not):
    sitting = served.holds(small_plan(mode=mode))
    text = unescape(sitting.page("/print/sheets?lang=en", sitting.moderator).text)
    assert [each for each in has if each not in text] == []
    assert [each for each in has_not if each in text] == []


def test_a_sheet_tells_no_number_while_the_order_is_still_to_be_drawn(served):
    sitting = served.holds(small_plan(order="drawn"))
    assert ("The High Court of the City", "Expert 1") in sheets_of(sitting)


# --- attendance -------------------------------------------------------------------------------------------------------


def test_everybody_has_a_line_to_sign(sitting):
    text = unescape(sitting.page("/print/attendance?lang=en", sitting.moderator).text)
    panel, units, staff, confirmation = text.split('<article class="a4 attendance">')[1:]
    for seat in sitting.plan.seats:
        assert f"<td>{seat.label}</td>" in panel
        assert f"<td>{seat.label}</td>" in confirmation
    assert re.findall(r"<td>([^<]+)</td>", units) == [unit.name for unit in sitting.plan.units]
    assert re.findall(r"<td>([^<]+)</td>", staff) == [
        *("Moderator", "Operator", "Supervisor", "Organiser", "Minute-taker", "Counter", "Scrutineer")
    ]


def test_a_plate_bears_the_name_or_the_seat_as_long_as_there_is_none(sitting):
    with sitting.served.database.writing() as connection:
        persons.put(connection, sitting.code, {Station(Kind.SEAT, ANN): Person("李见微", "教授")})
    text = sitting.page("/print/plates", sitting.moderator).text
    said = re.findall(r'<p class="name" data-whole>([^<]+)</p>', text)
    assert said[:2] == ["李见微", "Expert 2"]
    assert len(said) == len(sitting.plan.seats) + len(sitting.plan.units)
    assert '<p class="where">Expert 1</p>' in text


def test_where_nothing_is_scored_no_results_are_confirmed(served):
    sitting = served.holds(small_plan(mode=Mode.COMMENTS))
    text = sitting.page("/print/attendance", sitting.moderator).text
    assert text.count('<article class="a4 attendance">') == 3
