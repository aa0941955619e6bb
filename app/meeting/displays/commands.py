"""What the displays are to show."""

from dataclasses import dataclass

from app.meeting.displays.state import DisplayView, SceneKind


@dataclass(frozen=True, slots=True)
class FollowAgenda:
    """Back to where the agenda stands, from a cue or from a result just revealed."""


@dataclass(frozen=True, slots=True)
class HoldScene:
    """Keep the display as it is, whatever the agenda does."""


@dataclass(frozen=True, slots=True)
class CueScene:
    kind: SceneKind
    round: str | None = None
    unit: str | None = None
    text: str = ""
    comment: str | None = None
    page: int = 0
    poll: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class TellSpeaker:
    """A message on the speaker's timer; empty text takes it away."""

    text: str


@dataclass(frozen=True, slots=True)
class DirectDisplay:
    """Tell one display of a name something of its own; what is None stays as it is.

    ``cue``: ``common`` (as the displays in common), ``agenda``, ``hold``, or the kind of a scene to show, which
    ``round``, ``unit``, ``text``, ``comment``, ``page``, ``poll`` and ``question`` belong to.
    """

    display: str
    view: DisplayView | None = None
    language: str | None = None
    cue: str | None = None
    round: str | None = None
    unit: str | None = None
    text: str = ""
    comment: str | None = None
    page: int = 0
    poll: str | None = None
    question: str | None = None
