"""A phone with an old browser, by hand: `python -m tests.old_browser CHROMIUM [FOLDER]` walks a meeting with it.

Any Chromium will do that can be spoken to by its debugging protocol; Playwright speaks with newer ones only. What was
seen is said line by line, and pictures are put into FOLDER; docs/operating.md says what came of it. It is no test.
"""

import base64
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from app.live.capacity import Capacity
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.questions.agreed import Questions
from app.store import questions
from app.store.tickets import issue
from tests.browser.cable import Cable, cable
from tests.live.served import Served, Sitting
from tests.meetings import ANN, WATER, sheet, small_plan
from tests.web.asking import moderates, rows

NARROW = {"width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": True, "fitWindow": False}
TABLET = {"width": 1180, "height": 820, "deviceScaleFactor": 1, "mobile": True, "fitWindow": False}
FLAGS = ["--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
PATIENCE = 10.0
RIGHT_WITHIN = 2.0
"""Seconds after which a phone that comes back shows what is so now."""

HAND = """(() => {
  const all = Array.prototype.slice.call(document.querySelectorAll(%s));
  const found = all.filter(each => !%s || each.textContent.trim() === %s)[0];
  if (!found || found.getAttribute("aria-disabled") === "true") return null;
  document.documentElement.style.scrollBehavior = "auto";
  found.scrollIntoView({ block: "center", behavior: "instant" });
  const box = found.getBoundingClientRect();
  const at = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const there = document.elementFromPoint(at.x, at.y);
  return there && (found.contains(there) || there.contains(found)) ? at : null;
})()"""
"""Where a finger would press on what a selector finds, by its words if some are given; null while it cannot."""


class Phone:
    """One browser with one page."""

    def __init__(self, program: str, folder: Path) -> None:
        port = free_port()
        command = [
            program,
            *FLAGS,
            f"--remote-debugging-port={port}",
            f"--user-data-dir={folder}/profile",
            "about:blank",
        ]
        self._process = subprocess.Popen(command, stderr=(folder / "stderr").open("wb"), start_new_session=True)
        self._said = connect(page_at(port), max_size=None, proxy=None, ping_interval=None, legacy=True)
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        for domain in ("Page", "Runtime", "Network"):
            self.does(f"{domain}.enable")
        self.has_size(NARROW)

    def close(self) -> None:
        self._said.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def does(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._said.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self._said.recv(timeout=PATIENCE / 2))
            if said.get("method") == "Runtime.exceptionThrown":
                details = said["params"]["exceptionDetails"]
                self.complaints.append(details.get("exception", {}).get("description") or details["text"])
            if said.get("id") == number:
                return said.get("result", {"error": said.get("error")})

    def has_size(self, size: dict[str, Any]) -> None:
        self.does("Emulation.setDeviceMetricsOverride", **size)

    def has_scripts(self, on: bool) -> None:
        self.does("Emulation.setScriptExecutionDisabled", value=not on)

    def opens(self, url: str) -> None:
        self.does("Page.navigate", url=url)
        time.sleep(0.3)
        self.sees("document.readyState === 'complete'")

    def asks(self, expression: str) -> Any:
        return self.does("Runtime.evaluate", expression=expression, returnByValue=True).get("result", {}).get("value")

    def sees(self, expression: str, within: float = PATIENCE) -> float:
        """Wait until this holds; in seconds, how long it took."""
        began = time.monotonic()
        while not self.asks(expression):
            if time.monotonic() - began > within:
                raise AssertionError(f"not within {within:g} s: {expression}")
            time.sleep(0.03)
        return time.monotonic() - began

    def reads(self, words: str, where: str = "body", within: float = PATIENCE) -> float:
        return self.sees(
            f"(document.querySelector('{where}') || {{}}).textContent.indexOf({json.dumps(words)}) >= 0", within
        )

    def presses(self, selector: str, words: str = "") -> None:
        """As a finger does, where it can be seen and nothing lies over it."""
        hand = HAND % (json.dumps(selector), json.dumps(words), json.dumps(words))
        self.sees(f"{hand} !== null")
        time.sleep(0.6)  # two presses sooner than this in one place are one: static/settle.js
        at = self.asks(hand)
        for kind in ("mousePressed", "mouseReleased"):
            self.does("Input.dispatchMouseEvent", type=kind, **at, button="left", clickCount=1)
        time.sleep(0.2)

    def types(self, selector: str, text: str) -> None:
        self.presses(selector)
        for letter in text:
            self.does("Input.dispatchKeyEvent", type="char", text=letter)

    def sleeps(self, seconds: float, meanwhile: Callable[[], None]) -> None:
        """All its timers stand still, and it is told nothing, neither before nor after."""
        os.killpg(self._process.pid, signal.SIGSTOP)
        time.sleep(seconds / 2)
        meanwhile()
        time.sleep(seconds / 2)
        os.killpg(self._process.pid, signal.SIGCONT)

    def looks(self, name: Path, whole: bool = True) -> None:
        with suppress(TimeoutError):  # of a browser that is drawn on a screen and has none
            picture = self.does("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
            name.write_bytes(base64.b64decode(picture["data"]))

    @property
    def overflow(self) -> int:
        return int(self.asks("document.documentElement.scrollWidth - window.innerWidth") or 0)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def page_at(port: int) -> str:
    """Where the page of a browser that was just started is spoken to."""
    until = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with opener.open(f"http://127.0.0.1:{port}/json") as answer:
                return next(str(each["webSocketDebuggerUrl"]) for each in json.load(answer) if each["type"] == "page")
        except (OSError, StopIteration):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


class Walk:
    """What a phone does in a meeting, step by step. A step that fails is said, and the next one is tried."""

    def __init__(self, phone: Phone, served: Served, line: Cable, folder: Path) -> None:
        self.phone, self.served, self.line, self.folder = phone, served, line, folder
        self.sitting = meeting(served, Voters.HALL)
        self.kind = ""

    def url(self, path: str = "", of: Sitting | None = None) -> str:
        return f"http://127.0.0.1:{self.line.port}/{(of or self.sitting).code}{path}"

    def step(self, name: str, does: Callable[[], Any]) -> bool:
        try:
            found = does()
        except (AssertionError, TimeoutError, KeyError, IndexError, TypeError) as failed:
            print(f"FAILED  {self.kind}{name}: {str(failed)[:150]}", flush=True)
            return False
        finally:
            self.looks(name)
        took = f" ({found:.2f} s)" if isinstance(found, float) else ""
        print(f"ok      {self.kind}{name}{took}{self.too_wide()}", flush=True)
        return True

    def too_wide(self) -> str:
        return f", TOO WIDE by {self.phone.overflow}" if self.phone.overflow > 0 else ""

    def looks(self, name: str) -> None:
        self.phone.looks(self.folder / f"{self.kind}{name}.png".replace(" ", "-").replace(":", ""))

    # --- with scripts, or whatever of them this browser runs ---------------------------------------------------------

    def walks(self) -> None:
        self.phone.opens(self.url())
        follows = self.step("follows", self.follows)
        self.votes(follows)
        self.asks(follows)
        self.step("reads results and receipts", self.reads_results)
        if follows:
            self.step("goes on after the network was away", self.goes_on)
            self.step("wakes and was told nothing", self.wakes)
            self.step("wakes behind a dead socket", self.wakes_told)
            self.step("follows without sockets", self.follows_without_sockets)
        self.step("takes a ticket", self.takes_a_ticket)
        self.step("reads in English", self.reads_in_english)

    def follows(self) -> float:
        self.is_connected(5)
        self.sitting.performs(c.JumpTo(Place("report-water")))
        return self.phone.reads("Water", "#phone-now")

    def is_connected(self, within: float = PATIENCE) -> float:
        return self.phone.sees("document.documentElement.getAttribute('data-connection') === 'on'", within)

    def votes(self, follows: bool) -> None:
        self.sitting.performs(c.JumpTo(Place("report-water")), c.OpenPoll("water"))
        if not follows:
            self.step(
                "looks again", lambda: (self.phone.presses(".look-again a"), self.phone.reads("满意", ".ballot"))[1]
            )
        self.step("votes", lambda: self.chooses("满意"))
        self.step("votes anew", lambda: self.chooses("不满意"))

    def chooses(self, word: str) -> float:
        phone = self.phone
        if not phone.asks("!!document.querySelector('.ballot')"):
            phone.opens(self.url())
        phone.presses(".ballot button", word)
        phone.sees(
            "/已计入/.test((document.querySelector('#phone-polls output') || document.querySelector('h1')).textContent)"
        )
        return phone.reads(word, "button[aria-pressed=true], main")

    def asks(self, follows: bool) -> None:
        self.step("asks", lambda: self.asks_a_question(follows))
        for row in rows(self.sitting):
            moderates(self.sitting, questions.approve, row.id)
        self.step("reads what others ask and wants it too", self.wants)

    def asks_a_question(self, follows: bool) -> float:
        self.phone.opens(self.url())
        if follows:
            self.is_connected()
        self.phone.types("#ask-text", "路灯什么时候修？")
        self.phone.presses(".to-ask .primary")
        return self.phone.reads("正在审核", "#asked")

    def wants(self) -> float:
        self.phone.opens(self.url("/ask"))
        self.phone.presses("#asked form button")
        return self.phone.reads("✓", "#asked")

    def reads_results(self) -> float:
        here = self.served.venue.rooms.meeting(self.sitting.code)
        self.sitting.performs(*(sheet(here, WATER, seat, 50, 30) for seat in self.sitting.seats))
        self.sitting.performs(c.CloseRound(WATER), c.RevealResult(WATER), c.ClosePoll("water.1"), c.ShowPoll("water.1"))
        self.phone.opens(self.url())
        self.phone.presses(".reach a", "议程")
        self.phone.presses(".reach a", "评议结果")
        self.phone.reads("80", "#phone-results")
        self.phone.reads("100%", ".bars")
        self.phone.presses("#phone-polls p a", "全部选票回执")
        return self.phone.sees("/[A-Z2-9]{4}/.test(document.querySelector('.receipts').textContent)")

    def goes_on(self) -> float:
        self.phone.opens(self.url())
        self.is_connected()
        self.sitting.performs(c.OpenPoll("court"))
        self.phone.reads("Court", ".ballot")
        self.line.cut()
        self.phone.presses(".ballot button", "满意")
        self.phone.reads("正在发送", "#phone-polls output")
        time.sleep(1)
        self.line.mend()
        return self.phone.reads("已计入", "#phone-polls output")

    def wakes(self) -> float:
        """The network has lost its socket meanwhile; nothing tells the page that it slept."""

        def meanwhile() -> None:
            self.line.loses()
            self.sitting.performs(c.JumpTo(Place("report-school")))

        self.phone.sleeps(8, meanwhile)
        return self.phone.reads("Schools", "#phone-now", RIGHT_WITHIN)

    def wakes_told(self) -> float:
        """No timer has stood still long enough to tell; the page hears that it is seen again, and nothing before."""
        self.line.loses()
        self.sitting.performs(c.JumpTo(Place("break")))
        self.phone.asks("document.dispatchEvent(new Event('visibilitychange'))")
        return self.phone.reads("Break", "#phone-now", RIGHT_WITHIN)

    def follows_without_sockets(self) -> float:
        capacity, self.served.venue.capacity = self.served.venue.capacity, Capacity(0, 100)
        try:
            self.phone.opens(self.url())
            self.is_connected()
            self.sitting.performs(c.JumpTo(Place("report-court")))
            return self.phone.reads("Court", "#phone-now .now", 6)
        finally:
            self.served.venue.capacity = capacity

    def takes_a_ticket(self) -> float:
        sitting = meeting(self.served, Voters.TICKETS)
        sitting.performs(c.OpenPoll("water"))
        with self.served.database.writing() as connection:
            [made] = issue(connection, sitting.code, "a form", 1, self.served.venue.now(sitting.code)).sheets
        self.phone.opens(self.url(f"/ticket/{made.codes[0]}", sitting))
        self.phone.presses("button.primary")
        self.phone.sees("document.querySelector('.ballot') !== null")
        self.phone.presses(".ballot button", "基本满意")
        return self.phone.reads("已计入")

    def reads_in_english(self) -> float:
        self.phone.opens(self.url())
        self.phone.presses("footer a[hreflang=en]")
        self.phone.reads("Agenda", "nav")
        self.phone.presses("footer a[hreflang=zh-CN]")
        return self.phone.reads("议程", "nav")

    # --- what others open -------------------------------------------------------------------------------------------

    def reads_around(self) -> None:
        for path in (
            "/",
            *(f"/{self.sitting.code}{each}" for each in ("/results", "/results/water", "/public", "/join")),
        ):
            self.step(f"opens {path.replace('/', '_')}", lambda path=path: self.reads_page(path))
        self.phone.has_size(TABLET)
        self.step("opens the tablet", lambda: self.reads_page(f"/{self.sitting.code}/seat/{self.sitting.seats[ANN]}"))
        if not self.step("tablet connects", lambda: self.is_connected(5)):
            self.step(
                "tablet says that it cannot",
                lambda: self.phone.sees(
                    "getComputedStyle(document.querySelector('.too-old')).visibility === 'visible'"
                ),
            )
        self.phone.has_size(NARROW)

    def reads_page(self, path: str) -> None:
        self.phone.opens(f"http://127.0.0.1:{self.line.port}{path}")
        assert len(self.phone.asks("document.body.innerText")) > 20


def meeting(served: Served, voters: Voters) -> Sitting:
    rules = Rules(polls=PollsOpen.BY_HAND, voters=voters, questions=Questions.MODERATED)
    sitting = served.holds(small_plan(rules=rules))
    sitting.performs(c.OpenMeeting(sitting.plan))
    return sitting


@contextmanager
def walking(program: str, folder: Path) -> Iterator[Walk]:
    with (
        tempfile.TemporaryDirectory() as place,
        Served(Path(place)) as served,
        cable(int(served.host.rpartition(":")[2])) as line,
    ):
        phone = Phone(program, Path(place))
        try:
            yield Walk(phone, served, line, folder)
        finally:
            phone.close()


def main(program: str, folder: str = "") -> None:
    pictures = Path(folder or tempfile.mkdtemp())
    pictures.mkdir(parents=True, exist_ok=True)
    for has_scripts in (True, False):
        with walking(program, pictures) as walk:
            walk.phone.opens("about:blank")
            print(walk.phone.asks("navigator.userAgent"))
            walk.kind = "" if has_scripts else "without scripts: "
            walk.phone.has_scripts(has_scripts)
            walk.walks()
            if has_scripts:
                walk.reads_around()
            print(*walk.phone.complaints, sep="\n")
    print(f"Pictures: {pictures}")


if __name__ == "__main__":
    main(*sys.argv[1:])
