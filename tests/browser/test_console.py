"""The console by keyboard and clicker; dialogs that ask in words."""

from playwright.sync_api import expect

from tests.browser.conftest import Hall
from tests.browser.people import settled


def test_the_clicker_steps_forward_and_back(hall: Hall) -> None:
    moderator = hall.moderator()
    moderator.open_meeting()
    title = moderator.page.locator("#console-step h1")
    moderator.page.locator("body").click(position={"x": 700, "y": 880})
    for key, there in ((" ", "开场"), ("PageDown", "市教委 · 履职报告"), ("ArrowRight", "市教委 · 提问点评")):
        settled(moderator.page, "#console-step")
        moderator.page.keyboard.press(key)
        expect(title).to_contain_text(there)
    for key, there in (("ArrowLeft", "履职报告"), ("PageUp", "开场")):
        settled(moderator.page, "#console-step")
        moderator.page.keyboard.press(key)
        expect(title).to_contain_text(there)
    moderator.page.keyboard.press("Escape")
    moderator.page.keyboard.press("x")
    expect(title).to_contain_text("开场")


def test_typing_a_message_does_not_move_the_agenda(hall: Hall) -> None:
    moderator, display = hall.moderator(), hall.display()
    moderator.open_meeting()
    field = moderator.line_to("cue_scene")
    field.fill("请 各 单位")
    field.press("ArrowRight")
    field.press(" ")
    field.press("Enter")
    expect(display.stage).to_have_text("请 各 单位")
    expect(moderator.page.locator("#console-cue h2")).to_contain_text("会场看到： 通知：“请 各 单位”")
    expect(moderator.page.locator("#console-step h1")).to_have_text("进行中")
    moderator.press("撤下")
    expect(display.stage).to_contain_text("规则已封存")


def test_a_lamp_says_whether_the_clicker_is_heard(hall: Hall) -> None:
    moderator = hall.moderator()
    moderator.open_meeting()
    lamp = moderator.page.locator("#keys [role=status]")
    expect(lamp).to_have_text("翻页笔可用。")
    field = moderator.line_to("tell_speaker")
    field.fill("还有一分钟")
    expect(lamp).to_contain_text("翻页笔暂停")
    field.press("Enter")
    expect(moderator.page.locator(".told")).to_contain_text("还有一分钟")
    expect(lamp).to_have_text("翻页笔可用。")
    row = moderator.menu_of_item("report-police")
    expect(lamp).to_have_text("翻页笔可用。")
    row.get_by_role("button", name="跳过").click()
    expect(moderator.page.locator("#reason")).to_be_visible()
    expect(lamp).to_contain_text("翻页笔暂停")
    moderator.page.keyboard.press("PageDown")
    moderator.page.keyboard.press("Escape")
    expect(lamp).to_have_text("翻页笔可用。")
    expect(moderator.page.locator("#console-step h1")).to_have_text("进行中")
    settled(moderator.page)
    moderator.page.keyboard.press("PageDown")
    expect(moderator.page.locator("#console-step h1")).to_contain_text("开场")


def test_the_space_bar_is_the_big_buttons_after_a_click_that_came_too_early(hall: Hall) -> None:
    """What has just appeared takes no click, and does not keep the keys either."""
    moderator = hall.moderator()
    moderator.open_meeting()
    moderator.begin("开场")
    pause = moderator.page.locator("#step-pause")
    box = pause.bounding_box()
    assert box
    moderator.page.mouse.click(box["x"] + 20, box["y"] + 10)
    settled(moderator.page, "#console-step")
    moderator.page.keyboard.press(" ")
    expect(moderator.page.locator("#console-step h1")).to_contain_text("市教委 · 履职报告")


def test_enter_confirms_a_reason_and_an_empty_one_is_asked_for(hall: Hall) -> None:
    moderator = hall.moderator()
    moderator.open_meeting()
    row, dialog = moderator.menu_of_item("report-police"), moderator.page.locator("#reason")
    row.get_by_role("button", name="跳过").click()
    reason = dialog.locator("[name=reason]")
    for empty in ("", "   "):
        reason.fill(empty)
        reason.press("Enter")
        expect(dialog.locator("#reason-missing")).to_have_text("请写明事由。")
        expect(reason).to_be_focused()
    dialog.get_by_role("button", name="取消").click()
    moderator.menu_of_item("report-police").get_by_role("button", name="跳过").click()
    expect(dialog.locator("#reason-missing")).to_be_hidden()
    reason.fill("临时有任务")
    reason.press("Enter")
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text("已跳过：临时有任务")


def test_what_is_missing_in_a_dialog_is_said_at_its_field(hall: Hall) -> None:
    moderator = hall.judging("levels")
    dialog = moderator.corrects_the_first_sheet()
    dialog.locator("[name=author]").fill("主持人")
    dialog.locator("[name=author]").press("Enter")
    expect(dialog.locator(".problem:visible")).to_have_text(["请选择等次。", "请写明事由。"])
    expect(dialog.locator("select")).to_be_focused()
    expect(dialog.locator("[name=author]")).to_have_value("主持人")
    dialog.locator("select").select_option("优秀")
    dialog.locator("[name=reason]").fill("纸质评分表")
    dialog.locator("[name=reason]").press("Enter")
    expect(dialog).to_be_hidden()
    expect(moderator.page.locator("#toast")).to_have_text("已记入更正。")
    expect(moderator.page.locator('.seats [data-standing="submitted"]')).to_have_count(1)


def test_an_absent_unit_is_left_out_with_a_reason_and_restored(hall: Hall) -> None:
    moderator, phone = hall.moderator(), hall.phone()
    moderator.open_meeting()
    row = moderator.menu_of_item("report-police")
    row.get_by_role("button", name="跳过").click()
    moderator.give_reason("临时有任务")
    expect(row).to_contain_text("已跳过：临时有任务")
    expect(phone.page.locator("#phone-agenda")).to_contain_text("市公安局 已跳过")
    moderator.menu_of_item("report-police").get_by_role("button", name="恢复").click()
    expect(row).not_to_contain_text("已跳过")


def test_the_display_can_be_held_while_the_agenda_moves(hall: Hall) -> None:
    moderator, display = hall.moderator(), hall.display()
    moderator.begins_with_the_first_unit()
    moderator.press("定格")
    expect(moderator.page.locator("#console-cue h2")).to_have_text("会场看到： 市教委（议程）（定格）")
    moderator.jumps_to("report-police")
    expect(display.stage).to_contain_text("重庆市教育委员会")
    expect(moderator.page.locator("#console-step .outlived")).to_contain_text("大屏仍停在“市教委（议程）（定格）”。")
    moderator.page.locator("#step-follow").click()
    expect(moderator.page.locator("#console-step .outlived")).to_have_count(0)
    expect(display.stage).to_contain_text("重庆市公安局")


def test_the_miniature_shows_what_the_hall_sees(hall: Hall) -> None:
    moderator = hall.moderator()
    moderator.open_meeting()
    moderator.begin("开场")
    miniature = moderator.page.frame_locator(".miniature iframe")
    expect(miniature.locator("#hall-stage h1")).to_have_text("开场")
    expect(moderator.page.locator("#console-panel")).to_contain_text("大屏 0")


def test_a_tablet_whose_clock_is_wrong_by_hours_shows_the_right_time(hall: Hall) -> None:
    moderator = hall.moderator()
    moderator.open_meeting()
    moderator.begin("开场")
    display = hall.display()
    shown = "() => document.querySelector('.wall').shadowRoot.textContent"
    right = display.page.evaluate(shown)
    wrong = display.context.new_page()
    wrong.clock.install(time="2020-01-01T00:00:00Z")
    wrong.goto(display.page.url)
    wrong.clock.run_for(100)
    assert wrong.evaluate("new Date().getFullYear()") == 2020
    said = wrong.evaluate(shown)  # which may be a moment ahead, until it asks again
    display.page.wait_for_function(f"([right, said]) => said === right || ({shown})() === said", arg=[right, said])
