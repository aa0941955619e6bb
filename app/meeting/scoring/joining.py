"""How a composite comes about, step by step: what each part adds, their sum, and what that is rounded to."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from app.meeting.composites.agreed import Part
from app.meeting.decimals import plain
from app.meeting.plan import Plan
from app.meeting.scoring.composite import weighted
from app.meeting.scoring.full import full_of
from app.meeting.scoring.numbers import approximately, rounded
from app.meeting.scoring.result import Working


def joining_of(plan: Plan, points: dict[str, Decimal]) -> tuple[Working, ...]:
    """The steps of a unit that has all its parts; codes of ``app.language.working``."""
    return tuple(_steps(plan, points))


def _steps(plan: Plan, points: dict[str, Decimal]) -> Iterator[Working]:
    adds = [weighted(plan, part, points[part.id]) for part in plan.composite.parts]
    for part, each in zip(plan.composite.parts, adds, strict=True):
        yield _step(plan, part, points[part.id], each)
    exact = sum(adds, Fraction(0))
    yield Working("parts_added", {"sum": approximately(exact)})
    score = rounded(exact, plan.rules.places)
    yield Working("composite_rounded", {"places": str(plan.rules.places), "score": str(score)})


def _step(plan: Plan, part: Part, points: Decimal, adds: Fraction) -> Working:
    facts = {
        "part": part.name,
        "points": str(points),
        "full": str(plain(full_of(plan, part))),
        "weight": str(plain(part.weight)),
    }
    if plan.composite.rounds_parts:
        return Working("part_rounded", {**facts, "adds": str(rounded(adds, plan.rules.places))})
    return Working("part_weighted", {**facts, "adds": approximately(adds)})
