"""What is chosen, and what the big buttons are, is seen by more than colour: in print, by the colour-blind, and in the
contrast themes of Windows (forced colours), which take all our colours away."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Hall
from tests.browser.people import settled

# What is chosen on a page and looks, colours apart, like the nearest of its kind that is not.
ALIKE = """() => {
  const kinds = [
    ["[aria-pressed='true']", "[aria-pressed='false']"],
    [".kinds :checked + span", ".kinds :not(:checked) + span"],
    ["li[aria-current], tr[aria-current]", ":is(li, tr):not([aria-current])"],
    ["a[aria-current]", "a:not([aria-current])"],
  ];
  const names = ["content", "fontWeight", "textDecorationLine", "borderTopWidth", "borderTopStyle", "outlineStyle"];
  const shape = (each) => ["", "::before", "::after"].map((part) => {
    const style = getComputedStyle(each, part);
    return names.map((name) => style[name]).join();
  }).join();
  const look = (each) => shape(each) + (each.firstElementChild ? shape(each.firstElementChild) : "");
  const nearest = (one, no) => {
    let around = one.parentElement;
    while (around && !around.querySelector(no)) around = around.parentElement;
    return around?.querySelector(no);
  };
  const pairs = kinds.flatMap(([yes, no]) => [...document.querySelectorAll(yes)].map((one) => [one, nearest(one, no)]));
  const found = pairs.filter(([, other]) => other);
  return [found.length, found.filter(([one, other]) => look(one) === look(other)).map(([one]) => one.outerHTML)];
}"""
EDGE = "each => [getComputedStyle(each).borderTopStyle, parseFloat(getComputedStyle(each).borderTopWidth)]"


@pytest.fixture
def pages(hall: Hall) -> list[Page]:
    """Console, tablet and phone in the middle of a meeting, with something chosen on each."""
    moderator, phone, ann = hall.moderator("levels"), hall.phone("levels"), hall.panelist("expert-1", "levels")
    moderator.begins_with_the_first_unit()
    moderator.press("黑屏")
    expect(moderator.page.get_by_role("button", name="黑屏").first).to_have_attribute("aria-pressed", "true")
    ann.take_out_sheet()
    ann.page.get_by_role("button", name="优秀").click()
    ann.page.locator("#compose .kinds").get_by_text("亮点").click()
    expect(ann.page.get_by_role("button", name="优秀")).to_have_attribute("aria-pressed", "true")
    ann.page.locator("#panel-units summary").click()
    expect(phone.page.locator("#phone-agenda [aria-current]")).to_be_visible()
    return [moderator.page, ann.page, phone.page]


def test_what_is_chosen_and_what_is_big_is_seen_without_colours(pages: list[Page]) -> None:
    assert chosen_and_alike(pages, "none") == []
    assert chosen_and_alike(pages, "active") == []
    console, tablet, _ = pages
    for button in (console.locator("#step-next"), tablet.locator("#submit")):
        style, width = button.evaluate(EDGE)
        assert style == "solid"
        assert width >= 3


def chosen_and_alike(pages: list[Page], forced: Literal["none", "active"]) -> list[str]:
    """Of what is chosen, the elements that look like others; on each page there are some to look at."""
    faults = []
    for page, least in zip(pages, (2, 3, 1), strict=True):
        page.emulate_media(forced_colors=forced)
        settled(page)
        found, alike = page.evaluate(ALIKE)
        assert found >= least
        faults += alike
    return faults
