"""Numbers of sheets, as they are typed at the desk of the tickets."""

import pytest

from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.store.tickets import ON_A_SHEET, balance
from tests.live.served import Served, Sitting
from tests.meetings import small_plan
from tests.web.forms import sends


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds(small_plan(rules=Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL)))


def issued(sitting: Sitting) -> int:
    with sitting.served.database.reading() as connection:
        return balance(connection, sitting.code).issued


@pytest.mark.parametrize("typed", ["3", "３", "3张", "三", "3.0"])
def test_so_many_sheets_are_made_as_were_typed(sitting, typed):
    assert sends(sitting, "/tickets", sitting.moderator, sheets=typed, do="issue").status_code == 200
    assert issued(sitting) == 3 * ON_A_SHEET


@pytest.mark.parametrize("typed", ["", "0", "-3", "3.5", "51", "1000", "several", "9" * 30])
def test_what_is_no_number_of_sheets_is_refused_and_none_is_made(sitting, typed):
    answer = sends(sitting, "/tickets?lang=en", sitting.moderator, sheets=typed, do="issue")
    assert answer.status_code == 409
    assert issued(sitting) == 0


def test_a_sheet_is_asked_for_as_people_write_it(sitting):
    sends(sitting, "/tickets", sitting.moderator, sheets="3", do="issue")
    assert "Sheet 3: " in sitting.page("/tickets?sheet=三&lang=en", sitting.moderator).text
