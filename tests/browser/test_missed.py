"""A press whose button moves away before it is let go is meant for the button that it came down on."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.alone import pressed, shows

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
PRESSED = {
    "button": "<button id='it'>send</button>",
    "link": "<a id='it' href='#elsewhere'>send</a>",
    "fold": "<details><summary id='it'>more</summary>and more</details>",
    "button of a form": (
        "<form id='form' onsubmit='return false'><input><button id='it' data-do='send'>send</button></form>"
    ),
}
AROUND = """<style>#above {{ height: 60px }} #it {{ display: inline-block; height: 40px; line-height: 40px }}</style>
<textarea id='text'></textarea><p id='above'></p><div>{}</div><p style='height: 300px'></p>"""
LEFT = """(then) => document.getElementById("text").addEventListener("focusout", () => {
  document.getElementById("above").style.height = "0";
  new Function(then)();
})"""


def typed_into(page: Page, body: str, then: str = "") -> tuple[float, float]:
    """A page with something to press, which moves once the field above it is left. Returns its middle."""
    shows(page, AROUND.format(body), "settle.js", "held.js")
    page.evaluate(LEFT, then)
    page.locator("#text").fill("typed")
    page.evaluate(FRAMES)
    box = page.locator("#it").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + 6


def comes_down(page: Page, at: tuple[float, float]) -> None:
    """And by the time it is let go the button is elsewhere."""
    page.mouse.move(*at)
    page.mouse.down()
    page.evaluate(FRAMES)


@pytest.mark.parametrize("body", PRESSED.values(), ids=PRESSED)
def test_what_moves_away_under_the_finger_is_pressed_once(page: Page, body: str) -> None:
    at = typed_into(page, body)
    top = page.locator("#it").evaluate("e => e.getBoundingClientRect().top")
    comes_down(page, at)
    assert page.locator("#it").evaluate("e => e.getBoundingClientRect().top") < top - 40
    page.mouse.up()
    assert pressed(page).count("click it") == 1
    assert pressed(page).count("submit form") == ("form" in body)
    assert (page.locator("details[open]").count() == 1) == ("details" in body)
    assert page.evaluate("location.hash") == ("#elsewhere" if "href" in body else "")


@pytest.mark.parametrize("body", PRESSED.values(), ids=PRESSED)
def test_what_stays_where_it_is_is_pressed_once_as_ever(page: Page, body: str) -> None:
    at = typed_into(page, body, "document.getElementById('above').style.height = '60px'")
    comes_down(page, at)
    page.mouse.up()
    assert pressed(page).count("click it") == 1


def test_what_moves_a_little_under_the_finger_is_pressed_once(page: Page) -> None:
    """Too little to lie elsewhere, and enough to be taken for new."""
    moves = "above.style.height = '45px'; above.append('a line less')"
    at = typed_into(page, PRESSED["button"], moves)
    comes_down(page, at)
    page.mouse.up()
    assert pressed(page).count("click it") == 1


NOT_MEANT = {
    "does something else by then": "document.getElementById('it').dataset.do = 'delete'",
    "does something else where it is": "above.style.height = '60px'; it.dataset.do = 'delete'",
    "is disabled": "document.getElementById('it').disabled = true",
    "is hidden": "document.getElementById('it').hidden = true",
    "is gone": "document.getElementById('it').remove()",
    "is covered": "document.body.appendChild(document.createElement('dialog')).showModal()",
}


@pytest.mark.parametrize("then", NOT_MEANT.values(), ids=NOT_MEANT)
def test_what_is_not_the_same_any_more_is_not_pressed(page: Page, then: str) -> None:
    comes_down(page, typed_into(page, PRESSED["button"], then))
    page.mouse.up()
    assert "click it" not in pressed(page)


def test_a_finger_that_is_drawn_away_presses_nothing(page: Page) -> None:
    x, y = typed_into(page, PRESSED["button"])
    comes_down(page, (x, y))
    page.mouse.move(x, y + 60)
    page.mouse.up()
    assert "click it" not in pressed(page)


def test_what_rests_as_the_finger_comes_down_is_not_pressed_when_it_moves(page: Page) -> None:
    x, y = typed_into(page, PRESSED["button"])
    page.evaluate("document.getElementById('it').dataset.do = 'something new'")
    comes_down(page, (x, y))
    page.mouse.up()
    assert "click it" not in pressed(page)


def test_a_press_elsewhere_afterwards_is_a_press_elsewhere(page: Page) -> None:
    x, y = typed_into(page, PRESSED["button"])
    comes_down(page, (x, y))
    page.mouse.up()
    page.mouse.click(x, y + 200)
    assert pressed(page).count("click it") == 1


@pytest.mark.parametrize("beneath", ["<p>nothing</p>", "<button id='other' style='height: 60px'>another</button>"])
def test_what_moves_away_under_a_finger_while_others_push_is_pressed_and_nothing_else(
    browser: Browser, beneath: str
) -> None:
    context = browser.new_context(has_touch=True)
    page = context.new_page()
    x, y = typed_into(page, PRESSED["button"] + beneath)
    page.locator("#text").blur()
    page.evaluate("document.getElementById('above').style.height = '60px'")
    expect(page.locator("[data-settling]")).to_have_count(0)
    finger = context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    page.evaluate("document.getElementById('above').style.height = '0'")
    page.evaluate(FRAMES)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => window.pressed.some((each) => each.startsWith('click'))")
    assert [each for each in pressed(page) if each.startswith("click")] == ["click it"]
    context.close()
