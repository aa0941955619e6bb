"""Who came, who left, and from where a seat is led."""

from dataclasses import replace
from datetime import datetime

from app.meeting import events as e
from app.meeting.meeting import Meeting


def arrived(meeting: Meeting, seat: str, at: datetime) -> Meeting:
    """Who marks a sheet or writes a comment is here, whether checked in or not."""
    panel = meeting.panel
    if seat in panel.arrivals:
        return meeting
    return replace(meeting, panel=replace(panel, arrivals={**panel.arrivals, seat: at}))


def left(meeting: Meeting, event: e.SeatCheckedOut) -> Meeting:
    arrivals = {seat: at for seat, at in meeting.panel.arrivals.items() if seat != event.seat}
    return replace(meeting, panel=replace(meeting.panel, arrivals=arrivals))


def taken_over(meeting: Meeting, event: e.SeatTakenOver) -> Meeting:
    panel = meeting.panel
    return replace(meeting, panel=replace(panel, holders={**panel.holders, event.seat: event.device}))
