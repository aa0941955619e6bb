"""Pictures of what there is after the last word, for the pages of docs: results, a letter, the page that checks files.

`make screenshots` takes them; a letter only where LibreOffice and poppler are installed.
"""

import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, expect

from app.meeting import commands as c
from app.meeting.plan import AgendaItem
from app.papers.folder.folders import FOR_FILE, FOR_PUBLIC
from app.rehearsal.process import ServerProcess
from app.store.database import Database
from tests.browser.scenes import remarks
from tests.commandline import run_here
from tests.meetings import Story, plays_round, shipped
from tests.records import record

LAPTOP, QUALITY = {"width": 1366, "height": 900}, 70
LETTER_WIDTH = 620
OFFICE, PAGES = shutil.which("soffice"), shutil.which("pdftoppm")


def make(browser: Browser, server: ServerProcess, folder: Path, into: Path) -> None:
    story = held()
    code = story.meeting.plan.code
    with closing(Database(server.db)) as database:
        record(database, story)
    run_here("export", code, "--to", folder, "--db", server.db)
    page = browser.new_page(viewport=LAPTOP, locale="zh-CN")
    page.goto(f"{server.url}/{code}/results")
    page.locator("k-chart").first.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('k-chart').drawn")
    page.locator("#overview").scroll_into_view_if_needed()
    page.screenshot(path=into / "results.jpg", type="jpeg", quality=QUALITY)
    public = folder / FOR_PUBLIC
    page.goto((public / "verify.html").as_uri())
    page.set_input_files("#files", [str(public / f"{code}.{name}") for name in ("public.log.jsonl", "results.json")])
    expect(page.locator("[data-state=holds]").first).to_be_visible()
    page.screenshot(path=into / "verify.jpg", type="jpeg", quality=QUALITY)
    page.close()
    if OFFICE and PAGES:
        take_letter(browser, folder / FOR_FILE / "会议纪要.docx", folder, into / "letter.jpg")


def held() -> Story:
    """The shipped meeting on its day, all of it in time."""
    plan = shipped("demo")
    plan = replace(plan, code="papers", rules=replace(plan.rules, rank_shown=True))
    story = Story(plan, plan.starts_at).opens()
    for item in plan.agenda:
        story.goes_to(item.id).waits(item.planned.total_seconds() / 60)
        if item.unit:
            remarks(story, item.unit)
            plays_round(story, item.id, marks(story, item)).does(c.RevealResult(item.id))
    return story.does(c.FinishMeeting())


def marks(story: Story, item: AgendaItem) -> dict[str, tuple[float, ...]]:
    """By chance, the same each time: of each unit what it is good at, of each seat how strict it is."""
    plan, chance = story.meeting.plan, Random(item.id)
    shares = [chance.uniform(0.78, 0.95) for _ in plan.criteria]
    given = {}
    for seat in story.meeting.entitled(item.unit or ""):
        strict = [chance.uniform(-0.06, 0.04) for _ in plan.criteria]
        whole = zip(plan.criteria, shares, strict, strict=True)
        given[seat.id] = tuple(round(float(each.maximum) * (share + less) * 2) / 2 for each, share, less in whole)
    return given


def take_letter(browser: Browser, letter: Path, folder: Path, into: Path) -> None:
    """Its first page, as LibreOffice sets it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, letter], check=True)
    first = [str(PAGES), "-singlefile", "-png", "-r", "150", folder / f"{letter.stem}.pdf", folder / "letter"]
    subprocess.run(first, check=True)
    page = browser.new_page(viewport={"width": LETTER_WIDTH, "height": LETTER_WIDTH * 297 // 210})
    page.goto((folder / "letter.png").as_uri())
    page.evaluate("document.images[0].style.width = '100%'")
    page.screenshot(path=into, type="jpeg", quality=QUALITY)
    page.close()
