"""What every paper is made of: a meeting and the whole log that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.store import ballots, forms, log, plans, proofs
from app.store.ballots import Told
from app.store.log import Entry
from app.store.persons import Persons, persons_of

MOST_OF_PROOFS = 128 * 1024 * 1024
"""Bytes of proofs that go into a folder, which is made in memory; the others are in every backup."""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """A meeting as its log leaves it. Nothing else goes into a paper: no clock, no settings, no machine.

    ``forms``: the office's own forms of letters, by letter. ``persons``: who sat where, as long as that is kept.
    ``proofs``: what proofs are made of, by SHA-256, as far as it goes into a folder. ``ballots``: of polls that are
    shown, where they are asked for.
    """

    meeting: Meeting
    entries: tuple[Entry, ...]
    forms: Mapping[str, bytes] = field(default_factory=dict)
    persons: Persons = field(default_factory=Persons)
    proofs: Mapping[str, bytes] = field(default_factory=dict)
    ballots: Mapping[str, Told] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.meeting.plan.code

    @property
    def number(self) -> int:
        """Of the last entry; 0 of a meeting that has not been opened."""
        return self.entries[-1].seq if self.entries else 0

    @property
    def seal(self) -> str:
        return self.entries[-1].seal if self.entries else log.beginning(self.code).seal

    @property
    def at(self) -> datetime:
        """When its last entry was made, in the hall's own time: the date of all that is made of it."""
        plan = self.meeting.plan
        return plan.in_the_hall(self.entries[-1].event.at) if self.entries else plan.starts_at


def proceedings_of(connection: Connection, code: str) -> Proceedings:
    meeting = Meeting.planned(plans.load(connection, code))
    entries = tuple(log.load(connection, code))
    for entry in entries:
        meeting = evolve(meeting, entry.event)
    return Proceedings(meeting, entries, forms.all_of_them(connection), persons_of(connection, code))


def with_proofs(connection: Connection, record: Proceedings) -> Proceedings:
    """As a folder has them in it; no other paper does, and there may be thousands."""
    return replace(record, proofs=proofs.some(connection, handed_in(record.meeting), MOST_OF_PROOFS))


def with_ballots(connection: Connection, record: Proceedings) -> Proceedings:
    """With what everybody may know of them. What was read before is not read again: of a poll that ended it stays."""
    told: dict[str, Told] = {}
    for poll in ballots.to_be_told(record.meeting):
        if found := record.ballots.get(poll.id) or ballots.listed(connection, record.code, poll):
            told[poll.id] = found
    return replace(record, ballots=told)


def handed_in(meeting: Meeting) -> list[str]:
    """Of all proofs the SHA-256, in the order of the findings."""
    return [proof.sha256 for finding in meeting.findings.by_id.values() for proof in finding.proofs]
