"""The result of a round of points: drop the highest and the lowest, take the mean, round once, half up."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from app.meeting.decimals import decimal_of
from app.meeting.meeting import Meeting
from app.meeting.plan import FIRST_RECKONING, Plan, RoundAt, Rules, TrimOf
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import mean_of, root_of, rounded, weighted_mean_of
from app.meeting.scoring.result import CountedSheet, CriterionMean, GroupMean, Outcome, Result, Spread, Turnout, Working
from app.meeting.scoring.working import grade_working, high_to_low, mean_working, parts_working, trim_working


def point_result(
    meeting: Meeting, round: Round, turnout: Turnout, sheets: list[CountedSheet], working: list[Working]
) -> Result:
    plan = meeting.plan
    rules = plan.rules
    working.append(Working("totals", {"totals": [str(sheet.total) for sheet in high_to_low(sheets)]}))
    pools = _pools(plan, sheets)
    trimmed = [_trim(plan, pool) for pool in pools]
    working += trim_working(plan, pools, trimmed)
    means = [_pool_means(plan, pool) for pool in trimmed]
    weights = [_pool_weight(rules, pool) for pool in trimmed]
    parts = [_weighted_parts(plan, each) for each in means]
    pool_scores = [sum(each.values(), Fraction(0)) for each in parts]
    exact = weighted_mean_of(pool_scores, weights)
    score = rounded(exact, rules.places)
    grade = grade_of(rules, score)
    kept = [sheet for pool in trimmed for sheet in pool]
    criteria = _criterion_means(plan, means, weights)
    if rules.round_at is RoundAt.WEIGHTED:
        working += parts_working(plan, trimmed, means, parts)
    working += mean_working(plan, kept, criteria, pool_scores, trimmed, weights, exact)
    working.append(Working("rounded", {"places": str(rules.places), "score": str(score)}))
    working += grade_working(rules, score, grade)
    return Result(
        round=round.id,
        unit=round.unit,
        outcome=Outcome.SCORED,
        turnout=turnout,
        score=score,
        grade=grade,
        untrimmed=_untrimmed(meeting, sheets, pools, weights),
        sheets=tuple(in_seat_order(plan, kept)),
        criteria=criteria,
        groups=tuple(_group_means(plan, sheets)),
        spread=_spread([sheet.total for sheet in sheets]),
        working=tuple(working),
    )


def _criterion_means(
    plan: Plan, means: list[dict[str, Fraction]], weights: list[Fraction]
) -> tuple[CriterionMean, ...]:
    mean = {c.id: weighted_mean_of([each[c.id] for each in means], weights) for c in plan.criteria}
    return tuple(CriterionMean(c.id, mean[c.id], rounded(mean[c.id], plan.rules.places)) for c in plan.criteria)


def _untrimmed(
    meeting: Meeting, sheets: list[CountedSheet], pools: list[list[CountedSheet]], weights: list[Fraction]
) -> Fraction:
    """The score as it would be with nothing dropped and nothing rounded; see ``FIRST_RECKONING``."""
    if meeting.reckoning == FIRST_RECKONING:
        return mean_of(Fraction(sheet.total) for sheet in sheets)
    return weighted_mean_of([mean_of(Fraction(sheet.total) for sheet in pool) for pool in pools], weights)


def _pools(plan: Plan, sheets: list[CountedSheet]) -> list[list[CountedSheet]]:
    """The panel as one pool, or one pool per group where groups have weights: a trim stays within its pool."""
    return list(_by_group(plan, sheets).values()) if plan.rules.group_weights else [sheets]


def _by_group(plan: Plan, sheets: list[CountedSheet]) -> dict[str, list[CountedSheet]]:
    groups = plan.groups_among({sheet.group for sheet in sheets})
    return {group: [sheet for sheet in sheets if sheet.group == group] for group in groups}


def _trim(plan: Plan, pool: list[CountedSheet]) -> list[CountedSheet]:
    """The same sheets, with what is dropped marked on them."""
    rules = plan.rules
    if len(pool) < rules.trim_from or rules.trim_high + rules.trim_low == 0:
        return pool
    if rules.trim_of is TrimOf.SHEET:
        sides = _sides(rules, [sheet.total for sheet in pool])
        return [_with_dropped(sheet, side, {}) for sheet, side in zip(pool, sides, strict=True)]
    by_criterion = {c.id: _sides(rules, [sheet.marks[c.id] for sheet in pool]) for c in plan.criteria}
    return [
        _with_dropped(sheet, "", {id: sides[at] for id, sides in by_criterion.items() if sides[at]})
        for at, sheet in enumerate(pool)
    ]


def _sides(rules: Rules, values: Sequence[Decimal]) -> list[str]:
    """For each value whether the trim drops it as ``high`` or ``low``. Among equals the earlier seat is dropped."""
    from_above = sorted(range(len(values)), key=lambda at: (values[at].copy_negate(), at))
    high = set(from_above[: rules.trim_high])
    rest = [at for at in range(len(values)) if at not in high]
    low = set(sorted(rest, key=lambda at: (values[at], at))[: rules.trim_low])
    return ["high" if at in high else "low" if at in low else "" for at in range(len(values))]


def _with_dropped(sheet: CountedSheet, dropped: str, dropped_marks: dict[str, str]) -> CountedSheet:
    return CountedSheet(sheet.seat, sheet.group, sheet.marks, sheet.total, sheet.receipt, dropped, dropped_marks)


def _pool_means(plan: Plan, pool: list[CountedSheet]) -> dict[str, Fraction]:
    """The mean of what is kept in each criterion, rounded here if the rules say so."""
    means = {}
    for c in plan.criteria:
        kept = [s.marks[c.id] for s in pool if not s.dropped and c.id not in s.dropped_marks]
        mean = mean_of(Fraction(mark) for mark in kept)
        at_criterion = plan.rules.round_at is RoundAt.CRITERION
        means[c.id] = Fraction(rounded(mean, plan.rules.places)) if at_criterion else mean
    return means


def _pool_weight(rules: Rules, pool: list[CountedSheet]) -> Fraction:
    return Fraction(rules.group_weights[pool[0].group]) if rules.group_weights else Fraction(1)


def _weighted_parts(plan: Plan, means: dict[str, Fraction]) -> dict[str, Fraction]:
    """What each criterion adds to the score, rounded here if the rules say so."""
    parts = {c.id: means[c.id] * Fraction(c.weight) for c in plan.criteria}
    if plan.rules.round_at is not RoundAt.WEIGHTED:
        return parts
    return {id: Fraction(rounded(part, plan.rules.places)) for id, part in parts.items()}


def grade_of(rules: Rules, score: Decimal) -> str:
    """The name of the highest grade line the score reaches, or an empty text."""
    reached = [line for line in rules.grades if score >= line.at_least]
    return max(reached, key=lambda line: line.at_least).name if reached else ""


def _group_means(plan: Plan, sheets: list[CountedSheet]) -> Iterable[GroupMean]:
    for group, of in _by_group(plan, sheets).items():
        mean = mean_of(Fraction(sheet.total) for sheet in of)
        yield GroupMean(group, len(of), rounded(mean, plan.rules.places))


def _spread(totals: list[Decimal]) -> Spread:
    """Lowest, median and highest total, and the population standard deviation, two decimals."""
    ordered = sorted(totals)
    middle = len(ordered) // 2
    median = (Fraction(ordered[middle]) + Fraction(ordered[~middle])) / 2
    mean = mean_of(map(Fraction, ordered))
    variance = mean_of((Fraction(total) - mean) ** 2 for total in ordered)
    return Spread(ordered[0], decimal_of(median), ordered[-1], root_of(variance, 2))


def in_seat_order(plan: Plan, sheets: list[CountedSheet]) -> list[CountedSheet]:
    order = [seat.id for seat in plan.seats]
    return sorted(sheets, key=lambda sheet: order.index(sheet.seat))
