"""In a real browser too: what the pushes made of a page is what a fresh page shows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hall
from tests.browser.people import MARKS, fresh_copy


@pytest.mark.parametrize("code", ["demo", "comments"])
def test_pushed_regions_equal_a_fresh_page(hall: Hall, code: str) -> None:
    moderator, display, phone = hall.moderator(code), hall.display(code), hall.phone(code)
    timer, ann = hall.display(code, "timer"), hall.panelist("expert-1", code)
    moderator.begins_with_the_first_unit()
    ann.page.locator("#panel-call").click()
    expect(ann.page.locator("#panel-head h1")).to_have_text("重庆市教育委员会")
    if code == "demo":
        ann.mark_all(MARKS)
        ann.submit_and_wait()
    ann.write("数据详实，重点突出")
    ann.send_comment()
    moderator.press("发布")
    moderator.press("加 1 分钟")
    line = moderator.line_to("tell_speaker")
    line.fill("请注意时间")
    line.press("Enter")
    expect(timer.page.locator("#timer-message")).to_have_text("请注意时间")
    moderator.begin("市教委 · 提问点评")
    for screen in (display, phone, timer, ann):
        expect(screen.page.locator("body")).to_contain_text("提问点评")
    for screen in (display, phone, timer):
        assert screen.regions() == fresh_copy(screen)
