"""What displays can show, and what they have been told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
    COMMENT = "comment"
    SUMMING_UP = "summing_up"
    LANDSCAPE = "landscape"
    COMPOSITES = "composites"
    POLL = "poll"
    QUESTION = "question"
    PROMISES = "promises"


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
        SceneKind.COMMENT,
        SceneKind.SUMMING_UP,
        SceneKind.LANDSCAPE,
        SceneKind.COMPOSITES,
        SceneKind.POLL,
        SceneKind.QUESTION,
        SceneKind.PROMISES,
    }
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of the display.

    ``item`` belongs to ITEM, ``round`` to RESULT, ``unit`` (none: all of them) to COMMENTS, ``text`` to MESSAGE,
    ``comment`` to COMMENT, ``unit`` and ``page`` (from 0) to SUMMING_UP, ``poll`` to POLL,
    ``question`` to QUESTION, ``unit`` to PROMISES.
    """

    kind: SceneKind
    item: str | None = None
    round: str | None = None
    unit: str | None = None
    text: str = ""
    comment: str | None = None
    page: int = 0
    poll: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """What the display has been told. Without a scene it follows the agenda; ``held`` is a scene kept as it was."""

    scene: Scene | None = None
    held: bool = False

    @property
    def follows(self) -> bool:
        return self.scene is None


class DisplayView(StrEnum):
    """What a display is for: the hall, the speaker, the lower third of a live stream, who reads the words."""

    HALL = "hall"
    TIMER = "timer"
    LOWER = "lower"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class Direction:
    """What one display of a name has been told. ``view`` None and ``language`` empty: as its address says.

    ``cue`` None: as the displays in common; a cue without a scene: the agenda, whatever those have been told.
    """

    view: DisplayView | None = None
    language: str = ""
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Displays:
    """``cue`` is told to all, ``directions`` to single displays by name.

    ``cued_at`` is the item at which the cue was given, None before the first. ``spotlight`` is the round whose result a
    display that follows the agenda shows, until the agenda moves on; with ``shows_order`` it shows the order of
    reporting just drawn or typed in. ``shown`` is what the script shows them, also until the agenda moves on; it goes
    before the spotlight.
    """

    cue: Cue = Cue()
    cued_at: str | None = None
    speaker_message: str = ""
    spotlight: str | None = None
    shows_order: bool = False
    shown: Scene | None = None
    directions: dict[str, Direction] = field(default_factory=dict)

    def cue_of(self, display: str) -> Cue:
        """What a display has been told, by its name; a nameless one is told what all are."""
        own = self.directions.get(display, Direction()).cue
        return self.cue if own is None else own

    @property
    def follow_agenda(self) -> bool:
        """Whether they show where the agenda stands: told nothing else, and nothing stands out."""
        return self.cue.follows and self.shown is None and self.spotlight is None and not self.shows_order

    def moved_on(self) -> "Displays":
        """As the agenda goes on: nothing stands out any more."""
        return replace(self, spotlight=None, shows_order=False, shown=None)

    def without(self, is_gone: Callable[[Scene], bool]) -> "Displays":
        """What is not to be shown any more leaves every display, whatever it has been told."""
        cue = Cue() if self.cue.scene and is_gone(self.cue.scene) else self.cue
        directions = {
            display: replace(each, cue=None) if each.cue and each.cue.scene and is_gone(each.cue.scene) else each
            for display, each in self.directions.items()
        }
        shown = None if self.shown and is_gone(self.shown) else self.shown
        return replace(self, cue=cue, directions=directions, shown=shown)
