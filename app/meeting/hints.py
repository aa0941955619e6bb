"""What does not keep a plan from opening, but is rarely meant: said where a meeting is set up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.meeting.composites.doubts import doubts_about_composites
from app.meeting.groups import said_of_group
from app.meeting.plan import Mode, Plan, ResultsShown, RoundAt
from app.meeting.refusals import Fact, Said
from app.meeting.shortcomings import At, without_unused_rules
from app.meeting.texts import LONGEST_SHORT_NAME

LEAST_WHOLE = 5
"""A weight of so much is no share of one."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said, and where in the plan one would look: as in ``Shortcoming``."""

    said: Said
    part: str
    at: At = None
    field: str = ""


def rule_hints(plan: Plan) -> Iterator[Hint]:
    """About the rules and the rubric."""
    plan = without_unused_rules(plan)
    if plan.mode is Mode.POINTS and plan.criteria and plan.full_score != 100:
        yield Hint(Said("look.not_a_hundred", {"sum": str(plan.full_score)}), "criteria")
    if plan.rules.round_at is RoundAt.WEIGHTED and _has_no_weights(plan):
        yield Hint(Said("look.weights_do_not_round"), "rules", field="round_at")
    if groups := groups_never_trimmed(plan):
        names = tuple(said_of_group(plan, group) for group in groups)
        said = Said("look.groups_never_trimmed", {"groups": names, "least": plan.rules.trim_from})
        yield Hint(said, "rules", field="trim_from")

    yield from _weights_of_two_kinds(plan)
    yield from _grades_that_never_stand(plan)
    yield from _announcements_that_say_otherwise(plan)
    yield from _composites_that_surprise(plan)
    yield from _promises_that_nobody_judges(plan)
    yield from _names_too_long_for_the_pages(plan)


def _weights_of_two_kinds(plan: Plan) -> Iterator[Hint]:
    """Shares beside whole numbers: 40 %, 0.3 and 30 are hardly meant to be added up."""
    criteria = [(each.weight, "criteria", at, "weight") for at, each in enumerate(plan.criteria)]
    groups = [(each, "rules", None, f"group_weights.{group}") for group, each in plan.rules.group_weights.items()]
    for weights in (criteria, groups):
        share = next((each for each in weights if 0 < each[0] < 1), None)
        whole = next((each[0] for each in weights if each[0] >= LEAST_WHOLE), None)
        if share and whole:
            facts = {"share": f"{share[0].normalize():f}", "whole": f"{whole.normalize():f}"}
            yield Hint(Said("look.weights_of_two_kinds", facts), *share[1:])


def _announcements_that_say_otherwise(plan: Plan) -> Iterator[Hint]:
    """Grades alone, where there are none; and from the lowest, where nobody is to see who is ahead."""
    shown, is_scored = plan.rules.results_shown, plan.is_scored
    if shown is ResultsShown.BY_GRADE and plan.mode is Mode.POINTS and not plan.rules.grades:
        yield Hint(Said("look.no_grade_to_tell"), "rules", field="results_shown")
    if shown is ResultsShown.FROM_LOWEST and is_scored and not plan.rules.rank_shown:
        yield Hint(Said("look.order_tells_ranks"), "rules", field="results_shown")


def _grades_that_never_stand(plan: Plan) -> Iterator[Hint]:
    """Of two grades with one line only the first is ever given; what lies above the full score, never."""
    if plan.mode is not Mode.POINTS:
        return
    lines = plan.rules.grades
    for at, line in enumerate(lines):
        first = next((each for each in lines[:at] if each.at_least == line.at_least), None)
        if first is not None:
            facts = {"first": first.name, "second": line.name, "points": str(line.at_least)}
            yield Hint(Said("look.grades_alike", facts), "grades", at, "at_least")
        elif plan.criteria and line.at_least > plan.full_score:
            said = Said("look.grade_out_of_reach", {"name": line.name, "full": str(plan.full_score)})
            yield Hint(said, "grades", at, "at_least")


def _composites_that_surprise(plan: Plan) -> Iterator[Hint]:
    yield from (Hint(*each) for each in doubts_about_composites(plan))


def _promises_that_nobody_judges(plan: Plan) -> Iterator[Hint]:
    if plan.rules.promises_judged and not any(unit.promises for unit in plan.units):
        yield Hint(Said("look.no_promises"), "rules", field="promises_judged")


def _names_too_long_for_the_pages(plan: Plan) -> Iterator[Hint]:
    """A file may have them, and opens as ever; but they are cramped on every screen, and no page is saved with them."""
    for part, at, field, name in _short_names(plan):
        if len(name) > LONGEST_SHORT_NAME:
            facts: dict[str, Fact] = {"name": f"{name[:LONGEST_SHORT_NAME]}…", "most": LONGEST_SHORT_NAME}
            yield Hint(Said("look.long_short_name", facts), part, at, field)


def _short_names(plan: Plan) -> Iterator[tuple[str, At, str, str]]:
    """What stands beside others: its part, line and field. Where points are given no page has a field for levels."""
    for at, unit in enumerate(plan.units):
        yield "units", at, "short_name", unit.short_name
        yield "units", at, "of_class", unit.of_class
    for at, seat in enumerate(plan.seats):
        yield "seats", at, "label", seat.label
    for of, criterion in enumerate(plan.criteria if plan.mode is Mode.LEVELS else ()):
        for at, level in enumerate(criterion.levels):
            yield "levels", (of, at), "name", level.name
    for at, line in enumerate(plan.rules.grades):
        yield "grades", at, "name", line.name
    for at, part in enumerate(plan.composite.parts):
        yield "parts", at, "name", part.name
    for at, grade in enumerate(plan.composite.grades):
        yield "composite_grades", at, "name", grade.name


def _has_no_weights(plan: Plan) -> bool:
    return plan.mode is Mode.POINTS and bool(plan.criteria) and all(each.weight == 1 for each in plan.criteria)


def groups_never_trimmed(plan: Plan) -> list[str]:
    """With weights the trim is made within each group: the groups that have too few seats for any to be dropped."""
    rules = plan.rules
    if plan.mode is not Mode.POINTS or not rules.group_weights or not rules.trim_high + rules.trim_low:
        return []
    seats = Counter(seat.group for seat in plan.seats)
    return plan.groups_among({group for group, number in seats.items() if number < rules.trim_from})
