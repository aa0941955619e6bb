"""The steps of a calculation, as codes with numbers for a page to put into words."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from app.meeting.decimals import decimal_of, plain, total_of_products
from app.meeting.plan import Plan, RoundAt, Rules, TrimOf
from app.meeting.scoring.numbers import approximately, rounded
from app.meeting.scoring.result import CountedSheet, CriterionMean, Turnout, Working


def turnout_working(turnout: Turnout) -> Working:
    counts = {name: str(getattr(turnout, name)) for name in Turnout.__slots__}
    return Working("turnout", {**counts, "entitled": str(turnout.entitled)})


def quorum_working(turnout: Turnout, needed: int) -> Working:
    code = "quorum" if turnout.counted >= needed else "no_quorum"
    facts = {"counted": str(turnout.counted), "entitled": str(turnout.entitled), "needed": str(needed)}
    return Working(code, {**facts})


def of_group(plan: Plan, pool: list[CountedSheet]) -> dict[str, str | list[str]]:
    """Of whom a step speaks, where groups have weights: the group's id, and the name that the organiser gave it."""
    if not plan.rules.group_weights:
        return {"group": ""}
    group = plan.group(pool[0].group)
    return {"group": group.id, "group_name": group.name} if group.name else {"group": group.id}


def trim_working(plan: Plan, pools: list[list[CountedSheet]], trimmed: list[list[CountedSheet]]) -> Iterable[Working]:
    rules = plan.rules
    for before, after in zip(pools, trimmed, strict=True):
        where = of_group(plan, before)
        counted = str(len(before))
        if after is before:
            yield Working("not_trimmed", {**where, "counted": counted, "trim_from": str(rules.trim_from)})
        elif rules.trim_of is TrimOf.SHEET:
            high = [str(sheet.total) for sheet in after if sheet.dropped == "high"]
            low = [str(sheet.total) for sheet in after if sheet.dropped == "low"]
            kept = str(sum(1 for sheet in after if not sheet.dropped))
            yield Working("trimmed_sheets", {**where, "high": high, "low": low, "kept": kept})
        else:
            kept = str(len(before) - rules.trim_high - rules.trim_low)
            numbers = {"high": str(rules.trim_high), "low": str(rules.trim_low)}
            yield Working("trimmed_criteria", {**where, **numbers, "kept": kept})


def mean_working(
    plan: Plan,
    sheets: list[CountedSheet],
    criteria: tuple[CriterionMean, ...],
    pool_scores: list[Fraction],
    pools: list[list[CountedSheet]],
    weights: list[Fraction],
    exact: Fraction,
) -> Iterable[Working]:
    rules = plan.rules
    by_criterion = rules.trim_of is TrimOf.CRITERION or rules.round_at is not RoundAt.END
    if by_criterion and rules.round_at is not RoundAt.WEIGHTED:
        code = "criterion_means_rounded" if rules.round_at is RoundAt.CRITERION else "criterion_means"
        means = [f"{c.name} {mean.shown}" for c, mean in zip(plan.criteria, criteria, strict=True)]
        yield Working(code, {"means": means, "places": str(rules.places)})
    if rules.group_weights:
        for pool, score, weight in zip(pools, pool_scores, weights, strict=True):
            facts = {"mean": approximately(score), "weight": str(decimal_of(weight))}
            yield Working("group_mean", {**of_group(plan, pool), **facts})
        yield Working("weighted_mean", {"exact": approximately(exact)})
    elif by_criterion:
        yield Working("sum_of_means", {"exact": approximately(exact)})
    else:
        kept = [sheet.total for sheet in sheets if not sheet.dropped]
        total = total_of_products((each, Decimal(1)) for each in kept)
        yield Working("mean", {"sum": str(total), "count": str(len(kept)), "exact": approximately(exact)})


def parts_working(
    plan: Plan, pools: list[list[CountedSheet]], means: list[dict[str, Fraction]], parts: list[dict[str, Fraction]]
) -> Iterable[Working]:
    """What each criterion adds: its mean, its weight, and their product as it is rounded."""
    places = plan.rules.places
    for pool, mean, part in zip(pools, means, parts, strict=True):
        steps = [
            f"{c.name} {approximately(mean[c.id])} × {plain(c.weight)} → {rounded(part[c.id], places)}"
            for c in plan.criteria
        ]
        yield Working("weighted_means_rounded", {**of_group(plan, pool), "means": steps, "places": str(places)})


def grade_working(rules: Rules, score: Decimal, grade: str) -> Iterable[Working]:
    if grade:
        line = next(line for line in rules.grades if line.name == grade)
        yield Working("grade", {"score": str(score), "at_least": str(line.at_least), "grade": grade})
    elif rules.grades:
        yield Working("no_grade", {"score": str(score)})


def high_to_low(sheets: list[CountedSheet]) -> list[CountedSheet]:
    return sorted(sheets, key=lambda sheet: sheet.total.copy_negate())
