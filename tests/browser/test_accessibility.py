"""axe finds no serious violation on any screen, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Hall
from tests.browser.people import Screen

SERIOUS = ("serious", "critical")


def violations(screen: Screen) -> list[str]:
    """What axe holds against a page as it stands, each with the element."""
    found = Axe().run(screen.page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}" for each in found if each["impact"] in SERIOUS for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_serious_violation(hall: Hall, scheme: str) -> None:
    moderator, display, timer, phone = hall.moderator(), hall.display(), hall.display(view="timer"), hall.phone()
    ann, lobby = hall.panelist("expert-1"), hall.phone()
    screens = {"console": moderator, "hall": display, "timer": timer, "phone": phone, "tablet": ann}
    for screen in (*screens.values(), lobby):
        screen.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    lobby.page.goto(hall.server.url)
    assert violations(lobby) == []
    before = {name: violations(screen) for name, screen in screens.items()}
    assert before == {name: [] for name in screens}

    moderator.open_meeting()
    moderator.begin("开场")
    assert violations(display) == []
    moderator.begin_unit("市教委")
    ann.take_out_sheet()
    ann.mark("duty", "18.5")
    ann.write("数据详实，重点突出")
    ann.page.get_by_role("button", name="提交点评").click()
    moderator.press("发布")
    expect(display.page.locator("#hall-comments")).to_contain_text("数据详实")
    during = {name: violations(screen) for name, screen in screens.items()}
    assert during == {name: [] for name in screens}
