"""The arithmetic, by any sheets: held against a shorter calculation, and against what any fair rule keeps."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.meeting.meeting import Meeting
from app.meeting.plan import PRESETS, GradeLine, Group, Mode, Preset, QuorumBy, RoundAt, Rules, TrimOf
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import rounded, share_of, total_of
from app.meeting.scoring.points import grade_of
from app.meeting.scoring.ranking import headline, ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Outcome, Result, Turnout
from app.meeting.scoring.turnout import quorum_of
from app.meeting.sheets.state import Sheet, SheetVersion, Standing
from app.meeting.telling import told_to_staff
from tests.meetings import CLARITY, EFFECT, NOON, marks, panel, small_plan

quick = settings(max_examples=25, derandomize=True, deadline=None, database=None)

OWN = Group("firms", "企业代表")

halves = st.integers(0, 80).map(lambda number: Decimal(number) / 2)
"""Marks that both criteria of the small plan allow."""

long = st.integers(-(10**40), 10**40).map(lambda number: Decimal(f"{number}E-25"))
"""Of more digits than Python's decimals keep: logs from before there was a bound may hold them."""

sheets = st.lists(st.tuples(halves, halves), min_size=1, max_size=9)
trims = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 3)).map(
    lambda each: {"trim_high": each[0], "trim_low": each[1], "trim_from": sum(each) + 1}
)
places = st.integers(0, 6)
groups = st.sampled_from([Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC, OWN.id])
weight = st.integers(1, 3000).map(lambda number: Decimal(number) / 1000)
weights = st.fixed_dictionaries({group: st.integers(1, 60).map(Decimal) for group in (*Preset, OWN.id)})
any_rules = st.builds(
    lambda trim, **more: Rules(**trim, **more),
    trims,
    trim_of=st.sampled_from(TrimOf),
    round_at=st.sampled_from(RoundAt),
    places=places,
    group_weights=st.one_of(st.just({}), weights),
    quorum=st.just(Decimal(0)),
)


def result(rules: Rules, sheets: list[tuple[Decimal, Decimal]], seats: tuple[str, ...] = (), **changes: Any) -> Result:
    """The result of these sheets, whatever the quorum says."""
    seats_of = panel(*(seats or (Preset.EXPERT,) * len(sheets)))
    rules = replace(rules, quorum=Decimal(0))
    plan = small_plan(seats=seats_of, groups=(OWN, *PRESETS), rules=rules, **changes)
    by_seat = {seat.id: submitted(seat.id, marks(plan, *each)) for seat, each in zip(seats_of, sheets, strict=True)}
    return result_of(Meeting.planned(plan), Round("report-water", "water", NOON, NOON, sheets=by_seat))


def submitted(seat: str, given: dict[str, Decimal]) -> Sheet:
    return Sheet(seat, Standing.SUBMITTED, given, (SheetVersion(1, given, NOON, "ABCD-2345"),))


def trimmed(values: list[Decimal], rules: Rules) -> list[Decimal]:
    if len(values) < rules.trim_from:
        return values
    return sorted(values)[rules.trim_low : len(values) - rules.trim_high]


def mean(values: list[Decimal]) -> Fraction:
    return sum(map(Fraction, values), Fraction(0)) / len(values)


@quick
@given(sheets, trims, places)
def test_a_trim_by_sheet_is_the_mean_of_the_middle_totals(sheets, trim, places):
    rules = Rules(**trim, places=places)
    kept = trimmed([sum(each) for each in sheets], rules)
    found = result(rules, sheets)
    assert found.score == rounded(mean(kept), places)
    assert found.kept == len(kept)
    assert min(kept) <= mean(kept) <= max(kept)


@quick
@given(sheets, trims, places)
def test_a_trim_by_criterion_is_the_sum_of_the_means_of_the_middle_marks(sheets, trim, places):
    rules = Rules(**trim, places=places, trim_of=TrimOf.CRITERION)
    means = [mean(trimmed(list(column), rules)) for column in zip(*sheets, strict=True)]
    assert result(rules, sheets).score == rounded(sum(means), places)


@quick
@given(sheets, trims, places, st.data())
def test_by_weighted_groups_it_is_the_weighted_mean_of_their_trimmed_means(sheets, trim, places, data):
    seats = tuple(data.draw(st.lists(groups, min_size=len(sheets), max_size=len(sheets))))
    rules = Rules(**trim, places=places, group_weights=data.draw(weights))
    pools = {group: [sum(each) for seat, each in zip(seats, sheets, strict=True) if seat == group] for group in seats}
    weighed = sum(mean(trimmed(pool, rules)) * Fraction(rules.group_weights[group]) for group, pool in pools.items())
    whole = sum(Fraction(rules.group_weights[group]) for group in pools)
    assert result(rules, sheets, seats).score == rounded(weighed / whole, places)


@quick
@given(sheets, trims, places, weight, weight)
def test_rounded_with_its_weight_each_criterion_adds_what_a_reader_can_check(sheets, trim, places, one, other):
    """Mean of each criterion, times its weight, rounded, then summed: as a judged sport publishes it."""
    plan = {"criteria": (replace(CLARITY, weight=one), replace(EFFECT, weight=other))}
    rules = Rules(**trim, places=places, trim_of=TrimOf.CRITERION, round_at=RoundAt.WEIGHTED)
    assert result(rules, sheets, **plan).score == sum(rounded_parts(sheets, rules, one, other))


@quick
@given(sheets, trims, places, weight, weight, st.data())
def test_rounded_with_its_weight_within_each_group_that_is_weighed(sheets, trim, places, one, other, data):
    plan = {"criteria": (replace(CLARITY, weight=one), replace(EFFECT, weight=other))}
    seats = tuple(data.draw(st.lists(groups, min_size=len(sheets), max_size=len(sheets))))
    rules = Rules(**trim, places=places, trim_of=TrimOf.CRITERION, round_at=RoundAt.WEIGHTED)
    rules = replace(rules, group_weights=data.draw(weights))
    pools = {group: [each for seat, each in zip(seats, sheets, strict=True) if seat == group] for group in seats}
    shares = {group: Fraction(rules.group_weights[group]) for group in pools}
    weighed = sum(
        Fraction(sum(rounded_parts(pool, rules, one, other))) * shares[group] for group, pool in pools.items()
    )
    assert result(rules, sheets, seats, **plan).score == rounded(weighed / sum(shares.values()), places)


def rounded_parts(sheets: list[tuple[Decimal, Decimal]], rules: Rules, *weights: Decimal) -> list[Decimal]:
    means = [mean(trimmed(list(column), rules)) for column in zip(*sheets, strict=True)]
    return [rounded(each * Fraction(weight), rules.places) for each, weight in zip(means, weights, strict=True)]


@quick
@given(any_rules, sheets, st.data())
def test_the_untrimmed_mean_is_the_score_with_nothing_dropped_and_nothing_rounded(rules, sheets, data):
    seats = tuple(data.draw(st.lists(groups, min_size=len(sheets), max_size=len(sheets))))
    pools = {group: [sum(each) for seat, each in zip(seats, sheets, strict=True) if seat == group] for group in seats}
    if not rules.group_weights:
        pools = {Preset.EXPERT: [sum(each) for each in sheets]}
    shares = {group: Fraction(rules.group_weights.get(group, 1)) for group in pools}
    weighed = sum(mean(pool) * shares[group] for group, pool in pools.items())
    assert result(rules, sheets, seats).untrimmed == weighed / sum(shares.values())


@quick
@given(any_rules, sheets)
def test_a_score_lies_between_nothing_and_the_full_score(rules, sheets):
    score = result(rules, sheets).score
    assert score is not None
    assert 0 <= score <= small_plan().full_score
    assert score.as_tuple().exponent == -rules.places


@quick
@given(any_rules, halves, halves, st.integers(1, 9))
def test_sheets_that_agree_are_the_result(rules, clarity, effect, number):
    assert result(replace(rules, places=2), [(clarity, effect)] * number).score == clarity + effect


@quick
@given(sheets, trims, st.sampled_from(TrimOf), st.randoms())
def test_which_seat_gave_which_sheet_makes_no_difference(sheets, trim, trim_of, chance):
    rules = Rules(**trim, trim_of=trim_of)
    shuffled = chance.sample(sheets, len(sheets))
    one, other = result(rules, sheets), result(rules, shuffled)
    assert (one.score, one.untrimmed, one.spread) == (other.score, other.untrimmed, other.spread)


@quick
@given(any_rules.filter(lambda rules: rules.round_at is RoundAt.END), sheets, st.data())
def test_a_perfect_sheet_in_the_place_of_another_never_lowers_a_score(rules, sheets, data):
    at = data.draw(st.integers(0, len(sheets) - 1))
    better = [*sheets[:at], (Decimal(60), Decimal(40)), *sheets[at + 1 :]]
    before, after = result(rules, sheets).score, result(rules, better).score
    assert before is not None
    assert after is not None
    assert before <= after


@quick
@given(sheets)
def test_the_spread_holds_every_total(sheets):
    totals = sorted(sum(each) for each in sheets)
    spread = result(Rules(), sheets).spread
    assert spread is not None
    assert (spread.lowest, spread.highest) == (totals[0], totals[-1])
    assert sum(total <= spread.median for total in totals) * 2 >= len(totals)
    assert sum(total >= spread.median for total in totals) * 2 >= len(totals)
    assert 0 <= spread.deviation <= rounded(Fraction(spread.highest - spread.lowest) / 2, 2)


@quick
@given(st.fractions(-100, 100, max_denominator=4000), places)
def test_rounding_goes_to_the_nearest_and_from_the_middle_away_from_zero(exact, places):
    unit = Fraction(1, 10**places)
    difference = abs(Fraction(rounded(exact, places))) - abs(exact)
    assert -unit / 2 < difference <= unit / 2


@quick
@given(st.integers(0, 99).map(lambda number: Decimal(number) / 100), st.integers(0, 30))
def test_the_quorum_is_the_first_number_above_its_share(share, entitled):
    needed = quorum_of(Rules(quorum=share), entitled)
    assert needed - 1 <= share * entitled < needed


@quick
@given(st.integers(0, 20), st.integers(1, 20), st.integers(0, 30))
def test_or_it_is_the_first_number_that_reaches_its_share(part, parts, entitled):
    rules = Rules(quorum=Decimal(min(part, parts)), quorum_parts=parts, quorum_by=QuorumBy.AT_LEAST)
    share = Fraction(min(part, parts), parts)
    assert quorum_of(rules, entitled) == max(1, next(each for each in range(31) if each >= share * entitled))


@quick
@given(st.lists(st.tuples(long, long), min_size=1, max_size=7), long.filter(bool), long.filter(bool), any_rules)
def test_nothing_is_lost_of_numbers_longer_than_python_keeps(sheets, one, other, rules):
    """Held against fractions; Python's own decimals keep 28 digits."""
    plan = {"criteria": (replace(CLARITY, weight=one), replace(EFFECT, weight=other))}
    found = result(rules, sheets, **plan)
    totals = sorted(Fraction(a) * Fraction(one) + Fraction(b) * Fraction(other) for a, b in sheets)
    assert sorted(Fraction(each.total) for each in found.sheets) == totals
    assert found.untrimmed == sum(totals) / len(totals)
    middle = (totals[len(totals) // 2] + totals[~(len(totals) // 2)]) / 2
    spread = found.spread
    assert [*map(Fraction, (spread.lowest, spread.median, spread.highest))] == [totals[0], middle, totals[-1]]
    variance = sum((each - found.untrimmed) ** 2 for each in totals) / len(totals)
    half = Fraction(1, 200)
    deviation = Fraction(spread.deviation)
    assert max(deviation - half, Fraction(0)) ** 2 <= variance < (deviation + half) ** 2
    kept = sorted(Fraction(each.total) for each in found.sheets if not each.dropped)
    assert [Fraction(step.facts["sum"]) for step in found.working if step.code == "mean"] in ([], [sum(kept)])
    if rules.trim_of is TrimOf.SHEET and len(sheets) >= rules.trim_from:
        assert kept == totals[rules.trim_low : len(totals) - rules.trim_high]
    assert [Fraction(each.total) for each in told_to_staff(found).totals] == totals[::-1]


@quick
@given(st.fractions(-(10**40), 10**40), places)
def test_a_rounded_number_has_all_its_digits(exact, places):
    assert abs(Fraction(rounded(exact, places)) - exact) <= Fraction(1, 2 * 10**places)


@quick
@given(st.lists(st.integers(0, 100), max_size=5, unique=True), st.integers(0, 100), st.integers(0, 100))
def test_a_higher_score_never_has_a_lower_grade(lines, one, other):
    rules = Rules(grades=tuple(GradeLine(Decimal(line), f"from {line:03}") for line in lines))
    low, high = sorted([one, other])
    assert grade_of(rules, Decimal(low)) <= grade_of(rules, Decimal(high))


@quick
@given(st.lists(st.integers(80, 85), max_size=8))
def test_a_rank_is_one_more_than_the_number_of_better_scores(scores):
    turnout = Turnout(panel=9, recused=0, abstained=0, void=0, absent=0, counted=9)
    results = [Result(str(at), str(at), Outcome.SCORED, turnout, score=Decimal(s)) for at, s in enumerate(scores)]
    for ranked in ranking(Meeting.planned(small_plan()), results):
        assert ranked.rank == 1 + sum(headline(each) > headline(ranked.result) for each in results)


@quick
@given(st.lists(st.integers(1, 4), min_size=1, max_size=9))
def test_levels_add_up(levels):
    plan = small_plan(mode=Mode.LEVELS, seats=panel(*(Preset.EXPERT,) * len(levels)))
    by_seat = {seat.id: submitted(seat.id, marks(plan, level)) for seat, level in zip(plan.seats, levels, strict=True)}
    found = result_of(Meeting.planned(plan), Round("report-water", "water", NOON, NOON, sheets=by_seat))
    assert found.level is not None
    assert sum(count.sheets for count in found.levels) == len(levels)
    assert max(count.sheets for count in found.levels) == levels.count(int(found.level.points))
    assert total_of(plan, {"overall": found.level.points}) == found.level.points


@quick
@given(st.lists(st.integers(0, 50_000), min_size=2, max_size=6).filter(any), st.integers(0, 6))
def test_a_share_is_half_up_of_what_it_is_and_several_miss_a_hundred_by_half_a_last_digit_each(ballots, places):
    whole, last = sum(ballots), Fraction(1, 10**places)
    shares = [Fraction(share_of(each, whole, places)) for each in ballots]
    for each, share in zip(ballots, shares, strict=True):
        assert -last / 2 <= Fraction(100 * each, whole) - share < last / 2
    assert abs(sum(shares) - 100) <= len(ballots) * last / 2
    assert share_of(0, 0, places) == 0
