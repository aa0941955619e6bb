"""How the display draws while a result is shown at one press: the frames of six seconds in Chromium.

The baseline is the same page for as long just before, when nothing moves on it but the clock: what this machine can do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from app.bench.browser import chromium
from app.bench.ground import Ground, ground
from app.bench.load import ROUNDS, UNITS, judge
from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

LASTS = 6_500
"""Milliseconds: the whole of a reveal (static/reveal.js), and a little."""
LONG = 50
SIZE = {"width": 1920, "height": 1080}
AGAINST = "the page at rest"
FRAMES = """(lasts) => new Promise((done) => {
  const frames = [];
  let before = null;
  const look = (now) => {
    if (before !== null) frames.push(now - before);
    before = now;
    if (frames.reduce((sum, each) => sum + each, 0) < lasts) requestAnimationFrame(look);
    else done(frames);
  };
  requestAnimationFrame(look);
})"""
PLAYS = "() => document.querySelector('main[data-plays]') !== null"


@dataclass(frozen=True, slots=True)
class Film:
    """The lengths of frames, in milliseconds."""

    frames: list[float]

    @property
    def longest(self) -> float:
        return max(self.frames)

    @property
    def usual(self) -> float:
        return median(self.frames)

    @property
    def long(self) -> int:
        return sum(each > LONG for each in self.frames)


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: how many results are shown; what is said is of the worst of them."""
    return [row for times in clients for row in await _case(db, min(times, len(UNITS)))]


async def _case(db: str | None, times: int) -> list[Row]:
    at_rest, shown = [], []
    async with chromium() as browser, ground(db) as here:
        page = await _display(browser, here)
        for unit in UNITS[:times]:
            await here.must("jump_to", place={"item": ROUNDS[unit], "segment": 0}, without_order=True)
            await judge(here, unit)
            at_rest.append(Film(await page.evaluate(FRAMES, LASTS)))
            await here.must("reveal_result", round=ROUNDS[unit])
            shown.append(Film(await page.evaluate(FRAMES, LASTS)))
            if not await page.evaluate(PLAYS):
                raise BenchFailed("the display has shown a result without moving")
    return [
        Row("reveal: frame", times, rounded(_worst(shown, "usual")), "ms", rounded(_worst(at_rest, "usual")), AGAINST),
        Row(
            "reveal: longest",
            times,
            rounded(_worst(shown, "longest")),
            "ms",
            rounded(_worst(at_rest, "longest")),
            AGAINST,
        ),
        Row(f"reveal: over {LONG} ms", times, _worst(shown, "long"), "frames", _worst(at_rest, "long"), AGAINST),
    ]


async def _display(browser: "Browser", here: Ground) -> "Page":
    page = await browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    await page.goto(f"{here.server.url}/{here.code}/display?view=hall")
    await page.locator("html[data-connection=on]").wait_for(state="attached")
    return page


def _worst(films: Sequence[Film], figure: str) -> float:
    return max(float(getattr(film, figure)) for film in films)
