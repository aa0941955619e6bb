"""An official makes a meeting in a real browser, by mouse and by keyboard, and loses nothing that was typed."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from app.rehearsal.process import ServerProcess
from app.store import keys, plans
from app.store.database import Database
from app.store.keys import Key, Role
from tests.browser.axe import violations
from tests.browser.people import settled

LAPTOP = {"width": 1366, "height": 768}
UNITS = "重庆市教育委员会,市教委,副主任\n重庆市公安局,市公安局\n重庆市民政局,市民政局"


class Desk:
    """An organiser's browser on a meeting of one's own."""

    def __init__(self, browser: Browser, server: ServerProcess) -> None:
        self.server, self.code = server, f"made-{uuid4().hex[:8]}"
        database = Database(server.db)
        with database.writing() as connection:
            token = keys.make(connection, Key(None, Role.ORGANISER), "test")
        database.close()
        self.context = browser.new_context(viewport=LAPTOP, locale="zh-CN")  # type: ignore[arg-type]
        self.context.add_cookies([{"name": "kaimen-organiser", "value": token, "url": server.url}])
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.server.url}/setup/{path}".rstrip("/"))

    def makes_a_meeting(self) -> None:
        self.goes_to("")
        self.page.get_by_label("名称").fill("市级部门履职评议")
        self.page.get_by_label("代号").fill(self.code)
        self.press("建立评议会")
        expect(self.page.locator("h1")).to_have_text("基本信息")
        self.press("保存，下一步：单位")
        expect(self.page.locator("h1")).to_have_text("单位")

    def names_the_units(self) -> None:
        self.page.get_by_label("待添加的名单").fill(UNITS)
        self.press("添加这些单位")
        expect(self.page.locator("#rows .row")).to_have_count(3)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def field(self, name: str):
        return self.page.locator(f'[name="{name}"]')

    def keys_made(self):
        database = Database(self.server.db)
        with database.reading() as connection:
            listed = keys.listed(connection, self.code)
        database.close()
        return listed

    def saved_plan(self):
        database = Database(self.server.db)
        with database.reading() as connection:
            plan = plans.load(connection, self.code)
        database.close()
        return plan


@pytest.fixture
def desk(browser: Browser, shared_server: ServerProcess) -> Iterator[Desk]:
    desk = Desk(browser, shared_server)
    yield desk
    desk.context.close()
    assert [each for each in desk.complaints if "422" not in each] == []


def test_a_meeting_is_made_from_nothing_to_ready(desk: Desk) -> None:
    desk.makes_a_meeting()
    desk.names_the_units()
    desk.press("保存，下一步：上一次评议")
    expect(desk.page.locator("h1")).to_have_text("上一次评议")
    desk.goes_to(f"{desk.code}/agenda")
    desk.press("按单位生成标准议程")
    expect(desk.page.locator("#timetable")).to_contain_text("市民政局")
    desk.press("保存，下一步：评议团")
    desk.press("＋ 专家、人大代表、政协委员各 3 席")
    expect(desk.page.locator("#rows .row")).to_have_count(9)
    desk.press("保存，下一步：评分细则")
    desk.press("百分制，六项指标")
    expect(desk.page.locator("#sum strong")).to_have_text("100")
    desk.press("保存，下一步：规则")
    desk.press("保存，下一步：综合评分")
    desk.press("保存，下一步：主持词")
    expect(desk.page.locator("h1")).to_have_text("主持词")
    desk.press("保存并查看总览")
    expect(desk.page.locator("#missing")).to_contain_text("可以开会")
    expect(desk.page.locator(".lead")).to_contain_text("准备齐全")


def test_the_timetable_and_the_example_follow_what_is_typed(desk: Desk) -> None:
    desk.goes_to("demo/agenda")
    expect(desk.page.locator("#timetable tr").nth(1)).to_contain_text("09:05")
    desk.field("items.opening.minutes").fill("7:30")
    expect(desk.page.locator("#timetable tr").nth(1)).to_contain_text("09:07")
    desk.goes_to("demo/rules")
    expect(desk.page.locator("#example .dropped")).to_have_count(2)
    desk.field("trim_high").fill("0")
    expect(desk.page.locator("#example .dropped")).to_have_count(1)
    expect(desk.page.locator("#example .outcome")).to_contain_text("良好")
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.goes_to("demo/rules")


def test_rows_go_up_and_down_by_the_keyboard_and_by_dragging(desk: Desk) -> None:
    desk.makes_a_meeting()
    desk.names_the_units()
    names = desk.page.locator('[name$=".short_name"]')
    down = desk.page.get_by_role("button", name="市教委：下移一位")
    settled(desk.page)
    down.focus()
    desk.page.keyboard.press("Enter")
    expect(names.nth(1)).to_have_value("市教委")
    expect(down).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(names.nth(2)).to_have_value("市教委")
    handles = desk.page.locator(".handle")
    handles.nth(2).hover()
    desk.page.mouse.down()
    box = handles.nth(0).bounding_box()
    assert box is not None
    desk.page.mouse.move(box["x"] + 5, box["y"] + 20, steps=12)
    for at in range(30):  # a hand that stays until the rows have made way, which takes them a moment
        desk.page.mouse.move(box["x"] + 5, box["y"] + 4 + at % 2, steps=6)
        if names.nth(0).input_value() == "市教委":
            break
    desk.page.mouse.up()
    expect(names.nth(0)).to_have_value("市教委")
    desk.press("保存")
    expect(desk.page.locator(".notice.good")).to_have_text("已保存。")
    assert [unit.short_name for unit in desk.saved_plan().units] == ["市教委", "市公安局", "市民政局"]


def test_what_is_typed_survives_a_mistake_and_the_cursor_is_put_on_it(desk: Desk) -> None:
    desk.makes_a_meeting()
    desk.names_the_units()
    desk.field("units.new-2.office").fill("局长")
    desk.field("units.new-3.name").fill("")
    desk.field("units.new-3.office").press("Enter")
    expect(desk.page.locator('[id="units.new-3.name-problem"]')).to_have_text("请填写。")
    expect(desk.field("units.new-3.name")).to_be_focused()
    expect(desk.field("units.new-2.office")).to_have_value("局长")
    desk.page.keyboard.type("重庆市民政局")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".notice.good")).to_be_visible()
    assert [unit.office for unit in desk.saved_plan().units] == ["副主任", "局长", ""]


def test_leaving_with_something_unsaved_asks_first(desk: Desk) -> None:
    desk.goes_to("demo/meeting")
    desk.page.get_by_label("地点").fill("一号会议室")
    asked = []
    desk.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.page.get_by_role("link", name="会务准备").click()
    expect(desk.page.locator("h1")).to_have_text("会务准备")
    assert asked == ["beforeunload"]


def test_no_set_up_page_has_a_serious_violation(desk: Desk) -> None:
    found = {}
    steps = ("meeting", "units", "attachments", "agenda", "panel", "rubric", "rules", "words", "delete")
    for path in ("", "upload", "demo", *(f"demo/{step}" for step in steps), "levels/rubric", "levels/rules"):
        desk.goes_to(path)
        found[path] = violations(desk.page)
    desk.goes_to("demo/units")
    desk.press("＋ 单位")
    expect(desk.page.locator("#rows .row")).to_have_count(11)
    desk.press("保存")
    expect(desk.page.locator(".notice.bad")).to_be_visible()
    found["with a problem"] = violations(desk.page)
    assert found == {path: [] for path in found}


def test_saved_and_not_saved_yet_are_never_said_at_once(desk):
    desk.makes_a_meeting()
    desk.names_the_units()
    desk.press("保存")
    saved, unsaved = desk.page.get_by_text("已保存", exact=False), desk.page.get_by_text("尚未保存", exact=False)
    expect(saved).to_be_visible()
    expect(unsaved).to_be_hidden()
    desk.page.locator("#rows input[type=text]").first.fill("重庆市教委")
    expect(unsaved).to_be_visible()
    expect(saved).to_have_count(0)
    desk.press("保存")
    expect(saved).to_be_visible()
    desk.press("＋ 单位")
    expect(unsaved).to_be_visible()
    expect(saved).to_have_count(0)


def test_a_day_is_typed_as_hands_write_it_and_the_calendar_writes_into_the_same_field(desk):
    desk.makes_a_meeting()
    desk.goes_to(f"/{desk.code}/meeting")
    day, clock = desk.page.locator("#date"), desk.page.locator("#time")
    day.fill("2026-11-")
    desk.press("保存")
    expect(desk.page.locator("#date-problem")).to_contain_text("2026-11-")
    expect(day).to_have_value("2026-11-")
    day.fill("2026年11月27日")
    clock.fill("下午2:30")
    desk.press("保存")
    expect(desk.page.get_by_text("已保存", exact=False)).to_be_visible()
    expect(day).to_have_value("2026-11-27")
    expect(clock).to_have_value("14:30")
    desk.page.get_by_role("button", name="从日历中选择 日期").click()
    picked = "picker => { picker.value = '2026-12-04'; picker.dispatchEvent(new Event('change', {bubbles: true})) }"
    desk.page.locator(".picker").evaluate(picked)  # its window is the browser's own, and no page reaches into it
    expect(day).to_have_value("2026-12-04")
    expect(desk.page.get_by_text("尚未保存", exact=False)).to_be_visible()
    desk.press("保存")
    expect(desk.page.get_by_text("已保存", exact=False)).to_be_visible()
    expect(day).to_have_value("2026-12-04")


def test_a_new_key_is_copied_on_plain_http_and_opened_by_a_press(desk):
    desk.makes_a_meeting()
    desk.page.goto(f"{desk.server.url}/{desk.code}/keys")
    desk.page.locator("select[name=who]").select_option("operator")
    desk.page.locator("form:has(select[name=who]) button").click()
    link = desk.page.locator(".link").inner_text()
    # As plain http in a hall has it: no clipboard for scripts. The older way is left to the browser.
    desk.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    desk.page.evaluate("document.addEventListener('copy', () => window.copied = String(getSelection()))")
    desk.press("复制链接")
    expect(desk.page.get_by_role("button", name="已复制")).to_be_visible()
    assert desk.page.evaluate("window.copied") == link
    with desk.context.expect_page() as opened:
        desk.page.get_by_role("link", name="在本设备打开链接").click()
    opened.value.wait_for_url("**/devices")


# --- hands ------------------------------------------------------------------------------------------------------------


def twice(page: Page, at: Locator, gap: int) -> None:
    """A double click, whatever stands there when the second one comes."""
    settled(page)
    at.click(click_count=1)
    page.wait_for_timeout(gap)
    page.mouse.down()
    page.mouse.up()


def test_a_double_click_takes_one_row_and_adds_one(desk: Desk) -> None:
    desk.makes_a_meeting()
    desk.names_the_units()
    rows = desk.page.locator("#rows .row")
    for gap in (0, 120, 400):
        settled(desk.page)
        twice(desk.page, rows.first.get_by_text("✕"), gap)
        expect(rows).to_have_count(2)
        settled(desk.page)
        expect(rows).to_have_count(2)
        twice(desk.page, desk.page.get_by_role("button", name="＋ 单位"), gap)
        expect(rows).to_have_count(3)
        settled(desk.page)
        expect(rows).to_have_count(3)


@pytest.mark.parametrize("gap", [0, 120])
def test_a_double_click_makes_one_rehearsal_and_one_key(desk: Desk, gap: int) -> None:
    desk.makes_a_meeting()
    desk.goes_to(desk.code)
    twice(desk.page, desk.page.locator('form[action$="/rehearse"] button'), gap)
    desk.page.wait_for_url("**/moderator")
    desk.page.locator('html[data-connection="on"]').wait_for(state="attached")
    desk.goes_to(desk.code)
    expect(desk.page.locator('form[action$="/preside"]')).to_have_count(2)  # the meeting's, and its one rehearsal's
    desk.page.goto(f"{desk.server.url}/{desk.code}/keys")
    desk.page.locator("select[name=who]").select_option("operator")
    twice(desk.page, desk.page.locator("form:has(select[name=who]) button"), gap)
    expect(desk.page.locator(".link")).to_be_visible()
    assert len([key for key in desk.keys_made() if key.key.role is Role.OPERATOR]) == 1


def test_what_is_typed_while_an_answer_is_under_way_stays(desk: Desk) -> None:
    desk.makes_a_meeting()
    desk.names_the_units()
    held: list[Route] = []
    desk.page.route("**/units", lambda route: held.append(route))
    desk.press("＋ 单位")
    name = desk.field("units.new-1.name")
    name.click()
    desk.page.keyboard.press("End")
    desk.page.keyboard.type("机关")
    for route in held:
        route.continue_()
    desk.page.unroute("**/units")
    expect(desk.page.locator("#rows .row")).to_have_count(4)
    expect(name).to_have_value("重庆市教育委员会机关")
    expect(name).to_be_focused()
    desk.page.keyboard.type("本级")
    expect(name).to_have_value("重庆市教育委员会机关本级")


@pytest.mark.parametrize("button", ["＋ 单位", "保存"])
def test_a_form_whose_server_is_not_there_stays_and_says_so(desk: Desk, button: str) -> None:
    desk.makes_a_meeting()
    desk.names_the_units()
    desk.page.context.set_offline(True)
    pressed = desk.page.get_by_role("button", name=button, exact=True).last
    pressed.click()
    expect(desk.page.get_by_role("alert")).to_contain_text("连接不上服务器")
    expect(desk.page.locator("#rows .row")).to_have_count(3)
    desk.page.context.set_offline(False)
    pressed.click()
    expect(desk.page.get_by_role("alert")).to_have_count(0)
    desk.complaints[:] = [
        each for each in desk.complaints if "ERR_INTERNET" not in each and "Failed to fetch" not in each
    ]
