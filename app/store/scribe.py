"""The one writer. Commands queue up; one thread drains the queue and commits each batch as one transaction.

Group commit is what makes thirty tablets at once as quick as one: the batch is whatever arrived while the batch before
it was being made durable. A refused command resolves its own future and leaves the rest of the batch alone.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.meeting.commands import Command, shown_with
from app.meeting.decide import decide
from app.meeting.evolve import evolve
from app.meeting.refusals import Refused, Said, refusal_of
from app.store import log, questions, refused
from app.store.ballots import counted
from app.store.database import Database, DatabaseUnusable
from app.store.heads import Head, Heads, caught_up
from app.store.log import Entry
from app.store.project import project
from app.store.refused import RefusedCorrection
from app.store.times import Times

logger = logging.getLogger("kaimen.scribe")

LARGEST_BATCH = 500
LONGEST_QUEUE = 10_000


@dataclass(frozen=True, slots=True)
class Performed:
    """A command that is durable. ``seq`` is its last entry, or the log's last if it asked for what was already so.

    ``seal``: of that entry, for whoever wants to know it again.
    """

    seq: int
    seal: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    code: str
    command: Command
    by: str
    id: str
    key: str
    until: datetime | None
    done: "Future[Performed]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Row:
    """A plain write that is not a matter of the log: a draft, a key used."""

    write: Callable[[Connection], Any]
    done: "Future[Any]" = field(default_factory=Future)


_Job = _Asked | _Row
_STOP = None


class Scribe:
    """Owns the writing side of the database.

    Once a meeting has moved on and that is durable, ``heads`` know it, then whoever asked is answered, and then
    ``moved(code)`` is called, in the writer's thread.
    """

    def __init__(
        self,
        database: Database,
        heads: Heads | None = None,
        clock: Callable[[], datetime] = clock.now,
        moved: Callable[[str], None] = lambda _code: None,
    ) -> None:
        self._database = database
        self._heads = heads or Heads()
        self._moved = moved
        self._times = Times(clock)
        self._queue: queue.Queue[_Job | None] = queue.Queue(LONGEST_QUEUE)
        self._given_up: set[Future[Any]] = set()
        self._said = ""
        self._has_ended = False
        self._thread = threading.Thread(target=self._run, name="scribe", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Carry out what is queued, then end; what comes later is refused."""
        self._queue.put(_STOP)
        self._thread.join()

    def ask(
        self, code: str, command: Command, by: str, id: str, key: str = "", until: datetime | None = None
    ) -> "Future[Performed]":
        """Queue a command; ``key``: the tag of the key it was given by; after ``until`` it is not carried out any more.

        Resolves once durable, or raises Refused.
        """
        job = _Asked(code, command, by, id, key, until)
        self._put(job)
        return job.done

    def write(self, work: Callable[[Connection], Any]) -> "Future[Any]":
        """Queue a plain write; it shares the transaction of whatever else is waiting.

        If it raises Refused, so does what is returned, and all that it has written is taken back. Whatever else it
        raises is a fault of the program.
        """
        job = _Row(work)
        self._put(job)
        return job.done

    def know(self, code: str, head: Head) -> None:
        """A meeting has been read from the database: it is not read again, and its time goes on from its last entry."""
        self._heads.know(code, head)
        self._times.after(code, head.at)

    def now(self, code: str) -> datetime:
        """The time of a meeting: what would be decided now is recorded as of now."""
        return self._times.now(code)

    def clock_was_set(self) -> None:
        """The clock was set anew; no meeting runs."""
        self._times.begin_anew()

    def give_up(self, asked: "Future[Any]") -> None:
        """Whoever asked was told that nothing was written: unless it is being committed already, nothing will be."""
        self._given_up.add(asked)
        asked.cancel()

    def forget(self, code: str) -> "Future[Any]":
        """Keep nothing of a meeting that has been deleted; resolves once whatever was asked before is done with."""
        return self.write(lambda _connection: self._times.forget(code))

    def _put(self, job: _Job) -> None:
        if self._has_ended:
            _decline([job])
            return
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            _decline([job])

    # --- the writer's thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while batch := self._next_batch():
            self._carry_out(batch)
        while not self._queue.empty():
            late = self._queue.get()
            if late is not _STOP:
                _decline([late])

    def _next_batch(self) -> list[_Job]:
        """What is waiting, at least one job; empty when it is time to stop."""
        batch: list[_Job] = []
        while len(batch) < LARGEST_BATCH and not self._has_ended:
            try:
                job = self._queue.get(block=not batch)
            except queue.Empty:
                break
            if job is _STOP:
                self._has_ended = True
            else:
                batch.append(job)
        return batch

    def _carry_out(self, asked: list[_Job]) -> None:
        batch = [job for job in asked if job.done not in self._given_up]
        self._given_up.difference_update(job.done for job in asked)
        if not batch:
            return
        work = _Transaction(self._database, self._heads, self._times)
        try:
            with self._database.writing() as connection:
                work.carry_out(connection, batch)
                self._must_be_waited_for(batch)
        except _GivenUp:  # somebody was told meanwhile that nothing was written
            self._carry_out(batch)
        except DatabaseUnusable as error:
            _decline(batch, error.said)
        except (sa.exc.DataError, sa.exc.IntegrityError) as error:  # what was to be written does not fit the tables
            self._carry_out_singly(batch, error)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            self._say_once(error)
            _decline(batch)
        except Exception as error:  # a fault in the program
            self._carry_out_singly(batch, error)
        else:
            self._said = ""
            self._publish(work)

    def _say_once(self, error: Exception) -> None:
        """A disk that is full refuses whatever comes, and each second whoever asks whether it still is."""
        if self._said != str(error):
            self._said = str(error)
            logger.error("The record cannot be written: %s", error)

    def _must_be_waited_for(self, batch: list[_Job]) -> None:
        if any(job.done in self._given_up for job in batch):
            raise _GivenUp

    def _carry_out_singly(self, batch: list[_Job], error: Exception) -> None:
        """Find whose fault it is, and spare the others."""
        if len(batch) > 1:
            for job in batch:
                self._carry_out([job])
        else:
            logger.error("A command failed", exc_info=error)
            _resolve([(batch[0], error)])

    def _publish(self, work: "_Transaction") -> None:
        # Only after the commit: a screen must never show, nor a tablet be told, what the database could still lose.
        if work.is_milestone:
            self._database.checkpoint()  # before anybody is told: from now on a copy of the file alone has it
        for code, head in work.moved.items():
            self._heads.know(code, head)
        _resolve(work.outcomes)
        for code in work.moved:
            with _writing_goes_on(code):
                self._moved(code)


@contextmanager
def _writing_goes_on(code: str) -> Iterator[None]:
    """It is durable, and is answered: whoever cannot be told, the writer's thread must go on."""
    try:
        yield
    except Exception:
        logger.exception("Nobody could be told that “%s” has moved on", code)


class _GivenUp(Exception):
    """Somebody waits no longer for what was to be written."""


def _is_a_milestone(before: Head | None, after: Head) -> bool:
    """A round has been closed, or the meeting has ended."""
    was = before.meeting if before else None
    has_ended = after.meeting.is_finished and not (was and was.is_finished)
    return has_ended or bool(was and len(was.open_rounds) > len(after.meeting.open_rounds))


class _Transaction:
    """One batch inside one transaction. Nothing leaves it before the commit."""

    def __init__(self, database: Database, heads: Heads, times: Times) -> None:
        self._database = database
        self._heads = heads
        self.moved: dict[str, Head] = {}
        self.is_milestone = False
        self.outcomes: list[tuple[_Job, Any]] = []
        self._declined: list[RefusedCorrection] = []
        self._times = times

    def carry_out(self, connection: Connection, batch: list[_Job]) -> None:
        asked = [job for job in batch if isinstance(job, _Asked)]
        for job in batch:
            if isinstance(job, _Row):
                self.outcomes.append((job, _written(connection, job)))
        for code in sorted({job.code for job in asked}):
            self._meeting(connection, code, [job for job in asked if job.code == code])

    def _meeting(self, connection: Connection, code: str, asked: list[_Asked]) -> None:
        known_here = self._heads.newest(code)
        try:
            before = caught_up(connection, code, known_here)
        except Refused as why:
            self.outcomes += [(job, why) for job in asked]
            return
        except DatabaseUnusable as error:  # this meeting cannot be read; the others go on
            self.outcomes += [(job, refusal_of(error.said)) for job in asked]
            return
        if before is None:
            self.outcomes += [(job, Refused("meeting.unknown")) for job in asked]
            return
        known = log.known(connection, code, {job.id for job in asked})
        head, entries = before, list[Entry]()
        for job in asked:
            head, made = self._decide(connection, head, job, known)
            entries += made
        while self._declined:
            refused.note(connection, code, self._declined.pop(0))
        if entries:
            log.append(connection, code, entries)
            project(connection, before.meeting, head.meeting)
            questions.follow(connection, code, (entry.event for entry in entries))
            self._database.announce(connection, code, head.seq)
        if head is not known_here:
            self.moved[code] = head
            self.is_milestone |= _is_a_milestone(known_here, head)

    def _decide(
        self, connection: Connection, head: Head, job: _Asked, known: dict[str, tuple[str, int, str]]
    ) -> tuple[Head, list[Entry]]:
        if job.id in known:
            self.outcomes.append((job, _answer_again(job, *known[job.id])))
            return head, []
        now = self._times.after(job.code, head.at)
        if job.until is not None and now > job.until:
            self.outcomes.append((job, Refused("command.too_late")))
            return head, []
        try:
            command = questions.with_row(connection, job.code, shown_with(job.command, job.key))
            events = decide(head.meeting, command, now)
            events = counted(connection, head.meeting, events)
        except Refused as declined:
            self.outcomes.append((job, declined))
            if correction := refused.refused_correction(head.meeting, job.command, job.by, declined, now):
                self._declined.append(correction)
            return head, []
        made = list(log.entries_after(head.tail, job.code, job.by, job.id, events, job.key))
        for entry in made:
            head = head.followed_by([entry], evolve(head.meeting, entry.event))
        if made:
            known[job.id] = (job.by, head.seq, head.tail.seal)
        self.outcomes.append((job, Performed(head.seq, head.tail.seal)))
        return head, made


def _written(connection: Connection, job: _Row) -> Any:
    """What a plain write answers with. One that refuses has written nothing; whatever else it shares a transaction with
    stays."""
    try:
        with connection.begin_nested():
            return job.write(connection)
    except Refused as refused:
        return refused
    except DatabaseUnusable as error:  # of what it read, something cannot be read
        return refusal_of(error.said)


def _answer_again(job: _Asked, by: str, seq: int, seal: str) -> Performed | Refused:
    """A resent command is answered as it was the first time; an id used by somebody else is not."""
    return Performed(seq, seal) if by == job.by else Refused("command.twice")


def _decline(jobs: Iterable[_Job], why: Said | None = None) -> None:
    said = why or Said("record.unavailable")
    _resolve((job, refusal_of(said)) for job in jobs)


def _resolve(outcomes: Iterable[tuple[_Job, Any]]) -> None:
    for job, outcome in outcomes:
        if not job.done.set_running_or_notify_cancel():
            continue  # nobody waits for it any more
        if isinstance(outcome, Exception):
            job.done.set_exception(outcome)
        else:
            job.done.set_result(outcome)
