"""The full scores of parts, and of what they are joined into."""

from decimal import Decimal

from app.meeting.composites.agreed import Part, Source
from app.meeting.decimals import total_of_products
from app.meeting.plan import Mode, Plan

USUAL_FULL = Decimal(100)


def full_of(plan: Plan, part: Part) -> Decimal:
    """Of what is scored here that of the rubric, or of an approval rate; of any other part as it says."""
    if part.source is Source.SCORED:
        return plan.full_score if plan.mode is Mode.POINTS else USUAL_FULL
    return USUAL_FULL if part.full is None else part.full


def full_composite(plan: Plan) -> Decimal:
    """What a unit has that has the full score in every part: the sum of the weights."""
    return total_of_products((part.weight, Decimal(1)) for part in plan.composite.parts)
