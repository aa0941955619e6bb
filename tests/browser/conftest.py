"""A real Chromium, and a server of its own for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.meeting.plan import Order, Plan
from app.meeting.rubric import Criterion
from app.rehearsal.process import ServerProcess
from app.store import keys, plans
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import Links, link_of, make_links
from tests.browser.people import Chair, Display, Moderator, Panelist, Phone, Screen, tell_at
from tests.meetings import Story, shipped
from tests.records import record

# As root, and on a machine that reaches nothing but itself.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]


def chromium() -> str | None:
    """The program to start: without windows of its own, if there is such a build, which takes half the work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Of these tests alone: as long as Playwright is started, no test of this process can run a loop of its own."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


def tell(server: ServerProcess, path: str, token: str, do: str, **facts: Any) -> None:
    tell_at(f"ws://127.0.0.1:{server.port}{path}", token, do, **facts)


class Hall:
    """A meeting and everybody before its screens. At the end all is closed, and nobody may have complained."""

    def __init__(self, browser: Browser, server: ServerProcess) -> None:
        self.browser = browser
        self.server = server
        self._screens: list[Any] = []
        self._meetings: dict[str, str] = {}
        self._links: dict[str, dict[str, Any]] = {}

    def code(self, like: str = "demo") -> str:
        """A new meeting like a shipped one, the same for the whole of a test."""
        if like not in self._meetings:
            self.holds(like, plan_like(like))
        return self._meetings[like]

    def holds(self, like: str, plan: Plan) -> None:
        """A new meeting by this plan, from now on called so."""
        self._meetings[like], self._links[like] = self._new_meeting(replace(plan, code=f"{like}-{uuid4().hex[:8]}"))

    def has_played(self, like: str, story: Story) -> None:
        """A meeting of which this has happened already, from now on called so."""
        database = Database(self.server.db)
        record(database, story)
        with database.writing() as connection:
            self._meetings[like] = story.meeting.plan.code
            self._links[like] = self._paths_of(make_links(connection, story.meeting.plan, "test"))
        database.close()

    def links(self, like: str = "demo") -> dict[str, Any]:
        self.code(like)
        return self._links[like]

    def moderator(self, like: str = "demo") -> Moderator:
        return self._with(lambda: Moderator(self.browser, self.links(like)))

    def chair(self, like: str = "demo") -> Chair:
        return Chair(self.links(like)["moderator"])

    def begins(self, like: str = "demo") -> None:
        """The first unit is on, and nobody looks at the console: it is the page that costs most."""
        self.chair(like).begins_with_the_first_unit()

    def judging(self, like: str = "demo") -> Moderator:
        """The moderator of a meeting in which the first unit is on."""
        moderator = self.moderator(like)
        moderator.begins_with_the_first_unit()
        return moderator

    def panelist(self, seat: str, like: str = "demo", size: dict[str, int] | None = None) -> Panelist:
        return self._with(lambda: Panelist(self.browser, self.links(like), seat, size))

    def display(self, like: str = "demo", view: str = "hall") -> Display:
        return self._with(lambda: Display(self.browser, f"{self.server.url}/{self.code(like)}/display?view={view}"))

    def display_of_a_name(self, name: str, view: str = "", like: str = "demo") -> Display:
        """Opened by the link of its key; then, if so asked, at the address of another view."""
        database = Database(self.server.db)
        with database.writing() as connection:
            key = Key(self.code(like), Role.DISPLAY, name)
            link = link_of(key, keys.make(connection, key, "test"))
        database.close()
        display: Display = self._with(lambda: Display(self.browser, self.server.url + link))
        if view:
            display.open(f"{display.page.url}&view={view}")
        return display

    def phone(self, like: str = "demo") -> Phone:
        return self._with(lambda: Phone(self.browser, f"{self.server.url}/{self.code(like)}"))

    def submits(self, seat: str, marks: dict[str, str], unit: str = "edu", like: str = "demo") -> None:
        """A panelist who is not watched: the sheet is sent by a program."""
        sheet = {"unit": unit, "marks": marks, "total": str(sum(map(Decimal, marks.values()))), "salt": uuid4().hex}
        self.says(seat, "submit_sheet", unit, like, **sheet)

    def says(self, seat: str, do: str, of: str = "edu", like: str = "demo", **facts: Any) -> None:
        """Likewise something else of the sheet of a unit."""
        token = self.links(like)["seats"][seat].rpartition("/")[2]
        tell(self.server, f"/{self.code(like)}/live/panel", token, do, round=f"report-{of}", seat=seat, **facts)

    def close(self) -> list[str]:
        complaints = [each for screen in self._screens for each in screen.complaints]
        for screen in self._screens:
            screen.context.close()
        return complaints

    def _with(self, arrive: Callable[[], Any]) -> Any:
        screen = arrive()
        self._screens.append(screen)
        return screen

    def _new_meeting(self, plan: Plan) -> tuple[str, dict[str, Any]]:
        """Written beside the server, which finds it when it is first asked for."""
        database = Database(self.server.db)
        with database.writing() as connection:
            plans.save(connection, plan)
            made = make_links(connection, plan, "test")
        database.close()
        return plan.code, self._paths_of(made)

    def _paths_of(self, made: Links) -> dict[str, Any]:
        url = self.server.url
        return {"moderator": url + made.moderator, "seats": {seat: url + path for seat, path in made.seats.items()}}


def plan_like(name: str) -> Plan:
    """A shipped meeting by its code; ``drawn`` is the demo with its order of reporting drawn by lot, ``typed`` the demo
    with marks that are typed, one of them below zero."""
    if name == "typed":
        whole, minus = Criterion("whole", "总体", Decimal(100)), Criterion("minus", "扣分", Decimal(0), Decimal(-50))
        return replace(shipped("demo"), criteria=(whole, minus))
    return replace(shipped("demo"), order=Order.DRAWN) if name == "drawn" else shipped(name)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of no server, to be filled."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all tests that do not stop it; each has a meeting of its own."""
    with ServerProcess(str(tmp_path_factory.mktemp("browser") / "kaimen.db")) as server:
        yield server


@pytest.fixture
def in_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what moves, and for a few whole stories: pages as almost everybody sees them."""
    monkeypatch.setattr(Screen, "motion", "no-preference")


@pytest.fixture
def hall(browser: Browser, shared_server: ServerProcess) -> Iterator[Hall]:
    hall = Hall(browser, shared_server)
    yield hall
    assert hall.close() == []


@pytest.fixture
def own_hall(browser: Browser, server: ServerProcess) -> Iterator[Hall]:
    """A hall whose server may be killed."""
    hall = Hall(browser, server)
    yield hall
    assert hall.close() == []
