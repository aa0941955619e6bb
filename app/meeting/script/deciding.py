"""Taking the next step, exactly the one that was seen."""

from collections.abc import Callable
from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda import deciding as agenda
from app.meeting.comments import deciding as comments
from app.meeting.draw import deciding as draw
from app.meeting.lookups import the_round, unit_name
from app.meeting.meeting import Meeting
from app.meeting.polls import deciding as polls
from app.meeting.refusals import Refused, refuse_unless
from app.meeting.results import deciding as results
from app.meeting.rounds import deciding as rounds
from app.meeting.script.state import Step, StepKind
from app.meeting.script.steps import can_be_passed, next_step, rounds_of_grade


def advance(meeting: Meeting, command: c.Advance, now: datetime) -> list[e.Event]:
    """The step that was seen, and no other: a second press of it finds another one there."""
    if command.step is None:
        return agenda.advance(meeting, command, now)
    step = next_step(meeting)
    if step is None or step.id != command.step:
        raise Refused("agenda.moved_on")
    return _TAKES[step.kind](meeting, step, command, now)


def pass_step(meeting: Meeting, command: c.PassStep, now: datetime) -> list[e.Event]:
    """The script goes on without the step that was seen; by hand it can still be taken."""
    step = next_step(meeting)
    if step is None or step.id != command.step:
        raise Refused("agenda.moved_on")
    refuse_unless(can_be_passed(meeting, step), "step.needed")
    return [e.StepPassed(step, at=now)]


_Takes = Callable[[Meeting, Step, c.Advance, datetime], list[e.Event]]


def _open(meeting: Meeting, _step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return agenda.open_meeting(meeting, c.OpenMeeting(meeting.plan), now)


def _enter(meeting: Meeting, step: Step, command: c.Advance, now: datetime) -> list[e.Event]:
    return agenda.enter(meeting, step.place, now, command.without_order) if step.place else []


def _draw(meeting: Meeting, step: Step, command: c.Advance, now: datetime) -> list[e.Event]:
    return draw.draw_next(meeting, c.DrawNext(step.number, command.word, command.seed), now)


def _begin_scoring(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return rounds.open_round(meeting, c.OpenRound(step.round), now)


def _close(meeting: Meeting, step: Step, command: c.Advance, now: datetime) -> list[e.Event]:
    return rounds.close_round(meeting, c.CloseRound(step.round, command.without), now)


def _open_poll(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return polls.open_poll(meeting, c.OpenPoll(step.unit), now)


def _close_poll(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return polls.close_poll(meeting, c.ClosePoll(step.poll), now)


def _show_poll(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return polls.show_poll(meeting, c.ShowPoll(step.poll), now)


def _wait(meeting: Meeting, step: Step, _command: c.Advance, _now: datetime) -> list[e.Event]:
    raise Refused("step.waits_for_check", unit=unit_name(meeting, the_round(meeting, step.round)))


def _show(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return results.show_result_step(meeting, c.ShowResultStep(step.round, step.part), now)


def _release(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    comment = meeting.comments[step.comment]
    released = comments.release_comment(meeting, c.ReleaseComment(comment.id, comment.text, comment.kind), now)
    return [*released, e.CommentQuoted(comment.id, at=now, released=True)]


def _quote(_meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return [e.CommentQuoted(step.comment, at=now)]


def _sum_up(_meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return [e.SummedUp(step.unit, step.page, at=now)]


def _announce(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return [e.ResultsAnnounced((step.round,), at=now), *_revealed(meeting, (step.round,), now)]


def _announce_grade(meeting: Meeting, step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    told = rounds_of_grade(meeting, step.grade)
    announced = e.ResultsAnnounced(told, at=now, grade=step.grade, by_grade=True)
    return [announced, *_revealed(meeting, told, now)]


def _finish(meeting: Meeting, _step: Step, _command: c.Advance, now: datetime) -> list[e.Event]:
    return agenda.finish_meeting(meeting, now)


def _revealed(meeting: Meeting, told: tuple[str, ...], now: datetime) -> list[e.Event]:
    return [event for id in told for event in results.reveal_result(meeting, c.RevealResult(id), now)]


_TAKES: dict[StepKind, _Takes] = {
    StepKind.OPEN: _open,
    StepKind.ENTER: _enter,
    StepKind.DRAW: _draw,
    StepKind.BEGIN_SCORING: _begin_scoring,
    StepKind.CLOSE: _close,
    StepKind.OPEN_POLL: _open_poll,
    StepKind.CLOSE_POLL: _close_poll,
    StepKind.SHOW_POLL: _show_poll,
    StepKind.CHECK: _wait,
    StepKind.SHOW: _show,
    StepKind.RELEASE: _release,
    StepKind.QUOTE: _quote,
    StepKind.SUM_UP: _sum_up,
    StepKind.ANNOUNCE: _announce,
    StepKind.ANNOUNCE_GRADE: _announce_grade,
    StepKind.FINISH: _finish,
}
