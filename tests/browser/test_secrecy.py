"""No display and no other panelist's page ever holds a score before the reveal, or a comment before its release."""

from playwright.sync_api import expect

from tests.browser.conftest import Hall
from tests.browser.people import TOTAL, Screen

PECULIAR = {
    "duty": "17.5",
    "learning": "13.5",
    "outreach": "18.5",
    "innovation": "11.5",
    "effect": "19.5",
    "report": "8.5",
}


def everything_in(screen: Screen) -> str:
    """The page as it stands, attributes and scripts included; the pads hold every allowed value and are left out."""
    return screen.page.evaluate(
        """() => { const copy = document.documentElement.cloneNode(true);
        for (const each of copy.querySelectorAll("#panel-sheet, script")) each.remove();
        return copy.outerHTML; }"""
    )


def test_nothing_hidden_is_on_a_page_before_its_time(hall: Hall) -> None:
    moderator, display, phone = hall.moderator(), hall.display(), hall.phone()
    ann, ben = hall.panelist("expert-1"), hall.panelist("deputy-1")
    moderator.begins_with_the_first_unit()
    ben.take_out_sheet()
    ann.take_out_sheet()
    ann.mark_all(PECULIAR)
    ann.submit_and_wait()
    for seat in ("expert-2", "expert-3", "cppcc-1", "cppcc-2"):
        hall.submits(seat, PECULIAR)
    ann.write("这是一条尚未发布的意见")
    ann.send_comment()
    expect(moderator.page.locator("#console-comments")).to_contain_text("尚未发布的意见")
    expect(display.progress).to_contain_text("5 / 9")
    moderator.press("截止市教委的评分")
    moderator.agree()
    expect(moderator.round("report-edu")).to_contain_text("89.00")

    secrets = (*PECULIAR.values(), "89.00", "尚未发布的意见", *("89<", ">89"))
    for screen in (display, phone, ben):
        held = everything_in(screen)
        assert [secret for secret in secrets if secret in held] == []

    moderator.press("一次亮完")
    expect(display.stage).to_contain_text("89.00")
    moderator.press("发布")
    expect(phone.page.locator("body")).to_contain_text("尚未发布的意见")
    assert TOTAL != "89"
