"""What displays can show, and what they have been told."""

from dataclasses import dataclass
from enum import StrEnum


class SceneKind(StrEnum):
    """What a display can show."""

    WAITING = "waiting"
    SEAL = "seal"
    ITEM = "item"
    FINISHED = "finished"
    BLANK = "blank"
    TIMER = "timer"
    COMMENTS = "comments"
    RESULT = "result"
    RANKING = "ranking"
    MESSAGE = "message"
    DRAW = "draw"


CUEABLE = frozenset(
    {
        SceneKind.BLANK,
        SceneKind.TIMER,
        SceneKind.COMMENTS,
        SceneKind.RESULT,
        SceneKind.RANKING,
        SceneKind.MESSAGE,
        SceneKind.SEAL,
        SceneKind.DRAW,
    }
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the display.

    ``item`` belongs to ITEM, ``round`` to RESULT, ``unit`` (none: all of them) to COMMENTS, ``text`` to MESSAGE.
    """

    kind: SceneKind
    item: str | None = None
    round: str | None = None
    unit: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """What the display has been told. Without a scene it follows the agenda; ``held`` is a scene kept as it was."""

    scene: Scene | None = None
    held: bool = False

    @property
    def follows(self) -> bool:
        return self.scene is None


class DisplayView(StrEnum):
    """What a display is for: the hall, the speaker, the lower third of a live stream."""

    HALL = "hall"
    TIMER = "timer"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Direction:
    """What one display of a name has been told. ``view`` None and ``language`` empty: as its address says.

    ``cue`` None: as the displays in common; a cue without a scene: the agenda, whatever those have been told.
    """

    view: DisplayView | None = None
    language: str = ""
    cue: Cue | None = None
