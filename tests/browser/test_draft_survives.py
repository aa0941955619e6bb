"""What somebody is typing, and the sheet that is out, survive whatever the others do."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Hall
from tests.browser.people import IS_SAVED, Moderator, Panelist

HAS_SETTLED = """() => new Promise((done) => {
  let before, alike = 0;
  const look = () => {
    alike = scrollY > 0 && scrollY === before ? alike + 1 : 0;
    before = scrollY;
    if (alike < 20) requestAnimationFrame(look);
    else done(true);
  };
  look();
})"""
CARET = "() => { const e = document.activeElement; return [e.name, e.selectionStart, e.selectionEnd]; }"


def a_storm_of_updates(moderator: Moderator, others: list[Panelist]) -> None:
    """Everything that can come while somebody types: scores, comments, time, cues, the next unit."""
    others[0].take_out_sheet()
    others[0].mark_all()
    others[0].submit_and_wait()
    others[0].write("宣传形式单一")
    others[0].send_comment()
    moderator.press("发布")
    moderator.press("加 1 分钟")
    moderator.press("暂停计时")
    moderator.press("继续计时")
    moderator.press("黑屏")
    moderator.press("跟随")
    moderator.jumps_to("report-police")


def test_a_draft_survives_other_peoples_updates(hall: Hall) -> None:
    moderator, ann, ben = hall.moderator(), hall.panelist("expert-1"), hall.panelist("deputy-1")
    moderator.begins_with_the_first_unit()
    ann.take_out_sheet()
    ann.mark("duty", "18.5")
    ann.write("普法责任清单不够")
    ann.comment_text.evaluate("e => e.setSelectionRange(2, 4)")
    before = ann.page.evaluate(CARET)

    a_storm_of_updates(moderator, [ben])

    expect(ann.page.locator("#panel-now")).to_contain_text("市公安局")
    assert ann.page.evaluate(CARET) == before
    expect(ann.comment_text).to_have_value("普法责任清单不够")
    expect(ann.page.locator("#panel-head h1")).to_have_text("重庆市教育委员会")
    expect(ann.page.locator('[data-criterion="duty"] output')).to_have_text("18.5")
    ann.page.keyboard.type("任务")
    expect(ann.comment_text).to_have_value("普法任务清单不够")


def test_the_scroll_and_the_unfolded_pad_stay(hall: Hall) -> None:
    moderator, ben = hall.moderator(), hall.panelist("deputy-1")
    ann = hall.panelist("expert-1", size={"width": 768, "height": 700})
    moderator.begins_with_the_first_unit()
    ann.take_out_sheet()
    ann.page.locator('[data-criterion="effect"] [data-unfold]').click()
    ann.page.mouse.wheel(0, 240)
    ann.page.wait_for_function(HAS_SETTLED)
    before = ann.page.evaluate("scrollY")
    a_storm_of_updates(moderator, [ben])
    expect(ann.page.locator("#panel-now")).to_contain_text("市公安局")
    expect(ann.page.locator('[data-pad="effect"]')).to_be_visible()
    assert ann.page.evaluate("scrollY") == before


def test_a_spare_tablet_gets_the_draft(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.mark("duty", "18.5")
    ann.write("写到一半的意见")
    ann.page.wait_for_function(IS_SAVED)
    spare = hall.panelist("expert-1")
    expect(spare.comment_text).to_have_value("写到一半的意见")
    expect(spare.page.locator('[data-criterion="duty"] output')).to_have_text("18.5")


def test_each_unit_keeps_its_own_draft(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.write("关于教委")
    ann.page.locator("#panel-units summary").click()
    ann.page.locator('[data-look="police"]').click()
    expect(ann.page.locator("#panel-head h1")).to_have_text("重庆市公安局")
    expect(ann.comment_text).to_have_value("")
    ann.write("关于公安")
    ann.page.locator("#panel-call").click()
    expect(ann.page.locator("#panel-head h1")).to_have_text("重庆市教育委员会")
    expect(ann.comment_text).to_have_value("关于教委")


def test_a_tablet_that_is_handed_on_keeps_what_was_typed_for_its_seat(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.write("普法责任清单不够")
    ann.page.wait_for_function(IS_SAVED)
    ann.page.locator(".device summary").click()
    ann.page.get_by_role("button", name="离开专家1席位").click()
    ann.page.wait_for_url(hall.server.url + "/")
    assert ann.page.request.get(f"{hall.server.url}/{hall.code()}/panel").status == 403
    ann.open(hall.links()["seats"]["deputy-1"])
    ann.take_out_sheet()
    expect(ann.comment_text).to_have_value("")
    ann.open(hall.links()["seats"]["expert-1"])
    expect(ann.comment_text).to_have_value("普法责任清单不够")


KEEPS_NOTHING = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""


def test_a_draft_outlives_a_cut_on_a_device_that_keeps_nothing_and_the_page_says_that_it_is_the_only_place(
    hall: Hall,
) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.page.add_init_script(KEEPS_NOTHING)
    ann.page.reload()
    ann.wait_until_connected()
    ann.take_out_sheet()
    ann.context.set_offline(True)
    ann.wait_until_disconnected()
    ann.write("断网时写的点评")
    ann.page.locator("h1").click()
    expect(ann.sync).to_contain_text("请勿关闭或刷新本页")
    ann.context.set_offline(False)
    ann.wait_until_connected()
    expect(ann.sync).to_have_text("已保存")
    expect(ann.comment_text).to_have_value("断网时写的点评")
    ann.page.reload()
    ann.wait_until_connected()
    expect(ann.comment_text).to_have_value("断网时写的点评")


def another_tab(ann: Panelist) -> Page:
    """At the address that this one has by now: the same device, and nothing is taken over."""
    beside = ann.context.new_page()
    beside.goto(ann.page.url)
    beside.locator('html[data-connection="on"]').wait_for(state="attached")
    return beside


def test_two_tabs_of_a_seat_go_on_with_one_draft(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    beside = another_tab(ann)
    ann.write("前一半")
    text = beside.locator("#compose textarea")
    expect(text).to_have_value("前一半")
    text.press("End")
    text.press_sequentially("，后一半")
    expect(ann.comment_text).to_have_value("前一半，后一半")


SAVED_EARLIER = """([name, text]) => {
  const newValue = JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), text, isUnsaved: false });
  localStorage.setItem(name, newValue);
  dispatchEvent(new StorageEvent("storage", { storageArea: localStorage, key: name, newValue }));
}"""
"""What another tab says as the server has what was typed there, if it hears that later than this one was typed into."""


def test_what_another_tab_had_saved_takes_away_nothing_that_was_typed_since(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.write("前一半")
    ann.page.wait_for_function(IS_SAVED)
    ann.comment_text.press("End")
    ann.comment_text.press_sequentially("，后一半")
    ann.page.evaluate(SAVED_EARLIER, [f"kaimen.draft.{hall.code()}.expert-1.edu", "前一半"])
    expect(ann.comment_text).to_have_value("前一半，后一半")
    ann.page.wait_for_function(IS_SAVED)
    ann.page.reload()
    ann.wait_until_connected()
    expect(ann.comment_text).to_have_value("前一半，后一半")


def test_what_a_tab_that_is_closed_had_typed_without_a_connection_is_saved_by_the_other(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.write("先写的")
    ann.page.wait_for_function(IS_SAVED)
    beside = another_tab(ann)
    text = beside.locator("#compose textarea")
    expect(text).to_have_value("先写的")
    ann.page.locator("h1").click()
    ann.context.set_offline(True)
    ann.wait_until_disconnected()
    text.press("End")
    text.press_sequentially("，断网时又写了")
    expect(ann.comment_text).to_have_value("先写的，断网时又写了")
    beside.close()
    ann.context.set_offline(False)
    ann.wait_until_connected()
    ann.page.wait_for_function(IS_SAVED)
    expect(ann.comment_text).to_have_value("先写的，断网时又写了")
    spare = hall.panelist("expert-1")
    expect(spare.comment_text).to_have_value("先写的，断网时又写了")
