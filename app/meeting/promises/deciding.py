"""A seat judges last year's promises while its sheet is out; they are told with the result, and never counted in it."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import are_judged, judged_of, judgements_of, told_counts
from app.meeting.refusals import refuse_unless
from app.meeting.rounds.state import Round
from app.meeting.sheets.deciding import open_sheet


def judge_promise(meeting: Meeting, command: c.JudgePromise, now: datetime) -> list[e.Event]:
    """Anew as often as the seat likes, until the round is closed."""
    round = _out(meeting, command)
    is_said = judgements_of(meeting, round.id).of_seat(command.seat).get(command.promise) is command.mark
    return [] if is_said else [e.PromiseJudged(round.id, command.seat, command.promise, command.mark, at=now)]


def erase_judgement(meeting: Meeting, command: c.EraseJudgement, now: datetime) -> list[e.Event]:
    round = _out(meeting, command)
    is_said = command.promise in judgements_of(meeting, round.id).of_seat(command.seat)
    refuse_unless(is_said, "promise.not_judged_yet", number=command.promise)
    return [e.JudgementErased(round.id, command.seat, command.promise, at=now)]


def told_with(meeting: Meeting, round: Round, now: datetime) -> list[e.Event]:
    """Beside a result that is revealed."""
    is_judged = bool(judged_of(meeting.plan, round.unit))
    return [e.PromisesTold(round.id, told_counts(meeting, round), at=now)] if is_judged else []


def _out(meeting: Meeting, command: c.JudgePromise | c.EraseJudgement) -> Round:
    """The open round in which this seat may judge this promise."""
    round, _ = open_sheet(meeting, command.round, command.seat)
    refuse_unless(are_judged(meeting.plan), "promises.not_judged")
    numbers = [each.number for each in judged_of(meeting.plan, round.unit)]
    refuse_unless(command.promise in numbers, "promise.unknown")
    return round
