"""One bot's line to the server: the wire protocol of docs/wire.md, by the ``websockets`` client, as JSON.

It does what static/wire.js and static/outbox.js do in a browser: a command gets its id once and is sent, over all
reconnections, until the server has answered it.
"""

import asyncio
import json
import math
import random
import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from app.rehearsal.answers import Answers
from app.rehearsal.troubles import NotLetIn, NotReachable

SUBPROTOCOL = Subprotocol("kaimen.json")
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
SECONDS_TO_CONNECT = 30.0
SECONDS_TO_GIVE_UP = 60.0
RETRY_AFTER = 1.0
"""Seconds until a command is sent again that came while the record could not be written."""

Regions = dict[str, dict[str, Any]]
_Wanted = TypeVar("_Wanted")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a bot connects: the server's address (http://…), a meeting, a view; the token of its key if it has one.

    ``trust``: whose certificates are good, for https; without it, whose the system trusts.
    """

    url: str
    code: str
    view: str
    token: str = ""
    trust: ssl.SSLContext | None = None

    def socket(self, parameters: dict[str, str]) -> str:
        base = self.url.rstrip("/").replace("http", "ws", 1)
        return f"{base}/{self.code}/live/{self.view}?{urlencode(parameters)}"

    @property
    def security(self) -> dict[str, Any]:
        return {"ssl": self.trust} if self.trust and self.url.startswith("https:") else {}

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to a command: acknowledged, or refused with a code. ``again``: how it would be accepted."""

    code: str = ""
    sentence: str = ""
    again: dict[str, Any] | None = None

    @property
    def is_acked(self) -> bool:
        return not self.code


@dataclass(slots=True)
class _Waiting:
    """A command without an answer so far."""

    text: str
    asked_at: float
    answered: asyncio.Future[Answer] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Speaker:
    """Somebody at a socket. ``run`` keeps the connection up and must be running for anything to happen.

    ``regions`` is the picture as it was last sent: the contexts of the view, by region.
    """

    def __init__(self, address: Address, answers: Answers) -> None:
        self.regions: Regions = {}
        self._address = address
        self._answers = answers
        self._parameters = {"have": ""}
        self._socket: ClientConnection | None = None
        self._waiting: dict[str, _Waiting] = {}
        self._news = asyncio.Event()
        self._away_until = 0.0
        self._connected_at = self._back_at = -math.inf

    async def run(self) -> None:
        """Connect, and again whenever the line breaks. Raises NotLetIn, or NotReachable after a minute in vain."""
        loop = asyncio.get_running_loop()
        pause, last_heard = FIRST_PAUSE, loop.time()
        while True:
            if (away := self._away_until - loop.time()) > 0:
                await asyncio.sleep(away)
                last_heard = loop.time()
            try:
                await self._stay_connected()
                pause, last_heard = FIRST_PAUSE, loop.time()
            except InvalidStatus as error:
                if error.response.status_code in (403, 404):
                    raise NotLetIn(self._address.url) from error
            except (OSError, TimeoutError, InvalidHandshake):
                pass
            if loop.time() - last_heard > SECONDS_TO_GIVE_UP:
                raise NotReachable(self._address.url)
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(pause * 2, LONGEST_PAUSE)
            self._answers.reconnections += 1

    async def perform(self, do: str, **fields: Any) -> Answer:
        """Give a command, and wait for the server's word on it, however often the line breaks meanwhile."""
        id = secrets.token_hex(16)
        text = json.dumps({"id": id, "do": do, **fields}, ensure_ascii=False)
        waiting = self._waiting[id] = _Waiting(text, asyncio.get_running_loop().time())
        await self._send(waiting)
        return await waiting.answered

    async def until(self, wanted: Callable[[], _Wanted]) -> _Wanted:
        """Wait until the picture is such that ``wanted`` is true of it; returns what it said."""
        while not (found := wanted()):
            self._news.clear()
            await self._news.wait()
        return found

    async def lose_the_line(self, seconds: float) -> None:
        """Be without a connection for so long. What is asked meanwhile waits, and goes out over the next one."""
        self._away_until = asyncio.get_running_loop().time() + seconds
        if self._socket is not None:
            await self._socket.close()

    @property
    def is_connected(self) -> bool:
        return self._socket is not None and self._connected_at > self._answers.server_ended_at

    def comes_as(self, device: str) -> None:
        """Say this from the next connection on: which device it is."""
        self._parameters["device"] = device

    def come_back_to(self, unit: str) -> None:
        """The sheet that is to be out after a reconnection."""
        self._parameters["unit"] = unit

    # --- the line ---------------------------------------------------------------------------------------------------

    async def _stay_connected(self) -> None:
        """One connection from its opening to its end."""
        async with connect(
            self._address.socket(self._parameters),
            subprotocols=[SUBPROTOCOL],
            additional_headers=self._address.headers,
            open_timeout=SECONDS_TO_CONNECT,
            proxy=None,
            **self._address.security,
        ) as socket:
            self._socket = socket
            self._note_connection()
            try:
                for waiting in list(self._waiting.values()):
                    await self._send(waiting)
                async for text in socket:
                    self._hear(json.loads(text))
            except ConnectionClosed:
                pass
            finally:
                self._socket = None

    def _note_connection(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._connected_at < self._answers.server_ended_at:
            self._back_at = now
        self._connected_at = now

    async def _send(self, waiting: _Waiting) -> None:
        if self._socket is None:
            return
        try:
            await self._socket.send(waiting.text)
        except ConnectionClosed:
            return  # it is still waiting, and goes out over the next connection

    def _hear(self, message: dict[str, Any]) -> None:
        match message:
            case {"have": have, "regions": regions}:
                self._parameters["have"] = have
                self.regions.update(regions)
                self._answers.messages[self._address.view] += 1
                self._news.set()
            case {"ack": id}:
                self._answered(id, Answer(), is_recorded="seq" in message)
            case {"refused": id, "code": "record.unavailable"}:
                self._send_later(id)
            case {"refused": id, "code": code}:
                self._answered(id, Answer(code, message["sentence"], message.get("again")))

    def _answered(self, id: str, answer: Answer, is_recorded: bool = False) -> None:
        waiting = self._waiting.pop(id, None)
        if waiting is None:
            return
        if waiting.asked_at >= self._back_at:
            self._answers.latencies.append(asyncio.get_running_loop().time() - waiting.asked_at)
        if is_recorded:
            self._answers.acked.append(id)
        if answer.code:
            self._answers.refusals[answer.code] += 1
        if not waiting.answered.done():
            waiting.answered.set_result(answer)

    def _send_later(self, id: str) -> None:
        if waiting := self._waiting.get(id):
            loop = asyncio.get_running_loop()
            loop.call_later(RETRY_AFTER, lambda: loop.create_task(self._send(waiting)))
