"""Sheets and rules in, a result out, with every step of the working kept.

The arithmetic of the field (domain.md): drop the highest and the lowest, take the mean, round once, half up. Inside,
everything is an exact fraction; a float is never used. Who is recused, absent or abstaining, or whose sheet is void, is
left out of the denominator, and the denominator is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor, isqrt

from app.meeting.decimals import decimal_of, plain, total_of_products
from app.meeting.plan import (
    FIRST_RECKONING,
    Criterion,
    Group,
    Level,
    LevelRule,
    Mode,
    Plan,
    QuorumBy,
    RoundAt,
    Rules,
    TrimOf,
)
from app.meeting.state import Meeting, Round, Standing


class Outcome(StrEnum):
    """Whether there is a result: it is scored, too few sheets count, or none does."""

    SCORED = "scored"
    NO_QUORUM = "no_quorum"
    NO_SHEETS = "no_sheets"


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who counts. ``entitled`` is the panel without the recused: the denominator of the quorum."""

    panel: int
    recused: int
    abstained: int
    void: int
    absent: int
    counted: int

    @property
    def entitled(self) -> int:
        return self.panel - self.recused


@dataclass(frozen=True, slots=True)
class CountedSheet:
    """A sheet that counts: its weighted total, and what the trim dropped of it.

    ``dropped`` is ``high``, ``low`` or empty; ``dropped_marks`` says the same for single criteria.
    """

    seat: str
    group: Group
    marks: dict[str, Decimal]
    total: Decimal
    receipt: str
    dropped: str = ""
    dropped_marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CriterionMean:
    criterion: str
    mean: Fraction
    shown: Decimal


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The untrimmed mean of one group's totals, for information."""

    group: Group
    sheets: int
    shown: Decimal


@dataclass(frozen=True, slots=True)
class LevelCount:
    level: Level
    sheets: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    lowest: Decimal
    median: Decimal
    highest: Decimal
    deviation: Decimal


@dataclass(frozen=True, slots=True)
class Working:
    """One step of the calculation: a code, and numbers as text for a page to put into words."""

    code: str
    facts: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What the sheets of one round come to. ``score`` is rounded; ``untrimmed`` is exact and breaks ties."""

    round: str
    unit: str
    outcome: Outcome
    turnout: Turnout
    score: Decimal | None = None
    grade: str = ""
    untrimmed: Fraction | None = None
    sheets: tuple[CountedSheet, ...] = ()
    criteria: tuple[CriterionMean, ...] = ()
    groups: tuple[GroupMean, ...] = ()
    spread: Spread | None = None
    levels: tuple[LevelCount, ...] = ()
    level: Level | None = None
    approval: Decimal | None = None
    working: tuple[Working, ...] = ()

    @property
    def is_scored(self) -> bool:
        return self.outcome is Outcome.SCORED

    @property
    def kept(self) -> int:
        return sum(1 for sheet in self.sheets if not sheet.dropped)

    @property
    def is_trimmed(self) -> bool:
        return any(sheet.dropped or sheet.dropped_marks for sheet in self.sheets)


def result_of(meeting: Meeting, round: Round) -> Result:
    """The result of a round as its sheets stand, by the frozen rules."""
    plan = meeting.plan
    turnout = turnout_of(meeting, round)
    working = [_turnout_working(turnout)]
    if turnout.counted == 0:
        return Result(round.id, round.unit, Outcome.NO_SHEETS, turnout, working=tuple(working))
    needed = quorum_of(plan.rules, turnout.entitled)
    working.append(_quorum_working(turnout, needed))
    if turnout.counted < needed:
        return Result(round.id, round.unit, Outcome.NO_QUORUM, turnout, working=tuple(working))
    sheets = _counted(meeting, round)
    if plan.mode is Mode.LEVELS:
        return _level_result(meeting, round, turnout, sheets, working)
    return _point_result(meeting, round, turnout, sheets, working)


def reveal_steps(result: Result) -> tuple[str, ...]:
    """The steps in which a hall sees a result, first to last; steps with nothing to say are left out."""
    if result.level is not None:
        return ("spread", "grade")
    trimmed = ("trimmed",) if result.is_trimmed else ()
    graded = ("grade",) if result.grade else ()
    return ("spread", *trimmed, "score", *graded)


def total_of(plan: Plan, marks: dict[str, Decimal]) -> Decimal:
    """The weighted total of the marks given so far."""
    return total_of_products((marks[c.id], c.weight) for c in plan.criteria if c.id in marks)


def turnout_of(meeting: Meeting, round: Round) -> Turnout:
    entitled = meeting.entitled(round.unit)
    standings = [round.sheet(seat.id).standing for seat in entitled]
    panel = len(meeting.plan.seats)
    return Turnout(
        panel=panel,
        recused=panel - len(entitled) + standings.count(Standing.RECUSED),
        abstained=standings.count(Standing.ABSTAINED),
        void=standings.count(Standing.VOID),
        absent=standings.count(Standing.DRAFT),
        counted=standings.count(Standing.SUBMITTED),
    )


def quorum_of(rules: Rules, entitled: int) -> int:
    """The fewest sheets that exceed the quorum's share of the entitled seats, or reach it; never none."""
    share = rules.quorum_share * entitled
    return max(ceil(share), 1) if rules.quorum_by is QuorumBy.AT_LEAST else floor(share) + 1


def seats_needed(plan: Plan) -> dict[int, int]:
    """What the quorum comes to: how many sheets are needed of how many entitled seats, for each unit's panel."""
    panels = {sum(unit.id not in seat.recusals for seat in plan.seats) for unit in plan.units} or {len(plan.seats)}
    return {entitled: quorum_of(plan.rules, entitled) for entitled in sorted(panels, reverse=True) if entitled}


# --- points -----------------------------------------------------------------------------------------------------------


def _point_result(
    meeting: Meeting, round: Round, turnout: Turnout, sheets: list[CountedSheet], working: list[Working]
) -> Result:
    plan = meeting.plan
    rules = plan.rules
    working.append(Working("totals", {"totals": [str(sheet.total) for sheet in _high_to_low(sheets)]}))
    pools = _pools(rules, sheets)
    trimmed = [_trim(plan, pool) for pool in pools]
    working += _trim_working(rules, pools, trimmed)
    means = [_pool_means(plan, pool) for pool in trimmed]
    weights = [_pool_weight(rules, pool) for pool in trimmed]
    parts = [_weighted_parts(plan, each) for each in means]
    pool_scores = [sum(each.values(), Fraction(0)) for each in parts]
    exact = _weighted_mean(pool_scores, weights)
    score = rounded(exact, rules.places)
    grade = grade_of(rules, score)
    kept = [sheet for pool in trimmed for sheet in pool]
    criteria = tuple(
        CriterionMean(c.id, mean, rounded(mean, rules.places))
        for c in plan.criteria
        for mean in [_weighted_mean([each[c.id] for each in means], weights)]
    )
    if rules.round_at is RoundAt.WEIGHTED:
        working += _parts_working(plan, trimmed, means, parts)
    working += _mean_working(plan, kept, criteria, pool_scores, trimmed, weights, exact)
    working.append(Working("rounded", {"places": str(rules.places), "score": str(score)}))
    working += _grade_working(rules, score, grade)
    return Result(
        round=round.id,
        unit=round.unit,
        outcome=Outcome.SCORED,
        turnout=turnout,
        score=score,
        grade=grade,
        untrimmed=_untrimmed(meeting, sheets, pools, weights),
        sheets=tuple(_in_seat_order(plan, kept)),
        criteria=criteria,
        groups=tuple(_group_means(rules, sheets)),
        spread=_spread([sheet.total for sheet in sheets]),
        working=tuple(working),
    )


def _untrimmed(
    meeting: Meeting, sheets: list[CountedSheet], pools: list[list[CountedSheet]], weights: list[Fraction]
) -> Fraction:
    """The score as it would be with nothing dropped and nothing rounded; see ``FIRST_RECKONING``."""
    if meeting.reckoning == FIRST_RECKONING:
        return _mean(Fraction(sheet.total) for sheet in sheets)
    return _weighted_mean([_mean(Fraction(sheet.total) for sheet in pool) for pool in pools], weights)


def _counted(meeting: Meeting, round: Round) -> list[CountedSheet]:
    counted = []
    for seat in meeting.entitled(round.unit):
        version = round.sheet(seat.id).current
        if version is not None:
            total = total_of(meeting.plan, version.marks)
            counted.append(CountedSheet(seat.id, seat.group, version.marks, total, version.receipt))
    return counted


def _pools(rules: Rules, sheets: list[CountedSheet]) -> list[list[CountedSheet]]:
    """The panel as one pool, or one pool per group where groups have weights: a trim stays within its pool."""
    if not rules.group_weights:
        return [sheets]
    groups = [group for group in Group if any(sheet.group is group for sheet in sheets)]
    return [[sheet for sheet in sheets if sheet.group is group] for group in groups]


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
        mean = _mean(Fraction(mark) for mark in kept)
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


def _weighted_mean(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    return sum((v * w for v, w in zip(values, weights, strict=True)), Fraction(0)) / sum(weights)


def grade_of(rules: Rules, score: Decimal) -> str:
    """The name of the highest grade line the score reaches, or an empty text."""
    reached = [line for line in rules.grades if score >= line.at_least]
    return max(reached, key=lambda line: line.at_least).name if reached else ""


def _group_means(rules: Rules, sheets: list[CountedSheet]) -> Iterable[GroupMean]:
    for group in Group:
        totals = [Fraction(sheet.total) for sheet in sheets if sheet.group is group]
        if totals:
            yield GroupMean(group, len(totals), rounded(_mean(totals), rules.places))


def _spread(totals: list[Decimal]) -> Spread:
    """Lowest, median and highest total, and the population standard deviation, two decimals."""
    ordered = sorted(totals)
    middle = len(ordered) // 2
    median = (Fraction(ordered[middle]) + Fraction(ordered[~middle])) / 2
    mean = _mean(map(Fraction, ordered))
    variance = _mean((Fraction(total) - mean) ** 2 for total in ordered)
    return Spread(ordered[0], decimal_of(median), ordered[-1], _root(variance, 2))


# --- levels -----------------------------------------------------------------------------------------------------------


PLACES_AT_FIRST = 1
"""Of shares of levels, by ``FIRST_RECKONING``."""


def _level_result(
    meeting: Meeting, round: Round, turnout: Turnout, sheets: list[CountedSheet], working: list[Working]
) -> Result:
    plan = meeting.plan
    places = PLACES_AT_FIRST if meeting.reckoning == FIRST_RECKONING else plan.rules.places
    scale = plan.criteria[0]
    levels = sorted(scale.levels, key=lambda level: level.points.copy_negate())
    given = [sheet.marks[scale.id] for sheet in sheets]
    counts = tuple(
        LevelCount(level, number, rounded(Fraction(100 * number, len(given)), places))
        for level in levels
        for number in [given.count(level.points)]
    )
    approving = sum(count.sheets for count in counts if count.level.approving)
    approval = rounded(Fraction(100 * approving, len(given)), places)
    level = _chosen_level(plan.rules, scale, given)
    working.append(Working("levels", {"levels": [f"{count.level.name} {count.sheets}" for count in counts]}))
    working.append(
        Working("approval", {"approving": str(approving), "counted": str(len(given)), "share": str(approval)})
    )
    working.append(Working(f"level_by_{plan.rules.level_rule}", {"level": level.name}))
    return Result(
        round=round.id,
        unit=round.unit,
        outcome=Outcome.SCORED,
        turnout=turnout,
        grade=level.name,
        sheets=tuple(sheets),
        levels=counts,
        level=level,
        approval=approval,
        working=tuple(working),
    )


def _chosen_level(rules: Rules, scale: Criterion, given: list[Decimal]) -> Level:
    """By plurality, of levels given equally often the lower one; by median, of two middle levels the lower one."""
    if rules.level_rule is LevelRule.MEDIAN:
        points = sorted(given)[(len(given) - 1) // 2]
    else:
        points = max(set(given), key=lambda each: (given.count(each), each.copy_negate()))
    return next(level for level in scale.levels if level.points == points)


# --- the working ------------------------------------------------------------------------------------------------------


def _turnout_working(turnout: Turnout) -> Working:
    counts = {name: str(getattr(turnout, name)) for name in Turnout.__slots__}
    return Working("turnout", {**counts, "entitled": str(turnout.entitled)})


def _quorum_working(turnout: Turnout, needed: int) -> Working:
    code = "quorum" if turnout.counted >= needed else "no_quorum"
    facts = {"counted": str(turnout.counted), "entitled": str(turnout.entitled), "needed": str(needed)}
    return Working(code, {**facts})


def _trim_working(
    rules: Rules, pools: list[list[CountedSheet]], trimmed: list[list[CountedSheet]]
) -> Iterable[Working]:
    for before, after in zip(pools, trimmed, strict=True):
        where = {"group": before[0].group if rules.group_weights else ""}
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


def _mean_working(
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
            facts = {"group": pool[0].group, "mean": approximately(score), "weight": str(decimal_of(weight))}
            yield Working("group_mean", {**facts})
        yield Working("weighted_mean", {"exact": approximately(exact)})
    elif by_criterion:
        yield Working("sum_of_means", {"exact": approximately(exact)})
    else:
        kept = [sheet.total for sheet in sheets if not sheet.dropped]
        total = total_of_products((each, Decimal(1)) for each in kept)
        yield Working("mean", {"sum": str(total), "count": str(len(kept)), "exact": approximately(exact)})


def _parts_working(
    plan: Plan, pools: list[list[CountedSheet]], means: list[dict[str, Fraction]], parts: list[dict[str, Fraction]]
) -> Iterable[Working]:
    """What each criterion adds: its mean, its weight, and their product as it is rounded."""
    places = plan.rules.places
    for pool, mean, part in zip(pools, means, parts, strict=True):
        group = pool[0].group if plan.rules.group_weights else ""
        steps = [
            f"{c.name} {approximately(mean[c.id])} × {plain(c.weight)} → {rounded(part[c.id], places)}"
            for c in plan.criteria
        ]
        yield Working("weighted_means_rounded", {"group": group, "means": steps, "places": str(places)})


def _grade_working(rules: Rules, score: Decimal, grade: str) -> Iterable[Working]:
    if grade:
        line = next(line for line in rules.grades if line.name == grade)
        yield Working("grade", {"score": str(score), "at_least": str(line.at_least), "grade": grade})
    elif rules.grades:
        yield Working("no_grade", {"score": str(score)})


# --- numbers ----------------------------------------------------------------------------------------------------------


def rounded(exact: Fraction, places: int) -> Decimal:
    """Half up (away from zero), to ``places`` decimals, with exactly that many shown."""
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Not by scaleb, which keeps 28 digits.
    return Decimal((int(exact < 0 and whole > 0), tuple(map(int, str(whole))), -places))


def _root(exact: Fraction, places: int) -> Decimal:
    """The square root, half up to so many decimals."""
    scaled = 4 * exact * 100**places
    return rounded(Fraction((isqrt(floor(scaled)) + 1) // 2, 10**places), places)


def approximately(exact: Fraction) -> str:
    """Up to six decimals as text; marked ``≈`` if that is not the whole of it."""
    shown = plain(rounded(exact, 6))
    return str(shown) if Fraction(shown) == exact else f"≈{shown}"


def _mean(values: Iterable[Fraction]) -> Fraction:
    gathered = list(values)
    return sum(gathered, Fraction(0)) / len(gathered)


def _high_to_low(sheets: list[CountedSheet]) -> list[CountedSheet]:
    return sorted(sheets, key=lambda sheet: sheet.total.copy_negate())


def _in_seat_order(plan: Plan, sheets: list[CountedSheet]) -> list[CountedSheet]:
    order = [seat.id for seat in plan.seats]
    return sorted(sheets, key=lambda sheet: order.index(sheet.seat))
