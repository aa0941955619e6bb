"""The displays that have a name: what each has been told, and what it can be told."""

from msgspec.structs import asdict

from app.live.contexts import Context
from app.live.devices import DISPLAYS
from app.live.screens import scenes
from app.live.views import Look
from app.meeting.displays.state import Cue, Direction, DisplayView, SceneKind
from app.meeting.meeting import Meeting


class Told(Context, frozen=True, kw_only=True):
    """What a display is to be by its name. Its page goes elsewhere if it is something else."""

    name: str
    view: str | None
    language: str | None


class OwnCue(Context, frozen=True, kw_only=True):
    """``cue``: common, agenda, hold, or the kind of the scene it was told to show."""

    cue: str
    called: str
    round: str | None
    unit: str | None
    text: str


class Display(OwnCue, frozen=True, kw_only=True):
    name: str
    is_connected: bool
    view: str
    language: str


class Apart(OwnCue, frozen=True, kw_only=True):
    name: str


class Offered(Context, frozen=True, kw_only=True):
    """A scene that can be shown now, as the fields of the command; ``name`` is the unit it is about."""

    cue: str
    called: str
    round: str | None
    unit: str | None
    name: str


class Controls(Context, frozen=True, kw_only=True):
    """The displays of a name that are there or have been told something, and the scenes there are to show."""

    displays: list[Display]
    views: list[str]
    scenes: list[Offered]


def told(look: Look) -> Told:
    direction = look.meeting.displays.directions.get(look.viewer.display, Direction())
    return Told(name=look.viewer.display, view=direction.view, language=direction.language)


def controls(look: Look) -> Controls:
    meeting = look.meeting
    there = {each.post.display: each for each in look.presence.devices if each.post.display and each.is_connected}
    names = sorted({*there, *meeting.displays.directions})
    return Controls(
        displays=[
            Display(
                name=name,
                is_connected=name in there,
                view=_view(meeting, name, there[name].post.view if name in there else ""),
                language=meeting.displays.directions.get(name, Direction()).language
                or (there[name].language if name in there else ""),
                **asdict(_cue(meeting, name)),
            )
            for name in names
        ],
        views=[str(view) for view in DISPLAYS],
        scenes=_scenes(meeting),
    )


def apart(meeting: Meeting) -> list[Apart]:
    """The displays of a name that were told a picture of their own, each with what it was told."""
    told = [(name, _cue(meeting, name)) for name in sorted(meeting.displays.directions)]
    return [Apart(name=name, **asdict(cue)) for name, cue in told if cue.cue != "common"]


def _view(meeting: Meeting, name: str, of_device: str) -> str:
    return meeting.displays.directions.get(name, Direction()).view or of_device or DisplayView.HALL


def _cue(meeting: Meeting, name: str) -> OwnCue:
    own: Cue | None = meeting.displays.directions.get(name, Direction()).cue
    if own is None:
        return OwnCue(cue="common", called="", round=None, unit=None, text="")
    scene = own.scene
    if scene is None:
        return OwnCue(cue="agenda", called="", round=None, unit=None, text="")
    cue = "hold" if own.held else str(scene.kind)
    called = scenes.called(meeting, scene.kind)
    return OwnCue(cue=cue, called=called, round=scene.round, unit=scene.unit, text=scene.text)


def _scenes(meeting: Meeting) -> list[Offered]:
    found: list[Offered] = [_scene(SceneKind.BLANK), _scene(SceneKind.TIMER), _scene(SceneKind.COMMENTS)]
    if unit := meeting.current_unit:
        found.append(_scene(SceneKind.COMMENTS, unit=unit.id, name=unit.short_name))
    if meeting.opened_at is not None:
        found.append(_scene(SceneKind.SEAL))
    if meeting.reporting.is_drawing or meeting.reporting.has_new_order:
        found.append(_scene(SceneKind.DRAW))
    if any(round.is_revealed for round in meeting.rounds.values()):
        found.append(_scene(SceneKind.RANKING, called=scenes.called(meeting, SceneKind.RANKING)))
    if meeting.composites.are_announced:
        found.append(_scene(SceneKind.COMPOSITES))
    shown = [round for round in meeting.rounds.values() if round.is_being_revealed]
    return [
        *found,
        *(_scene(SceneKind.RESULT, round=each.id, name=meeting.unit(each.unit).short_name) for each in shown),
    ]


def _scene(
    kind: SceneKind, round: str | None = None, unit: str | None = None, name: str = "", called: str = ""
) -> Offered:
    return Offered(cue=str(kind), called=called or str(kind), round=round, unit=unit, name=name)
