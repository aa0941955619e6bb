"""Last year's promises are judged beside the sheet: what was pressed is kept without a connection, like a mark."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Hall
from tests.browser.people import Panelist, settled
from tests.promised import promising


def button(tablet: Panelist, promise: int, mark: str) -> Locator:
    return tablet.page.locator(f'[data-promise="{promise}"]').get_by_role("button", name=mark, exact=True)


def unfolds(tablet: Panelist) -> None:
    tablet.page.locator("#panel-promises summary").click()
    settled(tablet.page, "#panel-promises")


def test_a_word_on_a_promise_is_kept_like_a_mark(own_hall: Hall) -> None:
    hall = own_hall
    hall.holds("demo", promising())
    moderator, tablet = hall.judging(), hall.panelist("expert-1")
    tablet.take_out_sheet()
    expect(tablet.page.locator(".to-judge")).to_have_text("待评 4 项")
    unfolds(tablet)
    button(tablet, 1, "兑现").click()
    expect(button(tablet, 1, "兑现")).to_have_attribute("aria-pressed", "true")
    expect(tablet.sync).to_have_text("已保存")
    for promise in (2, 3, 4):
        button(tablet, promise, "基本兑现").dblclick()
    expect(tablet.page.locator(".to-judge")).to_have_text("已全部评议")
    expect(moderator.page.locator("#console-panel .judged")).to_contain_text("承诺已评 1 / 9")

    address = tablet.page.url
    hall.server.kill()
    tablet.wait_until_disconnected()
    button(tablet, 2, "未兑现").click()
    button(tablet, 3, "清除").click()
    expect(button(tablet, 3, "基本兑现")).to_have_attribute("aria-pressed", "false")
    expect(tablet.sync).to_contain_text("待发送 2")
    tablet.page.goto("about:blank")
    hall.server.start()
    tablet.open(address)
    expect(tablet.sync).to_have_text("已保存")
    assert tablet.recorded()["promises"] == {"1": "kept", "2": "not_kept", "4": "largely_kept"}
    expect(tablet.page.locator(".to-judge")).to_have_text("待评 1 项")
    unfolds(tablet)
    expect(button(tablet, 2, "未兑现")).to_have_attribute("aria-pressed", "true")

    moderator.wait_until_connected()
    hall.says("expert-2", "recuse", reason="亲属")
    moderator.press("截止市教委的评分")
    moderator.agree()
    expect(tablet.page.locator("#panel-promises .said").first).to_have_text("您的评议：兑现")
    expect(tablet.page.locator("#panel-promises [data-mark]")).to_have_count(0)
