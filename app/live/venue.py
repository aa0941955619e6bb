"""A running Kaimen: the record, the rooms, and the one road to a write between them."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from app.clock import CLOCK, Clock
from app.live.bell import Listener
from app.live.painter import Painter
from app.live.places import Places
from app.live.rooms import Rooms
from app.live.rounds import PAUSE, Rounds
from app.live.timekeeper import Timekeeper
from app.meeting.commands import Command
from app.meeting.state import Meeting
from app.store import plans
from app.store.database import Database
from app.store.queries import pulse
from app.store.scribe import Head, Performed, Scribe, load_head

MOST_FREQUENT_PULSE = 1.0


class Venue:
    """What one process holds. Made once; ``open`` and ``close`` belong to the life of the server.

    ``share``: per cent of the live connections open to everybody that one network may hold. ``pause``: seconds between
    two looks at what other processes have planned.
    """

    def __init__(
        self,
        database: Database,
        painter: Painter,
        most_sockets: int,
        share: int = 100,
        pause: float = PAUSE,
        clock: Clock = CLOCK,
    ) -> None:
        self.places = Places(most_sockets, share)
        self.database = database
        self.painter = painter
        self.rooms = Rooms(painter)
        self._heads: dict[str, Head] = {}
        self._loading = asyncio.Lock()
        self._scribe = Scribe(database, self._ring, clock.now)
        self._timekeeper = Timekeeper(clock, self.rooms, self._scribe, pause)
        self._listener = Listener(database, self._ring)
        self._rounds = Rounds(self._look_for_other_plans, pause)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._last_pulse = (float("-inf"), False)

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._scribe.start()
        self._listener.start()
        self._rounds.open()
        self._timekeeper.open()

    async def close(self) -> None:
        await self._timekeeper.close()
        await self._rounds.close()
        await asyncio.to_thread(self._scribe.stop)
        await asyncio.to_thread(self._listener.stop)
        await asyncio.to_thread(self.database.close)  # and the file alone has everything

    def now(self, code: str) -> datetime:
        """The time of a meeting, by which it is decided, recorded and counted on every screen."""
        return self._scribe.now(code)

    async def perform(self, code: str, command: Command, by: str, id: str) -> Performed:
        """Carry out a command. Returns once it is durable; raises Refused if it is declined."""
        return await asyncio.wrap_future(self._scribe.ask(code, command, by, id))

    async def write(self, work: Callable[[Connection], Any]) -> Any:
        """A plain write that is not a matter of the log; raises Refused if the record cannot be written."""
        return await asyncio.wrap_future(self._scribe.write(work))

    async def read(self, work: Callable[[Connection], Any]) -> Any:
        """A read, off the event loop."""
        return await asyncio.to_thread(self._read, work)

    async def meeting(self, code: str) -> Meeting | None:
        """A meeting as it stands now; None if there is none of this code."""
        known = self.rooms.meeting(code)
        if known is not None:
            return known
        async with self._loading:
            if self.rooms.meeting(code) is None:
                await self._load(code)
        return self.rooms.meeting(code)

    async def replanned(self, code: str) -> None:
        """The rows of a meeting in preparation were written: every screen shows the new plan at once."""
        async with self._loading:  # the later of two writes is also read later
            await self._load(code)

    async def forget(self, code: str) -> None:
        """A meeting has been deleted: nothing of it is kept, and who watches it is shown out."""
        await asyncio.wrap_future(self._scribe.forget(code))
        self._listener.forget(code)
        self._heads.pop(code, None)
        self.rooms.forget(code)

    async def codes(self) -> list[str]:
        listed: list[str] = await self.read(plans.codes)
        return listed

    async def can_write(self) -> bool:
        """Whether the record takes a write at this moment; asked of the disk at most once a second."""
        asked_at, answer = self._last_pulse
        if time.monotonic() - asked_at > MOST_FREQUENT_PULSE:
            try:
                await self.write(pulse)
                answer = True
            except Exception:  # whatever the reason, the answer is no
                answer = False
            self._last_pulse = (time.monotonic(), answer)
        return answer

    async def _load(self, code: str) -> None:
        """Take a meeting in as it is now, if there is one of this code."""
        head = await self.read(lambda connection: load_head(connection, code))
        if head is not None:
            self._scribe.know(code, head)
            self._listener.know(code, head)
            self._moved(code, head)

    async def _look_for_other_plans(self) -> None:
        """Other processes (``run.py import``) may have planned meetings anew that are known here, or deleted them."""
        known = dict(self._heads)
        editions = await self.read(plans.editions) if known else {}
        for code, head in known.items():
            if code not in editions:
                await self.forget(code)
            elif editions[code] != head.edition:
                await self.replanned(code)

    def _read(self, work: Callable[[Connection], Any]) -> Any:
        with self.database.reading() as session:
            return work(session.connection())

    def _ring(self, code: str, head: Head) -> None:
        # Called in the scribe's and the listener's threads; the rooms live in the event loop.
        if self._loop is not None and not self._loop.is_closed():
            self._listener.know(code, head)
            self._loop.call_soon_threadsafe(self._moved, code, head)

    def _moved(self, code: str, head: Head) -> None:
        if head.is_as_new_as(self._heads.get(code)):
            self._heads[code] = head
            self.rooms.moved(code, head.meeting)
