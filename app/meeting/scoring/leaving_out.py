"""Would it be otherwise without one of the seats? Every result is reckoned again as if it had not been on the panel.

By the same rules, exactly: fewer sheets may be too few to be trimmed, or for a quorum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Outcome, Result

Results = Mapping[str, Result]
"""By the id of the round."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would be otherwise of a unit without a seat: ``grade`` if another would be told, and whether its place would
    be another among the units. ``outcome``: whether there would be a result."""

    seat: str
    round: str
    outcome: Outcome
    grade: str | None
    moves: bool


def results_without(meeting: Meeting, round: Round) -> Results:
    """The results of a round without each of the seats whose sheet counts in it, by seat."""
    counted = [seat.id for seat in meeting.plan.seats if round.sheet(seat.id).current]
    return {seat: result_of(_without(meeting, seat), round) for seat in counted}


def changes(meeting: Meeting, results: Results, without: Mapping[str, Results]) -> tuple[Change, ...]:
    """In the order of the seats. ``results`` are all there are, ``without`` is by round and seat.

    A seat that did not judge a unit can move it all the same, by what it gave to others.
    """
    found: list[Change] = []
    for seat in meeting.plan.seats:
        others = {round: without[round].get(seat.id, result) for round, result in results.items()}
        found += _changes(meeting, seat.id, results, others)
    return tuple(found)


def _changes(meeting: Meeting, seat: str, before: Results, after: Results) -> Iterator[Change]:
    """Places are those among the units that have a result either way."""
    both = [round for round, result in after.items() if result.is_scored and before[round].is_scored]
    places, others = (_places(meeting, [each[round] for round in both]) for each in (before, after))
    for round, result in after.items():
        is_other = (result.outcome, result.grade) != (before[round].outcome, before[round].grade)
        moves = round in both and others[round] != places[round]
        if is_other or moves:
            yield Change(seat, round, result.outcome, result.grade if is_other else None, moves)


def _places(meeting: Meeting, results: list[Result]) -> dict[str, int]:
    return {each.result.round: each.rank for each in ranking(meeting, results)}


def _without(meeting: Meeting, seat: str) -> Meeting:
    seats = tuple(each for each in meeting.plan.seats if each.id != seat)
    return replace(meeting, plan=replace(meeting.plan, seats=seats))
