"""The ballot box: ballots that come at once are written together, and whoever cast one is told once that is durable.

On SQLite the one thread that writes writes them, a box-full at a time, together with whatever else it writes. On
PostgreSQL each process has a line of its own for them, so that no command waits for a ballot, nor rings a bell for it.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.meeting.refusals import Refused, refusal_of
from app.store.ballots import Ballot, take
from app.store.database import Database, DatabaseUnusable, cause_of
from app.store.scribe import Scribe

logger = logging.getLogger("kaimen.ballots")

LARGEST_BATCH = 500
"""So that a mark on a tablet never waits for more of them."""
MOST_WAITING = 20_000
MANY = 16
PAUSE = 0.015
"""Seconds after a batch of many in which the next gathers. A transaction takes as much of the processor as half a dozen
ballots, most of it for threads that take turns; and others need room between them."""

Answer = Callable[[Refused | None], None]
"""Whoever cast a ballot is told why it will not be counted; None: it will be."""
Answers = Sequence[tuple[Answer, Refused | None]]

_Cast = tuple[Ballot, Answer]


def tell(answers: Answers) -> None:
    """That one of them can be told nothing any more is nothing to the others."""
    for answer, refused in answers:
        try:
            answer(refused)
        except Exception:
            logger.exception("Somebody could not be told what became of a ballot")


class BallotBox:
    """Ask it from any thread. ``tell`` is given all answers of a batch at once, in the thread of the box: thousands are
    not to wake an event loop one by one."""

    def __init__(
        self,
        database: Database,
        scribe: Scribe,
        clock: Callable[[], datetime] = clock.now,
        tell: Callable[[Answers], None] = tell,
    ) -> None:
        self._database = database
        self._scribe = scribe
        self._clock = clock
        self._tell = tell
        self._waiting: deque[_Cast] = deque()
        self._bell = threading.Event()
        self._is_to_end = False
        self._has_ended = False
        self._thread = threading.Thread(target=self._run, name="ballots", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what is waiting, then end. The scribe must still be there."""
        self._is_to_end = True
        self._bell.set()
        self._thread.join()

    def put(self, ballot: Ballot, answer: Answer) -> None:
        """``answer`` is called once the ballot is durable, so that it will be counted; or with why it will not be.

        Raises Refused if nothing is taken any more.
        """
        if self._has_ended or len(self._waiting) >= MOST_WAITING:
            raise Refused("record.unavailable")
        self._waiting.append((ballot, answer))
        if not self._bell.is_set():  # else the thread looks once more before it sleeps
            self._bell.set()

    def cast(self, ballot: Ballot) -> "Future[None]":
        """The same for whoever waits in a thread: resolves, or raises Refused."""
        done: Future[None] = Future()

        def answer(refused: Refused | None) -> None:
            if refused is None:
                done.set_result(None)
            else:
                done.set_exception(refused)

        try:
            self.put(ballot, answer)
        except Refused as refused:
            answer(refused)
        return done

    # --- the thread of the box --------------------------------------------------------------------------------------

    def _run(self) -> None:
        while batch := self._next_batch():
            self._write(batch)
            if len(batch) >= MANY and not self._is_to_end:
                time.sleep(PAUSE)
        self._has_ended = True
        self._tell([(answer, Refused("record.unavailable")) for _, answer in self._taken(MOST_WAITING)])

    def _next_batch(self) -> list[_Cast]:
        """What waits, at least one; empty when it is time to stop, and none does."""
        while not (batch := self._taken(LARGEST_BATCH)) and not self._is_to_end:
            self._bell.clear()
            if not self._waiting and not self._is_to_end:
                self._bell.wait()
        return batch

    def _taken(self, most: int) -> list[_Cast]:
        waiting = self._waiting
        return [waiting.popleft() for _ in range(min(len(waiting), most))]

    def _write(self, batch: list[_Cast]) -> None:
        ballots = [ballot for ballot, _ in batch]
        try:
            answers = self._committed(lambda connection: take(connection, ballots, self._clock()))
        except Refused as refused:
            answers = [refused] * len(batch)
        except DatabaseUnusable as error:
            answers = [refusal_of(error.said)] * len(batch)
        except Exception as error:
            said = cause_of(error) if isinstance(error, sa.exc.SQLAlchemyError) else repr(error)
            logger.error("Ballots could not be written: %s", said)  # noqa: TRY400  what was chosen stands in no log
            answers = [Refused("record.unavailable")] * len(batch)
        self._tell([(answer, refused) for (_, answer), refused in zip(batch, answers, strict=True)])

    def _committed(self, work: "Callable[[Connection], list[Refused | None]]") -> "list[Refused | None]":
        if self._database.is_sqlite:
            answers: list[Refused | None] = self._scribe.write(work).result()
            return answers
        with self._database.writing() as connection:
            return work(connection)
