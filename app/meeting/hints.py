"""What does not keep a plan from opening, but is rarely meant: said where a meeting is set up."""

from collections import Counter
from collections.abc import Iterator

from app.meeting.plan import Group, Mode, Plan, RoundAt
from app.meeting.refusals import Said


def rule_hints(plan: Plan) -> Iterator[Said]:
    """About the rules and the rubric."""
    if plan.mode is Mode.POINTS and plan.criteria and plan.full_score != 100:
        yield Said("look.not_a_hundred", {"sum": str(plan.full_score)})
    if plan.rules.round_at is RoundAt.WEIGHTED and _has_no_weights(plan):
        yield Said("look.weights_do_not_round")
    if groups := groups_never_trimmed(plan):
        names = tuple(Said(f"group.{group}") for group in groups)
        yield Said("look.groups_never_trimmed", {"groups": names, "least": plan.rules.trim_from})


def _has_no_weights(plan: Plan) -> bool:
    return plan.mode is Mode.POINTS and bool(plan.criteria) and all(each.weight == 1 for each in plan.criteria)


def groups_never_trimmed(plan: Plan) -> list[Group]:
    """With weights the trim is made within each group: the groups that have too few seats for any to be dropped."""
    rules = plan.rules
    if plan.mode is not Mode.POINTS or not rules.group_weights or not rules.trim_high + rules.trim_low:
        return []
    seats = Counter(seat.group for seat in plan.seats)
    return [group for group in Group if 0 < seats[group] < rules.trim_from]
