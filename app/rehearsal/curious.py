"""Phones that ask, and want to know what others ask, by the forms of their page, as it works without scripts.

Nobody waits for half a minute to ask once more: what is refused is given up, and counted by the words that refused it.
"""

import asyncio
import html
import random
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.rehearsal.asking import Browser, Told
from app.rehearsal.forms import form_to
from app.rehearsal.patience import pauses

ONE_ASKS_IN, ONE_WANTS_IN = 20, 3
"""Phones of which one asks, and one wants to know the same as others. The first who asks does not know when to stop."""

ASKED_BY_EACH, ASKED_BY_THE_FIRST, WANTED_BY_EACH = 2, 5, 2
SHARE_OF_ADVERTISING = 0.1
SHARE_OF_LOOKS = 0.2
"""At which somebody who has something left to say says it."""

ADVERTISING = "代办各类证照"
TEXTS = ("{unit}的电话为什么总是打不通？", "{unit}的普法活动什么时候到我们社区来？", "{unit}去年答应的事办到哪一步了？")
SEE_OTHER = 303
_OFFERED = re.compile(r'name="question" value="([\w-]+)"')
_PROBLEM = re.compile(r'id="problem"[^>]*>([^<]+)<')
_SHOWN = re.compile(r'id="asked-([\w-]+)"')

Question = str
"""Its id."""


@dataclass(slots=True)
class Asked:
    """What all phones together have been told of questions. Texts are all different.

    ``unsure``: what was sent, and never answered; ``wanted`` and ``perhaps_wanted`` by question: the phones that were
    told so, and those that never were. ``refusals`` by their words; ``wordless``: those that had none. ``shown``: what
    the hall was shown, as far as a phone saw it.
    """

    acked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    wanted: dict[Question, set[int]] = field(default_factory=lambda: defaultdict(set))
    perhaps_wanted: dict[Question, set[int]] = field(default_factory=lambda: defaultdict(set))
    refusals: Counter[str] = field(default_factory=Counter)
    wordless: int = 0
    shown: set[Question] = field(default_factory=set)
    busy: int = 0
    """Phones that are asking just now."""
    is_over: bool = False

    def refuse(self, told: Told) -> None:
        if found := _PROBLEM.search(told.body.decode()):
            self.refusals[html.unescape(found[1])] += 1
        else:
            self.wordless += 1


_TAKEN = 'data-asking="open"'
"""By which the picture of a phone says that questions are taken now."""


class Curious:
    """What one phone has to ask."""

    def __init__(self, asked: Asked, browser: Browser, code: str, number: int, dice: random.Random) -> None:
        self._asked = asked
        self._browser = browser
        self._page = f"/{code}/ask"
        self._number = number
        self._dice = dice
        asks = number % ONE_ASKS_IN == 0
        self._is_first = number == 0
        self._to_ask = (ASKED_BY_THE_FIRST if self._is_first else ASKED_BY_EACH) if asks else 0
        self._to_want = WANTED_BY_EACH if number % ONE_WANTS_IN == 0 else 0
        self._has_asked = 0

    async def looks_at(self, picture: str) -> None:
        """What its picture gives occasion to."""
        self._asked.shown |= set(_SHOWN.findall(picture))
        if self._asked.is_over or not self._to_ask + self._to_want or _TAKEN not in picture:
            return
        if self._is_first or self._dice.random() < SHARE_OF_LOOKS:
            async with self._is_busy():
                await (self._asks() if self._to_ask else self._wants())
                while self._is_first and self._to_ask:
                    await self._asks()

    @asynccontextmanager
    async def _is_busy(self) -> AsyncIterator[None]:
        self._asked.busy += 1
        try:
            yield
        finally:
            self._asked.busy -= 1

    async def _asks(self) -> None:
        form = form_to(await self._opened(), self._page)
        if form is None:
            return
        self._to_ask -= 1
        self._has_asked += 1
        unit = self._dice.choice(form.choices["unit"])
        text = self._text(unit)
        self._asked.unsure.add(text)
        told = await self._sends(self._page, form.filled({"text": text, "unit": unit}))
        if told.status == SEE_OTHER:
            self._asked.acked.append(text)
        elif told.status:
            self._asked.refused.append(text)
            self._asked.refuse(told)
        if told.status:
            self._asked.unsure.discard(text)

    def _text(self, unit: str) -> str:
        is_advertising = not self._is_first and self._dice.random() < SHARE_OF_ADVERTISING
        said = ADVERTISING if is_advertising else self._dice.choice(TEXTS).format(unit=unit or "各单位")
        return f"{said}（{self._number}-{self._has_asked}）"

    async def _wants(self) -> None:
        """Pressed twice, it counts once."""
        page = await self._opened()
        offered, form = _OFFERED.findall(page), form_to(page, f"{self._page}/wanted")
        if not offered or form is None:
            return
        self._to_want -= 1
        question = self._dice.choice(offered)
        for _ in range(self._dice.choice((1, 2))):
            self._asked.perhaps_wanted[question].add(self._number)
            told = await self._sends(f"{self._page}/wanted", form.filled({"question": question}))
            if told.status:
                self._asked.perhaps_wanted[question].discard(self._number)
            if told.status == SEE_OTHER:
                self._asked.wanted[question].add(self._number)
            elif told.status:
                self._asked.refuse(told)

    async def _opened(self) -> str:
        told = await self._browser.gets(self._page, Accept="text/html")
        return told.body.decode() if told.status == 200 else ""

    async def _sends(self, path: str, fields: dict[str, list[str]]) -> Told:
        """Until somebody has answered; a 503 is no answer."""
        for pause in pauses():
            told = await self._browser.sends(path, urlencode(fields, doseq=True), Accept="text/html")
            if told.status and told.status != 503:
                return told
            await asyncio.sleep(pause * self._dice.uniform(0.7, 1.3))
        return Told(0)
