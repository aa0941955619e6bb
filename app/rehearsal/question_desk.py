"""The bot at the desk of questions, by its link: approves, keeps advertising out, has one shown, answers, hands over.

By the forms of the page, as it works without scripts.
"""

import asyncio
import html
import re
from collections import Counter
from urllib.parse import urlencode

from app.rehearsal.asking import Browser
from app.rehearsal.curious import ADVERTISING
from app.rehearsal.forms import Form, forms_of
from app.rehearsal.patience import pauses
from app.rehearsal.troubles import Stuck

PAUSE_BETWEEN_LOOKS = 1.0
SEE_OTHER, NO_KEY = 303, 403
TRIED_AGAIN = (0, 503)
"""Nobody answered, or the record could not be written just then."""
ENOUGH_TO_MERGE = 3
TRIES = 30
"""Two minutes: a server that was killed is a while in coming back, where the machine has other things to do."""
ANSWER = "会后由责任单位电话答复。"
_ROW = re.compile(r'name="tick" value="([\w-]+)".*?<p class="text"[^>]*>([^<]*)<', re.DOTALL)

Row = tuple[str, str]
"""Id and text."""


class QuestionDesk:
    """``run`` until cancelled. ``unit`` is handed what asks all of them. ``presses``: how many were acknowledged."""

    def __init__(self, browser: Browser, link: str, code: str, unit: str) -> None:
        self.presses: Counter[str] = Counter()
        self._browser = browser
        self._link = link
        self._path = f"/{code}/questions"
        self._unit = unit
        self._is_at_work = asyncio.Lock()

    async def run(self) -> None:
        while True:
            async with self._is_at_work:
                await self._looks_through()
            await asyncio.sleep(PAUSE_BETWEEN_LOOKS)

    async def finishes(self) -> None:
        """Everything that still waits; and then what many want to know is shown to the hall and answered."""
        async with self._is_at_work:
            await self._looks_through()
            form, rows = await self._rows("approved", "votes")
            if len(rows) >= ENOUGH_TO_MERGE:
                await self._sends(form, f"merge:{rows[0][0]}", {"tick": rows[1][0]})
            if rows:
                most, least = rows[0][0], rows[-1][0]
                await self._sends(form, f"choose:{most}")
                await self._sends(form, f"answer:{most}", {f"answer.{most}": ANSWER})
                await self._sends(form, f"hand_over:{least}", {f"unit.{least}": self._unit})

    async def _looks_through(self) -> None:
        """All pages of those that wait."""
        while True:
            form, rows = await self._rows("waiting")
            if not rows:
                return
            unwanted = [id for id, text in rows if text.startswith(ADVERTISING)]
            good = [id for id, text in rows if not text.startswith(ADVERTISING)]
            if unwanted:
                await self._sends(form, "archive_all:", {"tick": unwanted, "reason.all": "advertising"})
            if good:
                await self._sends(form, "approve_all:", {"tick": good})

    async def _rows(self, standing: str, sort: str = "") -> tuple[Form, list[Row]]:
        """The first page of them, with its form."""
        path = f"{self._path}?{urlencode({'standing': standing, 'sort': sort})}"
        for pause in pauses(TRIES):
            page = await self._browser.gets(path, Accept="text/html")
            if page.status == NO_KEY:
                page = await self._browser.gets(self._link)
            text = page.body.decode()
            if form := next((each for each in forms_of(text) if each.action.startswith(f"{self._path}?")), None):
                return form, [(id, html.unescape(said)) for id, said in _ROW.findall(text)]
            await asyncio.sleep(pause)
        raise Stuck(f"{path}: {page.status}")

    async def _sends(self, form: Form, do: str, typed: dict[str, str | list[str]] | None = None) -> None:
        """Until it is acknowledged. Raises Stuck with what is wrong with it."""
        fields = urlencode(form.filled(typed or {}, do), doseq=True)
        for pause in pauses(TRIES):
            page = await self._browser.sends(form.action, fields, Accept="text/html")
            if page.status == SEE_OTHER:
                self.presses[do.partition(":")[0]] += 1
                return
            if page.status not in TRIED_AGAIN:
                break
            await asyncio.sleep(pause)
        raise Stuck(f"{do}: {page.status}")
