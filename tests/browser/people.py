"""The people of a meeting before their screens, in a real browser: what they do and see, in words of the trade."""

import html
import json
import re
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from websockets.sync.client import ClientConnection, connect

CONSOLE = {"width": 1440, "height": 900}
TABLET = {"width": 1024, "height": 768}
PROJECTOR = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}

MARKS = {"duty": "18.5", "learning": "13", "outreach": "17.5", "innovation": "12.5", "effect": "16.5", "report": "9.5"}
TOTAL = str(sum(map(Decimal, MARKS.values())))


def settled(page: Page, within: str = "") -> None:
    """Nothing rests any more. What the last press has brought is seen to be new in the picture after it: so two are
    waited for, or a slow machine would call it settled before it has begun."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(f"{within} [data-settling]".strip())).to_have_count(0)


def watches_rest(page: Page, selector: str) -> None:
    """From now on the page itself notes whether it rests: a look from outside may come when that is over."""
    page.evaluate(
        """(selector) => {
          window.rested = false;
          const look = () => (window.rested ||= document.querySelector(`${selector}[aria-disabled=true]`) !== null);
          new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true});
        }""",
        selector,
    )


def has_rested(page: Page) -> None:
    """What is watched has rested, and is awake again."""
    page.wait_for_function("() => window.rested")
    settled(page)


def draws(page: Page, *points: tuple[int, int]) -> None:
    """With the pointer down from the first of these to the last, in per cent of the field to sign in."""
    box = page.locator("#signature svg").bounding_box()
    assert box
    places = [(box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def tell_at(address: str, token: str, do: str, **facts: Any) -> None:
    """A command of somebody who is not watched: a program gives it at a live door."""
    with connect(address, additional_headers={"Authorization": f"Bearer {token}"}) as socket:
        says_at(socket, do, **facts)


def says_at(socket: ClientConnection, do: str, **facts: Any) -> None:
    """A command that is acknowledged, whatever pictures come in between."""
    socket.send(json.dumps({"id": uuid4().hex, "do": do, **facts}))
    while not str(answer := socket.recv(timeout=10)).startswith('{"ack"'):
        assert not str(answer).startswith('{"refused"'), answer


class Screen:
    """A page in a browser context of its own: one device."""

    motion: Literal["reduce", "no-preference"] = "reduce"
    """What this device asks of pages. Painting what moves is much of a browser's work: tests of it ask for it."""

    def __init__(self, browser: Browser, url: str, size: dict[str, int]) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            reduced_motion=self.motion,
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open(url)

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.wait_until_connected()

    def wait_until_connected(self) -> None:
        self.page.locator('html[data-connection="on"]').wait_for(state="attached", timeout=15_000)

    def wait_until_disconnected(self) -> None:
        self.page.locator('html[data-connection="off"]').wait_for(state="attached", timeout=15_000)

    def regions(self) -> dict[str, str]:
        """The html of every region as the browser holds it, without what scripts added."""
        return self.page.evaluate(REGIONS)

    def _listen(self, message: Any) -> None:
        is_about_the_connection = any(word in message.text for word in ("WebSocket", "ERR_CONNECTION", "htmx:ws:error"))
        if message.type == "error" and not is_about_the_connection:
            self.complaints.append(message.text)


# Elements whose id is a region's, without the mark that htmx leaves and the state of the clocks, attributes in order.
REGIONS = """() => {
  const written = (element) => {
    const copy = element.cloneNode(true);
    for (const each of [copy, ...copy.querySelectorAll("*")]) {
      if (each.localName === "k-clock") each.removeAttribute("data-state");
      each.removeAttribute("data-htmx-powered");
      if ("settling" in each.dataset) each.removeAttribute("aria-disabled");
      each.removeAttribute("data-settling");
      const attributes = [...each.attributes].sort((one, other) => one.name.localeCompare(other.name));
      for (const { name } of attributes) each.removeAttribute(name);
      for (const { name, value } of attributes) each.setAttribute(name, value);
    }
    return copy.outerHTML;
  };
  const regions = [...document.querySelectorAll("[id]")]
    .filter((each) => /^(hall|timer|prompt|phone|panel|console|results)-/.test(each.id));
  return Object.fromEntries(regions.map((each) => [each.id, written(each)]));
}"""


class Chair:
    """Who gives a moderator's commands without a screen: where nobody looks at the console, it is not painted."""

    def __init__(self, link: str) -> None:
        page, _, self._token = link.rpartition("/")
        self._door = f"ws{page.removeprefix('http').removesuffix('moderator')}live/moderator"

    def says(self, do: str, **facts: Any) -> None:
        tell_at(self._door, self._token, do, **facts)

    def begins_with_the_first_unit(self) -> None:
        self.says("open_meeting")
        self.says("advance")
        self.says("advance", leaving={"item": "opening", "segment": 0})


class Moderator(Screen):
    def __init__(self, browser: Browser, links: dict[str, Any]) -> None:
        super().__init__(browser, links["moderator"], CONSOLE)
        self.chair = Chair(links["moderator"])
        self.next = self.page.locator("#step-next")

    def open_meeting(self) -> None:
        self.press("封存规则，宣布开会")
        self.confirm("封存规则并开会？")
        expect(self.next).to_contain_text("开始")

    def confirm(self, question: str) -> None:
        """Press the big button once more, which asks this."""
        expect(self.next).to_contain_text(question)
        self.next.click()

    def begin(self, what: str) -> None:
        """Press the big button, which must say that it will begin (or go on to) this."""
        expect(self.next).to_contain_text(what)
        self.next.click()
        expect(self.page.locator("#console-step h1")).to_contain_text(what)

    def begin_unit(self, unit: str) -> None:
        self.begin(f"{unit} · 履职报告")

    def begins_with_the_first_unit(self) -> None:
        """Not by the button, which would rest four times: test_console and test_whole_meeting press it."""
        self.chair.begins_with_the_first_unit()
        expect(self.page.locator("#console-step h1")).to_contain_text("市教委 · 履职报告")

    def jumps_to(self, item: str, segment: str = "履职报告") -> None:
        self.menu_of_item(item).get_by_role("button", name=f"跳到{segment}").click()
        self.agree()
        expect(self.page.locator(f"#item-{item}")).to_have_attribute("aria-current", "true")

    def press(self, label: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=label).first.click()

    def agree(self) -> None:
        self.page.locator("dialog[open] button[value=yes]").click()

    def give_reason(self, reason: str) -> None:
        self.page.locator("dialog[open] input[name=reason]").fill(reason)
        self.agree()

    def corrects_the_first_sheet(self) -> Locator:
        """Close the round of the unit that is on, and open the dialog for what the first seat handed in on paper."""
        self.press("截止市教委的评分")
        self.agree()
        return self.opens_the_first_sheet()

    def opens_the_first_sheet(self) -> Locator:
        self.page.locator(".seats li > button").first.click()
        self.page.locator('[data-opens="correct-sheet"]').first.click()
        return self.page.locator("#correct-sheet")

    def line_to(self, do: str) -> Locator:
        """The field of a message, to the hall (``cue_scene``) or to the speaker (``tell_speaker``)."""
        self.press("通知…")
        return self.page.locator(f'form[data-do="{do}"] input')

    def menu_of_item(self, item: str) -> Locator:
        row = self.page.locator(f"#item-{item}")
        row.locator(".what > button").click()
        return row

    def round(self, round: str) -> Locator:
        return self.page.locator(f"#round-{round}")


class Panelist(Screen):
    def __init__(self, browser: Browser, links: dict[str, Any], seat: str, size: dict[str, int] | None = None) -> None:
        super().__init__(browser, links["seats"][seat], size or TABLET)
        self.seat = seat
        self.sync = self.page.locator("#sync")
        self.submit_button = self.page.locator("#submit")
        self.receipt = self.page.locator("#panel-marks .receipt strong")
        self.comment_text = self.page.locator("#compose textarea")

    def take_out_sheet(self) -> None:
        """Follow the call to the sheet of the unit that is on."""
        self.page.locator("#panel-call").click()
        expect(self.page.locator("[data-criterion]").first).to_be_visible()

    def mark(self, criterion: str, points: str) -> None:
        row = self.page.locator(f'[data-criterion="{criterion}"]')
        if row.get_attribute("data-unfolded") != "yes":
            row.locator("[data-unfold]").click()
        self.page.locator(f'[data-pad="{criterion}"] [data-points="{points}"]').click()
        expect(row.locator("output")).to_have_text(points)

    def mark_all(self, marks: dict[str, str] = MARKS) -> None:
        for criterion, points in marks.items():
            self.mark(criterion, points)

    def submit(self) -> None:
        self.submit_button.click()
        self.page.locator("#submit-dialog button[value=yes]").click()

    def submit_and_wait(self) -> str:
        self.submit()
        expect(self.receipt).to_be_visible()
        return self.receipt.inner_text()

    def write(self, text: str) -> None:
        self.comment_text.click()
        self.comment_text.press_sequentially(text)

    def send_comment(self, kind: str = "问题") -> None:
        self.page.locator("#compose .kinds").get_by_text(kind, exact=True).click()
        button = self.page.get_by_role("button", name="提交点评")
        button.click()
        if button.get_attribute("data-settling") is not None:  # it has moved under the finger, and is seen to rest
            button.click()

    def recorded(self) -> dict[str, Any]:
        """What the server holds of this seat's sheet: the page itself may not have been shown it yet."""
        page = self.page.request.get(self.page.url).text()
        (found,) = re.findall(r'id="panel-marks" data-sheet="([^"]*)"', page)
        return json.loads(html.unescape(found))


class Display(Screen):
    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, PROJECTOR)
        self.stage = self.page.locator("#hall-stage")
        self.progress = self.page.locator("#hall-progress")


class Phone(Screen):
    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, PHONE)


def fresh_copy(screen: Screen) -> dict[str, str]:
    page = screen.context.new_page()
    page.goto(screen.page.url)
    page.locator('html[data-connection="on"]').wait_for(state="attached")
    copy = page.evaluate(REGIONS)
    page.close()
    return copy


IS_SAVED = """() => Object.entries(localStorage).some(
  ([key, text]) => key.startsWith("kaimen.draft.") && !JSON.parse(text).isUnsaved)"""
