"""Pictures of what the audience does, for pages of docs: votes, tickets, questions. `make screenshots` takes them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from app.meeting import commands as c
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.questions.agreed import Questions
from app.rehearsal.process import ServerProcess
from app.store import keys, questions, tickets
from app.store.ballots import Ballot, take
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import link_of
from tests.browser.people import settled
from tests.browser.scenes import QUESTION, SCENES, begun, judged
from tests.meetings import Story, shipped
from tests.records import record

PROJECTOR, LAPTOP, PHONE = ({"width": w, "height": h} for w, h in ((1280, 720), (1200, 800), (390, 760)))
QUALITY = 72
ASKED = (
    (QUESTION, "edu", 41),
    ("中学的普法课一学期有几节？由谁来上？", "edu", 17),
    ("加微信 vx12345，低价代办各类证件", "", 0),
    ("老旧小区加装电梯，居民意见不一致时找哪个部门？", "", 23),
)
CAST = (("ticket", "satisfied", 88), ("phone", "satisfied", 141), ("phone", "fairly", 62), ("web", "dissatisfied", 40))


def make(browser: Browser, server: ServerProcess, into: Path) -> None:
    story = asked_and_voting()
    code = story.meeting.plan.code
    shown = {name: SCENES[scene]() for name, scene in (("poll-shown", "poll, shown"), ("question", "question"))}
    with closing(Database(server.db)) as database:
        for each in (story, *shown.values()):
            record(database, each)
        doors = fills(database, story)
    halls = {"poll": code, **{name: each.meeting.plan.code for name, each in shown.items()}}
    for name, meeting in halls.items():
        page = opened(browser, f"{server.url}/{meeting}/display", PROJECTOR)
        if name == "poll":
            expect(page.locator("#hall-stage")).to_contain_text("203")
        keeps(page, into, name)
    phone(browser, f"{server.url}/{code}", into)
    for name, role, path in (("question-desk", Role.QUESTIONS, "/questions"), ("tickets", Role.MODERATOR, "/tickets")):
        page = opened(browser, server.url + doors[role], LAPTOP)
        page.goto(f"{server.url}/{code}{path}")
        if name == "tickets":
            page.get_by_role("button", name="制作并打印").click()
            page.locator(".ticket").first.wait_for()
        keeps(page, into, name)


def asked_and_voting() -> Story:
    rules = replace(
        shipped("demo").rules,
        polls=PollsOpen.BY_HAND,
        voters=Voters.EVERYBODY,
        audience=300,
        questions=Questions.MODERATED,
    )
    return judged(begun(1, rules=rules), 1).does(c.OpenPoll("edu"))


def fills(database: Database, story: Story) -> dict[Role, str]:
    """Ballots, tickets and questions, as rows; and the ways in to the desks."""
    code, now = story.meeting.plan.code, datetime.now(UTC)
    with database.writing() as connection:
        tickets.issue(connection, code, "a form", 5, now)
        take(connection, list(ballots(code)), now)
        for at, (text, unit, upvotes) in enumerate(ASKED):
            questions.ask(connection, questions.NewQuestion(code, f"question-{at}", unit, text, f"device-{at}"), now)
            if at == 1:
                questions.approve(connection, code, f"question-{at}", now, "a-key")
            for device in range(upvotes if at == 1 else 0):
                questions.upvote(connection, code, f"question-{at}", f"wants-{device}")
        made = {each: Key(code, each) for each in (Role.QUESTIONS, Role.MODERATOR)}
        return {role: link_of(key, keys.make(connection, key, "test")) for role, key in made.items()}


def ballots(code: str) -> Iterator[Ballot]:
    numbers = count()
    for voice, choice, number in CAST:
        yield from (Ballot(code, "edu.1", f"voter-{next(numbers)}", voice, choice) for _ in range(number))


def phone(browser: Browser, address: str, into: Path) -> None:
    page = opened(browser, address, PHONE, device_scale_factor=1.5)
    page.get_by_role("button", name="基本满意").click()
    expect(page.locator("#phone-polls output")).to_contain_text("已计入")
    settled(page)
    page.screenshot(path=into / "phone-vote.jpg", type="jpeg", quality=QUALITY)
    page.locator("#ask-text").fill("学校食堂的检查结果在哪里可以看到？")
    page.locator(".to-ask .primary").click()
    expect(page.locator("#asked")).to_contain_text("正在审核")
    page.locator(".reach").get_by_role("link", name="提问").click()
    settled(page)
    page.wait_for_function("() => document.querySelector('#asking').getBoundingClientRect().top < 40")
    keeps(page, into, "phone-ask")


def opened(browser: Browser, address: str, size: dict[str, int], **of: Any) -> Page:
    page = browser.new_page(viewport=size, locale="zh-CN", **of)  # type: ignore[arg-type]
    page.goto(address)
    return page


def keeps(page: Page, into: Path, name: str) -> None:
    page.wait_for_function(
        """() => document.getAnimations().every(each =>
        each.playState !== "running" || each.effect.getComputedTiming().iterations === Infinity)"""
    )
    page.screenshot(path=into / f"{name}.jpg", type="jpeg", quality=QUALITY)
    page.close()
