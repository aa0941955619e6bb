"""Chromium before a page that it has never seen, at the end of a line of a given speed."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.bench.troubles import BenchFailed, NoBrowser

if TYPE_CHECKING:
    from playwright.async_api import Browser

LINE = {"offline": False, "latency": 50, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
"""Milliseconds each way and back, bytes a second: a mobile network in a full hall."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENCE = 30.0
READY = """window.whenReady = new Promise((resolve) => {
  const look = () => {
    const isLive = document.getElementById("socket") !== null;
    const isReady = isLive ? document.documentElement.dataset.connection === "on" : document.readyState === "complete";
    if (isReady) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  look();
});"""
"""Before anything of a page runs: when it is connected, or, if it is none that connects, loaded."""
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit: what came over the line, and when (ms) something was painted and the page was ready."""

    bytes: int
    files: int
    painted: float
    ready: float


@dataclass
class _Meter:
    """What comes over the line, by the browser's own account: heads and bodies as they were sent.

    Without slots: Playwright leaves a note on whoever listens.
    """

    sizes: dict[str, float] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def served_from_cache(self, event: dict[str, Any]) -> None:
        self.kept.add(event["requestId"])

    @property
    def over_the_line(self) -> list[float]:
        return [size for request, size in self.sizes.items() if request not in self.kept and size]


@asynccontextmanager
async def chromium() -> AsyncIterator["Browser"]:
    """Raises NoBrowser, with what is missing."""
    try:
        from playwright.async_api import Error, async_playwright
    except ImportError as error:
        raise NoBrowser("playwright") from error
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        except Error as error:
            raise NoBrowser("Chromium") from error
        yield browser
        await browser.close()


async def visit(browser: "Browser", address: str, key: str = "") -> Visit:
    """Open a page as a browser that holds a key (its link) and has kept nothing else."""
    context = await browser.new_context(locale="zh-CN")
    try:
        if key:
            await context.request.get(key)  # the key's cookie; the browser's cache stays empty
        page = await context.new_page()
        await page.add_init_script(READY)
        session, meter = await context.new_cdp_session(page), _Meter()
        session.on("Network.loadingFinished", meter.finished)
        session.on("Network.requestServedFromCache", meter.served_from_cache)
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", LINE)
        await page.goto(address)
        ready = await asyncio.wait_for(page.evaluate("() => window.whenReady"), PATIENCE)
        await page.wait_for_load_state("networkidle")
        painted = await page.evaluate(PAINTED)
    except TimeoutError as error:
        raise BenchFailed(f"{address} is not ready after {PATIENCE:g} s") from error
    finally:
        await context.close()
    return Visit(round(sum(meter.over_the_line)), len(meter.over_the_line), painted, ready)
