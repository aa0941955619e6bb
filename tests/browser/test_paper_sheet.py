"""A sheet that came on paper, as it is typed at the console: nothing typed is lost, and nothing sent by a wrong key."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Hall
from tests.browser.people import MARKS, TOTAL, Moderator


@pytest.fixture
def paper(hall: Hall) -> tuple[Moderator, Locator]:
    """The console, and its dialog for a sheet that came on paper."""
    moderator = hall.judging()
    return moderator, moderator.corrects_the_first_sheet()


def test_a_paper_sheet_is_added_up_as_it_is_typed_and_outlives_an_escape_a_reload_and_the_way_back(
    hall: Hall,
    paper: tuple[Moderator, Locator],
) -> None:
    moderator, dialog = paper
    total = dialog.locator("[data-running-total]")
    expect(total).to_have_text("0")
    for criterion, points in MARKS.items():
        dialog.locator(f'[name="marks.{criterion}"]').fill(points)
    expect(total).to_have_text(TOTAL)
    dialog.locator('[name="marks.duty"]').fill("１７。５")
    expect(total).to_have_text("86.5")
    dialog.locator('[name="marks.learning"]').fill("十三")
    expect(total).to_have_text("—")
    dialog.locator('[name="marks.learning"]').fill("13")
    dialog.locator("[name=reason]").fill("纸质评分表")
    moderator.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    moderator.opens_the_first_sheet()
    expect(total).to_have_text("86.5")
    console = moderator.page
    for comes_back in (console.reload, lambda: console.goto(f"{hall.server.url}/healthz") and console.go_back()):
        comes_back()
        moderator.wait_until_connected()
        expect(dialog).to_be_visible()
        expect(total).to_have_text("86.5")
        expect(dialog.locator("[name=reason]")).to_have_value("纸质评分表")
    dialog.locator("[name=author]").fill("主持人")
    dialog.locator("button.primary:not([data-settling])").click()
    expect(dialog).to_be_hidden()
    expect(moderator.page.locator('.seats [data-standing="submitted"]')).to_have_count(1)
    moderator.opens_the_first_sheet()
    expect(total).to_have_text("0")  # taken: the next one begins empty


def test_what_is_composed_is_not_confirmed_by_the_key_that_ends_it(paper: tuple[Moderator, Locator]) -> None:
    moderator, dialog = paper
    keyboard = moderator.page.context.new_cdp_session(moderator.page)
    dialog.locator("[name=reason]").click()
    keyboard.send("Input.imeSetComposition", {"text": "zhizhi", "selectionStart": 6, "selectionEnd": 6})
    enter = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    keyboard.send("Input.insertText", {"text": "纸质"})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    expect(dialog.locator("[name=reason]")).to_have_value("纸质")
    expect(dialog.locator("[aria-invalid]")).to_have_count(0)  # nothing was asked for, so nothing is missing
    expect(dialog).to_be_visible()
