"""What keeps a plan from being opened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from app.meeting.composites.faults import faults_of_composite
from app.meeting.decimals import decimals_of, leads_to, plain
from app.meeting.groups import LONGEST_NAME_OF_GROUP, MOST_GROUPS, said_of_group
from app.meeting.plan import AgendaItem, ItemKind, Mode, Plan, Preset, QuorumBy, Rules, SegmentKind
from app.meeting.polls.agreed import fault_of_choices
from app.meeting.refusals import Fact
from app.meeting.rubric import Criterion

MOST_DECIMALS = 6
LARGEST_AUDIENCE = 100_000

FARTHEST = Decimal(1_000_000)
"""The bounds of limits, steps, weights and grade lines, at every door. What was opened before them plays on."""

OF_POINTS_ALONE = ("trim_high", "trim_low", "trim_from", "trim_of", "round_at", "group_weights", "grades")
"""Rules that are used only where points are given."""

At = int | tuple[int, int] | None
"""Which line of a part, from 0; of levels and recusals, which criterion or seat and which of its own."""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Why a plan cannot be opened: a code, and where in the plan.

    ``part``: meeting, units, groups, seats, recusals, agenda, criteria, levels, grades, rules, parts or
    composite_grades. ``at``: which of its lines; None of all of them. ``field``: as the part calls it; of an agenda
    item ``minutes``, or a segment of its report; of rules also ``group_weights.`` and the id of a group. ``where`` is
    for the sentence.
    """

    code: str
    part: str = "meeting"
    at: At = None
    field: str = ""
    where: Fact = ""


def shortcomings(plan: Plan) -> list[Shortcoming]:
    """All that is missing or contradictory in a plan; empty when the meeting can open."""
    found = (
        _missing,
        _twice,
        _wrong_references,
        _wrong_groups,
        _wrong_criteria,
        _wrong_rules,
        _wrong_numbers,
        _wrong_parts,
    )
    looked_at = without_unused_rules(plan)
    return [each for look in found for each in look(looked_at)]


def without_unused_rules(plan: Plan) -> Plan:
    """The plan without what its mode has no use for: where levels are given nothing is dropped or weighed, and no page
    has a field for it. What was set before the mode was changed stays, and keeps nobody from opening."""
    if plan.mode is not Mode.LEVELS:
        return plan
    usual = {field: getattr(Rules(), field) for field in OF_POINTS_ALONE}
    return replace(plan, rules=replace(plan.rules, **usual))


def _missing(plan: Plan) -> Iterator[Shortcoming]:
    if not plan.title.strip(" |｜"):
        yield Shortcoming("title.missing", field="title")
    if plan.starts_at.utcoffset() is None:
        yield Shortcoming("start.without_offset", field="starts_at")
    if not plan.agenda:
        yield Shortcoming("agenda.empty", "agenda")
    if not plan.seats:
        yield Shortcoming("panel.empty", "seats")
    if plan.is_scored and not plan.criteria:
        yield Shortcoming("rubric.empty", "criteria")
    for at, item in enumerate(plan.agenda):
        if not item.segments:
            yield Shortcoming("item.without_segments", "agenda", at, _time_of(item), item.title)
        timeless = [segment.kind for segment in item.segments if segment.planned <= timedelta()]
        if timeless:
            yield Shortcoming("segment.without_time", "agenda", at, field_of(timeless[0]), item.title)


def _time_of(item: AgendaItem) -> str:
    """Where the time of an item stands that has none."""
    return field_of(SegmentKind.REPORT if item.kind is ItemKind.PRESENTATION else SegmentKind.WHOLE)


def field_of(kind: SegmentKind) -> str:
    """What the length of a segment is called."""
    return "minutes" if kind is SegmentKind.WHOLE else str(kind)


def _twice(plan: Plan) -> Iterator[Shortcoming]:
    for code, part, field, names in (
        ("unit.twice", "units", "id", [unit.id for unit in plan.units]),
        ("group.twice", "groups", "id", [group.id for group in plan.groups]),
        ("seat.twice", "seats", "id", [seat.id for seat in plan.seats]),
        ("item.twice", "agenda", "id", [item.id for item in plan.agenda]),
        ("criterion.twice", "criteria", "id", [criterion.id for criterion in plan.criteria]),
        ("unit.reports_twice", "agenda", "unit", [item.unit or "" for item in plan.agenda]),
        ("grade.twice", "grades", "name", [line.name for line in plan.rules.grades]),
    ):
        for at in _again(names):
            yield Shortcoming(code, part, at, field, names[at])
    for of, criterion in enumerate(plan.criteria):
        for field in ("name", "points"):
            names = [str(getattr(level, field)) for level in criterion.levels]
            for at in _again(names):
                yield Shortcoming("level.twice", "levels", (of, at), field, names[at])


def _again(names: Sequence[str]) -> list[int]:
    """Where a name stands for the second time."""
    return [at for at, name in enumerate(names) if name and names[:at].count(name) == 1]


def _wrong_references(plan: Plan) -> Iterator[Shortcoming]:
    known = {unit.id for unit in plan.units}
    for at, item in enumerate(plan.agenda):
        if item.kind is ItemKind.PRESENTATION and item.unit not in known:
            yield Shortcoming("item.unknown_unit", "agenda", at, "unit", item.title)
        if item.kind is not ItemKind.PRESENTATION and item.unit is not None:
            yield Shortcoming("item.needless_unit", "agenda", at, "unit", item.title)
    for of, seat in enumerate(plan.seats):
        for at, unit in enumerate(seat.recusals):
            if unit not in known:
                yield Shortcoming("recusal.unknown_unit", "recusals", (of, at), "unit", f"{seat.label}: {unit}")


def _wrong_groups(plan: Plan) -> Iterator[Shortcoming]:
    """Names that look alike are a matter of the doors, as those of units and seats are."""
    for at, group in enumerate(plan.groups):
        if not group.name and group.id not in set(Preset):
            yield Shortcoming("group.without_name", "groups", at, "name", group.id)
        if len(group.name) > LONGEST_NAME_OF_GROUP:
            yield Shortcoming("group.long_name", "groups", at, "name", group.name)
    if len(plan.groups) > MOST_GROUPS:
        yield Shortcoming("group.too_many", "groups", where=str(MOST_GROUPS))
    known = {group.id for group in plan.groups}
    for at, seat in enumerate(plan.seats):
        if seat.group not in known:
            yield Shortcoming("seat.unknown_group", "seats", at, "group", seat.label)
    for id in plan.rules.group_weights:
        if id not in known:
            yield Shortcoming("group.unknown", "rules", None, f"group_weights.{id}", id)


def _wrong_criteria(plan: Plan) -> Iterator[Shortcoming]:
    if plan.mode is Mode.LEVELS and not (len(plan.criteria) == 1 and plan.criteria[0].levels):
        yield Shortcoming("rubric.not_one_scale", "criteria")
    for at, criterion in enumerate(plan.criteria):
        yield from faults_of(criterion, at)


def faults_of(criterion: Criterion, at: int = 0) -> Iterator[Shortcoming]:
    """What is wrong with a criterion in itself. A maximum of zero or below is allowed: such a criterion takes away."""
    endless = [(part, place, field) for part, place, field, number in _numbers(criterion, at) if not number.is_finite()]
    if endless:
        yield Shortcoming("criterion.no_number", *endless[0], criterion.name)
        return
    if not criterion.minimum < criterion.maximum:
        yield Shortcoming("criterion.no_range", "criteria", at, "maximum", criterion.name)
    elif criterion.step <= 0 or not leads_to(criterion.minimum, criterion.step, criterion.maximum):
        yield Shortcoming("criterion.step_does_not_fit", "criteria", at, "step", criterion.name)
    if criterion.weight <= 0:
        yield Shortcoming("criterion.no_weight", "criteria", at, "weight", criterion.name)
    points = enumerate(level.points for level in criterion.levels)
    outside = [place for place, each in points if not criterion.minimum <= each <= criterion.maximum]
    if outside:
        yield Shortcoming("level.out_of_range", "levels", (at, outside[0]), "points", criterion.name)


_Number = tuple[str, At, str, Decimal]
"""Part, line and field of a number, and the number."""


def _numbers(criterion: Criterion, at: int) -> Iterator[_Number]:
    for field in ("minimum", "maximum", "step", "weight"):
        yield "criteria", at, field, getattr(criterion, field)
    for place, level in enumerate(criterion.levels):
        yield "levels", (at, place), "points", level.points


def _numbers_of_rules(rules: Rules) -> Iterator[_Number]:
    for group, weight in rules.group_weights.items():
        yield "rules", None, f"group_weights.{group}", weight
    for at, line in enumerate(rules.grades):
        yield "grades", at, "at_least", line.at_least


def _wrong_numbers(plan: Plan) -> Iterator[Shortcoming]:
    """Numbers that nobody could check by hand; ``where`` is the number."""
    numbers: list[Iterable[_Number]] = [_numbers(each, at) for at, each in enumerate(plan.criteria)]
    for part, at, field, number in [each for of in (*numbers, _numbers_of_rules(plan.rules)) for each in of]:
        if code := fault_of_number(number):
            yield Shortcoming(code, part, at, field, str(plain(number)))


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
        yield Shortcoming("trim.negative", "rules", field="trim_high" if rules.trim_high < 0 else "trim_low")
    if rules.trim_from <= rules.trim_high + rules.trim_low:
        yield Shortcoming("trim.leaves_nothing", "rules", field="trim_from")
    if not 0 <= rules.places <= 6:
        yield Shortcoming("rounding.places", "rules", field="places")
    if not is_a_quorum(rules):
        yield Shortcoming("quorum.not_a_share", "rules", field="quorum")
    if not 0 <= rules.audience <= LARGEST_AUDIENCE:
        yield Shortcoming("audience.too_large", "rules", field="audience", where=str(LARGEST_AUDIENCE))
    fault, of = fault_of_choices(rules.own_choices)
    if fault:
        yield Shortcoming(fault, "rules", field="own_choices", where=of)
    if rules.group_weights:
        for group in plan.groups_among({seat.group for seat in plan.seats} - rules.group_weights.keys()):
            where = (said_of_group(plan, group),)
            yield Shortcoming("group.without_weight", "rules", None, f"group_weights.{group}", where)
        weightless = [group for group, weight in rules.group_weights.items() if weight <= 0]
        if weightless:
            yield Shortcoming("group.no_weight", "rules", None, f"group_weights.{weightless[0]}")


def _wrong_parts(plan: Plan) -> Iterator[Shortcoming]:
    for fault in faults_of_composite(plan, fault_of_number):
        yield Shortcoming(*fault)


def is_a_quorum(rules: Rules) -> bool:
    """Whether the share can be met: all seats can be reached, and not exceeded."""
    if rules.quorum_parts < 1 or not rules.quorum.is_finite():
        return False
    share = rules.quorum_share
    return 0 <= share < 1 or (share == 1 and rules.quorum_by is QuorumBy.AT_LEAST)
