"""A vote of the panel on how findings were put right."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

FEWEST = 3
"""Marks of which it can be told how many of each there are, and nobody's is."""


class CureMark(StrEnum):
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    NOT_SATISFIED = "not_satisfied"


@dataclass(frozen=True, slots=True)
class CureCount:
    """What the panel said of one finding. ``members``: all seats entitled, whether they judged or not."""

    finding: str
    members: int
    satisfied: int
    basically: int
    not_satisfied: int
    passed: bool

    @property
    def is_told(self) -> bool:
        """Whether it may be said how many judged how: the log says who did, and of one or two that would say what."""
        given = self.satisfied + self.basically + self.not_satisfied
        return given == 0 or given >= FEWEST


@dataclass(frozen=True, slots=True)
class CureVote:
    """``basically_counts``: whether basically satisfied is an approval; it is said on the ballot.

    ``by_unit``: a seat has one mark for all findings of a unit. ``members``: by finding, the seats entitled; nobody
    who is recused from its unit. ``marks``: by finding and seat, secret, also after it has ended. ``counts`` once it
    has ended.
    """

    id: str
    findings: tuple[str, ...]
    basically_counts: bool
    opened_at: datetime
    members: dict[str, tuple[str, ...]]
    marks: dict[str, dict[str, CureMark]] = field(default_factory=dict)
    counts: tuple[CureCount, ...] = ()
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""
    by_unit: bool = False

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.withdrawn_at is None

    @property
    def seats(self) -> tuple[str, ...]:
        """All who have something to judge, in the order of the panel."""
        return tuple(dict.fromkeys(seat for seats in self.members.values() for seat in seats))

    def findings_of(self, seat: str) -> tuple[str, ...]:
        return tuple(finding for finding in self.findings if seat in self.members[finding])

    def marks_of(self, seat: str) -> dict[str, CureMark]:
        return {finding: marks[seat] for finding, marks in self.marks.items() if seat in marks}

    @property
    def missing(self) -> tuple[str, ...]:
        """Seats that have not judged all that they may."""
        return tuple(seat for seat in self.seats if len(self.marks_of(seat)) < len(self.findings_of(seat)))

    @property
    def done(self) -> int:
        """How many seats have judged all that they may."""
        return len(self.seats) - len(self.missing)

    def count(self, finding: str) -> CureCount:
        """Passed by more than half of the members, not of those who judged: silence does not approve."""
        given = list(self.marks.get(finding, {}).values())
        satisfied, basically, not_satisfied = (given.count(mark) for mark in CureMark)
        members = len(self.members[finding])
        approving = satisfied + (basically if self.basically_counts else 0)
        return CureCount(finding, members, satisfied, basically, not_satisfied, passed=2 * approving > members)


@dataclass(frozen=True, slots=True)
class Cures:
    """All votes of a meeting, by id, in the order in which they were opened."""

    by_id: dict[str, CureVote] = field(default_factory=dict)

    @property
    def open(self) -> list[CureVote]:
        return [vote for vote in self.by_id.values() if vote.is_open]

    def on(self, finding: str) -> list[CureVote]:
        return [vote for vote in self.by_id.values() if finding in vote.findings]

    def latest_count(self, finding: str) -> CureCount | None:
        """What the panel said of a finding last, in a vote that was closed."""
        closed = [vote for vote in self.on(finding) if vote.closed_at]
        return next((each for each in closed[-1].counts if each.finding == finding), None) if closed else None
