"""What a scene is called: for whoever directs the displays and does not stand before them."""

from app.live.contexts import Context
from app.live.screens import parts
from app.live.screens.questions import name_of_asked
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.meeting import Meeting


class Seen(Context, frozen=True, kw_only=True):
    """``called``: its name; ``about``: the unit or the item; ``is_hidden``: a result of which nothing is shown."""

    scene: str
    called: str
    about: str
    text: str
    is_held: bool
    is_hidden: bool


def seen(meeting: Meeting, display: str = "") -> Seen:
    """The scene that the displays in common, or one of a name, show at this moment; hall.py paints the same one."""
    scene = meeting.scene_of(display)
    return Seen(
        scene=str(scene.kind),
        called=called(meeting, scene.kind),
        about=_about(meeting, scene),
        text=scene.text,
        is_held=meeting.displays.cue_of(display).held,
        is_hidden=_is_hidden(meeting, scene),
    )


def called(meeting: Meeting, kind: SceneKind) -> str:
    """The name of a scene: without ranks, what could be a ranking is an overview of the results."""
    return "overview" if kind is SceneKind.RANKING and not meeting.plan.rules.ranks_told else str(kind)


def outlived(meeting: Meeting) -> Seen | None:
    """What the displays were told at an earlier item and still show, while the agenda has gone on."""
    return seen(meeting) if meeting.cue_is_outlived else None


def _about(meeting: Meeting, scene: Scene) -> str:
    """The unit or the item that a scene is about; empty if it is about all, or about none."""
    if scene.unit:
        return meeting.unit(scene.unit).short_name
    if asked := meeting.questions.get(scene.question or ""):
        return name_of_asked(meeting, asked.asked.unit)
    if scene.poll in meeting.polls:
        return meeting.unit(meeting.polls[scene.poll or ""].unit).short_name
    item = scene.item or scene.round  # a round has the id of its item
    return parts.title_of(meeting, meeting.item(item)) if item else ""


def _is_hidden(meeting: Meeting, scene: Scene) -> bool:
    """Whether it is a result of which the hall is shown nothing."""
    round = meeting.rounds.get(scene.round or "")
    return scene.kind is SceneKind.RESULT and not (round and round.is_being_revealed)
