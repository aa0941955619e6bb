"""The console by keyboard and clicker; dialogs that ask in words."""

from playwright.sync_api import expect

from tests.browser.conftest import Hall


def test_the_clicker_steps_forward_and_back(hall: Hall) -> None:
    moderator = hall.moderator()
    moderator.open_meeting()
    title = moderator.page.locator("#console-step h1")
    resting = moderator.page.locator("#console-step [data-settling]")
    moderator.page.locator("body").click(position={"x": 700, "y": 880})
    for key, there in ((" ", "开场"), ("PageDown", "市教委 · 履职报告"), ("ArrowRight", "市教委 · 提问点评")):
        expect(resting).to_have_count(0)
        moderator.page.keyboard.press(key)
        expect(title).to_contain_text(there)
    for key, there in (("ArrowLeft", "履职报告"), ("PageUp", "开场")):
        expect(resting).to_have_count(0)
        moderator.page.keyboard.press(key)
        expect(title).to_contain_text(there)
    moderator.page.keyboard.press("Escape")
    moderator.page.keyboard.press("x")
    expect(title).to_contain_text("开场")


def test_typing_a_message_does_not_move_the_agenda(hall: Hall) -> None:
    moderator, display = hall.moderator(), hall.display()
    moderator.open_meeting()
    field = moderator.page.locator('form[data-do="cue_scene"] input')
    field.fill("请 各 单位")
    field.press("ArrowRight")
    field.press(" ")
    field.press("Enter")
    expect(display.stage).to_have_text("请 各 单位")
    expect(moderator.page.locator("#console-step h1")).to_have_text("进行中")


def test_an_absent_unit_is_left_out_with_a_reason_and_restored(hall: Hall) -> None:
    moderator, phone = hall.moderator(), hall.phone()
    moderator.open_meeting()
    row = moderator.page.locator("#item-report-police")
    row.locator("summary").click()
    row.get_by_role("button", name="跳过").click()
    moderator.give_reason("临时有任务")
    expect(row).to_contain_text("已跳过：临时有任务")
    expect(phone.page.locator("#phone-agenda")).to_contain_text("市公安局 已跳过")
    row.get_by_role("button", name="恢复").click()
    expect(row).not_to_contain_text("已跳过")


def test_the_display_can_be_held_while_the_agenda_moves(hall: Hall) -> None:
    moderator, display = hall.moderator(), hall.display()
    moderator.open_meeting()
    moderator.begin("开场")
    moderator.begin_unit("市教委")
    moderator.press("定格")
    expect(moderator.page.locator("#console-cue h2")).to_contain_text("定格的画面")
    moderator.begin("市教委 · 提问点评")
    moderator.begin("市教委 · 评分")
    moderator.begin_unit("市公安局")
    expect(display.stage).to_contain_text("重庆市教育委员会")
    moderator.press("跟随议程")
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
    assert wrong.evaluate(shown) in (right, display.page.evaluate(shown))
