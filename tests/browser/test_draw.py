"""A draw as the hall sees it: unit by unit, the same after a reload, and an order typed in with a mistake."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Hall
from tests.browser.people import fresh_copy, settled


def test_lots_are_drawn_one_by_one_before_the_hall(hall: Hall) -> None:
    moderator, display, phone = hall.moderator("drawn"), hall.display("drawn"), hall.phone("drawn")
    moderator.open_meeting()
    moderator.begin("开场")
    moderator.next.click()
    expect(moderator.next).to_contain_text("还没有抽签")
    moderator.page.keyboard.press("PageUp")
    expect(moderator.next).to_contain_text("开始：")
    moderator.press("准备抽签")
    expect(display.stage.locator(".sealed code")).to_have_text(re.compile(r"([0-9a-f]{4} ?){16}"))
    moderator.page.get_by_label("现场口令").fill("七")
    moderator.press("抽第 1 位")
    first = display.page.locator("#place-1 k-lot")
    expect(first).not_to_have_text("")
    expect(moderator.page.locator("#console-draw")).to_contain_text("现场口令 七")
    moderator.press("抽第 2 位")
    expect(display.page.locator("#place-2 k-lot")).not_to_have_text("")
    for screen in (display, phone):
        assert screen.regions() == fresh_copy(screen)
    unit = first.inner_text()
    moderator.press("其余一次抽完")
    expect(display.stage).to_contain_text("报告顺序已经确定")
    expect(display.stage).to_contain_text("种子（抽签后公开）")
    assert display.regions() == fresh_copy(display)
    expect(phone.page.locator("#phone-agenda li").nth(1)).to_contain_text(unit)
    moderator.begin_unit(unit)


@pytest.mark.usefixtures("in_motion")
def test_a_lot_tumbles_before_it_stands_and_stands_at_once_on_a_fresh_page(hall: Hall) -> None:
    moderator, display = hall.moderator("drawn"), hall.display("drawn")
    moderator.open_meeting()
    moderator.press("准备抽签")
    expect(display.stage).to_contain_text("抽签准备就绪")
    moderator.press("抽第 1 位")
    lot = display.page.locator("h1 k-lot")
    expect(lot).not_to_have_attribute("unit", "")
    assert lot.evaluate(IS_TUMBLING)
    lot.evaluate(HAS_ARRIVED)
    assert lot.inner_text() == display.page.locator("#place-1 k-lot").inner_text()
    display.page.reload()
    assert not display.page.locator("h1 k-lot").evaluate(IS_TUMBLING)


IS_TUMBLING = "lot => lot.shadowRoot.querySelector('slot').hidden"
HAS_ARRIVED = """async (lot) => {
  while (lot.shadowRoot.querySelector("slot").hidden) await new Promise(requestAnimationFrame);
}"""


def test_a_press_as_slow_as_a_hand_is_finds_its_button_after_typing(hall: Hall) -> None:
    """The lamp at the big button says that text is being typed; its sentence had two lines, and with the press one."""
    moderator = hall.moderator("drawn")
    moderator.open_meeting()
    moderator.page.get_by_text("改为录入顺序").click()
    settled(moderator.page)
    button = moderator.page.locator("#type-order button")
    moderator.page.locator("#type-order input").first.fill("1")
    button.scroll_into_view_if_needed()
    settled(moderator.page)
    before = button.bounding_box()
    assert before
    moderator.page.mouse.move(before["x"] + 10, before["y"] + 10)
    moderator.page.mouse.down()
    moderator.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert button.bounding_box() == before
    moderator.page.mouse.up()
    expect(moderator.page.locator("#type-order [data-problem]")).to_contain_text("没有填写序号")


def test_typed_numbers_stay_where_they_are_until_they_are_right(hall: Hall) -> None:
    moderator, display = hall.moderator("drawn"), hall.display("drawn")
    moderator.open_meeting()
    form = moderator.page.locator("#type-order")
    moderator.page.get_by_text("改为录入顺序").click()
    fields = form.locator("input")
    for at in range(fields.count()):
        fields.nth(at).fill(str(fields.count() - at))
    fields.nth(1).fill("2")
    settled(moderator.page)
    form.get_by_role("button", name="按此顺序记录").click()
    expect(form.locator("[data-problem]")).to_contain_text("序号 2 重复")
    expect(form.locator("[aria-invalid=true]")).to_have_count(2)
    expect(fields.nth(0)).to_have_value(str(fields.count()))
    fields.nth(1).fill(str(fields.count() - 1))
    form.get_by_role("button", name="按此顺序记录").click()
    expect(display.stage).to_contain_text("报告顺序已经确定")
    expect(display.page.locator("#place-1")).to_contain_text("市妇联")


def test_nobody_is_kept_from_a_draw(hall: Hall) -> None:
    """No serious violation of accessibility on console and display, at any stage, in light and dark."""
    moderator, display = hall.moderator("drawn"), hall.display("drawn")
    for screen in (moderator, display):
        screen.page.emulate_media(reduced_motion="reduce")
    moderator.open_meeting()
    moderator.page.get_by_text("改为录入顺序").click()
    for press, then in (("准备抽签", "抽签准备就绪"), ("抽第 1 位", "第 1 位"), ("其余一次抽完", "报告顺序已经确定")):
        assert violations(moderator.page) == []
        moderator.press(press)
        expect(display.stage).to_contain_text(then)
        assert not display.page.locator("#place-1 k-lot").evaluate(IS_TUMBLING)
        assert violations(display.page) == []
    assert violations(moderator.page) == []
