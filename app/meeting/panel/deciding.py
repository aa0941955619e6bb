"""Seats: who is here, and from which device a seat is led. Both may be said before the meeting opens."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.lookups import the_seat
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if


def check_in(meeting: Meeting, command: c.CheckIn, now: datetime) -> list[e.Event]:
    seat = the_seat(meeting, command.seat)
    refuse_if(meeting.is_finished, "meeting.finished")
    return [] if seat.id in meeting.panel.arrivals else [e.SeatCheckedIn(seat.id, at=now)]


def check_out(meeting: Meeting, command: c.CheckOut, now: datetime) -> list[e.Event]:
    seat = the_seat(meeting, command.seat)
    refuse_if(meeting.is_finished, "meeting.finished")
    return [e.SeatCheckedOut(seat.id, at=now)] if seat.id in meeting.panel.arrivals else []


def take_seat(meeting: Meeting, command: c.TakeSeat, now: datetime) -> list[e.Event]:
    """Also after the meeting: a sheet may still be looked at, and a late one handed in."""
    seat = the_seat(meeting, command.seat)
    must_be_an_id(command.device)
    is_led_from_it = meeting.panel.holders.get(seat.id) == command.device
    return [] if is_led_from_it else [e.SeatTakenOver(seat.id, command.device, at=now)]
