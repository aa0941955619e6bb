"""Somebody at a screen, for fault tests: sends commands over the real wire, and remembers what was answered."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

JSON = Subprotocol("kaimen.json")
PLENTY = 20.0
"""Seconds to wait for what takes milliseconds on a quiet machine."""


class Refusal(Exception):
    """A command was declined; the message is its code."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer["code"])
        self.code: str = answer["code"]
        self.sentence: str = answer["sentence"]


class Hand:
    """One socket that speaks JSON. ``regions`` is the picture as it stands."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._answers: dict[str, asyncio.Future[int]] = {}
        self._moved = asyncio.Condition()
        self.regions: dict[str, Any] = {}

    async def does(self, do: str, id: str, **fields: Any) -> int:
        """Send a command and wait for its answer: the number of its entry. Raises Refusal, or ConnectionClosed."""
        answer = self._answers[id] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(json.dumps({"do": do, "id": id, **fields}))
            return await asyncio.wait_for(answer, PLENTY)
        finally:
            del self._answers[id]
            answer.cancel()
            answer.add_done_callback(_asked_for)

    async def sees(self, region: str, what: str) -> None:
        """Wait until a text stands in a region."""
        await self.until(lambda: what in json.dumps(self.regions.get(region), ensure_ascii=False))

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds for the picture."""
        async with asyncio.timeout(PLENTY), self._moved:
            await self._moved.wait_for(holds)

    async def listens(self) -> None:
        try:
            async for text in self._socket:
                await self._hears(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(self._socket.protocol.close_exc)  # ConnectionClosed

    async def _hears(self, said: dict[str, Any]) -> None:
        if "regions" in said:
            async with self._moved:
                self.regions |= said["regions"]
                self._moved.notify_all()
        elif said.get("ack") in self._answers:
            self._answers[said["ack"]].set_result(said["seq"])
        elif said.get("refused") in self._answers:
            self._answers[said["refused"]].set_exception(Refusal(said))


def _asked_for(answer: "asyncio.Future[int]") -> None:
    """Asyncio complains of an exception that nobody asked for; here the sending has failed already."""
    if not answer.cancelled():
        answer.exception()


@asynccontextmanager
async def hand(url: str, path: str, link: str = "") -> AsyncIterator[Hand]:
    """At ``path`` (``/demo/live/panel``) with the key of a link."""
    key = {"Authorization": f"Bearer {link.rpartition('/')[2]}"} if link else {}
    address = url.replace("http", "ws", 1) + path
    async with connect(address, subprotocols=[JSON], additional_headers=key, proxy=None) as socket:
        mine = Hand(socket)
        listening = asyncio.create_task(mine.listens())
        try:
            yield mine
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


async def until_healthz_says(status_wanted: int, server) -> None:
    """Its answer is up to a second old."""
    async with asyncio.timeout(PLENTY):
        while await asyncio.to_thread(statuses, server, "/healthz") != [status_wanted]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def statuses(server, *paths: str) -> list[int]:
    return [status(server.url + path) for path in paths]


def status(url: str, device: urllib.request.OpenerDirector | None = None) -> int:
    try:
        with (device or urllib.request.build_opener()).open(url, timeout=PLENTY) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
