"""Polls: open, close, show, withdraw. One that has ended is never opened again: there is another one."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.lookups import must_be_open, the_poll, the_unit
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import PollsOpen
from app.meeting.polls.state import NOTHING_COUNTED, Poll, id_of_poll
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.texts import the_reason

MOST_ON_ONE_UNIT = 20


def open_poll(meeting: Meeting, command: c.OpenPoll, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    unit = the_unit(meeting, command.unit)
    refuse_if(meeting.plan.rules.polls is PollsOpen.NEVER, "polls.none")
    before = meeting.poll_on(unit.id)
    refuse_if(before is not None and before.is_open, "poll.already_open", unit=unit.short_name)
    if before is not None and not command.again:
        raise Refused("poll.was_held", unit=unit.short_name, again={"again": True})
    must_not_be_joined(meeting, unit.id)
    number = meeting.number_of_polls(unit.id) + 1
    refuse_if(number > MOST_ON_ONE_UNIT, "poll.too_many", unit=unit.short_name, most=MOST_ON_ONE_UNIT)
    return [e.PollOpened(id_of_poll(unit.id, number), unit.id, number, at=now)]


def close_poll(meeting: Meeting, command: c.ClosePoll, now: datetime) -> list[e.Event]:
    poll = the_poll(meeting, command.poll)
    refuse_unless(poll.is_open, "poll.closed", unit=_unit_name(meeting, poll))
    return [e.PollClosed(poll.id, at=now)]


def show_poll(meeting: Meeting, command: c.ShowPoll, now: datetime) -> list[e.Event]:
    poll = the_poll(meeting, command.poll)
    unit = _unit_name(meeting, poll)
    refuse_if(poll.is_open, "poll.still_open", unit=unit)
    refuse_if(poll.is_withdrawn, "poll.withdrawn", unit=unit)
    return [] if poll.is_shown else [e.PollShown(poll.id, at=now)]


def withdraw_poll(meeting: Meeting, command: c.WithdrawPoll, now: datetime) -> list[e.Event]:
    poll = the_poll(meeting, command.poll)
    refuse_if(poll.is_withdrawn, "poll.withdrawn", unit=_unit_name(meeting, poll))
    must_not_be_joined(meeting, poll.unit)
    return [withdrawn(poll, the_reason(command.reason), now)]


def must_not_be_joined(meeting: Meeting, unit: str) -> None:
    """What has been announced of composites stands until it is withdrawn; so do the votes that are part of it."""
    joins_votes = any(part.voice for part in meeting.plan.composite.parts)
    if joins_votes and meeting.composites.are_announced:
        raise Refused("poll.in_composites", unit=meeting.unit(unit).short_name)


def withdrawn(poll: Poll, reason: str, now: datetime) -> e.PollWithdrawn:
    return e.PollWithdrawn(poll.id, reason, at=now, count=NOTHING_COUNTED if poll.is_open else None)


def opened_with(meeting: Meeting, unit: str, now: datetime) -> list[e.Event]:
    """The poll that opens with the round of a unit: the first on it, or one in place of what was withdrawn."""
    if meeting.plan.rules.polls is not PollsOpen.WITH_ROUND or meeting.poll_on(unit) is not None:
        return []
    number = meeting.number_of_polls(unit) + 1
    return [e.PollOpened(id_of_poll(unit, number), unit, number, at=now)]


def closed_with(meeting: Meeting, unit: str, now: datetime) -> list[e.Event]:
    """The poll that closes with the round of a unit."""
    poll = meeting.poll_on(unit)
    is_due = meeting.plan.rules.polls is PollsOpen.WITH_ROUND and poll is not None and poll.is_open
    return [e.PollClosed(poll.id, at=now)] if is_due and poll else []


def _unit_name(meeting: Meeting, poll: Poll) -> str:
    return meeting.unit(poll.unit).short_name
