"""Set-up pages of a meeting that is open: they show what was agreed, and take no form."""

import pytest

from app.meeting import commands as c
from app.store import keys, plans
from app.store.keys import Key, Role
from app.web.setup.doors import STEPS
from tests.meetings import ANN
from tests.web.setup.conftest import at, problems_of

# --- open meetings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", STEPS)
def test_an_open_meeting_shows_what_was_agreed_and_takes_no_form(organiser, sitting, page):
    sent = organiser.form(at(sitting, page)) if page != "attachments" else {}
    sitting.performs(c.OpenMeeting(sitting.plan))
    shown = organiser.opens(at(sitting, page))
    assert shown.status_code == 200
    assert "what was agreed is frozen" in shown.text
    assert "<form" not in shown.text
    before = organiser.plan(sitting.code)
    path = at(sitting, page) if page != "attachments" else f"{at(sitting, page)}/water"
    assert organiser.sends(path, sent).status_code == 409
    assert organiser.plan(sitting.code) == before


def test_an_open_meeting_shows_its_rules_in_words(organiser, sitting):
    sitting.performs(c.OpenMeeting(sitting.plan))
    text = organiser.opens(at(sitting, "rules")).text
    assert "whole sheets, by their total" in text
    assert "<dd>more than</dd>" in text
    assert "<dd>50%</dd>" in text


def test_an_open_meeting_with_levels_shows_its_scale(organiser, served):
    levels = served.holds(organiser.plan("levels"))
    levels.performs(c.OpenMeeting(levels.plan))
    text = organiser.opens(at(levels, "rubric")).text
    assert "<td>优秀</td><td>Yes</td>" in text
    assert "<td>较差</td><td></td>" in text


def test_only_a_meeting_that_never_opened_is_deleted_and_its_code_must_be_typed(organiser, sitting, served):
    path = at(sitting, "delete")
    declined = organiser.sends(path, {"code": "something"})
    assert (declined.status_code, problems_of(declined)["code"]) == (
        422,
        f"To delete the meeting, type its code: {sitting.code}",
    )
    assert organiser.sends(path, {"code": sitting.code}).status_code == 303
    assert sitting.page("").status_code == 404
    with served.database.reading() as connection:
        assert sitting.code not in plans.codes(connection)


def test_a_meeting_that_opened_is_not_deleted(organiser, sitting):
    sitting.performs(c.OpenMeeting(sitting.plan))
    assert organiser.sends(at(sitting, "delete"), {"code": sitting.code}).status_code == 409
    assert sitting.page("").status_code == 200


# --- doors ------------------------------------------------------------------------------------------------------------


def test_no_other_key_opens_a_page_or_takes_a_form(sitting):
    with sitting.served.database.writing() as connection:
        others = [Key(sitting.code, role) for role in Role if role not in (Role.ORGANISER, Role.SEAT)]
        tokens = ["", sitting.seats[ANN], *(keys.make(connection, key, "test") for key in others)]
    for token in tokens:
        for path in ("/setup", f"/setup/{sitting.code}", *(at(sitting, step) for step in STEPS)):
            assert sitting.served.page(path, token).status_code == 403
        for path in (
            "/setup/new",
            at(sitting, "meeting"),
            at(sitting, "delete"),
            f"{at(sitting, 'attachments')}/water",
        ):
            assert sitting.served.page(path, token, "POST").status_code == 403


def test_a_form_without_its_token_is_declined(organiser, sitting):
    fields = {**organiser.form(at(sitting, "meeting")), "do": "save", "title": "Forged"}
    del fields["_csrf_token"]
    assert organiser.http.post(at(sitting, "meeting"), data=fields).status_code == 403
    assert organiser.plan(sitting.code).title != "Forged"


@pytest.mark.parametrize("path", ["/setup/nothing", "/setup/nothing/units", "/setup/demo/nothing"])
def test_what_is_not_there_is_said(organiser, path):
    assert organiser.opens(path).status_code == 404
