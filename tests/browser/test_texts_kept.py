"""What some keyboards and programs leave in a text, and nobody sees: only what can be kept is sent, on every page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Hall
from tests.browser.people import IS_SAVED, Panelist

FILL = """([selector, text]) => {
  const field = document.querySelector(selector);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
IS_EMPTY = "() => Object.entries(localStorage).every(([key, text]) => !key.includes('.outbox.') || text === '[]')"


def fill(page: Page, selector: str, escaped: str) -> None:
    """Half a character cannot go to the browser as it is: Playwright's own line is JSON in UTF-8."""
    page.evaluate("([selector, escaped]) => (" + FILL + ")([selector, JSON.parse(escaped)])", [selector, escaped])


def sends(ann: Panelist, escaped: str) -> None:
    fill(ann.page, "#compose [name=text]", escaped)
    ann.send_comment()


@pytest.mark.parametrize("is_old", [False, True], ids=["a browser of today", "without toWellFormed"])
def test_halves_of_characters_and_control_characters_never_wait_on_a_tablet(hall: Hall, is_old: bool) -> None:
    moderator, ann = hall.moderator(), hall.panelist("expert-1")
    if is_old:
        ann.context.add_init_script("delete String.prototype.toWellFormed")
        ann.page.reload()
        ann.wait_until_connected()
    moderator.begins_with_the_first_unit()
    ann.take_out_sheet()
    sends(ann, r'"看法\ud83d"')
    sends(ann, r'"\udc00甲\u0000乙\u001b\ufffe丙"')
    sends(ann, r'"第一行\u000b第二行 \ud83d\udc4d"')
    own = ann.page.locator("#panel-comments li")
    expect(own).to_have_count(3)
    expect(ann.page.locator("#waiting-comments li")).to_have_count(0)
    expect(own.nth(0)).to_contain_text("看法\ufffd")
    expect(own.nth(1)).to_contain_text("\ufffd甲乙丙")
    expect(own.nth(2)).to_contain_text("第二行 👍")
    ann.page.wait_for_function(IS_EMPTY)

    fill(ann.page, "#compose [name=text]", r'"写到一半\ud83d\u0000"')
    ann.page.wait_for_function(IS_SAVED)
    spare = hall.panelist("expert-1")
    expect(spare.comment_text).to_have_value("写到一半\ufffd")

    moderator.page.locator("[data-opens=edit-comment]").first.click()
    fill(moderator.page, "#edit-comment [name=text]", r'"改过的看法\ud83d\u0000"')
    moderator.page.locator("#edit-comment button.primary").click()
    expect(moderator.page.locator("#console-comments")).to_contain_text("改过的看法\ufffd")


def test_what_waited_on_a_tablet_since_before_is_sent_after_all(hall: Hall) -> None:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    ann.page.evaluate(
        """() => {
          const name = `kaimen.outbox.${document.body.dataset.code}.expert-1`;
          const comment = { comment: "waited-since-before", seat: "expert-1", unit: "edu", kind: "problem" };
          const command = { id: "waiting-for-ever", do: "send_comment", ...comment, text: "留下的\\ud83d" };
          localStorage.setItem(name, JSON.stringify([command]));
        }"""
    )
    ann.page.reload()
    ann.wait_until_connected()
    expect(ann.page.locator("#panel-comments li")).to_contain_text("留下的\ufffd")
    ann.page.wait_for_function(IS_EMPTY)
