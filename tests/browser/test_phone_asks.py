"""Asking from a phone, on the page on which it follows: nothing typed is lost, nothing is sent that was not meant."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.questions.agreed import Questions
from app.store import questions
from app.store.keys import Role
from app.web.links import DOORS
from tests.browser.axe import violations, violations_as_it_is
from tests.browser.phones import NARROW, USUAL, Handset
from tests.live.served import Served, Sitting
from tests.meetings import small_plan
from tests.web.asking import moderates, rows

LAMP = "学校门口的路灯什么时候修？"
BUS = "公交什么时候开到学校？"
Arrive = Callable[..., Handset]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("asking")) as served:
        yield served


@pytest.fixture
def sitting(served: Served) -> Sitting:
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL, questions=Questions.MODERATED)
    sitting = served.holds(small_plan(rules=rules))
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place("report-water")))
    return sitting


@pytest.fixture
def arrive(browser: Browser, sitting: Sitting) -> Iterator[Arrive]:
    phones: list[Handset] = []

    def arrives(size: dict[str, int] = USUAL, **of: Any) -> Handset:
        phones.append(Handset(browser, sitting, size, **of))
        return phones[-1]

    yield arrives
    for each in phones:
        each.context.close()
    assert [each.complaints for each in phones if each.complaints] == []


def asks(page: Page, text: str = "") -> None:
    if text:
        page.locator("#ask-text").fill(text)
    button = page.locator(".to-ask .primary")
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.tap()


def is_received(page: Page) -> None:
    expect(page.locator(".received")).to_have_text("提问已收到，审核后公开。")


def test_what_is_typed_stays_through_pushes_and_a_reload_until_it_has_been_received(
    sitting: Sitting, arrive: Arrive
) -> None:
    phone = arrive()
    page, text, unit = phone.page, phone.page.locator("#ask-text"), phone.page.locator("#ask-unit")
    phone.is_connected()
    expect(unit).to_have_value("water")
    sitting.performs(c.JumpTo(Place("report-court")))
    expect(unit).to_have_value("court")
    text.tap()
    keyboard = phone.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "xue xiao", "selectionStart": 8, "selectionEnd": 8})
    sitting.performs(c.JumpTo(Place("report-water")), c.OpenPoll("water"))
    expect(page.locator(".ballot")).to_be_visible()
    keyboard.send("Input.insertText", {"text": LAMP})
    page.keyboard.press("Enter")
    expect(text).to_have_value(LAMP + "\n")
    expect(text).to_be_focused()
    expect(unit).to_have_value("court")
    page.reload()
    expect(text).to_have_value(LAMP + "\n")
    expect(unit).to_have_value("court")
    assert rows(sitting) == []
    phone.context.set_offline(True)
    asks(page)
    expect(page.locator("#problem")).to_contain_text("连接不上服务器")
    expect(text).to_have_value(LAMP + "\n")
    phone.context.set_offline(False)
    asks(page)
    is_received(page)
    expect(page.locator("#problem")).to_be_hidden()
    expect(text).to_have_value("")
    expect(page.locator("#asked li p")).to_have_text([LAMP, "正在审核"])
    [row] = rows(sitting)
    assert (row.text, row.unit) == (LAMP, "court")


def test_what_was_typed_before_a_browser_forgot_its_cookies_is_received_once_they_are_back(arrive: Arrive) -> None:
    phone = arrive()
    page = phone.page
    phone.is_connected()
    phone.context.clear_cookies()
    asks(page, BUS)
    page.get_by_role("button", name="提交已填写的内容").tap()
    expect(page.locator(".notice.good")).to_be_visible()
    phone.opens()
    expect(page.locator("#asked")).to_contain_text(BUS)
    expect(page.locator("#ask-text")).to_have_value("")


def test_others_want_to_know_it_too_and_what_is_refused_keeps_its_words(sitting: Sitting, arrive: Arrive) -> None:
    phone, other = arrive(), arrive(NARROW)
    for text in (LAMP, BUS, "第三个问题"):
        asks(phone.page, text)
        is_received(phone.page)
        expect(phone.page.locator("#ask-text")).to_have_value("")
    asks(phone.page, "第四个问题")
    expect(phone.page.locator("#problem")).not_to_be_empty()
    expect(phone.page.locator("#ask-text")).to_have_value("第四个问题")
    for row in rows(sitting)[:2]:
        moderates(sitting, questions.approve, row.id)
    asks(other.page, "长" * 201)
    expect(other.page.locator("#problem")).to_contain_text("200")
    expect(other.page.locator(".count")).to_have_text("201 / 200")
    other.page.get_by_role("link", name="看看大家在问什么").tap()
    bus = other.page.locator("#asked li", has_text=BUS)
    expect(bus.get_by_role("button")).not_to_have_attribute("aria-disabled", "true")
    bus.get_by_role("button").dblclick()
    expect(bus.locator(".wanted")).to_have_text("✓ 1 人附议（含您）")
    expect(bus.locator(".wanted")).to_be_focused()
    other.page.get_by_role("link", name="按时间排序").tap()
    expect(other.page.locator("#asked .sorting b")).to_have_text("按时间排序")
    expect(other.page.locator("#ask-text")).to_have_value("长" * 201)
    assert (other.overflow(), other.page.url) == (0, other.url)
    assert [row.upvotes for row in rows(sitting)][:2] == [0, 1]


OLD = """() => {
  for (const name of ["checkVisibility", "getAnimations", "replaceChildren"]) delete Element.prototype[name];
  delete HTMLFormElement.prototype.requestSubmit;
  delete SubmitEvent.prototype.submitter;
  performance.getEntriesByType = () => [];
  for (const name of ["at", "flat"]) delete Array.prototype[name];
}"""


@pytest.mark.parametrize("scripts", ["none", "old"])
def test_without_scripts_and_in_an_old_browser_one_asks_and_votes_as_well(
    sitting: Sitting, arrive: Arrive, scripts: str
) -> None:
    sitting.performs(c.OpenPoll("water"))
    phone = arrive(NARROW, java_script_enabled=scripts != "none")
    phone.context.add_init_script(f"({OLD})()")
    phone.opens()
    expect(phone.page.get_by_role("link", name="再看看")).to_be_visible(visible=scripts == "none")
    asks(phone.page, LAMP)
    expect(phone.page.locator(".received, .notice.good").first).to_have_text("提问已收到，审核后公开。")
    expect(phone.page.locator("#asked li")).to_contain_text(LAMP)
    phone.opens()
    phone.chooses("满意")
    expect(phone.page.locator("main")).to_contain_text(re.compile("的一票已计入|您的一票已计入"))
    assert len(rows(sitting)) == 1


def test_a_phone_and_the_pages_around_it_are_accessible_and_cut_nothing_in_large_type(
    sitting: Sitting, arrive: Arrive
) -> None:
    phone, staff = arrive(NARROW), arrive({"width": 1366, "height": 768})
    pages = [phone.page]
    asks(phone.page, LAMP)
    is_received(phone.page)
    [row] = rows(sitting)
    moderates(sitting, questions.approve, row.id)
    sitting.performs(c.OpenPoll("water"))
    phone.chooses("满意")
    sitting.performs(c.ClosePoll("water.1"), c.ShowPoll("water.1"), c.ChooseQuestion(row.id))
    sitting.performs(c.AnswerQuestion(row.id, "下周。"), c.JumpTo(Place("report-court")), c.OpenPoll("court"))
    phone.chooses("不满意")
    phone.page.get_by_role("link", name="看看大家在问什么").tap()
    expect(phone.page.locator("#asked")).to_contain_text("我也想问")
    found = {}
    for path in ("", "/ask", "/receipts", "/ticket/ABCDEFGH"):
        page = phone.new_page(path) if path else phone.page
        found[path] = (violations_as_it_is if path else violations)(page)  # one style sheet, dark looked at once
        pages.append(page)
    for page in pages:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(CUT) == []
    for role, path in ((Role.QUESTIONS, "/questions"), (Role.MODERATOR, "/tickets")):
        staff.page.goto(f"{staff.url}/{DOORS[role]}/{sitting.key(role)}")
        staff.opens(path)
        found[path] = violations(staff.page)
    assert found == {path: [] for path in found}


CUT = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = [];
  while (texts.nextNode()) {
    const around = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || around.closest(".unseen, .reach, option, script, style, [hidden]")) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { right, left, width } = range.getBoundingClientRect();
    if (width && (right > innerWidth + 1 || left < 0)) cut.push(texts.currentNode.data.trim());
  }
  return document.documentElement.scrollWidth > innerWidth ? ["the page", ...cut] : cut;
}"""
"""Texts that reach over the edge of the window."""
