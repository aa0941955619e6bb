"""A whole Kaimen in this process, on a port of this machine: its doors are real, its inside is within reach.

The server runs in a thread with a loop of its own, as it does in production; every test holds a meeting of its own.
"""

import asyncio
import json
import re
import secrets
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from app.live.venue import Venue
from app.meeting.commands import Command
from app.meeting.plan import Plan
from app.server import Server, prepare
from app.settings import Settings
from app.store import keys, plans
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.cookies import cookie_name
from app.web.links import make_links
from app.web.sockets.frames import JSON_SUBPROTOCOL
from tests.live.screen import read_html, read_json
from tests.meetings import small_plan

PAGES = {
    "moderator": "/moderator",
    "panel": "/panel",
    "hall": "/display",
    "timer": "/display?view=timer",
    "lower": "/display?view=lower",
    "prompt": "/display?view=prompt",
    "devices": "/devices",
    "phone": "",
    "results": "/results",
}
PATIENCE = 10.0
"""Seconds after which what a test waits for is taken not to come."""


class Served:
    """Use as a context manager. ``settings`` replace those of ``app.settings``."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        usual = {"db": str(folder / "kaimen.db"), "host": "127.0.0.1", "secret": "s" * 64}
        self.settings = Settings(**{**usual, **settings})
        self.database = Database(self.settings.db)
        self._codes = (f"meeting-{number}" for number in count(1))

    def __enter__(self) -> "Served":
        prepare(self.database)
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.http = httpx.Client(base_url=f"http://{self.host}", timeout=PATIENCE, trust_env=False)
        self._is_listening = threading.Event()
        self._server = Server(self.settings, self._listens)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)
        self._thread.start()
        assert self._is_listening.wait(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        self.http.close()
        self.database.close()

    def cookie_name(self, role: Role, code: str | None) -> str:
        return cookie_name(role, code, self.app.state.secret.mark)

    @property
    def app(self) -> Any:
        return self._server.config.loaded_app

    @property
    def venue(self) -> Venue:
        venue: Venue = self.app.state.venue
        return venue

    def call(self, work: Callable[[], Any]) -> Any:
        """Do something in the loop of the server."""

        async def done() -> Any:
            return work()

        return self.waits_for(done())

    def waits_for(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds in the loop of the server."""
        async with asyncio.timeout(PATIENCE):
            while not self.call(holds):  # noqa: ASYNC110  it happens in another thread
                await asyncio.sleep(0.01)

    def holds(self, plan: Plan | None = None) -> "Sitting":
        """A meeting of one's own by this plan (the small one), with a full set of keys."""
        plan = replace(plan or small_plan(), code=next(self._codes))
        with self.database.writing() as connection:
            plans.save(connection, plan)
            links = make_links(connection, plan, "test")
        seats = {seat: link.rpartition("/")[2] for seat, link in links.seats.items()}
        return Sitting(self, plan, links.moderator.rpartition("/")[2], seats)

    def page(self, path: str, key: str = "", method: str = "GET", **headers: str) -> httpx.Response:
        """What somebody without a past is answered."""
        self.http.cookies.clear()
        return self.http.request(method, path, headers={**bearer(key), **headers})

    def _listens(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._is_listening.set()


def pair_of(page: httpx.Response, **cookies: str) -> dict[str, str]:
    """As headers: the cookie by which a page without a key knows its forms again, other cookies, and its token."""
    name, value = next(each for each in page.cookies.items() if "csrf" in each[0])
    shown = "; ".join(f"{each}={text}" for each, text in {name: value, **cookies}.items())
    return {"cookie": shown, "x-csrftoken": value}


@dataclass(frozen=True)
class Sitting:
    """One meeting of a served Kaimen, and its keys."""

    served: Served
    plan: Plan
    moderator: str
    seats: dict[str, str]

    @property
    def code(self) -> str:
        return self.plan.code

    def page(self, path: str = "", key: str = "", method: str = "GET", **headers: str) -> httpx.Response:
        return self.served.page(f"/{self.code}{path}", key, method, **headers)

    def performs(self, *commands: Command) -> None:
        """Have commands carried out without a door."""
        for command in commands:
            asked = self.served.venue.perform(self.code, command, "test", secrets.token_hex(8))
            self.served.waits_for(asked)

    @property
    def today(self) -> date:
        now = self.served.venue.now(self.code)
        return now.astimezone(self.plan.starts_at.tzinfo).date()

    def days_pass(self, number: int) -> None:
        """In this meeting alone, for good."""
        venue = self.served.venue
        venue._scribe._times.after(self.code, venue.now(self.code) + timedelta(days=number))

    def key(self, role: Role, of: str = "") -> str:
        """A new one; of the organiser, who is of no meeting."""
        key = Key(None if role is Role.ORGANISER else self.code, role, of)
        with self.served.database.writing() as connection:
            return keys.make(connection, key, "test")

    def fingerprint(self, view: str, key: str = "", **query: str) -> str:
        """Of the picture that a page of this view brings now."""
        path = PAGES[view] + (f"?{httpx.QueryParams(query)}" if query else "")
        found = re.search(r'data-have="([0-9a-f]{18})"', self.page(path, key).text)
        assert found
        return found[1]

    def address(self, view: str, **query: str) -> str:
        return f"ws://{self.served.host}/{self.code}/live/{view}?{httpx.QueryParams(query)}"

    @asynccontextmanager
    async def watches(
        self, view: str, key: str = "", speaks_json: bool = True, **query: str
    ) -> AsyncIterator["Caller"]:
        """A live door, gone through: the first picture is there."""
        async with connect(
            self.address(view, **query),
            subprotocols=[JSON_SUBPROTOCOL] if speaks_json else None,
            additional_headers=bearer(key),
            max_size=None,
            proxy=None,
        ) as connection:
            caller = Caller(connection)
            await caller.until(lambda: bool(caller.regions))
            yield caller

    @asynccontextmanager
    async def presides(self, **query: str) -> AsyncIterator["Caller"]:
        async with self.watches("moderator", self.moderator, **query) as moderator:
            yield moderator

    @asynccontextmanager
    async def sits(self, seat: str, **query: str) -> AsyncIterator["Caller"]:
        async with self.watches("panel", self.seats[seat], **query) as panelist:
            yield panelist


class Caller:
    """A program at a live door. ``texts`` is all it was ever sent, ``regions`` what that comes to."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.texts: list[str] = []
        self.have = ""
        self.regions: dict[str, Any] = {}

    async def does(self, do: str, id: str = "", **fields: Any) -> dict[str, Any]:
        """Ask for a command, and wait for the answer to it."""
        id = id or secrets.token_hex(8)
        await self.sends({"id": id, "do": do, **fields})
        return await self.answer(lambda answer: id in (answer.get("ack"), answer.get("refused")))

    async def sends(self, frame: Any) -> None:
        """A frame as it is, or as JSON."""
        await self.connection.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def says(self, frame: Any) -> dict[str, Any]:
        """Send a frame and wait for the next answer of any kind."""
        await self.sends(frame)
        return await self.answer(lambda _: True)

    async def answer(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = await self._hears()
                if answer is not None and fits(answer):
                    return answer

    async def until(self, holds: Callable[[], bool]) -> None:
        """Listen until something holds of the regions."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await self._hears()

    async def catches_up_with(self, fingerprint: str) -> None:
        """Listen until this is the picture it has, and to what has been sent since."""
        await self.until(lambda: self.have == fingerprint)
        await self.listens()

    async def listens(self) -> None:
        """Until everything that had been sent is heard."""
        await self.sends({"do": "ask_clock", "sent": 0})
        await self.answer(lambda answer: "clock" in answer)

    async def _hears(self) -> dict[str, Any] | None:
        """The next message: an answer, or a picture (None)."""
        text = str(await self.connection.recv())
        self.texts.append(text)
        is_picture = text.startswith("<") or '"regions":' in text[:60]
        if not is_picture:
            answer: dict[str, Any] = json.loads(text)
            return answer
        self.have, regions = (read_html if text.startswith("<") else read_json)(text)
        self.regions |= regions
        return None


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"} if key else {}
