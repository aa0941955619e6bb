"""The lobby lists a meeting for invited guests only to those who hold a key of it, and to organisers."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from app.store import keys, plans, rehearsals
from app.store.keys import Key, Role
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import ANN, small_plan


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A lobby without the meetings of all other tests, which take their time to be shown."""
    with Served(tmp_path_factory.mktemp("lobby")) as served:
        yield served


@pytest.fixture
def closed_one(served: Served) -> Sitting:
    return served.holds(replace(small_plan(), title="Behind closed doors", invited_only=True))


@pytest.fixture
def browser(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://{served.host}", timeout=PATIENCE, trust_env=False) as http:
        yield http


def is_listed(sitting: Sitting, text: str) -> bool:
    said = [sitting.code in text, sitting.plan.title in text]
    assert len(set(said)) == 1
    return said[0]


def key_of(sitting: Sitting, role: Role) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(None if role is Role.ORGANISER else sitting.code, role), "test")


def test_a_stranger_is_not_told_that_there_is_such_a_meeting(served, closed_one):
    everybodys, other = served.holds(), served.holds(replace(small_plan(), title="Another", invited_only=True))
    text = served.page("/").text
    assert (is_listed(closed_one, text), everybodys.code in text) == (False, True)
    assert not is_listed(closed_one, served.page("/", other.moderator).text)
    assert not is_listed(closed_one, served.page("/", "x" * 22).text)


def test_where_there_is_one_meeting_the_audience_is_led_straight_to_it_and_finds_back(tmp_path):
    with Served(tmp_path) as served:
        only = served.holds()
        with served.database.writing() as connection:
            for code in set(plans.codes(connection)) - {only.code}:
                plans.save(connection, replace(plans.load(connection, code), invited_only=True))
            rehearsals.make(connection, only.code)
        answer = served.page("/")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{only.code}")
        assert '<a href="/?all=1">' in only.page().text
        for lobby in (served.page("/?all=1"), served.page("/", only.moderator), served.page("/", only.seats[ANN])):
            assert (lobby.status_code, f'href="/{only.code}/moderator"' in lobby.text) == (200, True)
        served.holds()
        assert served.page("/").status_code == 200


@pytest.mark.parametrize("role", [Role.GUEST, Role.MODERATOR, Role.SUPERVISOR, Role.ORGANISER])
def test_who_holds_a_key_of_it_finds_it_there(closed_one, role):
    assert is_listed(closed_one, closed_one.served.page("/", key_of(closed_one, role)).text)


def test_a_browser_that_came_in_by_a_link_finds_it_there_as_long_as_the_key_is_good(closed_one, browser):
    token = key_of(closed_one, Role.GUEST)
    assert not is_listed(closed_one, browser.get("/").text)
    assert browser.get(f"/{closed_one.code}/guest/{token}").status_code == 303
    assert is_listed(closed_one, browser.get("/").text)
    with closed_one.served.database.writing() as connection:
        keys.revoke(connection, closed_one.code, Role.GUEST)
    assert not is_listed(closed_one, browser.get("/").text)


def test_what_the_lobby_knows_a_browser_by_opens_nothing(closed_one, browser):
    token = key_of(closed_one, Role.GUEST)
    browser.get(f"/{closed_one.code}/guest/{token}")
    (shown,) = [cookie for cookie in browser.cookies.jar if cookie.path == "/" and closed_one.code in cookie.name]
    assert token not in (shown.value or "")
    assert closed_one.page("", key=shown.value or "").status_code == 403
    assert closed_one.page(f"/guest/{shown.value}").status_code == 403


def test_its_rehearsal_is_as_closed_as_itself(served, closed_one):
    with served.database.writing() as connection:
        code = rehearsals.make(connection, closed_one.code).code
    assert code not in served.page("/").text


@pytest.mark.parametrize("path", ["", "/display", "/results", "/moderator", "/panel", "/record", "/keys"])
def test_a_stranger_who_knows_the_code_learns_no_title_and_no_date(closed_one, path):
    """That there is such a meeting is no secret: its code stands on cards and on the door. What it is about is."""
    text = closed_one.page(f"{path}?lang=en").text
    assert closed_one.plan.title not in text
    assert closed_one.plan.starts_at.date().isoformat() not in text
