"""Two tabs of one seat, the card of a second seat in the same browser, and what the server refuses: no work is lost."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Hall
from tests.browser.people import Panelist

SEAT, OTHER = "expert-1", "deputy-1"
KEPT_FOR_TWO = "() => Object.keys(localStorage).filter((name) => name.startsWith('kaimen.outbox.')).length === 2"


class Beside:
    """A browser whose next page opens beside another one, with the same cookies and the same storage."""

    def __init__(self, first: Panelist) -> None:
        self._context = first.context

    def new_context(self, **_: Any) -> BrowserContext:
        return self._context


def tab(hall: Hall, first: Panelist, seat: str = SEAT) -> Panelist:
    """Another tab, in which the card of a seat is opened."""
    return hall._with(lambda: Panelist(Beside(first), hall.links(), seat))  # type: ignore[arg-type]


@pytest.fixture
def ann(hall: Hall) -> Panelist:
    hall.begins()
    ann = hall.panelist(SEAT)
    ann.take_out_sheet()
    return ann


def waiting(tablet: Panelist) -> list[dict[str, Any]]:
    """What this browser keeps for any seat, one entry a command."""
    entries = tablet.page.evaluate(
        "() => Object.entries(localStorage).filter(([name]) => name.startsWith('kaimen.outbox.')).map(each => each[1])"
    )
    return [json.loads(each)["command"] for each in entries]


def goes_off(*tablets: Panelist) -> None:
    tablets[0].context.set_offline(True)
    for each in tablets:
        each.wait_until_disconnected()


def comes_back(*tablets: Panelist) -> None:
    tablets[0].context.set_offline(False)
    for each in tablets:
        each.wait_until_connected()


def test_two_tabs_of_one_seat_lose_nothing_of_one_another(hall, ann):
    second = tab(hall, ann)
    expect(second.page.locator("[data-criterion]").first).to_be_visible()
    goes_off(ann, second)
    ann.mark("duty", "18")
    second.mark("outreach", "17")
    ann.mark("learning", "13")
    assert {each["criterion"] for each in waiting(ann)} == {"duty", "learning", "outreach"}
    ann.mark("effect", "16")
    ann.page.locator('[data-criterion="effect"] [data-unfold]').click()
    ann.page.locator('[data-pad="effect"] [data-erase]').click()
    second.page.close()
    comes_back(ann)
    expect(ann.sync).to_have_text("已保存")
    assert ann.recorded()["marks"] == {"duty": "18", "learning": "13", "outreach": "17"}
    assert waiting(ann) == []
    expect(ann.page.locator("#kept")).to_be_hidden()  # what was never given was not refused


def test_of_two_tabs_the_later_mark_counts(hall, ann):
    second = tab(hall, ann)
    expect(second.page.locator("[data-criterion]").first).to_be_visible()
    goes_off(ann, second)
    ann.mark("duty", "18")
    expect(second.page.locator('[data-criterion="duty"] output')).to_have_text("18")
    second.mark("duty", "19")
    ann.page.wait_for_function(KEPT_FOR_TWO)  # browsers tell their pages of one another's storage a moment later
    assert [each["points"] for each in sorted(waiting(ann), key=lambda each: each["points"])] == ["18", "19"]
    comes_back(ann, second)
    for each in (ann, second):
        expect(each.sync).to_have_text("已保存")
    assert ann.recorded()["marks"] == {"duty": "19"}


def test_what_an_earlier_build_left_waiting_is_taken_over_once(hall, ann):
    mark = {"do": "give_score", "round": "report-edu", "seat": SEAT, "points": "18"}
    left = [
        {**mark, "id": "1" * 32, "criterion": "duty"},
        {**mark, "id": "2" * 32, "criterion": "learning", "points": "13"},
    ]
    ann.page.evaluate(
        "([name, left]) => localStorage.setItem(name, left)", [f"kaimen.outbox.{hall.code()}.{SEAT}", json.dumps(left)]
    )
    ann.page.reload()
    ann.wait_until_connected()
    expect(ann.page.locator('[data-criterion="learning"] output')).to_have_text("13")
    expect(ann.sync).to_have_text("已保存")
    expect(ann.page.locator("#panel-marks")).to_have_attribute("data-sheet", re.compile('"learning": ?"13"'))
    assert ann.recorded()["marks"] == {"duty": "18", "learning": "13"}
    assert ann.page.evaluate("name => localStorage.getItem(name)", f"kaimen.outbox.{hall.code()}.{SEAT}") is None


def test_a_page_whose_browser_was_given_another_seats_card_stops_and_keeps_what_waits(own_hall):
    hall = own_hall
    hall.begins()
    ann = hall.panelist(SEAT)
    ann.take_out_sheet()
    ann.mark("duty", "18")
    expect(ann.sync).to_have_text("已保存")
    other = tab(hall, ann, OTHER)
    hall.server.kill()
    ann.wait_until_disconnected()
    ann.mark("learning", "13")
    hall.server.start()
    notice = ann.page.locator(".revoked")
    expect(notice).to_contain_text("请重新扫描")
    expect(notice.get_by_role("link")).to_have_attribute("href", "/join")
    expect(ann.sync).to_contain_text("未发送、保存在本机：1")
    assert ann.page.locator("main").evaluate("main => main.inert")
    assert ann.page.locator("#panel-head").inner_text() != other.page.locator("#panel-head").inner_text()
    expect(ann.page.locator('[data-criterion="duty"] output')).to_have_text("18")
    assert [each["criterion"] for each in waiting(ann)] == ["learning"]

    back = tab(hall, ann)
    expect(back.sync).to_have_text("已保存")
    back.take_out_sheet()
    expect(back.page.locator('[data-criterion="learning"] output')).to_have_text("13")
    assert back.recorded()["marks"] == {"duty": "18", "learning": "13"}


def test_a_mark_that_is_refused_stays_to_be_seen_and_is_sent_again(hall, ann):
    ann.mark("duty", "18")
    expect(ann.sync).to_have_text("已保存")
    goes_off(ann)
    ann.mark("learning", "13")
    hall.chair().says("close_round", round="report-edu", without=list(hall.links()["seats"]))
    comes_back(ann)
    expect(ann.page.locator("#kept li")).to_contain_text("13")
    ann.page.reload()
    ann.wait_until_connected()
    expect(ann.page.locator("#kept li .problem")).not_to_be_empty()
    hall.chair().says("reopen_round", round="report-edu", reason="漏交")
    expect(ann.page.locator("#submission")).to_be_visible()
    ann.page.get_by_role("button", name="现在发送").click()
    expect(ann.page.locator("#kept")).not_to_be_visible()
    expect(ann.page.locator('[data-criterion="learning"] output')).to_have_text("13")
    expect(ann.page.locator("#panel-marks")).to_have_attribute("data-sheet", re.compile('"learning": ?"13"'))
    assert ann.recorded()["marks"] == {"duty": "18", "learning": "13"}
