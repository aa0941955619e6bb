"""A seat judges last year's promises while its sheet is out; they are told with the result, and never counted in it.

Where nothing is scored: from when the unit begins to report, and told as the meeting ends.
"""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.lookups import must_be_open, the_item, the_seat
from app.meeting.meeting import Meeting
from app.meeting.plan import ItemKind
from app.meeting.promises.counting import has_begun, item_of, judged_of, judgements_of, told_counts
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.sheets.deciding import open_sheet


def judge_promise(meeting: Meeting, command: c.JudgePromise, now: datetime) -> list[e.Event]:
    """Anew as often as the seat likes, until the round is closed, or the meeting of comments is over."""
    item = _out(meeting, command)
    is_said = judgements_of(meeting, item).of_seat(command.seat).get(command.promise) is command.mark
    return [] if is_said else [e.PromiseJudged(item, command.seat, command.promise, command.mark, at=now)]


def erase_judgement(meeting: Meeting, command: c.EraseJudgement, now: datetime) -> list[e.Event]:
    item = _out(meeting, command)
    is_said = command.promise in judgements_of(meeting, item).of_seat(command.seat)
    refuse_unless(is_said, "promise.not_judged_yet", number=command.promise)
    return [e.JudgementErased(item, command.seat, command.promise, at=now)]


def told_with(meeting: Meeting, unit: str, now: datetime) -> list[e.Event]:
    """Beside a result that is revealed."""
    is_judged = bool(judged_of(meeting.plan, unit))
    return [e.PromisesTold(item_of(meeting, unit), told_counts(meeting, unit), at=now)] if is_judged else []


def told_at_the_end(meeting: Meeting, now: datetime) -> list[e.Event]:
    """Of all units that have reported, where there are no results to tell it with."""
    if meeting.plan.is_scored:
        return []
    units = [unit.id for unit in meeting.plan.units if has_begun(meeting, unit.id)]
    return [event for unit in units for event in told_with(meeting, unit, now)]


def _out(meeting: Meeting, command: c.JudgePromise | c.EraseJudgement) -> str:
    """The item of the unit, if this seat may judge this promise now."""
    unit = _unit_on_sheet(meeting, command) if meeting.plan.is_scored else _unit_that_reports(meeting, command)
    refuse_unless(meeting.plan.rules.promises_judged, "promises.not_judged")
    numbers = [each.number for each in judged_of(meeting.plan, unit)]
    refuse_unless(command.promise in numbers, "promise.unknown")
    return command.round


def _unit_on_sheet(meeting: Meeting, command: c.JudgePromise | c.EraseJudgement) -> str:
    round, _ = open_sheet(meeting, command.round, command.seat)
    return round.unit


def _unit_that_reports(meeting: Meeting, command: c.JudgePromise | c.EraseJudgement) -> str:
    must_be_open(meeting)
    seat, item = the_seat(meeting, command.seat), the_item(meeting, command.round)
    if item.kind is not ItemKind.PRESENTATION or item.unit is None:
        raise Refused("round.not_a_presentation")
    unit = meeting.unit(item.unit)
    refuse_if(unit.id in seat.recusals, "seat.recused", seat=seat.label, unit=unit.short_name)
    refuse_unless(has_begun(meeting, unit.id), "promises.not_begun", unit=unit.short_name)
    return unit.id
