"""Sheets and rules in, a result out, with every step of the working kept."""

from app.meeting.meeting import Meeting
from app.meeting.plan import Mode
from app.meeting.rounds.state import Round
from app.meeting.scoring.levels import level_result
from app.meeting.scoring.points import point_result
from app.meeting.scoring.result import Outcome, Result
from app.meeting.scoring.turnout import counted_sheets, quorum_of, turnout_of
from app.meeting.scoring.working import quorum_working, turnout_working


def result_of(meeting: Meeting, round: Round) -> Result:
    """The result of a round as its sheets stand, by the frozen rules."""
    plan = meeting.plan
    turnout = turnout_of(meeting, round)
    working = [turnout_working(turnout)]
    if turnout.counted == 0:
        return Result(round.id, round.unit, Outcome.NO_SHEETS, turnout, working=tuple(working))
    needed = quorum_of(plan.rules, turnout.entitled)
    working.append(quorum_working(turnout, needed))
    if turnout.counted < needed:
        return Result(round.id, round.unit, Outcome.NO_QUORUM, turnout, working=tuple(working))
    sheets = counted_sheets(meeting, round)
    if plan.mode is Mode.LEVELS:
        return level_result(meeting, round, turnout, sheets, working)
    return point_result(meeting, round, turnout, sheets, working)


def reveal_steps(result: Result) -> tuple[str, ...]:
    """The steps in which a hall sees a result, first to last; steps with nothing to say are left out."""
    if result.level is not None:
        return ("spread", "grade")
    trimmed = ("trimmed",) if result.is_trimmed else ()
    graded = ("grade",) if result.grade else ()
    return ("spread", *trimmed, "score", *graded)
