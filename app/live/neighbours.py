"""Neighbours: what other processes have done on the same database, looked for once a second, or at once when they ring.

Entries they wrote, plans they wrote anew, meetings they deleted, keys they revoked; and whether the record was put
back. One question finds what is new, of however many meetings, and one more which of the keys in use were revoked.
Who is connected to them stands in no table: that they call to each other (``rollcall.py``).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from typing import Any, Protocol

import msgspec
from sqlalchemy.engine import Connection

from app.live.bell import Bell
from app.live.heartbeat import PAUSE, Heartbeat
from app.live.rollcall import Elsewhere, RollCall
from app.meeting.refusals import Refused, Said
from app.store import keys
from app.store.database import Database
from app.store.heads import Head, Heads, Recorded, follow, recorded, was_rolled_back

logger = logging.getLogger("kaimen.neighbours")


LONGEST_GOODBYE = 1.0
"""Seconds for which the end of this process waits until others know of it."""


class Gathering(Protocol):
    """Who is connected, here and elsewhere: the rooms."""

    def here(self) -> Elsewhere: ...

    def gather(self, elsewhere: Elsewhere) -> None: ...

    def identify(self, code: str, display: str) -> int: ...


class Home(Protocol):
    """Where what is found out matters: the venue."""

    heads: Heads

    @property
    def rooms(self) -> Gathering: ...

    async def read(self, work: Callable[[Connection], Any]) -> Any: ...

    async def replanned(self, code: str) -> None: ...

    async def forget(self, code: str) -> None: ...

    def moved(self, code: str) -> None: ...

    def was_put_back(self, code: str, said: Said) -> None: ...


class Doors(Protocol):
    """Who knows by which keys people are in."""

    @property
    def keys_in_use(self) -> Set[str]: ...

    def show_out(self, ids: Iterable[str]) -> None: ...


class Neighbours:
    """Lives in the event loop."""

    def __init__(self, home: Home, database: Database, pause: float = PAUSE) -> None:
        self._home = home
        self._doors: Doors | None = None
        self._database = database
        self.roll = RollCall(
            home.rooms.here, home.rooms.gather, self._call, self._said, lambda: self._bell.listen_anew()
        )
        in_loop = self._in_loop
        self._bell = Bell(database, in_loop(self._heard), in_loop(self.roll.hear), in_loop(self.roll.ask))
        self._heartbeat = Heartbeat(self.look, pause)
        self._roll_heartbeat = Heartbeat(self.roll.beat, pause)
        self._loop: asyncio.AbstractEventLoop | None = None

    def watch(self, doors: Doors) -> None:
        """From now on keys that others revoke are looked for as well."""
        self._doors = doors

    def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._heartbeat.open()
        if not self._database.is_sqlite:  # a file has one server
            self._roll_heartbeat.open()
        self._bell.start()

    async def close(self) -> None:
        await self._heartbeat.close()
        await self._roll_heartbeat.close()
        with suppress(Exception):  # the others will miss this process by themselves
            async with asyncio.timeout(LONGEST_GOODBYE):
                await self.roll.leave()
        await asyncio.to_thread(self._bell.stop)

    async def identify(self, code: str, display: str) -> None:
        """Have the displays of a name that are connected to other processes show it."""
        await self.roll.say(msgspec.json.encode((code, display)).decode())

    async def look(self) -> None:
        """See what is new, and let everybody here know. Raises Refused if the database does not answer."""
        known, in_use = self._home.heads.all(), set(self._doors.keys_in_use if self._doors else ())
        if not (known or in_use):
            return
        found, revoked = await self._home.read(lambda at: (recorded(at), keys.revoked(at, in_use)))
        if self._doors:
            self._doors.show_out(revoked)
        for code, head in known.items():
            try:
                await self._compare(code, head, found.get(code))
            except Exception as fault:  # of one meeting; the others go on
                if isinstance(fault, Refused) and fault.code == "record.no_answer":
                    raise
                logger.warning("What was done elsewhere to “%s” could not be followed", code, exc_info=fault)

    async def _compare(self, code: str, known: Head, found: Recorded | None) -> None:
        """``known``: as it was known here before the database was asked; it may have moved on here since."""
        if _is_to_stay(known) and (found is None or was_rolled_back(known.tail, found.tail)):
            self._home.was_put_back(code, _rolled_back(known, found))
        elif found is None:
            await self._home.forget(code)
        elif head := self._home.heads.newest(code):
            if found.edition != head.edition:
                await self._home.replanned(code)
            elif found.tail.seq > head.seq:
                await self._catch_up(code, head)

    async def _catch_up(self, code: str, head: Head) -> None:
        try:
            newer = await self._home.read(lambda connection: follow(connection, code, head))
        except Refused as why:
            if why.code != "record.rolled_back":
                raise
            self._home.was_put_back(code, why.said)
        else:
            self._home.heads.know(code, newer)
            self._home.moved(code)

    def _in_loop(self, work: Callable[..., None]) -> Callable[..., None]:
        """The same to be called in the bell's thread."""

        def bring(*heard: Any) -> None:
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(work, *heard)

        return bring

    def _said(self, text: str) -> None:
        self._home.rooms.identify(*msgspec.json.decode(text, type=tuple[str, str]))

    async def _call(self, calls: list[str]) -> None:
        await self._home.read(lambda connection: self._database.call(connection, calls))

    def _heard(self, code: str, seq: int) -> None:
        """What was written here, and what nobody here has asked for, is no reason to look."""
        head = self._home.heads.newest(code)
        if head is not None and head.seq < seq:
            self._heartbeat.ring()


def _is_to_stay(head: Head) -> bool:
    """Whether there is a record that must stay. A rehearsal can be thrown away by another process."""
    return head.meeting.opened_at is not None and not head.meeting.plan.is_rehearsal


def _rolled_back(known: Head, found: Recorded | None) -> Said:
    return Said("record.rolled_back", {"written": known.seq, "here": found.tail.seq if found else 0})
