"""The ballot box: ballots that come at once are written together, and whoever cast one is told once that is durable.

On SQLite the one thread that writes writes them, a box-full at a time, together with whatever else it writes. On
PostgreSQL each process has a line of its own for them, so that no command waits for a ballot, nor rings a bell for it.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
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

_Cast = tuple[Ballot, "Future[None]"]
_STOP = None


class BallotBox:
    """Ask it from any thread."""

    def __init__(self, database: Database, scribe: Scribe, clock: Callable[[], datetime] = clock.now) -> None:
        self._database = database
        self._scribe = scribe
        self._clock = clock
        self._queue: queue.Queue[_Cast | None] = queue.Queue(MOST_WAITING)
        self._has_ended = False
        self._thread = threading.Thread(target=self._run, name="ballots", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what is waiting, then end. The scribe must still be there."""
        self._queue.put(_STOP)
        self._thread.join()

    def cast(self, ballot: Ballot) -> "Future[None]":
        """Resolves once the ballot is durable, so that it will be counted; or raises Refused: then it will not be."""
        done: Future[None] = Future()
        with suppress(queue.Full):
            if not self._has_ended:
                self._queue.put_nowait((ballot, done))
                return done
        done.set_exception(Refused("record.unavailable"))
        return done

    # --- the thread of the box --------------------------------------------------------------------------------------

    def _run(self) -> None:
        while batch := self._next_batch():
            self._write(batch)
        while not self._queue.empty():
            if late := self._queue.get():
                _answer([late], [Refused("record.unavailable")])

    def _next_batch(self) -> list[_Cast]:
        batch: list[_Cast] = []
        while len(batch) < LARGEST_BATCH and not self._has_ended:
            try:
                cast = self._queue.get(block=not batch)
            except queue.Empty:
                break
            if cast is _STOP:
                self._has_ended = True
            else:
                batch.append(cast)
        return batch

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
        _answer(batch, answers)

    def _committed(self, work: "Callable[[Connection], list[Refused | None]]") -> "list[Refused | None]":
        if self._database.is_sqlite:
            answers: list[Refused | None] = self._scribe.write(work).result()
            return answers
        with self._database.writing() as connection:
            return work(connection)


def _answer(batch: Iterable[_Cast], answers: Iterable[Refused | None]) -> None:
    for (_, done), refused in zip(batch, answers, strict=True):
        if not done.set_running_or_notify_cancel():
            continue  # nobody waits for it any more
        if refused is None:
            done.set_result(None)
        else:
            done.set_exception(refused)
