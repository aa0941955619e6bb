"""What the displays were told."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.displays.state import Cue, Direction


@dataclass(frozen=True, slots=True)
class CueGiven:
    cue: Cue
    at: datetime


@dataclass(frozen=True, slots=True)
class SpeakerTold:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DisplayDirected:
    """All that one display of a name has been told, from now on."""

    display: str
    direction: Direction
    at: datetime
