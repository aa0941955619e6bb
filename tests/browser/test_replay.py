"""A replay in a browser: what is said to be shown is shown, however slowly its pictures come."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import link_of
from tests.browser.conftest import Hall
from tests.browser.people import CONSOLE

PICTURES = "**/replay/hall?*"


@pytest.fixture
def replay(hall: Hall) -> Iterator[Page]:
    """Of a meeting in which the first unit is on, behind its second entry."""
    hall.begins()
    database, key = Database(hall.server.db), Key(hall.code(), Role.SUPERVISOR)
    with database.writing() as connection:
        link = link_of(key, keys.make(connection, key, "test"))
    database.close()
    context = hall.browser.new_context(viewport=CONSOLE, locale="zh-CN")
    page = context.new_page()
    page.goto(hall.server.url + link)
    page.goto(f"{hall.server.url}/{hall.code()}/replay?view=hall&entry=2")
    expect(shown(page)).to_have_text("2")
    yield page
    context.close()


def shown(page: Page):
    return page.frame_locator(".picture iframe").locator("[data-entry]")


def goes(page: Page, way: str, to: int) -> None:
    page.locator(f'[data-goes="{way}"]').click()
    expect(page.locator("#said [data-entry]")).to_have_text(str(to))


def test_a_replay_goes_back_and_on(replay: Page) -> None:
    for way, to in (("previous", 1), ("next", 2), ("next", 3), ("first", 0), ("next", 1)):
        goes(replay, way, to)
        expect(shown(replay)).to_have_text(str(to))


def test_whoever_goes_on_before_the_picture_has_come_sees_what_is_said_to_be_shown(replay: Page) -> None:
    first: list[Route] = []
    replay.route(PICTURES, lambda route: route.continue_() if first else first.append(route))
    with replay.expect_request(PICTURES):
        goes(replay, "previous", 1)
    goes(replay, "next", 2)
    goes(replay, "next", 3)
    first[0].continue_()
    expect(shown(replay)).to_have_text("3")
