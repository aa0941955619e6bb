"""A phone of the audience in a real browser, and what a camera sees of a printed code."""

import base64
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.live.served import Sitting

NARROW, USUAL = {"width": 360, "height": 640}, {"width": 390, "height": 844}

ASLEEP = """() => {
  let isAsleep = false;
  Object.defineProperty(document, "hidden", { get: () => isAsleep });
  window.sleeps = (asleep) => { isAsleep = asleep; document.dispatchEvent(new Event("visibilitychange")); };
}"""
"""A tab that is put away, as a test can do it."""

HEARS = """() => {
  window.heard = [];
  const spoken = '[role="status"], [role="alert"], [aria-live="polite"], output:not([role])';
  const hear = (records) => {
    const come = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const { target, addedNodes } of records) {
      const place = (target.closest ? target : target.parentElement || document.body).closest(spoken);
      if (!place || come.has(place) || !place.getClientRects().length) continue;
      const isWhole = place.matches('[role], [aria-atomic="true"]');
      const changed = isWhole ? [place] : target.data ? [target] : [...addedNodes];
      const text = changed.map((each) => each.textContent).join(" ").replace(/\\s+/g, " ").trim();
      if (text && heard[heard.length - 1] !== text) heard.push(text);
    }
  };
  new MutationObserver(hear).observe(document, { subtree: true, childList: true, characterData: true });
}"""
"""What a screen reader would say: what changes in a place that it listens to, if that is in the page already and seen
by it; of a place that comes with its words in it many of them say nothing."""


class Handset:
    """One phone; ``opens`` leads to the page of its meeting, or to another of its pages."""

    def __init__(self, browser: Browser, sitting: Sitting, size: dict[str, int] = USUAL, **of: Any) -> None:
        self.url = f"http://{sitting.served.host}/{sitting.code}"
        self.context = browser.new_context(viewport=size, locale="zh-CN", has_touch=True, **of)  # type: ignore[arg-type]
        self.complaints: list[str] = []
        self.page = self.new_page()

    def new_page(self, path: str = "") -> Page:
        """Another tab of the same phone."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.url + path)
        return page

    def opens(self, path: str = "") -> None:
        self.page.goto(self.url + path)

    def is_connected(self) -> None:
        self.page.locator('html[data-connection="on"]').wait_for(state="attached")

    def choice(self, word: str) -> Locator:
        return self.page.get_by_role("button", name=word, exact=True)

    def chooses(self, word: str) -> None:
        """Once the button has stood still for a moment, as for a hand."""
        expect(self.choice(word)).not_to_have_attribute("aria-disabled", "true")
        self.choice(word).tap()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the phone."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


PIXELS = """async (png) => {
  const image = Object.assign(new Image(), { src: `data:image/png;base64,${png}` });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (_, x) => data[(y * image.width + x) * 4] < 128 ? "1" : "0").join(""));
}"""


def scanned(code: Locator) -> str:
    """The text of a QR code, read off the pixels of the page that holds it."""
    png = base64.b64encode(code.screenshot()).decode()
    blank = code.page.context.new_page()
    rows = blank.evaluate(PIXELS, png)
    blank.close()
    return text_of(modules(rows))


def modules(rows: list[str]) -> list[list[int]]:
    """The squares of a code, dark ones as 1: in its upper left corner seven of them stand in a row."""
    top = next(at for at, row in enumerate(rows) if "1" in row)
    left, right = rows[top].index("1"), rows[top].rindex("1")
    size = (rows[top].index("0", left) - left) / 7
    number = round((right + 1 - left) / size)
    size = (right + 1 - left) / number
    middles = [(at + 0.5) * size for at in range(number)]
    return [[int(rows[int(top + y)][int(left + x)]) for x in middles] for y in middles]


BLOCKS = {21: (1, 16), 25: (1, 28), 29: (1, 44), 33: (2, 32), 37: (2, 43), 41: (4, 27)}
"""By how many squares a side has, at error correction M: in how many blocks bytes stand, and how many in each."""
MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, _: y % 2,
    lambda _, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def text_of(code: list[list[int]]) -> str:
    """What a code of bytes says (ISO/IEC 18004), without the correction of errors: nothing is dirty here."""
    side = len(code)
    mask = MASKS[(code[8][2] << 2 | code[8][3] << 1 | code[8][4]) ^ 0b101]
    bits = [code[y][x] ^ (mask(y, x) == 0) for y, x in way(side)]
    read = [int("".join(map(str, map(int, bits[at : at + 8]))), 2) for at in range(0, len(bits) - 7, 8)]
    blocks, length = BLOCKS[side]
    data = [read[at * blocks + block] for block in range(blocks) for at in range(length)]
    whole = "".join(f"{byte:08b}" for byte in data)
    assert whole[:4] == "0100"
    number = int(whole[4:12], 2)
    return bytes(int(whole[at : at + 8], 2) for at in range(12, 12 + number * 8, 8)).decode()


def way(side: int) -> list[tuple[int, int]]:
    """The squares that hold data: in columns of two from the right, up and down by turns."""
    columns = [x for x in range(side - 1, 0, -2) if x > 6] + [5, 3, 1]
    squares = []
    for turn, right in enumerate(columns):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        squares += [(y, x) for y in rows for x in (right, right - 1) if not is_fixed(y, x, side)]
    return squares


def is_fixed(y: int, x: int, side: int) -> bool:
    corner = (y < 9 and (x < 9 or x >= side - 8)) or (y >= side - 8 and x < 9)
    inner = side > 21 and abs(y - side + 7) <= 2 and abs(x - side + 7) <= 2
    return corner or inner or 6 in (y, x)
