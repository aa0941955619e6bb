"""The walk of somebody who uses this for the first time: every page leads to the next, and none to a dead end."""

import re
from html import unescape
from itertools import pairwise

import httpx
import pytest

from app.language import Language, say
from app.meeting.refusals import Said
from app.store import keys
from app.store.keys import Hand, KeptKey, Key, Role
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import ANN
from tests.web.forms import LINK, sends
from tests.web.setup.conftest import fields_of

FORM_TO = re.compile(r'<form[^>]*method="post" action="([^"]*)"')


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds()


@pytest.fixture
def laptop(served: Served, organiser):
    """The organiser's browser: it came in by the link of the terminal, and keeps cookies."""
    with httpx.Client(base_url=f"http://{served.host}", timeout=PATIENCE, trust_env=False) as http:
        http.get(f"/setup/enter/{organiser.key}")
        yield http


def presses(laptop: httpx.Client, page: str, action: str) -> httpx.Response:
    """The button of a form that stands on a page."""
    text = laptop.get(page).text
    assert action in FORM_TO.findall(text), f"{page} has no form to {action}"
    form = text[text.index(f'action="{action}"') :]
    [token, *_] = re.findall(r'name="_csrf_token" value="([^"]+)"', form)
    return laptop.post(action, data={"_csrf_token": token})


def made_by_organisers(sitting: Sitting, role: Role) -> list[KeptKey]:
    with sitting.served.database.reading() as connection:
        listed = keys.listed(connection, sitting.code)
    return [each for each in listed if each.key.role is role and each.made_by.by == "organiser"]


def test_the_overview_leads_to_the_console_by_one_press_and_the_key_says_who_made_it(laptop, organiser, sitting):
    answer = presses(laptop, f"/setup/{sitting.code}", f"/{sitting.code}/preside")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{sitting.code}/moderator")
    assert laptop.get(f"/{sitting.code}/moderator").status_code == 200
    [made] = made_by_organisers(sitting, Role.MODERATOR)
    assert made.made_by == Hand("organiser", keys.hash_of(organiser.key)[:8])


def test_who_has_a_moderators_key_gets_no_second_one(laptop, sitting):
    for _ in range(3):
        assert presses(laptop, f"/setup/{sitting.code}", f"/{sitting.code}/preside").status_code == 303
    assert len(made_by_organisers(sitting, Role.MODERATOR)) == 1


def test_an_organiser_at_the_consoles_own_address_is_offered_the_key_there(laptop, sitting):
    page = laptop.get(f"/{sitting.code}/moderator")
    assert page.status_code == 403
    assert presses(laptop, f"/{sitting.code}/moderator", f"/{sitting.code}/preside").status_code == 303
    assert laptop.get(f"/{sitting.code}/moderator").status_code == 200


def test_nobody_else_is_offered_one(served, sitting):
    for token in ("", sitting.seats[ANN]):
        assert "/preside" not in sitting.page("/moderator", token).text


def test_a_rehearsal_is_made_on_the_overview_and_found_there_again(laptop, organiser, sitting):
    answer = presses(laptop, f"/setup/{sitting.code}", f"/setup/{sitting.code}/rehearse")
    copy = f"{sitting.code}-r1"
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{copy}/moderator")
    assert laptop.get(f"/{copy}/moderator").status_code == 200
    assert organiser.plan(copy).rehearsal_of == sitting.code
    assert presses(laptop, f"/setup/{sitting.code}", f"/{copy}/preside").status_code == 303
    assert f"/setup/{copy}/rehearse" not in laptop.get(f"/setup/{copy}").text
    assert organiser.sends(f"/setup/{copy}/rehearse", {}).status_code == 409


# --- keys -------------------------------------------------------------------------------------------------------------


def test_all_keys_of_the_staff_are_made_at_once_on_one_page(laptop, sitting):
    with sitting.served.database.writing() as connection:
        keys.make(connection, Key(sitting.code, Role.DISPLAY, "左屏"), "test")
    page = presses(laptop, f"/{sitting.code}/keys", f"/{sitting.code}/keys/staff")
    assert page.status_code == 200
    links = re.findall(r'<p class="link"><a href="http://[^/"]+(/[^"]+)"', page.text)
    with sitting.served.database.reading() as connection:
        opened = [keys.find(connection, link.rpartition("/")[2]) for link in links]
    assert opened == [
        Key(sitting.code, Role.MODERATOR),
        Key(sitting.code, Role.OPERATOR),
        Key(sitting.code, Role.SUPERVISOR),
        Key(sitting.code, Role.DISPLAY, "main"),
        Key(sitting.code, Role.DISPLAY, "左屏"),
    ]
    assert len(re.findall('<svg[^>]*class="qr"', page.text)) == len(re.findall('class="short-code"', page.text)) == 5


def test_a_moderator_makes_no_supervisors_key_on_the_way(sitting):
    page = sends(sitting, "/keys/staff", sitting.moderator)
    assert page.status_code == 200
    assert "/supervisor/" not in page.text
    assert "/operator/" in page.text


def test_a_new_key_can_be_opened_and_copied(laptop, served, sitting):
    text = laptop.get(f"/{sitting.code}/keys").text
    [token, *_] = re.findall(r'name="_csrf_token" value="([^"]+)"', text)
    page = laptop.post(f"/{sitting.code}/keys", data={"who": "operator", "_csrf_token": token})
    [link] = LINK.findall(page.text)
    assert f'href="http://{served.host}{link}"' in page.text
    assert 'data-copies=".link"' in page.text


# --- without a key ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/panel", "/moderator", "/devices", "/keys", "/record", "/seat/" + "x" * 22])
def test_where_a_key_is_needed_the_short_code_can_be_typed_right_there(served, sitting, path):
    with httpx.Client(base_url=f"http://{served.host}", timeout=PATIENCE, trust_env=False) as tablet:
        page = tablet.get(f"/{sitting.code}{path}")
        assert page.status_code == 403
        with served.database.writing() as connection:
            issued = keys.issue(connection, Key(sitting.code, Role.SEAT, ANN), "cards")
        [token] = re.findall(r'name="_csrf_token" value="([^"]+)"', page.text)
        assert "/join" in FORM_TO.findall(page.text)
        answer = tablet.post("/join", data={"code": issued.code.lower(), "_csrf_token": token})
        assert answer.headers["location"] == f"/{sitting.code}/panel?opened=1"
        assert tablet.get(answer.headers["location"]).status_code == 200


def test_a_code_mistyped_there_is_told_at_the_field_and_stays(served, sitting):
    with httpx.Client(base_url=f"http://{served.host}", timeout=PATIENCE, trust_env=False) as tablet:
        page = tablet.get(f"/{sitting.code}/panel")
        [token] = re.findall(r'name="_csrf_token" value="([^"]+)"', page.text)
        answer = tablet.post("/join", data={"code": "K7M3-9Q", "_csrf_token": token})
        assert answer.status_code == 422
        assert 'value="K7M3-9Q"' in answer.text
        assert say(Said("join.no_code"), Language.CHINESE) in unescape(answer.text)


def test_where_no_code_helps_no_field_is_shown(served, sitting):
    for path in ("/setup", f"/setup/{sitting.code}", "/nowhere-at-all"):
        assert "/join" not in FORM_TO.findall(served.page(path).text)


# --- set-up -----------------------------------------------------------------------------------------------------------


def test_every_step_leads_to_the_next(organiser, sitting):
    steps = ["meeting", "units", "previous", "attachments", "agenda", "panel", "rubric", "rules", "composite", "words"]
    for step, following in pairwise(steps):
        page = organiser.opens(f"/setup/{sitting.code}/{step}")
        if step in ("previous", "attachments"):
            assert f'class="button" href="/setup/{sitting.code}/{following}"' in page.text
        else:
            answer = organiser.sends(f"/setup/{sitting.code}/{step}", fields_of(page.text), "go_on")
            assert answer.headers["location"] == f"/setup/{sitting.code}/{following}?saved"


def test_saved_goes_as_soon_as_a_button_changes_the_form(organiser, sitting):
    path = f"/setup/{sitting.code}/units"
    saved = organiser.opens(path, saved="")
    assert ("Saved." in saved.text, is_unsaved_shown(saved.text)) == (True, False)
    form = saved.text[saved.text.index('<form id="sheet"') : saved.text.index("</form>")]
    assert "Saved." in form, "what a button exchanges is the form: the word must go with it"
    changed = organiser.sends(path, fields_of(saved.text), "add")
    assert ("Saved." in changed.text, is_unsaved_shown(changed.text)) == (False, True)


def is_unsaved_shown(text: str) -> bool:
    return re.search(r'<p class="unsaved" role="status">', text) is not None


def test_a_list_pasted_with_its_numbers_comes_in_without_them(organiser, sitting):
    pasted = "序号\t单位名称\t简称\n1\t重庆市教育委员会\t市教委\n2\t重庆市公安局\t市公安局\n合计\t2\t"
    page = organiser.fills(f"/setup/{sitting.code}/units", "paste", pasted=pasted)
    named = [value for name, value in fields_of(page.text).items() if name.endswith((".name", ".short_name"))]
    assert named[-4:] == ["重庆市教育委员会", "市教委", "重庆市公安局", "市公安局"]


def test_the_cursor_goes_to_the_first_wrong_field_of_the_page(organiser):
    fields = {**fields_of(organiser.opens("/setup").text), "title": "", "code": "", "date": "2026-05-01"}
    page = organiser.sends("/setup/new", fields)
    assert page.status_code == 422
    assert re.findall(r'<input[^>]* name="(\w+)"[^>]* autofocus', page.text)[0] == "title"


def test_an_empty_agenda_has_no_timetable(organiser, served):
    made = organiser.sends("/setup/new", {"title": "x", "code": "empty-one", "date": "2026-05-01", "time": "09:00"})
    assert made.status_code == 303
    text = organiser.opens("/setup/empty-one/agenda").text
    assert 'class="timetable"' not in text
    assert "0 h 0 min" not in text
