"""What is asked for of votes on cures: by the bureau, at its desk, and by the seats, at their own page."""

from dataclasses import dataclass
from datetime import date

from app.meeting.cures.state import CureMark


@dataclass(frozen=True, slots=True)
class OpenCureVote:
    """``vote`` is its id, chosen by the page. ``by_unit``: one mark for all findings of a unit."""

    vote: str
    findings: tuple[str, ...]
    author: str
    basically_counts: bool = True
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class JudgeCures:
    """Of some findings of a vote or all; what is not named stays as it was, or goes with the others of its unit."""

    vote: str
    seat: str
    marks: dict[str, CureMark]


@dataclass(frozen=True, slots=True)
class CloseCureVote:
    """What did not pass goes back to its unit, with ``reason``; what had been struck off is re-opened until ``until``.

    ``incomplete``: it is known that some seats have not judged everything.
    """

    vote: str
    until: date
    reason: str
    author: str
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawCureVote:
    """It was opened by mistake: nothing comes of it, and nobody learns what was said."""

    vote: str
    reason: str
    author: str
