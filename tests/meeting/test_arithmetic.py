"""The arithmetic, by any sheets: held against a shorter calculation, and against what any fair rule keeps."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.meeting.plan import GradeLine, Group, Mode, RoundAt, Rules, TrimOf
from app.meeting.ranking import headline, ranking
from app.meeting.scoring import Outcome, Result, Turnout, grade_of, quorum_of, result_of, rounded, total_of
from app.meeting.state import Meeting, Round, Sheet, SheetVersion, Standing
from tests.meetings import NOON, marks, panel, small_plan

quick = settings(max_examples=25, derandomize=True, deadline=None, database=None)

halves = st.integers(0, 80).map(lambda number: Decimal(number) / 2)
"""Marks that both criteria of the small plan allow."""

sheets = st.lists(st.tuples(halves, halves), min_size=1, max_size=9)
trims = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 3)).map(
    lambda each: {"trim_high": each[0], "trim_low": each[1], "trim_from": sum(each) + 1}
)
places = st.integers(0, 6)
groups = st.sampled_from([Group.EXPERT, Group.DEPUTY, Group.CPPCC])
weights = st.fixed_dictionaries({group: st.integers(1, 60).map(Decimal) for group in Group})
any_rules = st.builds(
    lambda trim, **more: Rules(**trim, **more),
    trims,
    trim_of=st.sampled_from(TrimOf),
    round_at=st.sampled_from(RoundAt),
    places=places,
    group_weights=st.one_of(st.just({}), weights),
    quorum=st.just(Decimal(0)),
)


def result(rules: Rules, sheets: list[tuple[Decimal, Decimal]], seats: tuple[Group, ...] = ()) -> Result:
    """The result of these sheets, whatever the quorum says."""
    seats_of = panel(*(seats or (Group.EXPERT,) * len(sheets)))
    plan = small_plan(seats=seats_of, rules=replace(rules, quorum=Decimal(0)))
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
    pools = {group: [sum(each) for seat, each in zip(seats, sheets, strict=True) if seat is group] for group in seats}
    weighed = sum(mean(trimmed(pool, rules)) * Fraction(rules.group_weights[group]) for group, pool in pools.items())
    whole = sum(Fraction(rules.group_weights[group]) for group in pools)
    assert result(rules, sheets, seats).score == rounded(weighed / whole, places)


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
    plan = small_plan(mode=Mode.LEVELS, seats=panel(*(Group.EXPERT,) * len(levels)))
    by_seat = {seat.id: submitted(seat.id, marks(plan, level)) for seat, level in zip(plan.seats, levels, strict=True)}
    found = result_of(Meeting.planned(plan), Round("report-water", "water", NOON, NOON, sheets=by_seat))
    assert found.level is not None
    assert sum(count.sheets for count in found.levels) == len(levels)
    assert max(count.sheets for count in found.levels) == levels.count(int(found.level.points))
    assert total_of(plan, {"overall": found.level.points}) == found.level.points
