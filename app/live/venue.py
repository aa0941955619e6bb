"""A running Kaimen: the record, the rooms, and the one road to a write between them."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.clock import CLOCK, Clock
from app.language.sentences import sentence_of
from app.live.capacity import Capacity
from app.live.collector import Collector
from app.live.heartbeat import PAUSE, Heartbeat
from app.live.neighbours import Neighbours
from app.live.painter import Painter
from app.live.rooms import Rooms
from app.live.signs import Seen, Signs
from app.live.timekeeper import Timekeeper
from app.live.turns import Turns
from app.live.voting import Voting, voting_on
from app.live.waiting import Waiting
from app.meeting.commands import Command
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refusal_of
from app.store import bursts, plans, refusals
from app.store.ballot_box import Answer, Answers, BallotBox, tell
from app.store.ballots import Ballot
from app.store.database import Database, DatabaseUnusable, cause_of
from app.store.heads import Heads, load_head
from app.store.queries import pulse
from app.store.scribe import Performed, Scribe

logger = logging.getLogger("kaimen.venue")

MOST_FREQUENT_PULSE = 1.0
BETWEEN_CHECKPOINTS = 60.0
LONGEST_WRITE = 5.0
LONGEST_READ = 5.0
LONGEST_PULSE = 2.0
"""Seconds after which whoever asked is told that the database does not answer."""

LONGEST_SILENCE = 30.0
"""Seconds after which a line to PostgreSQL is cut, so that the thread at it can be used for something else."""

READERS = 8
"""Threads that read. They have nothing else to do, and nobody else waits for one of them."""


class Venue:
    """What one process holds. Made once; ``open`` and ``close`` belong to the life of the server.

    ``share``: per cent of the live connections open to everybody that one network may hold. ``pause``: seconds between
    two looks at what other processes have done.
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
        self.capacity = Capacity(most_sockets, share)
        self.turns = Turns()
        self.database = database
        self.painter = painter
        self.heads = Heads()
        self.rooms = Rooms(painter, self.heads)
        self.signs = Signs()
        self.neighbours = Neighbours(self, database, pause)
        self._loading = asyncio.Lock()
        self._scribe = Scribe(database, self.heads, clock.now, self._moved)
        self._voters = Waiting(LONGEST_WRITE, Refused("ballot.unsure"))
        self._ballots = BallotBox(database, self._scribe, clock.now, self._tell_voters)
        self._timekeeper = Timekeeper(clock, self.rooms, self._scribe, pause)
        self._heartbeats = (
            Heartbeat(self._look_around, pause),
            Heartbeat(self._look_over),
            Heartbeat(self._count_ballots),
            Heartbeat(self.write_signs),
            Heartbeat(self._checkpoint, BETWEEN_CHECKPOINTS),
            Heartbeat(Collector(self.turns).look),
        )
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pulsing = asyncio.Lock()
        self._writing_signs = asyncio.Lock()
        self._last_pulse = float("-inf")
        self._why_not: Said | None = None
        self._rolled_back: dict[str, Said] = {}

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._scribe.start()
        self._ballots.start()
        for each in (self.neighbours, self._timekeeper, *self._heartbeats):
            each.open()

    async def close(self) -> None:
        for each in (self._timekeeper, *self._heartbeats, self.neighbours):
            await each.close()
        if not await self._can_reach_the_database():
            self.database.lines.cut(after=0)  # nobody is to wait for a database that does not answer
        await asyncio.to_thread(self._ballots.stop)
        await asyncio.to_thread(self._scribe.stop)
        self._readers.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self.database.close)  # and the file alone has everything

    def now(self, code: str) -> datetime:
        """The time of a meeting, by which it is decided, recorded and counted on every screen."""
        return self._scribe.now(code)

    async def perform(
        self, code: str, command: Command, by: str, id: str, key: str = "", until: datetime | None = None
    ) -> Performed:
        """Carry out a command. Returns once it is durable; raises Refused if it is declined, or not soon enough.

        Sent again under the same id, it is carried out once, whatever became of it the first time. After ``until``, by
        the meeting's time, it is carried out no more.
        """
        if code in self._rolled_back:
            raise refusal_of(self._rolled_back[code])
        try:
            performed: Performed = await self._written(self._scribe.ask(code, command, by, id, key, until))
        except Refused as refused:
            if refused.code == "record.rolled_back":  # the writer may see it before the look of this second does
                self.was_put_back(code, refused.said)
            raise
        return performed

    async def write(self, work: Callable[[Connection], Any]) -> Any:
        """A plain write that is not a matter of the log: all of it, or nothing.

        Raises the Refused that ``work`` raises, or one that says that the record cannot be written.
        """
        return await self._written(self._scribe.write(work))

    def cast(self, ballot: Ballot, answer: Answer) -> None:
        """``answer`` is told once the ballot is durable, and so will be counted; or why it will not be; or, with the
        code ``ballot.unsure``, that nobody can say, and that it should be sent again, for it counts once.

        Raises Refused if none is taken.
        """
        self._ballots.put(ballot, self._voters.waits(answer))

    async def read(self, work: Callable[[Connection], Any]) -> Any:
        """A read, off the event loop. Raises Refused if the database does not answer, or not soon enough."""
        return await self.reading(lambda: self._read(work), LONGEST_READ)

    async def reading(self, work: Callable[[], Any], longest: float) -> Any:
        """Anything that waits for the database, in a thread for that. Raises Refused, as ``read`` does."""
        try:
            async with asyncio.timeout(longest):
                return await asyncio.get_running_loop().run_in_executor(self._readers, work)
        except TimeoutError as late:
            raise Refused("record.no_answer") from late

    async def meeting(self, code: str) -> Meeting | None:
        """A meeting as it stands now; None if there is none of this code."""
        if self.heads.newest(code) is None:
            async with self._loading:
                if self.heads.newest(code) is None:
                    await self._load(code)
        return self.rooms.meeting(code)

    async def replanned(self, code: str) -> None:
        """The rows of a meeting in preparation were written: every screen shows the new plan at once."""
        async with self._loading:  # the later of two writes is also read later
            await self._load(code)

    async def forget(self, code: str) -> None:
        """A meeting has been deleted: nothing of it is kept, and who watches it is shown out."""
        await asyncio.wrap_future(self._scribe.forget(code))
        self.heads.forget(code)
        self.rooms.forget(code)

    def moved(self, code: str) -> None:
        """A meeting has moved on, or its plan is another: its screens look again."""
        self.rooms.look_again(code)

    def was_put_back(self, code: str, said: Said) -> None:
        """The record of a meeting has been put back to an older state: nothing is written behind it any more."""
        if self._rolled_back.setdefault(code, said) is said:
            logger.error("The record of “%s” was put back: %s", code, sentence_of(said))
            self.rooms.warn("rolled-back", said, code)

    async def codes(self) -> list[str]:
        listed: list[str] = await self.read(plans.codes)
        return listed

    async def can_write(self) -> bool:
        """Whether the record takes a write at this moment."""
        return await self.why_not() is None

    async def why_not(self) -> Said | None:
        """Why the record cannot be written at this moment, if so; asked of the disk at most once a second."""
        async with self._pulsing:  # however many ask, one of them asks the disk
            if time.monotonic() - self._last_pulse > MOST_FREQUENT_PULSE:
                before, self._why_not = self._why_not, await self._pulse()
                self._last_pulse = time.monotonic()
                _note_change(before, self._why_not)
        return self._why_not or next(iter(self._rolled_back.values()), None)

    async def _pulse(self) -> Said | None:
        try:
            async with asyncio.timeout(LONGEST_PULSE):
                await self.write(pulse)
        except Refused as why:
            return why.said
        except TimeoutError:
            return Said("record.unavailable")
        except Exception as fault:  # whatever the reason, the answer is no
            if self._why_not is None:
                logger.error("The record's pulse could not be felt", exc_info=fault)  # noqa: TRY400
            return Said("record.unavailable")
        return None

    async def _written(self, asked: "Future[Any]") -> Any:
        try:
            async with asyncio.timeout(LONGEST_WRITE):
                return await asyncio.wrap_future(asked)
        except TimeoutError as late:
            if asked.done() and not asked.cancelled():
                return asked.result()  # it was this loop that was held up, not the writer
            self._scribe.give_up(asked)
            raise Refused("record.unavailable") from late

    async def _load(self, code: str) -> None:
        """Take a meeting in as it is now, if there is one of this code."""
        head = await self.read(lambda connection: load_head(connection, code))
        if head is not None:
            self._scribe.know(code, head)
            self.moved(code)

    async def _look_around(self) -> None:
        """Whether the database is still there: lines that are dead, files that are gone, a second ago at most."""
        self.database.lines.cut(after=LONGEST_SILENCE)
        try:
            await self.reading(self.database.must_be_in_place, LONGEST_READ)
        except DatabaseUnusable as gone:
            self.rooms.warn("record", gone.said)
        else:
            self.rooms.warn("record", None)

    async def _look_over(self) -> None:
        self.rooms.look_over()

    async def _count_ballots(self) -> None:
        """How many have voted, once a second while a poll is open and somebody watches."""
        for code in self.rooms.watched_codes:
            meeting = self.rooms.meeting(code)
            found = Voting()
            if meeting and meeting.open_polls:
                found = await self.read(partial(voting_on, meeting=meeting))
            self.rooms.turned_out(code, found)

    async def write_signs(self) -> None:
        """What was seen since the last time, at most once a second, however much somebody sends.

        Once this returns, all that was seen before is written, even what somebody else had begun to write.
        """
        async with self._writing_signs:
            if taken := self.signs.take():
                try:
                    await self.write(partial(_write_signs, seen=taken))
                except Refused:
                    self.signs.put_back(taken)

    async def _checkpoint(self) -> None:
        await self.reading(self.database.checkpoint, LONGEST_READ)

    async def _can_reach_the_database(self) -> bool:
        return self.database.is_sqlite or await self._pulse() is None

    def _read(self, work: Callable[[Connection], Any]) -> Any:
        try:
            with self.database.reading() as connection:
                return work(connection)
        except DatabaseUnusable as error:
            raise refusal_of(error.said) from error
        except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
            if self.database.is_sqlite:
                raise
            logger.error("The database does not answer: %s", cause_of(error))  # noqa: TRY400  it is outside the program
            raise Refused("record.no_answer") from error

    # --- called in the threads that write; the rooms live in the event loop -------------------------------------------

    def _tell_voters(self, answers: Answers) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(tell, answers)

    def _moved(self, code: str) -> None:
        """The screens come after the answers: nobody is to wait until everybody's picture is painted."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.turns.once_answered, partial(self.moved, code))


def _note_change(before: Said | None, now: Said | None) -> None:
    """A line as the record can be written no more, or for another reason, and one as it can again: not each second."""
    if now is not None and (before is None or before.code != now.code):
        logger.error("Not ready any more: %s", sentence_of(now))
    elif now is None and before is not None:
        logger.warning("Ready again: the record can be written")


def _write_signs(connection: Connection, seen: Seen) -> None:
    refusals.add(connection, seen.refused)
    bursts.add(connection, seen.bursts)
