"""Results in order. Equal scores share a rank (1, 2, 2, 4) unless the rules name a ladder of tie breaks."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from app.meeting.meeting import Meeting
from app.meeting.plan import Plan, TieBreak
from app.meeting.rubric import Criterion
from app.meeting.scoring.result import Result

Measure = Callable[[Result], Fraction]

LEVELS_APART = 1_000 * 1_000_000
"""So much that no approval rate, which is 100 at most, makes up for a step of six decimals between two levels."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """``rank`` counts from 1; ``broken_by`` names the tie break that separated it from an equal score."""

    rank: int
    result: Result
    broken_by: TieBreak | None = None


@dataclass(frozen=True, slots=True)
class _Tied:
    results: list[Result]
    broken_by: TieBreak | None = None


def ranking(meeting: Meeting, results: list[Result]) -> list[Ranked]:
    """Scored results, best first. The published (rounded) score decides; the ladder is asked only among equals."""
    tied = [_Tied(part) for part in _split([result for result in results if result.is_scored], headline)]
    for step in meeting.plan.rules.tie_ladder:
        tied = [part for group in tied for part in _broken(meeting, group, step)]
    ranked: list[Ranked] = []
    for group in tied:
        rank = len(ranked) + 1
        ranked += [Ranked(rank, result, group.broken_by) for result in group.results]
    return ranked


def ruled_places(meeting: Meeting, results: list[Result]) -> dict[str, int]:
    """By round, the place (0 the first) that the chair's ruling gives among those that are equal until then."""
    tied = [_Tied(part) for part in _split([result for result in results if result.is_scored], headline)]
    for step in meeting.plan.rules.tie_ladder:
        if step is TieBreak.CHAIR:
            measured = [(result, _ruling(meeting, group)(result)) for group in tied for result in group.results]
            return {result.round: -int(measure) for result, measure in measured}
        tied = [part for group in tied for part in _broken(meeting, group, step)]
    return {}


def headline(result: Result) -> Fraction:
    """What is published: the rounded score, or the level and then the approval rate, which never outweighs a level."""
    if result.level is not None:
        return Fraction(result.level.points) * LEVELS_APART + Fraction(result.approval or 0)
    return Fraction(result.score or 0)


def _broken(meeting: Meeting, group: _Tied, step: TieBreak) -> list[_Tied]:
    parts = _split(group.results, _measure(meeting, group, step))
    return [_Tied(part, step if len(parts) > 1 else group.broken_by) for part in parts]


def _measure(meeting: Meeting, group: _Tied, step: TieBreak) -> Measure:
    match step:
        case TieBreak.UNTRIMMED_MEAN:
            return lambda result: result.untrimmed or Fraction(0)
        case TieBreak.HEAVIEST_CRITERION:
            return _heaviest_criterion(meeting)
        case TieBreak.CHAIR:
            return _ruling(meeting, group)


def _heaviest_criterion(meeting: Meeting) -> Measure:
    heaviest = heaviest_of(meeting.plan)
    return lambda result: next((c.mean for c in result.criteria if c.criterion == heaviest.id), Fraction(0))


def heaviest_of(plan: Plan) -> Criterion:
    """The criterion with the greatest share of the full score, maximum times weight; of several the first."""
    return max(plan.criteria, key=lambda criterion: Fraction(criterion.maximum) * Fraction(criterion.weight))


def _ruling(meeting: Meeting, group: _Tied) -> Measure:
    """The place in the chair's latest ruling that names all of the group; no such ruling, no difference."""
    named = {result.round for result in group.results}
    order = next((ruling.rounds for ruling in reversed(meeting.rulings) if named <= set(ruling.rounds)), ())
    return lambda result: Fraction(-order.index(result.round) if order else 0)


def _split(results: list[Result], measure: Measure) -> list[list[Result]]:
    """Results in runs of equal measure, highest first; within a run the order given stays."""
    runs: dict[Fraction, list[Result]] = {}
    for result in results:
        runs.setdefault(measure(result), []).append(result)
    return [runs[value] for value in sorted(runs, reverse=True)]
