"""One unit from its report to the reveal, with a console, two tablets, a display and a phone at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hall
from tests.browser.people import MARKS, TOTAL, Display, Moderator, Panelist, Phone


@pytest.mark.usefixtures("in_motion")
def test_a_unit_from_report_to_reveal(hall: Hall) -> None:
    moderator, display, phone = hall.moderator(), hall.display(), hall.phone()
    ann, ben = hall.panelist("expert-1"), hall.panelist("deputy-1")

    moderator.open_meeting()
    expect(display.stage).to_contain_text("规则已封存")
    moderator.begin("开场")
    moderator.begin_unit("市教委")
    expect(display.stage).to_contain_text("重庆市教育委员会")
    expect(phone.page.locator("#phone-now")).to_contain_text("市教委")
    receipt = submits_what_is_complete(ann)
    expect(display.progress).to_contain_text("1 / 9")
    ben.take_out_sheet()
    ben.mark_all(MARKS | {"duty": "20"})
    ben.submit_and_wait()
    expect(moderator.page.locator("#console-panel")).to_contain_text("2 / 9")
    closes_without_enough_and_waits(hall, moderator)
    shows_the_result_step_by_step(moderator, display, phone)
    phone.page.get_by_role("link", name="怎么算出来的").click()
    phone.page.locator(".working summary").click()
    expect(phone.page.locator(".working")).to_contain_text("去掉最高分 89，去掉最低分 87.5，余 3 份")
    expect(phone.page.locator(".receipts")).to_contain_text(receipt)
    moderator.begin("市教委 · 提问点评")
    expect(display.stage).to_contain_text("重庆市教育委员会")


def submits_what_is_complete(ann: Panelist) -> str:
    """Returns the receipt."""
    ann.take_out_sheet()
    expect(ann.submit_button).to_be_disabled()
    expect(ann.submit_button).to_contain_text("还差：责任制机制建设")
    ann.mark_all()
    expect(ann.page.locator("#total")).to_have_text(TOTAL)
    return ann.submit_and_wait()


def closes_without_enough_and_waits(hall: Hall, moderator: Moderator) -> None:
    moderator.press("截止市教委的评分")
    expect(moderator.page.locator("#confirm")).to_contain_text("专家2")
    moderator.agree()
    expect(moderator.round("report-edu")).to_contain_text("未达法定份数")
    moderator.press("重新开放")
    moderator.give_reason("再等三位")
    expect(moderator.round("report-edu")).to_have_attribute("data-state", "open")
    for seat in ("expert-2", "expert-3", "cppcc-1"):
        hall.submits(seat, MARKS)
    moderator.press("截止市教委的评分")
    moderator.agree()


def shows_the_result_step_by_step(moderator: Moderator, display: Display, phone: Phone) -> None:
    moderator.press("大屏显示：得分分布")
    expect(display.stage.locator(".sheet")).to_have_count(5)
    expect(display.stage.locator("[data-dropped]")).to_have_count(0)
    moderator.press("大屏显示：去掉最高分和最低分")
    expect(display.stage.locator("[data-dropped]")).to_have_count(2)
    expect(phone.page.locator("#phone-results")).not_to_contain_text("市教委")
    moderator.press("大屏显示：得分")
    expect(display.stage.get_by_label("87.50")).to_be_visible()
    moderator.press("大屏显示：等次")
    expect(display.stage.locator(".stamp")).to_have_text("良好")
    expect(phone.page.locator("#phone-results")).to_contain_text("87.50")


def test_levels_are_given_by_one_tap_and_a_confirmation(hall: Hall) -> None:
    moderator, display = hall.moderator("levels"), hall.display("levels")
    ann = hall.panelist("expert-1", "levels")
    moderator.begins_with_the_first_unit()
    ann.take_out_sheet()
    ann.page.get_by_role("button", name="优秀").click()
    ann.submit_button.click()
    expect(ann.page.locator("#submit-dialog")).to_contain_text("优秀")
    ann.page.locator("#submit-dialog button[value=yes]").click()
    expect(ann.receipt).to_be_visible()
    for seat, points in {"expert-2": "4", "expert-3": "4", "deputy-1": "3", "deputy-2": "1"}.items():
        hall.submits(seat, {"overall": points}, like="levels")
    moderator.press("截止市教委的评分")
    moderator.agree()
    moderator.press("一次亮完")
    expect(display.stage.locator(".stamp")).to_have_text("优秀")


def test_a_comment_waits_is_edited_and_released(hall: Hall) -> None:
    moderator, display = hall.moderator("comments"), hall.display("comments")
    ann = hall.panelist("expert-1", "comments")
    moderator.begins_with_the_first_unit()
    ann.page.locator("#panel-call").click()
    ann.write("普法责任清单不够具体")
    ann.page.get_by_role("button", name="提交点评").click()
    expect(ann.page.locator("#compose [data-problem]")).to_contain_text("请选择点评类别")
    expect(ann.comment_text).to_have_value("普法责任清单不够具体")
    expect(ann.page.locator("#compose :checked")).to_have_count(0)
    ann.send_comment("问题")
    expect(ann.page.locator("#compose [data-problem]")).to_be_hidden()
    expect(ann.page.locator("#panel-comments")).to_contain_text("已提交，待发布")
    moderator.page.locator("#console-comments").get_by_role("button", name="编辑").click()
    moderator.page.locator("#edit-comment textarea").fill("普法责任清单不够具体，应明确到处室")
    expect(moderator.page.locator("#edit-comment [value=problem]")).to_be_checked()
    moderator.page.locator("#edit-comment").get_by_text("建议", exact=True).click()
    moderator.page.locator("#edit-comment").get_by_role("button", name="保存").click()
    expect(moderator.page.get_by_role("region", name="建议").locator("li")).to_contain_text("已编辑")
    moderator.press("发布")
    expect(display.page.locator("#hall-comments")).to_contain_text("应明确到处室")
    expect(display.page.locator("#hall-comments")).to_contain_text("建议")
    expect(ann.page.locator("#panel-comments")).to_contain_text("已发布")


def test_a_late_sheet_is_kept_and_accepted_with_a_reason(hall: Hall) -> None:
    moderator, ann = hall.moderator(), hall.panelist("expert-1")
    moderator.begins_with_the_first_unit()
    ann.take_out_sheet()
    ann.mark_all()
    for seat in ("expert-2", "expert-3", "deputy-1", "deputy-2"):
        hall.submits(seat, MARKS)
    ann.submit_button.click()
    expect(ann.page.locator("#submit-dialog")).to_be_visible()
    moderator.press("截止市教委的评分")
    moderator.agree()
    expect(ann.page.locator("#panel-sheet")).to_contain_text("已截止")
    ann.page.locator("#submit-dialog button[value=yes]").click()
    expect(ann.page.locator(".receipt.late")).to_contain_text("由主持人决定")
    moderator.page.locator(".seats li > button", has_text="迟交").click()
    moderator.press("接收迟交的评分表")
    dialog = moderator.page.locator("#accept-late")
    dialog.locator("[name=reason]").fill("平板断网")
    dialog.locator("[name=author]").fill("主持人")
    dialog.get_by_role("button", name="接收").click()
    expect(ann.page.locator("#panel-marks")).to_contain_text("截止后已更正")
