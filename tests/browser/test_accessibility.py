"""axe finds no serious violation on any screen, in light and dark."""

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Hall


def test_no_screen_has_a_serious_violation(hall: Hall) -> None:
    moderator, display, timer, phone = hall.moderator(), hall.display(), hall.display(view="timer"), hall.phone()
    ann, lobby = hall.panelist("expert-1"), hall.phone()
    screens = {"console": moderator, "hall": display, "timer": timer, "phone": phone, "tablet": ann}
    lobby.page.goto(hall.server.url)
    assert violations(lobby.page) == []
    before = {name: violations(screen.page) for name, screen in screens.items()}
    assert before == {name: [] for name in screens}

    moderator.open_meeting()
    moderator.begin("开场")
    assert violations(display.page) == []
    moderator.begin_unit("市教委")
    ann.take_out_sheet()
    ann.mark("duty", "18.5")
    ann.write("数据详实，重点突出")
    ann.send_comment()
    moderator.press("发布")
    expect(display.page.locator("#hall-comments")).to_contain_text("数据详实")
    during = {name: violations(screen.page) for name, screen in screens.items()}
    assert during == {name: [] for name in screens}
