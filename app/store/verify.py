"""Does the record hold? The chain, the fold, the announced results and the read tables, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from app.meeting.evolve import evolve
from app.meeting.plan import rule_seal
from app.meeting.scoring import result_of
from app.meeting.state import Announcement, Meeting
from app.store import log, plans
from app.store.project import differences


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found: the length of the log, its last seal, each fault as a sentence with its place."""

    entries: int
    seal: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(connection: Connection, code: str) -> Verdict:
    """Check one meeting's record. Raises KeyError if there is no such meeting."""
    meeting = Meeting.planned(plans.load(connection, code))
    tail = log.beginning(code)
    try:
        for entry in log.verified(connection, code):
            meeting = evolve(meeting, entry.event)
            tail = log.Tail(entry.seq, entry.seal)
    except log.Broken as broken:
        return Verdict(tail.seq, tail.seal, (str(broken),))
    except Exception as error:  # an entry with a right seal that the rules cannot follow
        return Verdict(tail.seq, tail.seal, (f"entry {tail.seq + 1}: cannot be replayed: {error!r}",))
    return Verdict(
        tail.seq, tail.seal, (*_sealed_rules(meeting), *_announced(meeting), *differences(connection, meeting))
    )


def _sealed_rules(meeting: Meeting) -> Iterator[str]:
    if meeting.seal and meeting.seal != rule_seal(meeting.plan):
        yield "the rule seal shown at the opening does not fit the rules in the log"


def _announced(meeting: Meeting) -> Iterator[str]:
    for round in meeting.rounds.values():
        if round.announced is not None:
            result = result_of(meeting, round)
            if round.announced != Announcement(result.score, result.grade):
                yield f"round {round.id}: the result announced is not what its sheets come to"
