"""What keeps a plan from being opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from app.meeting.decimals import decimals_of, leads_to, plain
from app.meeting.plan import Criterion, ItemKind, Mode, Plan, QuorumBy, Rules

MOST_DECIMALS = 6

FARTHEST = Decimal(1_000_000)
"""The bounds of limits, steps, weights and grade lines, at every door. What was opened before them plays on."""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Why a plan cannot be opened: a code, and where in the plan."""

    code: str
    where: str = ""


def shortcomings(plan: Plan) -> list[Shortcoming]:
    """All that is missing or contradictory in a plan; empty when the meeting can open."""
    found = (_missing, _twice, _wrong_references, _wrong_criteria, _wrong_rules, _wrong_numbers)
    return [each for look in found for each in look(plan)]


def _missing(plan: Plan) -> Iterator[Shortcoming]:
    if not plan.title.strip():
        yield Shortcoming("title.missing")
    if plan.starts_at.utcoffset() is None:
        yield Shortcoming("start.without_offset")
    if not plan.agenda:
        yield Shortcoming("agenda.empty")
    if not plan.seats:
        yield Shortcoming("panel.empty")
    if plan.is_scored and not plan.criteria:
        yield Shortcoming("rubric.empty")
    for item in plan.agenda:
        if not item.segments:
            yield Shortcoming("item.without_segments", item.title)
        if any(segment.planned <= timedelta() for segment in item.segments):
            yield Shortcoming("segment.without_time", item.title)


def _twice(plan: Plan) -> Iterator[Shortcoming]:
    for code, ids in (
        ("unit.twice", [unit.id for unit in plan.units]),
        ("seat.twice", [seat.id for seat in plan.seats]),
        ("item.twice", [item.id for item in plan.agenda]),
        ("criterion.twice", [criterion.id for criterion in plan.criteria]),
        ("unit.reports_twice", [item.unit for item in plan.agenda if item.unit]),
        ("grade.twice", [line.name for line in plan.rules.grades]),
        *(("level.twice", [level.name for level in criterion.levels]) for criterion in plan.criteria),
        *(("level.twice", [str(level.points) for level in criterion.levels]) for criterion in plan.criteria),
    ):
        for each in sorted({each for each in ids if ids.count(each) > 1}):
            yield Shortcoming(code, each)


def _wrong_references(plan: Plan) -> Iterator[Shortcoming]:
    known = {unit.id for unit in plan.units}
    for item in plan.agenda:
        if item.kind is ItemKind.PRESENTATION and item.unit not in known:
            yield Shortcoming("item.unknown_unit", item.title)
        if item.kind is not ItemKind.PRESENTATION and item.unit is not None:
            yield Shortcoming("item.needless_unit", item.title)
    for seat in plan.seats:
        for unit in seat.recusals:
            if unit not in known:
                yield Shortcoming("recusal.unknown_unit", f"{seat.label}: {unit}")


def _wrong_criteria(plan: Plan) -> Iterator[Shortcoming]:
    if plan.mode is Mode.LEVELS and not (len(plan.criteria) == 1 and plan.criteria[0].levels):
        yield Shortcoming("rubric.not_one_scale")
    for criterion in plan.criteria:
        yield from faults_of(criterion)


def faults_of(criterion: Criterion) -> Iterator[Shortcoming]:
    """What is wrong with a criterion in itself. A maximum of zero or below is allowed: such a criterion takes away."""
    if not all(number.is_finite() for number in criterion.numbers):
        yield Shortcoming("criterion.no_number", criterion.name)
        return
    if not criterion.minimum < criterion.maximum:
        yield Shortcoming("criterion.no_range", criterion.name)
    elif criterion.step <= 0 or not leads_to(criterion.minimum, criterion.step, criterion.maximum):
        yield Shortcoming("criterion.step_does_not_fit", criterion.name)
    if criterion.weight <= 0:
        yield Shortcoming("criterion.no_weight", criterion.name)
    if any(not criterion.minimum <= level.points <= criterion.maximum for level in criterion.levels):
        yield Shortcoming("level.out_of_range", criterion.name)


def _wrong_numbers(plan: Plan) -> Iterator[Shortcoming]:
    """Numbers that nobody could check by hand; ``where`` is the number."""
    numbers = [number for criterion in plan.criteria for number in criterion.numbers]
    numbers += [*plan.rules.group_weights.values(), *(line.at_least for line in plan.rules.grades)]
    for number in numbers:
        if code := fault_of_number(number):
            yield Shortcoming(code, str(plain(number)))


def fault_of_number(number: Decimal) -> str:
    """The code of what is wrong with a number; empty if nothing is."""
    if not number.is_finite():
        return ""
    if abs(number) > FARTHEST:
        return "number.too_large"
    return "number.too_many_decimals" if decimals_of(number) > MOST_DECIMALS else ""


def _wrong_rules(plan: Plan) -> Iterator[Shortcoming]:
    rules = plan.rules
    if rules.trim_high < 0 or rules.trim_low < 0:
        yield Shortcoming("trim.negative")
    if rules.trim_from <= rules.trim_high + rules.trim_low:
        yield Shortcoming("trim.leaves_nothing")
    if not 0 <= rules.places <= 6:
        yield Shortcoming("rounding.places")
    if not is_a_quorum(rules):
        yield Shortcoming("quorum.not_a_share")
    if rules.group_weights:
        for group in sorted({seat.group for seat in plan.seats} - rules.group_weights.keys()):
            yield Shortcoming("group.without_weight", group)
        if any(weight <= 0 for weight in rules.group_weights.values()):
            yield Shortcoming("group.no_weight")


def is_a_quorum(rules: Rules) -> bool:
    """Whether the share can be met: all seats can be reached, and not exceeded."""
    if rules.quorum_parts < 1 or not rules.quorum.is_finite():
        return False
    share = rules.quorum_share
    return 0 <= share < 1 or (share == 1 and rules.quorum_by is QuorumBy.AT_LEAST)
