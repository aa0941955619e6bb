"""static/settle.js and the questions of static/page.js on pages made for it, without a server: what has just been
uncovered, or stands where something else was pressed a moment ago, takes nothing; one yes answers one question."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.alone import pressed, shows
from tests.browser.people import has_rested, watches_rest

DIALOG = (
    "<dialog id='dialog' class='here'><form method='dialog'><button id='yes' class='here'>yes</button></form></dialog>"
)
BENEATH = {
    "button": "<button id='beneath' class='here'>beneath</button>",
    "link": "<a id='beneath' class='here' href='#elsewhere'>beneath</a>",
    "choice": "<label class='here'><input type='radio' id='beneath'> beneath</label>",
    "fold": "<details class='here'><summary id='beneath'>beneath</summary>more</details>",
}


@pytest.mark.parametrize("beneath", BENEATH.values(), ids=BENEATH)
def test_what_lay_under_a_dialog_takes_no_tap_that_was_meant_for_it(page: Page, beneath: str) -> None:
    shows(page, beneath + DIALOG)
    watches_rest(page, "#yes")
    page.evaluate("document.getElementById('dialog').showModal()")
    has_rested(page)
    for _ in range(3):
        page.mouse.click(160, 130)
    expect(page.locator("#dialog")).to_be_hidden()
    assert not [each for each in pressed(page) if each.endswith("beneath")]
    assert page.locator("#beneath:checked, details[open] #beneath").count() == 0


def test_what_appears_as_the_window_is_resized_is_new_and_what_is_only_moved_by_it_is_not(page: Page) -> None:
    """A dialog with a line to type in brings up a tablet's keyboard, which makes the window smaller."""
    shows(page, BENEATH["button"] + DIALOG.replace("class='here'>yes", ">yes"))
    watches_rest(page, "#yes")
    page.evaluate("document.getElementById('dialog').showModal(); window.dispatchEvent(new Event('resize'))")
    has_rested(page)
    shows(page, BENEATH["button"])
    page.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame);
      await frame(), await frame();
      document.querySelector("style").textContent = "#beneath { position: fixed; left: 300px; top: 300px }";
      window.dispatchEvent(new Event("resize"));
    }""")
    expect(page.locator("[data-settling]")).to_have_count(0)


def test_a_choice_taken_at_leisure_is_taken(page: Page) -> None:
    shows(page, BENEATH["choice"])
    page.mouse.click(160, 130)
    assert page.locator("#beneath:checked").count() == 1


def test_two_taps_on_one_button_that_stays_are_two(page: Page) -> None:
    shows(page, "<button id='plus' class='here'>+</button>")
    page.mouse.click(160, 130)
    page.mouse.click(160, 130)
    assert pressed(page) == ["click plus"] * 2


LOTS = """<form id='lots' data-do='draw_next' data-with='{"number": 2}' onsubmit='return false'>
<button id='draw' class='here'>draw</button></form>"""
NEXT_AND_A_TAP = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  document.getElementById("lots").dataset.with = '{"number": 3}';
  await frame(), await frame();
  const tap = {bubbles: true, cancelable: true, detail: 1, clientX: 160, clientY: 130};
  document.getElementById("draw").dispatchEvent(new MouseEvent("click", tap));
}"""


def test_a_form_that_asks_for_the_next_by_the_same_button_takes_no_second_press_for_the_first(page: Page) -> None:
    shows(page, LOTS)
    page.mouse.click(160, 130)
    watches_rest(page, "#draw")
    page.evaluate(NEXT_AND_A_TAP)
    assert pressed(page).count("click draw") == 1
    has_rested(page)
    page.mouse.click(160, 130)
    assert pressed(page).count("click draw") == 2


REASON = (
    """<form id='reason' hidden><input id='typed' value='kept from before'><button id='agree'>agree</button></form>"""
)


def test_enter_in_a_form_that_has_just_appeared_is_no_answer_before_something_is_typed(page: Page) -> None:
    shows(page, REASON)
    page.evaluate("document.getElementById('reason').hidden = false; document.getElementById('typed').focus()")
    page.keyboard.press("Enter")
    assert pressed(page) == []
    page.keyboard.type(" ")
    page.keyboard.press("Enter")
    assert "submit reason" in pressed(page)


CONFIRM = """<dialog id='confirm'>
<form method='dialog'><p data-sentence></p><button value='yes' id='yes'>yes</button></form>
</dialog>"""
ASKS_TWICE = """() => {
  const [{ ask }] = modules;
  window.answers = [];
  for (const each of ["close?", "end?"]) {
    ask(document.getElementById("confirm"), each).then((answer) => answers.push([each, answer !== null]));
  }
}"""


def test_a_yes_answers_one_question(page: Page) -> None:
    shows(page, CONFIRM, "page.js")
    page.evaluate(ASKS_TWICE)
    sentence = page.locator("[data-sentence]")
    expect(sentence).to_have_text("close?")
    page.locator("#yes").click()
    expect(sentence).to_have_text("end?")
    expect(page.locator("#confirm")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#confirm")).to_be_hidden()
    page.wait_for_function("() => answers.length === 2")  # a dialog says that it is closed a moment after it has gone
    assert page.evaluate("answers") == [["close?", True], ["end?", False]]
