"""The display for the speaker: huge digits, and what the moderator has to say."""

from app.live.contexts import Context
from app.live.screens import displays, parts
from app.live.screens.parts import ClockShown, PlaceShown
from app.live.views import Look, Region, View


class Face(Context, frozen=True, kw_only=True):
    status: str
    is_rehearsal: bool
    place: PlaceShown | None
    clock: ClockShown | None
    is_paused: bool
    next: PlaceShown | None
    offset: int


class Message(Context, frozen=True, kw_only=True):
    """What the speaker is told; empty while it is nothing."""

    text: str


def face(look: Look) -> Face:
    meeting = look.meeting
    return Face(
        status=parts.status(meeting),
        is_rehearsal=meeting.plan.is_rehearsal,
        place=parts.place(meeting, meeting.agenda.place),
        clock=parts.current_clock(meeting),
        is_paused=meeting.is_paused,
        next=parts.place(meeting, meeting.agenda.next_place),
        offset=parts.offset_minutes(meeting),
    )


def message(look: Look) -> Message:
    return Message(text=look.meeting.displays.speaker_message)


TIMER = View(
    "timer",
    (Region("timer-face", face), Region("timer-message", message), Region("timer-told", displays.told)),
    pause=0.02,
)
