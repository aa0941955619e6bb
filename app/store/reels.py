"""Reels: the log of a meeting as something that can be wound to any entry, by whoever plays the meeting back.

A reel holds what is written and nothing else: it is read from the log, checked against the chain as it is read, and
never written. On the way it keeps the meeting now and then, so that winding far costs no more than winding near.
"""

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy.engine import Connection

from app.meeting.evolve import evolve, fold
from app.meeting.meeting import Meeting
from app.store import log, plans
from app.store.log import Entry, Tail

EVERY = 64
"""Entries between two meetings that are kept."""

MOST_REELS = 4


@dataclass(slots=True)
class Reel:
    """``kept[n]`` is the meeting behind entry n × EVERY; before entry 1 it stands as it was planned.

    What happened before the opening is seen by the plan that the meeting was opened with: earlier drafts of a plan are
    in no log.
    """

    code: str
    edition: str
    tail: Tail
    kept: list[Meeting]
    last: Meeting
    entries: list[Entry] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    @property
    def length(self) -> int:
        return len(self.entries)

    @property
    def is_opened(self) -> bool:
        return self.last.opened_at is not None

    def at(self, seq: int) -> Meeting:
        """The meeting behind this entry; behind entry 0, before anything had happened."""
        place = seq // EVERY
        return fold(self.kept[place], (each.event for each in self.entries[place * EVERY : seq]))

    def onwards(self, seq: int) -> Iterator[tuple[Entry, Meeting]]:
        """Each entry after this one, with the meeting behind it."""
        meeting = self.at(seq)
        for entry in self.entries[seq:]:
            meeting = evolve(meeting, entry.event)
            yield entry, meeting

    def time_of(self, seq: int) -> datetime:
        """When an entry was written; of entry 0, when the first was, or when the meeting is to begin."""
        if self.times:
            return self.times[max(seq, 1) - 1]
        return self.last.plan.starts_at

    def seq_at(self, instant: datetime) -> int:
        """The last entry that had been written at an instant."""
        return bisect_right(self.times, instant)

    def takes(self, entry: Entry) -> None:
        """One entry more. Raises Broken if it does not follow."""
        self.tail = log.tail_with(self.tail, entry.line)
        if (entry.seq, entry.seal) != (self.tail.seq, self.tail.seal):
            raise log.Broken("fault.seal", entry.seq)
        self.last = evolve(self.last, entry.event)
        if entry.seq % EVERY == 0:
            self.kept.append(self.last)
        self.times.append(entry.event.at)
        self.entries.append(entry)  # last: who winds meanwhile, in another thread, finds all that belongs to it


class Reels:
    """The reels that were asked for last. A meeting that goes on is read on from where its reel ended."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Reel] = OrderedDict()
        self._lock = threading.Lock()

    def reel(self, connection: Connection, code: str) -> Reel:
        """The whole log of a meeting there is. Raises Broken where an entry is not as it was written."""
        with self._lock:
            known = self._kept.pop(code, None)
            holds = known is not None and _still_holds(connection, known)
            reel = _read_on(connection, known) if known and holds else _wound(connection, code)
            self._kept[code] = reel
            if len(self._kept) > MOST_REELS:
                self._kept.popitem(last=False)
            return reel


def _still_holds(connection: Connection, reel: Reel) -> bool:
    """Whether a log only has to be read on: it was not put back, and the plan of its meeting is still the same."""
    is_there = not reel.length or log.seal_at(connection, reel.code, reel.length) == reel.tail.seal
    return is_there and (reel.is_opened or plans.edition(connection, reel.code) == reel.edition)


def _wound(connection: Connection, code: str) -> Reel:
    edition = plans.edition(connection, code)
    planned = Meeting.planned(plans.load(connection, code))
    return _read_on(connection, Reel(code, edition, log.beginning(code), [planned], planned))


def _read_on(connection: Connection, reel: Reel) -> Reel:
    try:
        for entry in log.load(connection, reel.code, after=reel.length):
            reel.takes(entry)
    except (msgspec.DecodeError, KeyError) as error:  # a line that cannot be read, or speaks of what there is not
        raise log.Broken("fault.unreadable", reel.length + 1, detail=str(error)) from error
    return reel
