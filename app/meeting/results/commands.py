"""What is asked for of a result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowResultStep:
    """Show the hall the next step of a result; ``step`` names it, so that a double press is one step."""

    round: str
    step: str


@dataclass(frozen=True, slots=True)
class RevealResult:
    """Show a result whole."""

    round: str


@dataclass(frozen=True, slots=True)
class WithdrawReveal:
    round: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The supervisor has looked at sheets, corrections, late ones and working, and confirms the result.

    ``seen`` is the digest of what was looked at: what has changed since is not confirmed unseen.
    """

    round: str
    seen: str


@dataclass(frozen=True, slots=True)
class RuleOnTie:
    """The chair's order, best first, among units whose scores are equal."""

    rounds: tuple[str, ...]
    reason: str
    author: str
