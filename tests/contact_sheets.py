"""All pictures of the display on one sheet for each size: `make screenshots` makes them, and somebody looks at them."""

from collections.abc import Iterator
from contextlib import closing
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.rehearsal.process import ServerProcess
from app.store.database import Database
from tests.browser.projector import TWO_FRAMES
from tests.browser.scenes import SCENES, TIMERS
from tests.records import record, save

SIZES = ((1920, 1080), (1280, 720), (3840, 2160), (1024, 768))
COLUMNS, WIDTH, QUALITY = 6, 460, 72
STYLE = f"""
body {{ display: grid; grid-template-columns: repeat({COLUMNS}, {WIDTH}px); gap: 14px; margin: 0; padding: 14px;
  width: max-content; background: #6b6b6b; color: #fff; font: 17px sans-serif }}
figure {{ margin: 0 }} img {{ display: block; width: 100%; margin-bottom: 4px }} .lit img {{ filter: url(#lit) }}
svg {{ position: absolute; width: 0 }}
"""
LAMPS = "".join(f'<feFunc{each} type="linear" slope="0.87" intercept="0.13"/>' for each in "RGB")
LIT = (
    f'<svg><filter id="lit" color-interpolation-filters="linearRGB"><feComponentTransfer>{LAMPS}</feComponentTransfer>'
)
"""The lamps of a hall: 0.15 of the white on top of all, and the whole as bright as before."""


VERIFIED = """() => new Promise((done) => {
  const verdict = document.querySelector("k-proof")?.shadowRoot.querySelector("p");
  const look = () => (!verdict || verdict.textContent ? done() : requestAnimationFrame(look));
  look();
})"""
"""Until the record has been gone through, where the picture says so."""


def make(browser: Browser, server: ServerProcess, folder: Path, into: Path) -> None:
    for width, height in SIZES:
        codes, size = kept(server), f"{width}x{height}"  # anew, or the clocks would have run on
        page = browser.new_page(viewport={"width": width, "height": height})
        pictures = list(taken(page, server, codes, folder))
        page.close()
        compose(browser, pictures, folder, into / f"stage-{size}.jpg")
        if (width, height) == SIZES[0]:
            compose(browser, pictures, folder, into / "stage-lit-hall.jpg", LIT)


def kept(server: ServerProcess) -> dict[str, str]:
    """The code of the meeting of each scene."""
    stories = {name: story() for name, story in SCENES.items()}
    with closing(Database(server.db)) as database:
        for story in stories.values():
            if story.events:
                record(database, story)
            else:
                save(database, story.meeting.plan)
    return {name: story.meeting.plan.code for name, story in stories.items()}


def taken(page: Page, server: ServerProcess, codes: dict[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    """The name of each picture, and the file it is in."""
    shown = [(f"timer: {name}", name, "timer") for name in TIMERS] + [(name, name, "hall") for name in SCENES]
    for called, name, view in shown:
        page.goto(f"{server.url}/{codes[name]}/display?view={view}")
        page.locator("html[data-connection=on]").wait_for(state="attached")
        page.evaluate(VERIFIED)
        page.evaluate(TWO_FRAMES)
        file = f"{view}-{list(SCENES).index(name)}.png"
        page.screenshot(path=folder / file)
        yield called, file


def compose(browser: Browser, pictures: list[tuple[str, str]], folder: Path, into: Path, lamps: str = "") -> None:
    figures = "".join(
        f'<figure><img src="{file}"><figcaption>{escape(called)}</figcaption></figure>' for called, file in pictures
    )
    sheet = folder / "sheet.html"
    body = f'<body class="{"lit" if lamps else ""}">{lamps}{figures}'
    sheet.write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}", "utf-8")
    page = browser.new_page(viewport={"width": COLUMNS * (WIDTH + 14) + 14, "height": 1000})
    page.goto(sheet.as_uri())
    page.screenshot(path=into, type="jpeg", quality=QUALITY, full_page=True)
    page.close()
