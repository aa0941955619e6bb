"""What is asked for of a round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenRound:
    round: str


@dataclass(frozen=True, slots=True)
class CloseRound:
    """Close a round. If sheets are missing it must name those seats: nobody closes over an absence unseen."""

    round: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseAllRounds:
    """Close every open round; ``without`` names round and seat of each missing sheet as ``round/seat``."""

    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReopenRound:
    round: str
    reason: str
