"""The course of the meeting: open, step, skip, reorder, time, finish."""

from datetime import datetime, timedelta

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.draw.deciding import must_have_order
from app.meeting.lookups import must_be_open, the_item
from app.meeting.meeting import Meeting
from app.meeting.plan import RECKONING
from app.meeting.promises.deciding import told_at_the_end
from app.meeting.refusals import Refused, Said, refuse_if, refuse_unless
from app.meeting.rounds.deciding import opened_with
from app.meeting.sealing import rule_seal
from app.meeting.shortcomings import shortcomings
from app.meeting.texts import the_reason

MOST_SECONDS_AT_ONCE = 3600


def open_meeting(meeting: Meeting, command: c.OpenMeeting, now: datetime) -> list[e.Event]:
    plan = command.plan
    refuse_if(meeting.opened_at is not None, "meeting.already_open")
    refuse_unless(plan.code == meeting.plan.code, "meeting.other_code")
    missing = tuple(Said(each.code, {"where": each.where}) for each in shortcomings(plan))
    refuse_if(bool(missing), "plan.incomplete", shortcomings=missing)
    return [e.MeetingOpened(plan, rule_seal(plan), at=now, reckoning=RECKONING)]


def advance(meeting: Meeting, command: c.Advance, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    refuse_unless(command.leaving == meeting.agenda.place, "agenda.moved_on")
    place = meeting.agenda.next_place
    if place is None:
        raise Refused("agenda.at_the_end")
    return enter(meeting, place, now, command.without_order)


def go_back(meeting: Meeting, command: c.GoBack, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    refuse_unless(command.leaving == meeting.agenda.place, "agenda.moved_on")
    place = meeting.agenda.previous_place
    if place is None:
        raise Refused("agenda.at_the_beginning")
    return enter(meeting, place, now, command.without_order)


def jump_to(meeting: Meeting, command: c.JumpTo, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    item = the_item(meeting, command.place.item)
    refuse_unless(0 <= command.place.segment < len(item.segments), "segment.unknown")
    refuse_if(meeting.agenda.runs[item.id].skipped, "item.skipped", item=item.title)
    return [] if command.place == meeting.agenda.place else enter(meeting, command.place, now, command.without_order)


def skip_item(meeting: Meeting, command: c.SkipItem, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    item = the_item(meeting, command.item)
    reason = the_reason(command.reason)
    refuse_if(meeting.agenda.runs[item.id].skipped, "item.skipped", item=item.title)
    refuse_if(meeting.agenda.runs[item.id].left_at is not None, "item.finished", item=item.title)
    refuse_if(_has_answers(meeting, item.id), "item.has_sheets", item=item.title)
    others = [place for place in meeting.agenda.places() if place.item != item.id]
    refuse_unless(bool(others), "item.last_one", item=item.title)
    skipped: e.Event = e.ItemSkipped(item.id, reason, at=now)
    if meeting.agenda.place is None or meeting.agenda.place.item != item.id:
        return [skipped]
    return [skipped, *enter(meeting, _first_after(meeting, item.id, others), now, command.without_order)]


def restore_item(meeting: Meeting, command: c.RestoreItem, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    item = the_item(meeting, command.item)
    refuse_unless(meeting.agenda.runs[item.id].skipped, "item.not_skipped", item=item.title)
    return [e.ItemRestored(item.id, at=now)]


def move_item(meeting: Meeting, command: c.MoveItem, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    item = the_item(meeting, command.item)
    refuse_if(meeting.agenda.runs[item.id].has_begun, "item.begun", item=item.title)
    if command.before is not None:
        before = the_item(meeting, command.before)
        refuse_if(meeting.agenda.runs[before.id].has_begun, "item.begun", item=before.title)
        refuse_if(_is_behind(meeting, before.id), "item.behind", item=item.title)
    is_already_there = command.before in (item.id, _following(meeting, item.id))
    return [] if is_already_there else [e.ItemMoved(item.id, command.before, at=now)]


def add_time(meeting: Meeting, command: c.AddTime, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    item = the_item(meeting, command.place.item)
    at = command.place.segment
    refuse_unless(0 <= at < len(item.segments), "segment.unknown")
    refuse_if(command.seconds == 0, "time.none")
    refuse_if(abs(command.seconds) > MOST_SECONDS_AT_ONCE, "time.too_much", minutes=MOST_SECONDS_AT_ONCE // 60)
    run = meeting.agenda.runs[item.id]
    refuse_if(run.left_at is not None, "item.finished", item=item.title)
    allotted = item.segments[at].planned + run.added[at]
    refuse_if(allotted + command.amount < timedelta(), "time.below_zero")
    return [e.TimeAdded(item.id, at, command.amount, at=now)]


def pause(meeting: Meeting, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    refuse_if(meeting.agenda.place is None, "agenda.not_begun")
    refuse_if(meeting.is_paused, "clock.paused")
    return [e.ClockPaused(at=now)]


def resume(meeting: Meeting, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    refuse_if(meeting.agenda.place is None, "agenda.not_begun")
    refuse_unless(meeting.is_paused, "clock.running")
    return [e.ClockResumed(at=now)]


def finish_meeting(meeting: Meeting, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    open_units = tuple(meeting.unit(round.unit).short_name for round in meeting.open_rounds)
    refuse_if(bool(open_units), "rounds.still_open", units=open_units)
    voted_on = tuple(meeting.unit(poll.unit).short_name for poll in meeting.open_polls)
    refuse_if(bool(voted_on), "polls.still_open", units=voted_on)
    refuse_if(meeting.reporting.is_drawing, "draw.going_on")
    return [*told_at_the_end(meeting, now), e.MeetingFinished(at=now)]


def continue_meeting(meeting: Meeting, now: datetime) -> list[e.Event]:
    refuse_unless(meeting.is_finished, "meeting.not_finished")
    return [e.MeetingContinued(at=now)]


def enter(meeting: Meeting, place: Place, now: datetime, without_order: bool) -> list[e.Event]:
    must_have_order(meeting, place, without_order)
    entered = e.SegmentEntered(place.item, place.segment, at=now)
    return [entered, *opened_with(meeting, place, now)]


def _has_answers(meeting: Meeting, item: str) -> bool:
    round = meeting.rounds.get(item)
    return round is not None and any(
        sheet.is_answered or sheet.versions or sheet.late for sheet in round.sheets.values()
    )


def _first_after(meeting: Meeting, item: str, places: list[Place]) -> Place:
    """The first of the places behind an item, or the last one before it."""
    where = meeting.agenda.order.index(item)
    behind = [place for place in places if meeting.agenda.order.index(place.item) > where]
    return behind[0] if behind else places[-1]


def _is_behind(meeting: Meeting, item: str) -> bool:
    """Whether the agenda has passed an item by: what is put before it would never be reached."""
    return meeting.agenda.place is not None and meeting.agenda.order.index(item) < meeting.agenda.order.index(
        meeting.agenda.place.item
    )


def _following(meeting: Meeting, item: str) -> str | None:
    at = meeting.agenda.order.index(item) + 1
    return meeting.agenda.order[at] if at < len(meeting.agenda.order) else None
