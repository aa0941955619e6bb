"""A seat goes over to a spare tablet, and a display is told things of its own: in real browsers."""

import json
import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.axe import violations
from tests.browser.conftest import Hall
from tests.browser.people import IS_SAVED, Panelist, Screen

SEAT = "expert-1"
MOVED = "本席位已转到另一台设备"
WRITTEN = "普法责任清单还没有落实到人"
BOARD = {"width": 1366, "height": 768}


@pytest.fixture
def old(hall: Hall) -> Panelist:
    """A tablet with a sheet half filled in and a comment half written, all of it saved."""
    hall.begins()
    old = hall.panelist(SEAT)
    old.take_out_sheet()
    old.mark("duty", "18")
    old.mark("learning", "13")
    old.write(WRITTEN)
    expect(old.sync).to_have_text("已保存")
    old.page.wait_for_function(IS_SAVED)  # the draft goes a moment after the last key
    return old


class Line:
    """The wire of a tablet. Dead, it takes everything and answers nothing, as a Wi-Fi does that is about to go."""

    def __init__(self, tablet: Panelist) -> None:
        self.is_dead = False
        self.sockets: list[WebSocketRoute] = []
        tablet.context.route_web_socket(re.compile("/live/panel"), self.opens)
        tablet.page.reload()
        tablet.wait_until_connected()

    def opens(self, socket: WebSocketRoute) -> None:
        if not self.is_dead:
            socket.connect_to_server()
        self.sockets.append(socket)

    def goes_dead(self) -> None:
        self.is_dead = True
        self.sockets.pop().close(code=1012)

    def is_back(self) -> None:
        self.is_dead = False
        self.sockets.pop().close(code=1012)


class SlowLine:
    """The wire of a tablet on which all that the server says comes late. ``looks``: of what units it was asked."""

    def __init__(self, tablet: Panelist) -> None:
        self.is_slow = False
        self.looks: list[str] = []
        self._late: list[str | bytes] = []
        tablet.context.route_web_socket(re.compile("/live/panel"), self._opens)
        tablet.page.reload()
        tablet.wait_until_connected()

    def goes_on(self) -> None:
        self.is_slow = False
        for message in self._late:
            self._near.send(message)

    def _opens(self, near: WebSocketRoute) -> None:
        self._near, far = near, near.connect_to_server()

        def goes(message: str | bytes) -> None:
            said = json.loads(message)
            if said["do"] == "look_at":
                self.looks.append(said["unit"])
            far.send(message)

        near.on_message(goes)
        far.on_message(lambda message: self._late.append(message) if self.is_slow else near.send(message))


def output(tablet: Panelist, criterion: str):
    return tablet.page.locator(f'[data-criterion="{criterion}"] output')


def test_a_spare_tablet_goes_on_with_sheet_and_draft_and_the_old_one_only_reads(hall, old):
    spare = hall.panelist(SEAT)
    expect(spare.page.locator("#panel-head h1")).to_have_text(old.page.locator("#panel-head h1").inner_text())
    expect(output(spare, "duty")).to_have_text("18")
    expect(spare.comment_text).to_have_value(WRITTEN)
    expect(spare.page.locator("#panel-seat")).to_have_attribute("data-elsewhere", "no")

    expect(old.page.locator("#panel-seat")).to_contain_text(MOVED)
    assert old.page.locator("main").evaluate("main => main.inert")
    spare.mark("duty", "19")
    expect(output(old, "duty")).to_have_text("19")
    old.page.locator('[data-criterion="learning"] button[data-step="1"]').click(force=True)
    spare.mark("outreach", "17")
    expect(output(old, "outreach")).to_have_text("17")  # what is given later has come all the way
    assert spare.recorded()["marks"] == {"duty": "19", "learning": "13", "outreach": "17"}

    old.page.reload()
    old.wait_until_connected()
    expect(old.page.locator("#panel-seat")).to_contain_text(MOVED)
    spare.page.reload()
    spare.wait_until_connected()
    expect(spare.page.locator("#panel-seat")).to_have_attribute("data-elsewhere", "no")


def test_a_sheet_that_is_asked_for_while_the_seat_is_taken_back_stays_out(hall, old):
    hall.panelist(SEAT)
    expect(old.page.locator("#panel-seat")).to_contain_text(MOVED)
    line = SlowLine(old)
    expect(old.page.locator("#panel-seat")).to_contain_text(MOVED)
    line.is_slow = True
    old.page.get_by_role("button", name="转回本设备").click()
    old.page.locator("dialog[open] button[value=yes]").click()
    expect(old.page.locator('html[data-taking="yes"]')).to_be_attached()
    old.page.locator("#panel-units summary").click()
    old.page.locator('[data-look="police"]').click()
    line.goes_on()
    expect(old.page.locator('html[data-taking="no"]')).to_be_attached()
    expect(old.page.locator("#panel-head")).to_have_attribute("data-unit", "police")
    assert line.looks == ["police", "police"]  # as asked for, and as the seat is led from here


def test_what_the_old_tablet_had_not_sent_is_neither_lost_nor_sent(hall, old):
    line = Line(old)
    line.goes_dead()
    old.mark("learning", "11")
    old.mark("outreach", "17")
    old.comment_text.press_sequentially("。")
    expect(old.sync).to_contain_text("2")  # two on their way, and no answer

    spare = hall.panelist(SEAT)
    spare.mark("learning", "14")
    line.is_back()
    kept = old.page.locator("#kept li")
    expect(kept).to_have_text([re.compile("市教委.*11"), re.compile("市教委.*17"), re.compile(f"市教委.*{WRITTEN}。")])
    expect(old.page.locator("#panel-seat")).to_contain_text(MOVED)
    expect(output(old, "learning")).to_have_text("14")

    old.page.reload()
    old.wait_until_connected()
    expect(kept).to_have_count(3)
    assert spare.recorded()["marks"] == {"duty": "18", "learning": "14"}

    old.page.get_by_role("button", name="转回本设备").click()
    old.page.locator("dialog[open] button[value=yes]").click()
    expect(spare.page.locator("#panel-seat")).to_contain_text(MOVED)
    expect(old.page.locator("#panel-seat")).to_have_attribute("data-elsewhere", "no")
    assert old.recorded()["marks"] == {"duty": "18", "learning": "14"}
    old.page.get_by_role("button", name="现在发送").click()
    expect(output(spare, "outreach")).to_have_text("17")
    assert spare.recorded()["marks"] == {"duty": "18", "learning": "11", "outreach": "17"}
    expect(kept).to_have_count(1)  # the comment that was being written: the field holds what the server had
    expect(old.comment_text).to_have_value(WRITTEN)


def test_a_second_tab_of_the_same_tablet_is_the_same_device(hall, old):
    tab = old.context.new_page()
    tab.goto(hall.links()["seats"][SEAT])
    tab.locator('html[data-connection="on"]').wait_for(state="attached")
    old.mark("duty", "19")
    expect(tab.locator('[data-criterion="duty"] output')).to_have_text("19")
    for page in (old.page, tab):
        expect(page.locator("#panel-seat")).to_have_attribute("data-elsewhere", "no")


def test_a_panelist_says_once_to_be_here(hall):
    moderator, panelist = hall.moderator(), hall.panelist(SEAT)
    panelist.page.get_by_role("button", name="我已就座").click()
    expect(panelist.page.locator("#panel-seat")).to_contain_text("已签到")
    expect(moderator.page.locator("#console-panel header")).to_contain_text("1 /")


@pytest.fixture
def board(hall: Hall) -> Screen:
    """The room-health board, opened with the moderator's key."""
    moderator = hall.moderator()
    moderator.open(f"{hall.server.url}/{hall.code()}/devices")
    moderator.page.set_viewport_size(BOARD)
    return moderator


def test_a_display_of_a_name_is_identified_and_directed(hall, board):
    left = hall.display_of_a_name("left")
    other = hall.display()
    told = board.page.locator("#display-left")
    told.get_by_role("button", name="识别").click()
    expect(left.page.locator("#identify")).to_be_visible()
    expect(left.page.locator("#identify")).to_have_text("left")
    expect(other.page.locator("#identify")).to_be_hidden()
    expect(left.page.locator("#identify")).to_be_hidden()

    told.locator("summary").click()
    told.locator("input").fill("请入座")
    told.get_by_role("button", name="显示", exact=True).click()
    expect(left.stage).to_contain_text("请入座")
    expect(other.stage).not_to_contain_text("请入座")
    left.page.reload()
    left.wait_until_connected()
    expect(left.stage).to_contain_text("请入座")

    told.get_by_role("button", name="计时", exact=False).first.click()
    expect(left.page.locator("body.timer")).to_be_attached()
    told.get_by_role("button", name="English").click()
    expect(left.page.locator('html[lang="en"]')).to_be_attached()
    left.wait_until_connected()
    told.get_by_role("button", name="会场").click()
    expect(left.page.locator("body.hall")).to_be_attached()
    left.wait_until_connected()


def test_neither_board_nor_a_tablet_that_only_reads_has_a_serious_violation(hall, old, board):
    asked, spare = hall.panelist(SEAT, like="levels"), hall.panelist(SEAT)
    left = hall.display_of_a_name("left", view="lower")
    expect(old.page.locator("#panel-seat")).to_contain_text(MOVED)
    board.page.locator("#display-left summary").click()
    for screen in (board, old, asked, spare, left):
        assert violations(screen.page) == []


def test_the_board_says_what_is_wrong_with_a_device(hall, board):
    panelist = hall.panelist(SEAT)
    row = board.page.locator("#devices-board tr", has_text=panelist.page.locator("#panel-head .seat").inner_text())
    expect(row).to_contain_text("Chrom")
    panelist.context.close()
    hall._screens.remove(panelist)
    expect(row).to_contain_text("断开")
