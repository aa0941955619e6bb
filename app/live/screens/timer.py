"""The display for the speaker: huge digits, and what the moderator has to say."""

from app.live.screens import displays, parts
from app.live.views import Context, Look, Region, View


def face(look: Look) -> Context:
    meeting = look.meeting
    return {
        "status": parts.status(meeting),
        "is_rehearsal": meeting.plan.is_rehearsal,
        "place": parts.place(meeting, meeting.agenda.place),
        "clock": parts.current_clock(meeting),
        "is_paused": meeting.is_paused,
        "next": parts.place(meeting, meeting.agenda.next_place),
        "offset": parts.offset_minutes(meeting),
    }


def message(look: Look) -> Context:
    return {"text": look.meeting.displays.speaker_message}


TIMER = View(
    "timer",
    (Region("timer-face", face), Region("timer-message", message), Region("timer-told", displays.told)),
    pause=0.02,
)
