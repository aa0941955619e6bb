"""Showing results to the hall, step by step or whole, and the chair's word on ties."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.lookups import the_round, unit_name
from app.meeting.meeting import Meeting
from app.meeting.plan import TieBreak
from app.meeting.promises.deciding import told_with
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.results.checking import digest_of_round, needs_check
from app.meeting.results.state import Announcement
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import headline
from app.meeting.scoring.reckoning import result_of, reveal_steps
from app.meeting.scoring.result import Outcome, Result
from app.meeting.texts import the_author, the_reason


def show_result_step(meeting: Meeting, command: c.ShowResultStep, now: datetime) -> list[e.Event]:
    round, result = _revealable(meeting, command.round)
    steps = reveal_steps(result)
    shown = len(round.steps_shown)
    refuse_unless(steps[shown : shown + 1] == (command.step,), "result.other_step", unit=unit_name(meeting, round))
    step = e.ResultStepShown(round.id, command.step, at=now)
    return [step, *_revealed(meeting, round, result, now)] if command.step == steps[-1] else [step]


def reveal_result(meeting: Meeting, command: c.RevealResult, now: datetime) -> list[e.Event]:
    round, result = _revealable(meeting, command.round)
    return _revealed(meeting, round, result, now)


def withdraw_reveal(meeting: Meeting, command: c.WithdrawReveal, now: datetime) -> list[e.Event]:
    round = the_round(meeting, command.round)
    refuse_unless(round.is_being_revealed, "result.not_revealed", unit=unit_name(meeting, round))
    refuse_if(meeting.composites.are_announced, "composites.announced")
    return [e.RevealWithdrawn(round.id, the_reason(command.reason), at=now)]


def check_result(meeting: Meeting, command: c.CheckResult, now: datetime) -> list[e.Event]:
    refuse_unless(meeting.plan.rules.checked, "check.not_asked_for")
    round, _ = _scored(meeting, command.round)
    refuse_unless(command.seen == digest_of_round(round), "check.has_changed", unit=unit_name(meeting, round))
    return [] if round.checked_at else [e.ResultChecked(round.id, command.seen, at=now)]


def rule_on_tie(meeting: Meeting, command: c.RuleOnTie, now: datetime) -> list[e.Event]:
    refuse_unless(TieBreak.CHAIR in meeting.plan.rules.tie_ladder, "tie.not_the_chairs")
    rounds = [the_round(meeting, id) for id in command.rounds]
    refuse_if(len({round.id for round in rounds}) < 2, "tie.too_few")
    results = [result_of(meeting, round) for round in rounds if not round.is_open]
    scored = [headline(result) for result in results if result.is_scored]
    is_a_tie = len(scored) == len(rounds) and len(set(scored)) == 1
    refuse_unless(is_a_tie, "tie.not_equal")
    return [e.TieRuled(command.rounds, the_reason(command.reason), the_author(command.author), at=now)]


def _revealable(meeting: Meeting, id: str) -> tuple[Round, Result]:
    round, result = _scored(meeting, id)
    refuse_if(needs_check(meeting, round), "result.not_checked", unit=unit_name(meeting, round))
    return round, result


def _scored(meeting: Meeting, id: str) -> tuple[Round, Result]:
    """A closed round with a result that is not announced."""
    round = the_round(meeting, id)
    unit = unit_name(meeting, round)
    refuse_if(round.is_open, "round.still_open", unit=unit)
    refuse_if(round.is_revealed, "result.already_revealed", unit=unit)
    result = result_of(meeting, round)
    refuse_if(result.outcome is Outcome.NO_SHEETS, "result.none", unit=unit)
    needed = next((step.facts["needed"] for step in result.working if step.code == "no_quorum"), "")
    refuse_unless(result.is_scored, "result.no_quorum", unit=unit, counted=result.turnout.counted, needed=str(needed))
    return round, result


def _revealed(meeting: Meeting, round: Round, result: Result, now: datetime) -> list[e.Event]:
    announced = Announcement(result.score, result.grade)
    revealed = e.ResultRevealed(result.round, reveal_steps(result), announced, at=now)
    return [revealed, *told_with(meeting, round.unit, now)]
