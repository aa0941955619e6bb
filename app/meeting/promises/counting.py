"""Whether the panel judges last year's promises, whose word counts, and what all words come to.

They are given with the sheets and told with the result, and no score is made of them.
"""

from collections.abc import Iterable

from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.promises.agreed import Promise
from app.meeting.promises.state import Judgements, PromiseCount, PromiseMark
from app.meeting.rounds.state import Round
from app.meeting.sheets.state import Standing

HAVE_LEFT = (Standing.RECUSED, Standing.ABSTAINED)


def are_judged(plan: Plan) -> bool:
    """Where no sheets are given there is neither a time to judge nor a result to tell with."""
    return plan.rules.promises_judged and plan.is_scored


def judged_of(plan: Plan, unit: str) -> tuple[Promise, ...]:
    """The promises of a unit that the panel judges."""
    promises = next((each.promises for each in plan.units if each.id == unit), ())
    return promises if are_judged(plan) else ()


def judgements_of(meeting: Meeting, round: str) -> Judgements:
    return meeting.judgements.get(round) or Judgements(round)


def counts_of(meeting: Meeting, round: Round) -> list[PromiseCount]:
    """One for each promise, in the order of the plan. Nobody is told before the result is."""
    judgements, members = judgements_of(meeting, round.id), _members(meeting, round)
    found = []
    for promise in judged_of(meeting.plan, round.unit):
        given = [judgements.of_seat(seat).get(promise.number) for seat in members]
        kept, largely, not_kept = (given.count(mark) for mark in PromiseMark)
        found.append(PromiseCount(promise.number, len(members), kept, largely, not_kept))
    return found


def told_counts(meeting: Meeting, round: Round) -> tuple[PromiseCount, ...]:
    """What everybody may be told: of too few words it is not said what they were."""
    return tuple(each for each in counts_of(meeting, round) if each.is_told)


def revealed_counts(meeting: Meeting, unit: str) -> list[PromiseCount] | None:
    """Once the result of a unit stands revealed, those of its promises; None before, and where they are not judged."""
    round = meeting.round_of(unit)
    is_told = round is not None and round.is_revealed and bool(judged_of(meeting.plan, unit))
    return counts_of(meeting, round) if round and is_told else None


def sum_of(counts: Iterable[PromiseCount]) -> dict[PromiseMark, int]:
    """All words on all promises, by mark."""
    listed = list(counts)
    return {mark: sum(getattr(each, mark) for each in listed) for mark in PromiseMark}


def _members(meeting: Meeting, round: Round) -> list[str]:
    """Who is recused, abstains or is absent is left out. Absent: neither a sheet handed in nor a promise judged."""
    judgements = judgements_of(meeting, round.id)
    sheets = [round.sheet(seat.id) for seat in meeting.entitled(round.unit)]
    here = [each for each in sheets if each.standing not in HAVE_LEFT]
    return [each.seat for each in here if each.is_submitted or judgements.of_seat(each.seat)]
