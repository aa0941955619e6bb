"""What the displays have been told."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.meeting import Meeting


def cued(meeting: Meeting, event: e.CueGiven) -> Meeting:
    """Displays told to follow the agenda that already follow it leave the result or the order they are showing."""
    displays = meeting.displays
    if event.cue.follows and displays.cue.follows:
        told = replace(displays.moved_on(), cue=event.cue)
    else:
        place = meeting.agenda.place
        told = replace(displays, cue=event.cue, cued_at=place.item if place else None)
    return replace(meeting, displays=told)


def speaker_told(meeting: Meeting, event: e.SpeakerTold) -> Meeting:
    return replace(meeting, displays=replace(meeting.displays, speaker_message=event.text))


def directed(meeting: Meeting, event: e.DisplayDirected) -> Meeting:
    directions = {**meeting.displays.directions, event.display: event.direction}
    return replace(meeting, displays=replace(meeting.displays, directions=directions))
