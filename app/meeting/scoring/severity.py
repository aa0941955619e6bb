"""How far each seat's totals lie from what the others gave: beside the median of the others, unit by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from app.meeting.plan import Plan
from app.meeting.scoring.numbers import mean_of
from app.meeting.scoring.result import Result


@dataclass(frozen=True, slots=True)
class Severity:
    """``deviations`` by the id of the round: the seat's total less the median of the others'; ``mean`` of them all.

    Below nothing: stricter than the others.
    """

    seat: str
    mean: Fraction
    deviations: dict[str, Fraction]


def severities(plan: Plan, results: Sequence[Result]) -> list[Severity]:
    """Of every seat whose sheet counts beside another's, in the order of the seats."""
    by_seat: dict[str, dict[str, Fraction]] = {seat.id: {} for seat in plan.seats}
    for result in results:
        totals = {sheet.seat: Fraction(sheet.total) for sheet in result.sheets}
        for seat, total in totals.items():
            others = [each for other, each in totals.items() if other != seat]
            if others:
                by_seat[seat][result.round] = total - median(others)
    return [Severity(seat, mean_of(found.values()), found) for seat, found in by_seat.items() if found]
