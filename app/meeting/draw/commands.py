"""What is asked for of the order of reporting.

Seed and commitment are the server's matter: what a frame says of them is passed over.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PrepareDraw:
    """Commit to a seed before anybody can know what would come out."""

    commitment: str = ""


@dataclass(frozen=True, slots=True)
class DrawNext:
    """Draw one more lot. ``number`` names its place: a double press is one lot. ``word`` counts with the first."""

    number: int
    word: str = ""
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DrawAll:
    """Draw whatever lots are left."""

    word: str = ""
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CallOffDraw:
    reason: str
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TypeOrder:
    """The number of each unit as it was typed: a paper lot, or what was agreed."""

    numbers: dict[str, str]
