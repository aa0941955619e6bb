"""What entering a part and announcing composites changes."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.composites.state import Composites, Entered
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.meeting import Meeting


def entered(meeting: Meeting, event: e.PartEntered) -> Meeting:
    composites = meeting.composites
    for unit, points in event.points.items():
        version = Entered(points, event.author, event.at, event.file, event.digest)
        composites = _with_version(composites, event.part, unit, version)
    return replace(meeting, composites=composites)


def corrected(meeting: Meeting, event: e.PartCorrected) -> Meeting:
    version = Entered(event.points, event.author, event.at, reason=event.reason)
    return replace(meeting, composites=_with_version(meeting.composites, event.part, event.unit, version))


def checked(meeting: Meeting, event: e.CompositesChecked) -> Meeting:
    return replace(meeting, composites=replace(meeting.composites, checked=event.seen, checked_at=event.at))


def announced(meeting: Meeting, event: e.CompositesAnnounced) -> Meeting:
    """Every display that follows the agenda shows them, until the agenda goes on."""
    composites = replace(meeting.composites, announced=event.composites, announced_at=event.at)
    displays = replace(meeting.displays, shown=Scene(SceneKind.COMPOSITES))
    return replace(meeting, composites=composites, displays=displays)


def withdrawn(meeting: Meeting) -> Meeting:
    """As if they had not been announced, on every display."""
    composites = replace(meeting.composites, announced=(), announced_at=None)
    displays = meeting.displays.without(lambda scene: scene.kind is SceneKind.COMPOSITES)
    return replace(meeting, composites=composites, displays=displays)


def _with_version(composites: Composites, part: str, unit: str, version: Entered) -> Composites:
    of_part = composites.entries.get(part, {})
    versions = (*of_part.get(unit, ()), version)
    return replace(composites, entries={**composites.entries, part: {**of_part, unit: versions}})
