"""The hall: phones that follow by plain HTTP as their page does where there is no socket, and vote, and ask.

Each asks for the picture at the interval that it is told, votes in every poll that it sees open, and sends a ballot
again until somebody says what became of it. Some choose anew, some in the moment of closing, some when it is too late.
"""

import asyncio
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Flag, auto
from urllib.parse import urlencode

from app.rehearsal.asking import Browser
from app.rehearsal.curious import Asked, Curious
from app.rehearsal.latencies import milliseconds, percentile
from app.rehearsal.patience import pauses
from app.rehearsal.question_desk import QuestionDesk

SHARE_OF_SECOND_THOUGHTS = 0.15
ONE_IN = 40
"""Phones of which one votes as the poll closes, and one when it has closed."""

SECONDS_TO_VOTE = 60.0
SECONDS_TO_BE_SEEN = 15.0
PAUSE = 0.02
PACE = 1.0
"""Of the interval between two looks that the server tells."""
SECONDS_TO_ARRIVE = 5.0
_OFFERED = re.compile(r'name="vote" value="([^"]+):([^":]+)"')
_FINAL = 409

Poll = str


@dataclass(slots=True)
class Chosen:
    """A ballot as its phone knows it. ``maybe``: what it may come to, where something was sent that nobody answered."""

    receipt: str = ""
    maybe: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Heard:
    """What all phones together have been told. ``chosen``: for each phone, by poll."""

    phones: int
    acked: int = 0
    looks: int = 0
    unchanged: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    chosen: list[dict[Poll, Chosen]] = field(default_factory=list)

    @property
    def unsure(self) -> int:
        """Ballots of which no phone knows whether there is one."""
        return sum(not each.receipt and bool(each.maybe) for phone in self.chosen for each in phone.values())

    def milliseconds(self, share: float) -> float | None:
        """From the first sending of a ballot to its receipt, which ``share`` of them did not exceed."""
        return milliseconds(percentile(self.seconds, share))


class Part(Flag):
    """What the audience takes part in."""

    NOTHING = 0
    VOTES = auto()
    QUESTIONS = auto()


class Hall:
    """So many phones. ``run`` until cancelled; the moderator says when a poll is about to close, and when all is over.

    ``desk``: whoever moderates what is asked; without one nobody asks.
    """

    def __init__(
        self,
        code: str,
        browsers: Sequence[Browser],
        seed: int,
        part: Part = Part.VOTES,
        desk: QuestionDesk | None = None,
    ) -> None:
        self.code = code
        self.votes = Part.VOTES in part
        self.desk = desk
        self.asked = Asked()
        self.heard = Heard(len(browsers))
        self.closing = asyncio.Event()
        self._phones = [
            Phone(self, browser, at, random.Random(f"{seed}/phone/{at}")) for at, browser in enumerate(browsers)
        ]
        self.heard.chosen = [each.chosen for each in self._phones]
        self._closed = 0
        self.has_news = asyncio.Event()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for phone in self._phones:
                group.create_task(phone.run())
            if self.desk:
                group.create_task(self.desk.run())

    async def closes(self) -> None:
        """Wait until everybody has voted; some vote once more just as this returns."""
        self._closed += 1
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_VOTE):
                while any(len(phone.answered) < self._closed for phone in self._phones):
                    self.has_news.clear()
                    await self.has_news.wait()
        before, self.closing = self.closing, asyncio.Event()
        before.set()

    async def ends(self) -> None:
        """Nobody asks any more; what was asked is seen to, and what was chosen is seen by the hall."""
        if self.desk is None:
            return
        self.asked.is_over = True
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_VOTE):
                while self.asked.busy:  # noqa: ASYNC110  it rings no bell
                    await asyncio.sleep(PAUSE)
        await self.desk.finishes()
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_BE_SEEN):
                while self.desk.presses["choose"] and not self.asked.shown:  # noqa: ASYNC110
                    await asyncio.sleep(PAUSE)


class Phone:
    """One phone of the audience."""

    def __init__(self, hall: Hall, browser: Browser, number: int, dice: random.Random) -> None:
        self.chosen: dict[Poll, Chosen] = defaultdict(Chosen)
        self.answered: set[Poll] = set()
        """In which its ballot was answered: one that is still on its way comes too late if nobody waits for it."""
        self._hall = hall
        self._browser = browser
        self._dice = dice
        self._is_hasty, self._is_late = number % ONE_IN == 0, number % ONE_IN == 1
        self._interval = 2.0
        self._token = ""
        self._presses = 0
        self._have = ""
        self._open: dict[Poll, list[str]] = {}
        self._curious = Curious(hall.asked, browser, hall.code, number, dice) if hall.desk else None

    async def run(self) -> None:
        await asyncio.sleep(self._dice.uniform(0, min(SECONDS_TO_ARRIVE, self._hall.heard.phones / 200)))
        await self._arrives()
        while True:
            interval = await self._looks()
            await asyncio.sleep(interval * self._dice.uniform(0.7, 1.3))

    async def _arrives(self) -> None:
        """The page, with the cookies and the token that it brings."""
        for pause in pauses():
            page = await self._browser.gets(f"/{self._hall.code}", Accept="text/html")
            if page.status == 200:
                self._token = next(value for name, value in self._browser.cookies.items() if "csrf" in name)
                return
            await asyncio.sleep(pause * self._dice.random())

    # --- following --------------------------------------------------------------------------------------------------

    async def _looks(self) -> float:
        """Ask for the picture, and do what it gives occasion to. Returns the seconds until the next look."""
        told = await self._browser.gets(
            f"/{self._hall.code}/live/phone.json?lang=zh-CN", **{"If-None-Match": self._have}
        )
        self._hall.heard.looks += 1
        if told.status == 200:
            said = json.loads(told.body)
            self._have, self._interval = told.etag, PACE * said["next_ms"] / 1000
            await self._sees(said["html"])
        elif told.status == 304:
            self._hall.heard.unchanged += 1
        return self._interval

    async def _sees(self, html: str) -> None:
        if self._curious:
            await self._curious.looks_at(html)
        if self._hall.votes:
            await self._sees_polls(html)

    async def _sees_polls(self, html: str) -> None:
        before, self._open = self._open, defaultdict(list)
        for poll, choice in _OFFERED.findall(html):
            self._open[poll].append(choice)
        for poll, choices in self._open.items():
            if poll not in before:
                await self._votes_in(poll, choices)
        if self._is_late:
            for poll in before.keys() - self._open.keys():
                await self._casts(poll, self._dice.choice(before[poll]))

    # --- voting -----------------------------------------------------------------------------------------------------

    async def _votes_in(self, poll: Poll, choices: list[str]) -> None:
        closing = self._hall.closing
        await self._casts(poll, self._dice.choice(choices))
        if self._dice.random() < SHARE_OF_SECOND_THOUGHTS:
            await self._casts(poll, self._dice.choice(choices))
        self.answered.add(poll)
        self._hall.has_news.set()
        if self._is_hasty:
            await closing.wait()
            await asyncio.sleep(self._dice.uniform(0, 0.05))
            await self._casts(poll, self._dice.choice(choices))

    async def _casts(self, poll: Poll, choice: str) -> None:
        """Until somebody has said what became of it."""
        self._presses += 1
        fields = {"_csrf_token": self._token, "vote": f"{poll}:{choice}", "press": str(self._presses)}
        ballot, loop, heard = self.chosen[poll], asyncio.get_running_loop(), self._hall.heard
        before, ballot.maybe = ballot.maybe, ballot.maybe | {choice}
        began, is_answered = loop.time(), True
        for pause in pauses():
            told = await self._browser.sends(
                f"/{self._hall.code}/ballots", urlencode(fields), Accept="application/json"
            )
            if told.status == 200:
                heard.acked += 1
                heard.seconds.append(loop.time() - began)
                ballot.receipt, ballot.maybe = json.loads(told.body)["receipt"], {choice}
                return
            if told.status == _FINAL:
                heard.refusals[json.loads(told.body)["refused"]] += 1
                if is_answered:  # else it may have been counted before
                    ballot.maybe = before
                return
            is_answered = False
            await asyncio.sleep(pause * self._dice.uniform(0.7, 1.3))
