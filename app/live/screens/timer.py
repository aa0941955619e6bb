"""The display for the speaker: huge digits, and what the moderator has to say."""

from app.live.screens import parts
from app.live.views import Context, Look, Region, View


def face(look: Look) -> Context:
    meeting = look.meeting
    return {
        "status": parts.status(meeting),
        "place": parts.place(meeting, meeting.place),
        "clock": parts.current_clock(meeting),
        "is_paused": meeting.is_paused,
        "next": parts.place(meeting, meeting.next_place),
        "offset": parts.offset_minutes(meeting),
    }


def message(look: Look) -> Context:
    return {"text": look.meeting.speaker_message}


TIMER = View("timer", (Region("timer-face", face), Region("timer-message", message)), pause=0.02)
