"""What entering a part and announcing composites changes."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.composites.state import Composites, Entered
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


def announced(meeting: Meeting, event: e.CompositesAnnounced) -> Meeting:
    composites = replace(meeting.composites, announced=event.composites, announced_at=event.at)
    return replace(meeting, composites=composites)


def withdrawn(meeting: Meeting) -> Meeting:
    return replace(meeting, composites=replace(meeting.composites, announced=(), announced_at=None))


def _with_version(composites: Composites, part: str, unit: str, version: Entered) -> Composites:
    of_part = composites.entries.get(part, {})
    versions = (*of_part.get(unit, ()), version)
    return replace(composites, entries={**composites.entries, part: {**of_part, unit: versions}})
