"""Taking the last step back, whatever it was."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.lookups import unit_name
from app.meeting.meeting import Meeting
from app.meeting.polls.deciding import must_not_be_joined, withdrawn
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.rounds.state import Round
from app.meeting.script.state import Step, StepKind, Taken
from app.meeting.script.steps import last_step, tells_more


def undo_step(meeting: Meeting, command: c.UndoStep, now: datetime) -> list[e.Event]:
    """The meeting as it stood before the last step; what has been sealed or drawn stays."""
    last = last_step(meeting)
    if last is None:
        raise Refused("step.none_taken")
    refuse_unless(last.id == command.step, "agenda.moved_on")
    before = next((each.number for each in reversed(meeting.script.taken) if each.number < last.number), 0)
    undone = e.StepUndone(last.number, last.step, before, at=now, passed=last.passed)
    return [undone] if last.passed else [undone, *_undone(meeting, last, now)]


def _undone(meeting: Meeting, last: Taken, now: datetime) -> list[e.Event]:
    step = last.step
    match step.kind:
        case StepKind.OPEN:
            raise Refused("step.opening_stays")
        case StepKind.DRAW:
            raise Refused("step.draw_stays")
        case StepKind.ENTER:
            return _entering_undone(meeting, last, now)
        case StepKind.BEGIN_SCORING:
            return _beginning_undone(meeting, step.round, now)
        case StepKind.CLOSE:
            return _closing_undone(meeting, step.round, now)
        case StepKind.OPEN_POLL | StepKind.CLOSE_POLL | StepKind.SHOW_POLL:
            return _poll_undone(meeting, step, now)
        case StepKind.SHOW | StepKind.ANNOUNCE | StepKind.ANNOUNCE_GRADE:
            return _telling_undone(meeting, last, now)
        case StepKind.RELEASE:
            comment = meeting.comments[step.comment]
            return [e.CommentPutBack(comment.id, at=now)] if comment.is_released else []
        case StepKind.FINISH:
            return _end_undone(meeting, last, now)
    return []


def _entering_undone(meeting: Meeting, last: Taken, now: datetime) -> list[e.Event]:
    """A round that opened with it goes with it, unless somebody has begun to mark; what was skipped is taken again."""
    place = last.stood.agenda.place
    events: list[e.Event] = []
    if place is not None and meeting.agenda.runs[place.item].skipped:
        events.append(e.ItemRestored(place.item, at=now))
    round = meeting.rounds.get(last.opened)
    if round is not None and meeting.is_untouched(round):
        events += _beginning_taken_back(meeting, round, now)
    return events


def _beginning_undone(meeting: Meeting, id: str, now: datetime) -> list[e.Event]:
    round = meeting.rounds.get(id)
    if round is None:
        return []
    refuse_unless(meeting.is_untouched(round), "step.round_has_marks", unit=unit_name(meeting, round))
    return _beginning_taken_back(meeting, round, now)


def _beginning_taken_back(meeting: Meeting, round: Round, now: datetime) -> list[e.Event]:
    """A poll that opened with it ends with it; what came in is kept."""
    poll = meeting.poll_on(round.unit)
    with_it = [withdrawn(poll, "", now)] if poll and poll.is_open and poll.opened_at == round.opened_at else []
    return [e.RoundTakenBack(round.id, at=now), *with_it]


def _poll_undone(meeting: Meeting, step: Step, now: datetime) -> list[e.Event]:
    """One that was opened is withdrawn with what came in; one that was closed stays closed, for its count is sealed."""
    poll = meeting.polls[step.poll]
    refuse_if(step.kind is StepKind.CLOSE_POLL, "step.poll_stays", unit=meeting.unit(poll.unit).short_name)
    must_not_be_joined(meeting, poll.unit)
    if step.kind is StepKind.SHOW_POLL:
        return [e.PollHidden(poll.id, at=now)] if poll.is_shown else []
    return [] if poll.is_withdrawn else [withdrawn(poll, "", now)]


def _closing_undone(meeting: Meeting, id: str, now: datetime) -> list[e.Event]:
    round = meeting.rounds.get(id)
    if round is None or round.is_open:
        return []
    refuse_if(round.is_being_revealed, "result.revealed", unit=unit_name(meeting, round))
    return [e.RoundReopened(round.id, "", at=now)]


def _telling_undone(meeting: Meeting, last: Taken, now: datetime) -> list[e.Event]:
    """What a composite has been made of stays told."""
    told = list(tells_more(meeting, last))
    refuse_if(bool(told) and meeting.composites.are_announced, "composites.announced")
    return [e.ResultHidden(id, last.told[id], at=now) for id in told]


def _end_undone(meeting: Meeting, last: Taken, now: datetime) -> list[e.Event]:
    """The meeting goes on; where its clock stood still, it stands still."""
    if not meeting.is_finished:
        return []
    was_paused = last.stood.agenda.place is not None and last.stood.agenda.since is None
    return [e.MeetingContinued(at=now), *([e.ClockPaused(at=now)] if was_paused else [])]
