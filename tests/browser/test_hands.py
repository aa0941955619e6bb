"""What a hand does by accident does nothing: double taps, bouncing clickers, held keys, a wheel over a field."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from app.store import log
from app.store.database import Database
from tests.browser.conftest import Hall
from tests.browser.people import MARKS, TOTAL, Moderator, Panelist, has_rested, settled, watches_rest

GAPS = (40, 120, 250, 400)
"""Milliseconds between the two presses of one that bounces."""
REPEATS_AFTER = 25
"""Milliseconds after which a held key repeats itself."""
PADS_REST = 450


@pytest.fixture
def moderator(hall: Hall) -> Moderator:
    return hall.judging()


@pytest.fixture
def ann(hall: Hall) -> Panelist:
    hall.begins()
    ann = hall.panelist("expert-1")
    ann.take_out_sheet()
    return ann


PRESSES = """() => {
  if (window.presses) return;
  window.presses = [];
  addEventListener("pointerdown", ({ timeStamp }) => window.presses.push(timeStamp), true);
}"""


def twice(page: Page, gap: int, at: Locator) -> float:
    """Two clicks at one place, whatever stands there when the second one comes; how many milliseconds really lay
    between them, which on a busy machine are more."""
    at.scroll_into_view_if_needed()
    box = at.bounding_box()
    assert box
    page.evaluate(PRESSES)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.wait_for_timeout(gap)
    page.mouse.click(x, y)
    first, second = page.evaluate("presses.slice(-2)")
    return second - first


def marks_of(panelist: Panelist) -> dict[str, Any]:
    expect(panelist.sync).to_have_text("已保存")
    return panelist.recorded()["marks"]


class SlowPictures:
    """The wire of a tablet on which answers come at once and pictures wait."""

    def __init__(self, tablet: Panelist) -> None:
        self.waiting: list[str | bytes] | None = None
        tablet.context.route_web_socket(re.compile("/live/panel"), self._opens)
        tablet.page.reload()
        tablet.wait_until_connected()

    def _opens(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._comes)

    def _comes(self, message: str | bytes) -> None:
        if self.waiting is not None and str(message).startswith("<"):
            self.waiting.append(message)
        else:
            self._socket.send(message)

    def come(self, as_one: bool = False) -> None:
        """``as_one``: as the server looks once for all that came while it was answering."""
        waiting = self.waiting or []
        for message in [each for each in waiting if "panel-marks" in str(each)][-1:] if as_one else waiting:
            self._socket.send(message)
        self.waiting = None


@pytest.mark.parametrize("as_one", [False, True])
def test_a_mark_that_is_acknowledged_stands_before_any_picture_shows_it(ann: Panelist, as_one: bool) -> None:
    pictures = SlowPictures(ann)
    row = ann.page.locator('[data-criterion="duty"]')
    ann.mark("duty", "18")
    assert marks_of(ann) == {"duty": "18"}
    pictures.waiting = []
    for points in ("17.5", "17"):
        row.locator('[data-step="-1"]').click()
        expect(ann.sync).to_have_text("已保存")
        expect(row.locator("output")).to_have_text(points)
        assert marks_of(ann) == {"duty": points}
    pictures.come(as_one)
    expect(ann.page.locator("#panel-marks")).to_have_attribute("data-sheet", re.compile('"duty": ?"17"'))
    expect(row.locator("output")).to_have_text("17")
    ann.mark("learning", "13")
    expect(row.locator("output")).to_have_text("17")
    assert marks_of(ann) == {"duty": "17", "learning": "13"}


def test_a_double_tap_on_a_pad_marks_one_criterion(ann: Panelist) -> None:
    ann.page.locator('[data-criterion="duty"] [data-unfold]').click()
    for gap in GAPS:
        before = ann.recorded()["marks"]
        key = ann.page.locator("[data-pad][data-unfolded=yes] [data-points]").nth(2)
        settled(ann.page)
        really = twice(ann.page, gap, key)
        settled(ann.page)
        marked = len(marks_of(ann)) - len(before)
        assert marked == 1 or (marked == 2 and really >= PADS_REST), f"{gap} ms, really {really}"


def test_the_pads_of_a_sheet_lie_in_one_place(ann: Panelist) -> None:
    ann.page.locator('[data-criterion="duty"] [data-unfold]').click()
    places = []
    for criterion, points in MARKS.items():
        pad = ann.page.locator(f'[data-pad="{criterion}"]')
        expect(pad).to_be_visible()
        settled(ann.page)
        box = pad.bounding_box()
        places.append({name: round(box[name]) for name in ("x", "y", "width", "height")} if box else None)
        pad.locator(f'[data-points="{points}"]').click()
    assert places == [places[0]] * len(MARKS)
    assert marks_of(ann) == MARKS


@pytest.mark.parametrize("gap", [GAPS[0], GAPS[-1]])
def test_a_double_click_that_closes_a_round_reveals_nothing(hall: Hall, moderator: Moderator, gap: int) -> None:
    display = hall.display()
    for seat in hall.links()["seats"]:
        hall.submits(seat, MARKS)
    close = moderator.page.locator("#close-report-edu")
    expect(close).to_have_class("ready")
    settled(moderator.page)
    twice(moderator.page, gap, close)
    expect(moderator.round("report-edu")).to_have_attribute("data-state", "closed")
    settled(moderator.page)
    expect(moderator.page.locator("#show-report-edu")).to_contain_text("得分分布")
    expect(display.stage).not_to_contain_text(TOTAL)


@pytest.mark.usefixtures("in_motion")
def test_a_clicker_that_bounces_takes_one_step_and_the_button_is_seen_to_rest(moderator: Moderator) -> None:
    title, keyboard = moderator.page.locator("#console-step h1"), moderator.page.keyboard
    for gap in GAPS:
        settled(moderator.page)
        watches_rest(moderator.page, "#step-next")
        keyboard.press("PageDown")
        moderator.page.wait_for_timeout(gap)
        keyboard.press("PageDown")
        has_rested(moderator.page)
        expect(title).to_contain_text("市教委 · 提问点评")
        keyboard.press("PageDown")
        expect(title).to_contain_text("市教委 · 评分")
        for there in ("提问点评", "履职报告"):
            settled(moderator.page)
            keyboard.press("PageUp")
            expect(title).to_contain_text(there)


def test_a_held_key_takes_one_step(moderator: Moderator) -> None:
    title, keyboard = moderator.page.locator("#console-step h1"), moderator.page.keyboard
    for key in ("Enter", "PageDown", "ArrowRight", " "):
        expect(title).to_contain_text("市教委 · 履职报告")
        settled(moderator.page)
        if key == "Enter":
            moderator.next.focus()
        for _ in range(60):  # until long after the button has filled up again
            keyboard.down(key)
            moderator.page.wait_for_timeout(REPEATS_AFTER)
        keyboard.up(key)
        settled(moderator.page)
        expect(title).to_contain_text("市教委 · 提问点评")
        keyboard.press("PageUp")


def test_the_clicker_works_from_a_field_and_after_a_click(moderator: Moderator) -> None:
    title = moderator.page.locator("#console-step h1")
    moderator.menu_of_item("opening")
    settled(moderator.page)
    moderator.page.keyboard.press("PageDown")
    expect(title).to_contain_text("提问点评")
    moderator.page.locator("#step-more").click()
    settled(moderator.page)
    moderator.page.keyboard.press(" ")
    expect(title).to_contain_text("评分")
    moderator.line_to("tell_speaker").focus()
    settled(moderator.page)
    moderator.page.keyboard.press("PageUp")
    expect(title).to_contain_text("提问点评")


def test_a_question_that_is_taken_back_or_answered_by_itself_takes_no_step_with_it(hall: Hall, moderator: Moderator):
    """The way back settles too: its second press meant the question, and not the step before."""
    title, keyboard = moderator.page.locator("#console-step h1"), moderator.page.keyboard
    first, *early, last = hall.links()["seats"]
    for seat in early:
        hall.submits(seat, MARKS)
    hall.says(first, "abstain")
    moderator.jumps_to("report-edu", "评分")
    settled(moderator.page)
    for gap in (40, 400):
        keyboard.press("PageDown")
        expect(moderator.next).to_have_attribute("data-asked", "")
        settled(moderator.page)
        keyboard.press("PageUp")
        moderator.page.wait_for_timeout(gap)
        keyboard.press("PageUp")
        expect(moderator.next).not_to_have_attribute("data-asked", "")
        settled(moderator.page)
        expect(title).to_contain_text("市教委 · 评分")
    keyboard.press("PageDown")
    hall.says(first, "return_to_sheet")
    expect(moderator.next).to_contain_text("已收 7/9")
    settled(moderator.page)
    keyboard.press("PageDown")  # agrees to the one who was missing, and not to the one who has come back
    settled(moderator.page)
    expect(moderator.next).to_have_attribute("data-asked", "")
    expect(moderator.round("report-edu")).to_have_attribute("data-state", "open")
    for seat in (first, last):
        hall.submits(seat, MARKS)
    moderator.page.wait_for_function("() => !document.querySelector('#step-next[data-asked]')")  # with the next frame
    keyboard.press("PageUp")
    settled(moderator.page)
    expect(title).to_contain_text("市教委 · 评分")
    expect(moderator.round("report-edu")).to_have_attribute("data-state", "open")


def test_keyboards_and_screen_readers_are_not_locked_out(ann: Panelist) -> None:
    """What rests says so, keeps the cursor, and takes the same press a moment later."""
    unfold = ann.page.locator('[data-criterion="duty"] [data-unfold]')
    settled(ann.page)
    unfold.focus()
    watches_rest(ann.page, '[data-pad="duty"]')
    ann.page.keyboard.press("Enter")
    pad = ann.page.locator('[data-pad="duty"]')
    has_rested(ann.page)
    pad.locator('[data-points="17"]').focus()
    ann.page.keyboard.press("Enter")
    expect(ann.page.locator('[data-criterion="duty"] output')).to_have_text("17")


def test_what_is_confirmed_is_seen_mark_by_mark(ann: Panelist) -> None:
    ann.mark_all()
    ann.submit_button.click()
    lines = ann.page.locator("#submit-dialog [data-marks] div")
    assert [line.split("\n")[-1] for line in lines.all_inner_texts()] == [*MARKS.values()]
    expect(ann.page.locator("#submit-dialog [data-total]")).to_have_text(TOTAL)


# --- typed marks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def typist(hall: Hall) -> Panelist:
    """Before a sheet with a criterion out of a hundred, and one of deductions."""
    hall.begins("typed")
    typist = hall.panelist("expert-1", "typed")
    typist.take_out_sheet()
    return typist


def types(panelist: Panelist, text: str, criterion: str = "whole") -> Locator:
    field = panelist.page.locator(f'[data-criterion="{criterion}"] input')
    field.fill("")
    field.click()
    panelist.page.context.new_cdp_session(panelist.page).send("Input.insertText", {"text": text})
    field.press("Tab")
    return field


AS_MEANT = [("8。5", "8.5"), ("8,5", "8.5"), ("８５", "85"), ("8．5分", "8.5"), ("08", "8")]
IN_WORDS = [("1,000", "须为数字"), ("好", "须为数字"), ("101", "0 至 100"), ("8.3", "8.3"), ("-1", "0 至 100")]


def test_a_typed_mark_is_what_the_hand_meant(typist: Panelist) -> None:
    for text, mark in AS_MEANT:
        types(typist, "84")
        expect(types(typist, text)).to_have_value(mark)
        assert marks_of(typist)["whole"] == mark


def test_a_wrong_mark_is_told_at_its_field_and_nothing_is_sent(typist: Panelist) -> None:
    types(typist, "-3", "minus")
    for text, said in IN_WORDS:
        types(typist, "85")
        expect(typist.submit_button).to_be_enabled()
        field = types(typist, text)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(text)
        expect(typist.page.locator("#problem-whole")).to_contain_text(said)
        expect(typist.submit_button).to_be_disabled()
        assert marks_of(typist)["whole"] == "85"
        types(typist, "84")
        expect(typist.page.locator("#problem-whole")).to_be_hidden()
        expect(typist.submit_button).to_be_enabled()


def test_an_emptied_field_erases_the_mark_and_the_wheel_changes_none(typist: Panelist) -> None:
    types(typist, "-3", "minus")
    field = types(typist, "85")
    expect(typist.submit_button).to_be_enabled()
    assert marks_of(typist) == {"minus": "-3", "whole": "85"}
    field.click()
    typist.page.mouse.wheel(0, 240)
    typist.page.locator("h1").click()
    expect(field).to_have_value("85")
    assert marks_of(typist)["whole"] == "85"
    field.fill("")
    field.press("Tab")
    expect(typist.submit_button).to_contain_text("总体")
    assert marks_of(typist) == {"minus": "-3"}


def test_a_paper_sheet_is_read_in_the_console_before_anything_is_sent(hall: Hall) -> None:
    moderator = hall.judging("typed")
    dialog = moderator.corrects_the_first_sheet()
    whole, minus = (dialog.locator(f'[name="marks.{each}"]') for each in ("whole", "minus"))
    minus.fill("－2")
    whole.fill("8.3")
    dialog.locator("[name=reason]").fill("纸质评分表")
    dialog.locator("[name=author]").fill("主持人")
    dialog.locator("button.primary").click()
    expect(dialog.locator("#paper-problem-whole")).to_contain_text("8.3")
    expect(whole).to_be_focused()
    expect(whole).to_have_value("8.3")
    whole.fill("8。5")
    expect(dialog.locator("#paper-problem-whole")).to_be_hidden()
    moderator.page.evaluate(HOLDS_ITS_WORDS)
    twice(moderator.page, 60, dialog.locator("button.primary:not([data-settling])"))
    moderator.page.evaluate("letGo()")
    expect(dialog).to_be_hidden()
    expect(moderator.page.locator('.seats [data-standing="submitted"]')).to_have_count(1)
    assert kinds(hall, "typed").count("SheetCorrected") == 1


HOLDS_ITS_WORDS = """() => {
  const held = [], { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) { held.push([this, text]); };
  window.letGo = () => {
    WebSocket.prototype.send = send;
    for (const [socket, text] of held) send.call(socket, text);
  };
}"""
"""As on a slow line: what the page says is on its way until it is let go."""


def kinds(hall: Hall, like: str) -> list[str]:
    """What the record holds."""
    database = Database(hall.server.db)
    with database.reading() as connection:
        kinds = [type(entry.event).__name__ for entry in log.load(connection, hall.code(like))]
    database.close()
    return kinds


def test_a_mark_in_a_field_that_was_never_left_outlives_a_reload(typist: Panelist) -> None:
    typist.page.locator('[data-criterion="whole"] input').fill("85")
    typist.page.reload()
    typist.wait_until_connected()
    expect(typist.page.locator('[data-criterion="whole"] input')).to_have_value("85")
    expect(typist.page.locator("#panel-marks")).to_have_attribute("data-sheet", re.compile('"whole": ?"85"'))
