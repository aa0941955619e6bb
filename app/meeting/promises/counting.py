"""Whether the panel judges last year's promises, whose word counts, and what all words come to.

They are given with the sheets and told with the result, and no score is made of them. Where nothing is scored they are
given from when the unit begins to report, and told as the meeting ends.
"""

from collections.abc import Iterable

from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.promises.agreed import Promise
from app.meeting.promises.state import Judgements, PromiseCount, PromiseMark
from app.meeting.sheets.state import Standing

HAVE_LEFT = (Standing.RECUSED, Standing.ABSTAINED)


def judged_of(plan: Plan, unit: str) -> tuple[Promise, ...]:
    """The promises of a unit that the panel judges."""
    promises = next((each.promises for each in plan.units if each.id == unit), ())
    return promises if plan.rules.promises_judged else ()


def judgements_of(meeting: Meeting, item: str) -> Judgements:
    return meeting.judgements.get(item) or Judgements(item)


def item_of(meeting: Meeting, unit: str) -> str:
    """In which a unit reports, by the id that its round has as well; empty if it does not report."""
    return next((each.id for each in meeting.presentations if each.unit == unit), "")


def has_begun(meeting: Meeting, unit: str) -> bool:
    """Whether promises are judged already where nothing is scored."""
    item = item_of(meeting, unit)
    return bool(item) and meeting.agenda.runs[item].has_begun


def counts_of(meeting: Meeting, unit: str) -> list[PromiseCount]:
    """One for each promise, in the order of the plan. Nobody is told before it is time."""
    judgements, members = judgements_of(meeting, item_of(meeting, unit)), _members(meeting, unit)
    found = []
    for promise in judged_of(meeting.plan, unit):
        given = [judgements.of_seat(seat).get(promise.number) for seat in members]
        kept, largely, not_kept = (given.count(mark) for mark in PromiseMark)
        found.append(PromiseCount(promise.number, len(members), kept, largely, not_kept))
    return found


def told_counts(meeting: Meeting, unit: str) -> tuple[PromiseCount, ...]:
    """What everybody may be told: of too few words it is not said what they were."""
    return tuple(each for each in counts_of(meeting, unit) if each.is_told)


def revealed_counts(meeting: Meeting, unit: str) -> list[PromiseCount] | None:
    """Once it is told how those of a unit were judged; None before, and where they are not judged."""
    is_told = bool(judged_of(meeting.plan, unit)) and are_told(meeting, unit)
    return counts_of(meeting, unit) if is_told else None


def are_told(meeting: Meeting, unit: str) -> bool:
    if not meeting.plan.is_scored:
        return meeting.is_finished and has_begun(meeting, unit)
    round = meeting.round_of(unit)
    return round is not None and round.is_revealed


def sum_of(counts: Iterable[PromiseCount]) -> dict[PromiseMark, int]:
    """All words on all promises, by mark."""
    listed = list(counts)
    return {mark: sum(getattr(each, mark) for each in listed) for mark in PromiseMark}


def _members(meeting: Meeting, unit: str) -> list[str]:
    """Who is recused, abstains or is absent is left out. Absent: neither a sheet handed in nor a promise judged; where
    nothing is scored, neither here nor a promise judged."""
    judgements, round = judgements_of(meeting, item_of(meeting, unit)), meeting.round_of(unit)
    entitled = [seat.id for seat in meeting.entitled(unit)]
    if not meeting.plan.is_scored:
        return [seat for seat in entitled if seat in meeting.panel.arrivals or judgements.of_seat(seat)]
    sheets = [round.sheet(seat) for seat in entitled] if round else []
    here = [each for each in sheets if each.standing not in HAVE_LEFT]
    return [each.seat for each in here if each.is_submitted or judgements.of_seat(each.seat)]
