"""What is asked for of a poll."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """Let the audience vote on a unit. ``again``: there has been a poll on it already, which stays in the record."""

    unit: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class ClosePoll:
    poll: str


@dataclass(frozen=True, slots=True)
class ShowPoll:
    """Show the hall how it voted."""

    poll: str


@dataclass(frozen=True, slots=True)
class WithdrawPoll:
    """It ends, if it has not, and is shown to nobody any more; all that came in is kept."""

    poll: str
    reason: str
