"""What a panelist must see at any time stands in the head of the tablet, which stays, and the button leads on."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Hall
from tests.browser.people import MARKS, TOTAL, Panelist

SIZES = {"across": {"width": 1024, "height": 768}, "upright": {"width": 768, "height": 1024}}


@pytest.fixture(params=SIZES.values(), ids=list(SIZES))
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    return request.param


def at_top(panelist: Panelist, element: Locator, size: dict[str, int]) -> None:
    """It is seen however far the page is scrolled: within the window, and in front of all else."""
    for scrolled in ("0", "document.body.scrollHeight"):
        panelist.page.evaluate(f"window.scrollTo({{ top: {scrolled}, behavior: 'instant' }})")
        box = element.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] < size["height"] / 3
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        on_top = "(element, [x, y]) => element.contains(document.elementFromPoint(x, y))"
        assert element.evaluate(on_top, middle)
        assert float(element.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 18


def test_the_state_and_the_call_stay_in_sight_and_the_button_leads_on(hall: Hall, size: dict[str, int]) -> None:
    moderator = hall.judging()
    ann = hall.panelist("expert-1", size=size)
    ann.take_out_sheet()
    ann.mark_all()
    expect(ann.sync).to_have_text("已保存")
    at_top(ann, ann.sync, size)

    ann.context.set_offline(True)
    ann.wait_until_disconnected()
    ann.submit()
    expect(ann.submit_button).to_have_text("未联网：恢复后自动提交")
    assert ann.page.evaluate("window.scrollY") == 0
    expect(ann.sync).to_contain_text("连接中断：待发送 1")
    at_top(ann, ann.sync, size)
    ann.context.set_offline(False)
    expect(ann.receipt).to_be_visible()
    expect(ann.submit_button).to_have_text("已提交")

    moderator.jumps_to("report-police")
    expect(ann.submit_button).to_have_text("打开市公安局的评分表")
    at_top(ann, ann.page.locator("#panel-call"), size)
    moderator.round("report-edu").locator("summary").first.click()
    moderator.press("截止市教委的评分")
    moderator.agree()
    expect(ann.page.locator(".given .stamp")).to_have_text("已截止")
    expect(ann.page.locator(".given dd")).to_have_count(len(MARKS) + 1)
    expect(ann.page.locator("[data-given-total]")).to_have_text(TOTAL)
    expect(ann.receipt).to_be_visible()
    ann.submit_button.click()
    expect(ann.page.locator("#panel-head h1")).to_have_text("重庆市公安局")
    expect(ann.submit_button).to_contain_text("还差")
    ann.mark_all()
    ann.submit_and_wait()


def test_a_recused_sheet_is_one_sentence_and_the_way_back(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.mark("duty", "17")
    ann.page.locator("summary", has_text="回避").click()
    ann.page.get_by_role("button", name="本人回避").click()
    reason = ann.page.locator("#reason [name=reason]")
    reason.press("Enter")
    expect(ann.page.locator("#reason-missing")).to_have_text("请写明事由。")
    reason.fill("曾在该单位任职")
    reason.press("Enter")
    expect(ann.page.locator("#panel-marks")).to_contain_text("您已回避：曾在该单位任职")
    expect(ann.page.locator("[data-criterion]")).to_have_count(0)
    expect(ann.page.locator("#submission")).to_be_hidden()
    ann.page.get_by_role("button", name="恢复评分").click()
    expect(ann.page.locator('[data-criterion="duty"] output')).to_have_text("17")


def test_a_comment_is_changed_before_it_is_shown(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.write("宣传很到位")
    ann.send_comment("亮点")
    own = ann.page.locator("#panel-comments")
    expect(own).to_contain_text("宣传很到位")
    own.get_by_role("button", name="修改").click()
    ann.page.locator("#revise textarea").fill("宣传深入社区")
    ann.page.locator("#revise .primary").click()
    expect(own).to_contain_text("宣传深入社区")
