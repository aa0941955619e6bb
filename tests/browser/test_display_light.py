"""Every picture of the display can be read in a lit hall, is whole and large enough, and axe finds nothing serious."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from app.rehearsal.process import ServerProcess
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from tests.browser.axe import violations_as_it_is
from tests.browser.conftest import tell
from tests.browser.projector import CUT_OFF, FAINT, SMALLEST, TWO_FRAMES
from tests.browser.scenes import SCENES, TIMERS, reporting
from tests.records import record, save

LEAST = 4.5
WIDE, SQUARE = {"width": 1280, "height": 720}, {"width": 1024, "height": 768}


@pytest.fixture(scope="module")
def codes(shared_server: ServerProcess) -> dict[str, str]:
    """A meeting for each scene."""
    stories = {name: story() for name, story in SCENES.items()}
    with closing(Database(shared_server.db)) as database:
        for story in stories.values():
            (record(database, story) if story.events else save(database, story.meeting.plan))
    return {name: story.meeting.plan.code for name, story in stories.items()}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=WIDE)
    yield page
    page.close()


def test_every_scene_stands_out_is_whole_large_enough_and_accessible(page, shared_server, codes):
    found = {}
    for name, code in codes.items():
        page.set_viewport_size(WIDE)
        page.goto(f"{shared_server.url}/{code}/display")
        expect(page.locator("html[data-connection=on]")).to_be_attached()
        found[name] = [*page.evaluate(FAINT, LEAST).items(), *violations_as_it_is(page), *misfits(page)]
        page.set_viewport_size(SQUARE)
        found[name] += misfits(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def misfits(page: Page) -> list[str]:
    page.evaluate(TWO_FRAMES)
    smallest = min(page.evaluate(SMALLEST, box) or 40 for box in ("#hall-head", "main", "#hall-progress"))
    return [*page.evaluate(CUT_OFF, "#hall-stage"), *([f"letters of {smallest}"] if smallest < 39.9 else [])]


def test_every_face_of_the_timer_stands_out(page, shared_server, codes):
    found = {}
    for name in TIMERS:
        page.goto(f"{shared_server.url}/{codes[name]}/display?view=timer")
        expect(page.locator("html[data-connection=on]")).to_be_attached()
        found[name] = page.evaluate(FAINT, LEAST)
    assert {name: faults for name, faults in found.items() if faults} == {}


# --- from one picture to the next -------------------------------------------------------------------------------------

COUNTS = """
const fade = document.startViewTransition;
window.fades = 0;
document.startViewTransition = function (change) { window.fades += 1; return fade.call(document, change); };
"""
IS_DARK = """() => new Promise((done) => {
  const isDark = () => getComputedStyle(document.body, "::before").opacity === "1";
  const look = () => (isDark() ? done() : requestAnimationFrame(look));
  look();
})"""


def test_a_scene_gives_way_by_one_fade_and_a_step_within_it_by_none(browser, shared_server):
    story = reporting(1)
    code = story.meeting.plan.code
    with closing(Database(shared_server.db)) as database:
        record(database, story)
        with database.writing() as connection:
            token = keys.make(connection, Key(code, Role.MODERATOR), "test")

    def tells(do: str, **facts: object) -> None:
        tell(shared_server, f"/{code}/live/moderator", token, do, **facts)

    page = browser.new_page(viewport=WIDE)
    page.add_init_script(COUNTS)
    page.goto(f"{shared_server.url}/{code}/display")
    stage, root = page.locator("#hall-stage"), page.locator("html")
    expect(page.locator("html[data-connection=on]")).to_be_attached()
    assert root.get_attribute("data-motion") is None

    tells("advance", leaving={"item": "report-edu", "segment": 0})
    expect(stage.locator("[aria-current]")).to_have_text("提问点评")
    expect(root).to_have_attribute("data-motion", "step")
    assert page.evaluate("fades") == 0

    tells("cue_scene", kind="message", text="请各位回座")
    expect(stage).to_have_attribute("data-scene", "message")
    expect(root).to_have_attribute("data-motion", "scene")
    assert page.evaluate("fades") == 1

    tells("cue_scene", kind="blank")
    expect(stage).to_have_attribute("data-scene", "blank")
    assert page.evaluate("getComputedStyle(document.body, '::before').backgroundColor") == "rgb(0, 0, 0)"
    page.evaluate(IS_DARK)
    assert page.evaluate("fades") == 2
    page.close()
