"""Heads: how far each meeting has come, and the one place that knows the newest.

Who writes, who listens to other processes and who paints screens ask here, from whatever thread they are in: nobody
keeps a second copy. Below, how a head is read from the log and told on.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.events import Event
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.store import log, plans
from app.store.log import Entry, Tail
from app.store.tables import EditionRow, HeadRow, MeetingRow, table_of

MOST_RECENT = 200
"""Events that a head remembers, for those who want to know what has happened since an earlier one."""


@dataclass(frozen=True, slots=True)
class Head:
    """A meeting as far as its log goes, and the edition of the plan that it began with."""

    meeting: Meeting
    tail: Tail
    edition: str
    recent: tuple[Event, ...] = ()
    """The last few events, up to the last entry."""

    @property
    def seq(self) -> int:
        return self.tail.seq

    @property
    def at(self) -> datetime | None:
        """The time of the last entry."""
        return self.recent[-1].at if self.recent else None

    def is_newer_than(self, other: "Head | None") -> bool:
        """Of the same entry, the one that is heard of later has the newer plan."""
        if other is None or other.seq != self.seq:
            return other is None or other.seq < self.seq
        return (other.tail, other.edition) != (self.tail, self.edition)

    def events_since(self, other: "Head | None") -> tuple[Event, ...] | None:
        """What has happened since an earlier head; None if that cannot be said, or the plan is another by now."""
        if other is None or other.edition != self.edition:
            return None
        number = self.seq - other.seq
        return self.recent[-number:] if 0 < number <= len(self.recent) else None

    def followed_by(self, entries: Sequence[Entry], meeting: Meeting) -> "Head":
        """The head behind these entries, which led to this meeting."""
        last = entries[-1]
        recent = (*self.recent, *(entry.event for entry in entries[-MOST_RECENT:]))[-MOST_RECENT:]
        return Head(meeting, Tail(last.seq, last.seal, self.tail.chain), self.edition, recent)


class Heads:
    """The newest head of every meeting that this process has heard of. May be told and asked from any thread."""

    def __init__(self) -> None:
        self._newest: dict[str, Head] = {}
        self._lock = threading.Lock()

    def know(self, code: str, head: Head) -> None:
        """A meeting has been seen so far; whoever asks from now on is told so, unless a newer head is known."""
        with self._lock:
            if head.is_newer_than(self._newest.get(code)):
                self._newest[code] = head

    def newest(self, code: str) -> Head | None:
        """As far as this meeting is known to have come; None: it was not heard of yet."""
        return self._newest.get(code)

    def all(self) -> dict[str, Head]:
        """The newest head of each meeting, by code."""
        with self._lock:
            return dict(self._newest)

    def forget(self, code: str) -> None:
        """This meeting is gone."""
        with self._lock:
            self._newest.pop(code, None)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the database says of a meeting without its log being read."""

    tail: Tail
    edition: str


def caught_up(connection: Connection, code: str, head: Head | None) -> Head | None:
    """A head brought up to the log's last entry, with the log locked; None if there is no such meeting.

    Another process may have written since (PostgreSQL, or the command line beside a server). Raises Refused
    (``record.rolled_back``) if what was written here is not there any more: that is never followed in silence.
    """
    tail = log.locked_tail(connection, code)
    if tail is None:
        return None
    if head is None or head.meeting.opened_at is None:
        return load_head(connection, code)  # before it opens, the plan may have been written anew
    if was_rolled_back(head.tail, tail):
        raise Refused("record.rolled_back", written=head.seq, here=tail.seq)
    return follow(connection, code, head) if tail.seq > head.seq else head


def was_rolled_back(known: Tail, found: Tail) -> bool:
    """Whether a log that was known to end at one entry cannot end at another by being written on."""
    return found.seq < known.seq or (found.seq == known.seq and found.seal != known.seal)


def load_head(connection: Connection, code: str) -> Head | None:
    """A meeting folded from the whole of its log; None if there is no such meeting."""
    edition = plans.edition(connection, code)  # before the plan: if that is written in between, another is found later
    try:
        plan = plans.load(connection, code)
    except KeyError:
        return None
    return follow(connection, code, Head(Meeting.planned(plan), log.beginning(code), edition))


def follow(connection: Connection, code: str, head: Head) -> Head:
    """A head with the entries that have come since. Raises Refused if they do not go on from it."""
    entries = list(log.load(connection, code, after=head.seq))
    if not entries:
        return head
    first = log.tail_with(head.tail, entries[0].line)
    if entries[0].seal != first.seal:
        raise Refused("record.rolled_back", written=head.seq, here=entries[-1].seq)
    meeting = fold(head.meeting, (entry.event for entry in entries))
    return replace(head, tail=first).followed_by(entries, meeting)


def recorded(connection: Connection) -> dict[str, Recorded]:
    """How far every meeting has come in the database, by code: one question, however many there are."""
    meetings, heads, editions = table_of(MeetingRow), table_of(HeadRow), table_of(EditionRow)
    found = meetings.outerjoin(heads, heads.c.meeting == meetings.c.code)
    found = found.outerjoin(editions, editions.c.meeting == meetings.c.code)
    query = sa.select(meetings.c.code, heads.c.seq, heads.c.seal, editions.c.edition).select_from(found)
    return {
        row.code: Recorded(log.beginning(row.code) if row.seq is None else Tail(row.seq, row.seal), row.edition or "")
        for row in connection.execute(query)
    }
