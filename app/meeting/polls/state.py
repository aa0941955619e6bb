"""A poll: the time in which the audience votes on one unit, and what came of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from app.meeting.polls.agreed import Counts

Tally = dict[str, dict[str, int]]
"""How often each choice was made, by voice."""


@dataclass(frozen=True, slots=True)
class Count:
    """What was sealed as a poll ended: how many ballots by voice, the digest of the receipts, and that of the ballots.

    ``slips`` is of the ballots without their voters, by ids that nobody can try out; ``digest``, in logs from before
    there were slips, of the ballots with them. Neither says what was chosen. ``tickets``: how many could have voted
    with one, used or not; ``refused``: how often a ballot, or a ticket at the door, was refused until then, by voice
    and reason.
    """

    ballots: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    receipts: str = ""
    tickets: int = 0
    refused: dict[str, dict[str, int]] = field(default_factory=dict)
    slips: str = ""

    def is_of(self, found: "Count") -> bool:
        """Whether these are the ballots that were found."""
        return (self.ballots, self.of_ballots, self.receipts) == (found.ballots, found.of_ballots, found.receipts)

    @property
    def of_ballots(self) -> str:
        """The digest of the ballots, in whichever way it was made."""
        return self.slips or self.digest

    @property
    def total(self) -> int:
        """Of ballots, for the operator; no result is made of it."""
        return sum(self.ballots.values())


NOTHING_COUNTED = Count()


@dataclass(frozen=True, slots=True)
class Poll:
    """The ``number``-th poll on a unit. ``count`` is there once it has ended, ``tally`` while it is shown.

    ``withdrawn_at``: it stays in the record, and nobody is shown what came of it.
    """

    id: str
    unit: str
    number: int
    opened_at: datetime
    closed_at: datetime | None = None
    count: Count | None = None
    shown_at: datetime | None = None
    tally: Tally = field(default_factory=dict)
    withdrawn_at: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None

    def approval(self, voice: str, counts: Mapping[str, Counts]) -> Fraction | None:
        """The share of ballots of one voice that approve, of those that say anything; known once it is shown."""
        approving, said = self.approving_of(voice, counts)
        return Fraction(approving, said) if said else None

    def approving_of(self, voice: str, counts: Mapping[str, Counts]) -> tuple[int, int]:
        """How many ballots of one voice approve, and how many say anything, by what each choice counts as."""
        by_count: dict[Counts, int] = defaultdict(int)
        for choice, ballots in self.tally.get(voice, {}).items():
            by_count[counts.get(choice, Counts.AGAINST)] += ballots
        return by_count[Counts.FOR], by_count[Counts.FOR] + by_count[Counts.AGAINST]


def sealed(poll: Poll) -> Count:
    """What was counted as it ended."""
    return poll.count or NOTHING_COUNTED


def id_of_poll(unit: str, number: int) -> str:
    return f"{unit}.{number}"
