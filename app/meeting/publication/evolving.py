"""How publication changes a meeting."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.meeting import Meeting


def reports_shown(meeting: Meeting, event: e.ReportsShown) -> Meeting:
    return replace(meeting, reports_shown=event.attachments)
