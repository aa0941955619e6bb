"""Nobody can scroll a projector: the largest meeting there is likely to be stands on the display whole."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from app.meeting.plan import Plan
from app.rehearsal.process import ServerProcess
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from tests.browser.conftest import tell
from tests.meetings import shipped, whole_meeting
from tests.records import record, save

TITLE = "2023年重庆市国家机关“谁执法谁普法”履职报告评议会"
LONG_NAMES = (
    "重庆市规划和自然资源局（重庆市林业局）",
    "重庆市住房和城乡建设委员会",
    "重庆市退役军人事务局",
    "重庆市文化和旅游发展委员会",
    "重庆市卫生健康委员会",
)
SIZES = [(1920, 1080), (1280, 720), (1024, 768), (800, 600)]
SCENES = {
    "seal": {},
    "ranking": {},
    "result": {"round": "report-more0"},
    "comments": {"unit": "edu"},
    "message": {"text": ("请各位评议团成员注意：请在本单位评分截止前提交评分表，逾期提交的由主持人裁定。" * 3)[:100]},
}


def largest() -> Plan:
    """Fifteen units, some with long names, eleven seats, a title as such meetings have it."""
    demo = shipped("demo")
    more = [replace(demo.units[0], id=f"more{at}", name=name) for at, name in enumerate(LONG_NAMES)]
    more = [replace(unit, short_name=unit.name.removeprefix("重庆市")[:8]) for unit in more]
    report = next(item for item in demo.agenda if item.unit)
    reports = [replace(report, id=f"report-{unit.id}", unit=unit.id, title=unit.short_name) for unit in more]
    last = max(at for at, item in enumerate(demo.agenda) if item.unit) + 1
    seats = [replace(demo.seats[0], id=f"expert-{number}", label=f"专家{number}") for number in (4, 5)]
    return replace(
        demo,
        code=f"largest-{uuid4().hex[:8]}",
        title=TITLE,
        place="市司法局三楼多功能厅",
        units=(*demo.units, *more),
        agenda=(*demo.agenda[:last], *reports, *demo.agenda[last:]),
        seats=(*demo.seats, *seats),
    )


class Projector:
    """A display of the largest meeting, and a program in the moderator's place."""

    def __init__(self, page: Page, server: ServerProcess, code: str, token: str) -> None:
        self.page = page
        self._server, self._code, self._token = server, code, token
        page.goto(f"{server.url}/{code}/display")

    def shows(self, scene: str, **facts: str) -> None:
        tell(self._server, f"/{self._code}/live/moderator", self._token, "cue_scene", kind=scene, **facts)
        self.stands(scene)

    def stands(self, scene: str) -> None:
        expect(self.page.locator("#hall-stage")).to_have_attribute("data-scene", scene)

    def resize(self, width: int, height: int) -> None:
        """Until the page has heard of it, which it does with its next frame."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(TWO_FRAMES)

    def cut_off(self) -> list[str]:
        """The texts that are not wholly on the stage, or lie under the QR code."""
        found: list[str] = self.page.evaluate(CUT_OFF)
        return found


TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
CUT_OFF = """() => {
  const boxesOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  };
  const stage = document.getElementById("hall-stage").getBoundingClientRect();
  const join = [...document.querySelectorAll(".join > *")];
  const taken = join.flatMap((each) => (each.matches("svg") ? [each.getBoundingClientRect()] : boxesOf(each)));
  const isOutside = (box) => box.left < stage.left - 1 || box.right > stage.right + 1
    || box.top < stage.top - 1 || box.bottom > stage.bottom + 1;
  const meets = (box, other) => box.right > other.left && box.left < other.right
    && box.bottom > other.top && box.top < other.bottom;
  const walker = document.createTreeWalker(document.getElementById("hall-stage"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const isCutOff = (box) => isOutside(box) || taken.some((other) => meets(box, other));
    if (text && boxesOf(walker.currentNode).some(isCutOff)) texts.push(text);
  }
  return texts;
}"""


@pytest.fixture(scope="module")
def meetings(shared_server: ServerProcess) -> tuple[str, str, str]:
    """The codes of the largest meeting before its opening and played to its end, and the moderator's token of that."""
    planned, played = largest(), largest()
    with closing(Database(shared_server.db)) as database:
        save(database, planned)
        record(database, whole_meeting(played))
        with database.writing() as connection:
            token = keys.make(connection, Key(played.code, Role.MODERATOR), "test")
    return planned.code, played.code, token


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_largest_meeting_stands_on_the_display_whole(page, shared_server, meetings, size):
    planned, played, token = meetings
    page.set_viewport_size({"width": size[0], "height": size[1]})
    projector = Projector(page, shared_server, planned, token)
    projector.stands("waiting")
    found = {"waiting": projector.cut_off()}
    projector = Projector(page, shared_server, played, token)
    for scene, facts in SCENES.items():
        projector.shows(scene, **facts)
        found[scene] = projector.cut_off()
    assert {scene: texts for scene, texts in found.items() if texts} == {}


def test_a_display_that_is_made_smaller_and_larger_again_fits_both_times(page, shared_server, meetings):
    _, played, token = meetings
    projector = Projector(page, shared_server, played, token)
    projector.resize(1920, 1080)
    projector.shows("ranking")
    before = page.locator(".ranking li").first.bounding_box()
    projector.resize(800, 600)
    assert projector.cut_off() == []
    projector.resize(1920, 1080)
    assert projector.cut_off() == []
    assert page.locator(".ranking li").first.bounding_box() == before
