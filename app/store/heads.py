"""Heads: how far a meeting has come, as it is read from its log and told on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from app.meeting.events import Event
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.store import log, plans
from app.store.log import Entry, Tail

MOST_RECENT = 200
"""Events that a head remembers, for those who want to know what has happened since an earlier one."""


@dataclass(frozen=True, slots=True)
class Head:
    """A meeting as far as its log goes, and the edition of the plan that it began with."""

    meeting: Meeting
    tail: Tail
    edition: str
    at: datetime | None = None
    """The time of the last entry."""
    recent: tuple[Event, ...] = ()
    """The last few events, up to the last entry."""

    @property
    def seq(self) -> int:
        return self.tail.seq

    def is_as_new_as(self, other: "Head | None") -> bool:
        """Of the same entry, the one that is heard of later has the newer plan."""
        return other is None or other.seq <= self.seq

    def events_since(self, other: "Head | None") -> tuple[Event, ...] | None:
        """What has happened since an earlier head; None if that cannot be said, or the plan is another by now."""
        if other is None or other.edition != self.edition:
            return None
        number = self.seq - other.seq
        return self.recent[-number:] if 0 < number <= len(self.recent) else None


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
    return followed(replace(head, tail=first), entries, meeting)


def followed(head: Head, entries: Sequence[Entry], meeting: Meeting) -> Head:
    last = entries[-1]
    recent = (*head.recent, *(entry.event for entry in entries[-MOST_RECENT:]))[-MOST_RECENT:]
    return Head(meeting, Tail(last.seq, last.seal, head.tail.chain), head.edition, last.event.at, recent)
