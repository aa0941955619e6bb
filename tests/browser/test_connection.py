"""The server goes and comes back, the Wi-Fi goes and comes back: nothing acknowledged is lost, everybody catches up."""

from playwright.sync_api import expect

from app.store import log
from app.store.database import Database
from tests.browser.conftest import Hall
from tests.browser.people import MARKS, Panelist


def submissions(hall: Hall, seat: str) -> int:
    """How often a sheet of this seat was submitted, by the log."""
    database = Database(hall.server.db)
    with database.reading() as connection:
        entries = list(log.load(connection, hall.code()))
    database.close()
    return sum(1 for each in entries if each.by == f"seat:{seat}" and type(each.event).__name__ == "SheetSubmitted")


def a_sheet_is_out(hall: Hall, panelist: Panelist) -> None:
    hall.begins()
    panelist.take_out_sheet()


def test_every_screen_catches_up_after_a_kill(own_hall: Hall) -> None:
    hall = own_hall
    moderator, display, phone, ann = hall.moderator(), hall.display(), hall.phone(), hall.panelist("expert-1")
    moderator.begins_with_the_first_unit()
    ann.take_out_sheet()
    ann.mark_all()
    receipt = ann.submit_and_wait()
    hall.server.kill()
    for screen in (moderator, display, phone, ann):
        screen.wait_until_disconnected()
    expect(display.page.locator(".offline-mark")).to_be_visible()
    hall.server.start()
    for screen in (moderator, display, phone, ann):
        screen.wait_until_connected()
    expect(ann.receipt).to_have_text(receipt)
    moderator.begin("市教委 · 提问点评")
    expect(display.page.locator('[aria-current="step"]')).to_have_text("提问点评")
    expect(phone.page.locator("#phone-now")).to_contain_text("提问点评")
    expect(ann.page.locator("#panel-now")).to_contain_text("提问点评")


def test_an_offline_submission_waits_and_is_sent_once(own_hall: Hall) -> None:
    hall = own_hall
    ann = hall.panelist("expert-1")
    a_sheet_is_out(hall, ann)
    ann.mark("duty", MARKS["duty"])
    expect(ann.sync).to_have_text("已保存")
    hall.server.kill()
    ann.wait_until_disconnected()
    for criterion in list(MARKS)[1:]:
        ann.mark(criterion, MARKS[criterion])
    ann.submit()
    expect(ann.sync).to_contain_text("待发送 6")
    expect(ann.submit_button).to_contain_text("恢复后自动提交")
    hall.server.start()
    expect(ann.receipt).to_be_visible()
    expect(ann.sync).to_have_text("已保存")
    assert submissions(hall, "expert-1") == 1


def test_what_waits_survives_a_reload(own_hall: Hall) -> None:
    hall = own_hall
    ann = hall.panelist("expert-1")
    a_sheet_is_out(hall, ann)
    address = ann.page.url
    hall.server.kill()
    ann.wait_until_disconnected()
    ann.mark_all()
    ann.submit()
    expect(ann.submit_button).to_contain_text("恢复后自动提交")
    ann.page.goto("about:blank")
    hall.server.start()
    ann.open(address)
    expect(ann.receipt).to_be_visible()
    assert ann.recorded()["submitted"] == MARKS
    assert submissions(hall, "expert-1") == 1


def test_what_one_seat_left_unsent_is_never_sent_under_another(own_hall: Hall) -> None:
    hall = own_hall
    ann = hall.panelist("expert-1")
    a_sheet_is_out(hall, ann)
    hall.server.kill()
    ann.wait_until_disconnected()
    ann.mark_all()
    ann.submit()
    expect(ann.submit_button).to_contain_text("恢复后自动提交")
    ann.page.goto("about:blank")
    hall.server.start()
    ann.open(hall.links()["seats"]["deputy-1"])
    expect(ann.page.locator("#strangers")).to_contain_text("另一席位")
    ann.take_out_sheet()
    expect(ann.page.locator('[data-criterion="duty"] output')).to_have_text("—")
    assert submissions(hall, "expert-1") + submissions(hall, "deputy-1") == 0
    ann.open(hall.links()["seats"]["expert-1"])
    ann.page.locator("#panel-call").click()
    expect(ann.receipt).to_be_visible()
    assert submissions(hall, "expert-1") == 1


def test_without_a_connection_no_other_sheet_comes_out(own_hall: Hall) -> None:
    hall = own_hall
    ann = hall.panelist("expert-1")
    a_sheet_is_out(hall, ann)
    ann.page.locator("#panel-units summary").click()
    hall.server.kill()
    ann.wait_until_disconnected()
    ann.page.locator('[data-look="police"]').click()
    expect(ann.page.locator("#toast")).to_contain_text("不能切换单位")
    expect(ann.page.locator("#panel-head h1")).to_have_text("重庆市教育委员会")
    hall.server.start()


def test_a_moderator_without_a_connection_is_told_that_nothing_was_done(own_hall: Hall) -> None:
    hall = own_hall
    moderator = hall.moderator()
    moderator.open_meeting()
    hall.server.kill()
    moderator.wait_until_disconnected()
    moderator.next.click()
    expect(moderator.page.locator("#toast")).to_contain_text("没有执行")
    hall.server.start()
    moderator.wait_until_connected()
    expect(moderator.next).to_contain_text("开场")
    expect(moderator.page.locator("#console-step h1")).to_have_text("进行中")
