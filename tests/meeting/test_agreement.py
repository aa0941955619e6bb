"""Agreement of a panel: published examples come out as published, and no panel whatever takes a coefficient out of its
bounds, or changes it by being seated otherwise."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meeting.plan import Mode
from app.meeting.scoring.agreement import agreement, concordance, correlation, middle_ranks
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.severity import severities
from tests.meetings import ANN, BEN, CAT, DAN, EVE, closed_over, result, small_plan

SHROUT_AND_FLEISS = ["9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7"]
"""Four judges on six targets: table 2 of their article of 1979; the coefficients are in its table 4."""

KENDALL = [
    "1 4.5 2 4.5 3 7.5 6 9 7.5 10",
    "2.5 1 2.5 4.5 4.5 8 9 6.5 10 6.5",
    "2 1 4.5 4.5 4.5 4.5 8 8 8 10",
]
"""Three rankings of ten objects with ties, from his book; the NAG library documents 0.828 for them (g08da)."""

ANXIETY = [
    "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3",
    "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
    "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
]
"""Three raters of twenty people, an example of the R package irr, which documents W 0.54 and ICC(A,1) 0.198."""


def numbers(rows):
    return [[Fraction(each) for each in row.split()] for row in rows]


def turned(rows):
    return [list(row) for row in zip(*rows, strict=True)]


def test_the_example_of_shrout_and_fleiss():
    found = correlation(numbers(SHROUT_AND_FLEISS))
    assert found is not None
    assert (str(rounded(found.of_one, 2)), str(rounded(found.of_mean, 2))) == ("0.29", "0.62")


@pytest.mark.parametrize(("rankings", "places", "published"), [(KENDALL, 3, "0.828"), (ANXIETY, 2, "0.54")])
def test_concordance_with_ties_as_it_is_published(rankings, places, published):
    found = concordance(turned(numbers(rankings)))
    assert found is not None
    assert str(rounded(found, places)) == published


def test_the_correlation_of_the_raters_of_anxiety():
    found = correlation(turned(numbers(ANXIETY)))
    assert found is not None
    assert str(rounded(found.of_one, 3)) == "0.198"


def test_equal_marks_share_the_middle_of_their_places():
    assert middle_ranks([Fraction(each) for each in (7, 5, 7, 9)]) == [Fraction(5, 2), 1, Fraction(5, 2), 4]


def test_a_strict_seat_is_no_agreement_though_the_order_is_the_same():
    lenient, strict = [Fraction(each) for each in (80, 85, 90)], [Fraction(each) for each in (60, 65, 70)]
    table = turned([lenient, strict])
    found = correlation(table)
    assert found is not None
    assert concordance(table) == 1
    assert found.of_mean < Fraction(1, 3)


@pytest.mark.parametrize("table", [[], [[Fraction(1)]], [[Fraction(3)] * 3] * 4])
def test_where_nothing_varies_there_is_no_coefficient(table):
    assert (concordance(table), correlation(table)) == (None, None)


marks = st.integers(0, 200).map(lambda halves: Fraction(halves, 2))
tables = st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
    lambda size: st.lists(st.lists(marks, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


@given(tables, st.randoms(use_true_random=False))
def test_bounds_and_who_sits_where_or_comes_when_changes_nothing(table, chance):
    w, icc = concordance(table), correlation(table)
    assert w is None or 0 <= w <= 1
    assert icc is None or max(icc.of_one, icc.of_mean) <= 1
    assert icc is None or icc.of_one <= 0 or icc.of_one <= icc.of_mean
    seats = chance.sample(range(len(table[0])), len(table[0]))
    other = [[row[seat] for seat in seats] for row in chance.sample(table, len(table))]
    assert (concordance(other), correlation(other)) == (w, icc)


@given(tables, st.integers(1, 9), marks)
def test_another_scale_is_the_same_agreement(table, factor, more):
    other = [[mark * factor + more for mark in row] for row in table]
    assert (concordance(other), correlation(other)) == (concordance(table), correlation(table))


@given(st.lists(marks, min_size=2, max_size=6, unique=True), st.integers(2, 6))
def test_seats_that_give_the_same_agree_wholly(row, seats):
    table = [[mark] * seats for mark in row]
    found = correlation(table)
    assert found is not None
    assert (concordance(table), found.of_one, found.of_mean) == (1, 1, 1)


# --- of a meeting -----------------------------------------------------------------------------------------------------

ROUNDS = ("report-water", "report-court", "report-school")
ROWS = (
    {ANN: (50, 30), BEN: (40, 20), CAT: (45, 25), DAN: (52, 32), EVE: (30, 10)},
    {ANN: (40, 30), BEN: (30, 20), CAT: (35, 25), DAN: (42, 32)},
    {ANN: (58, 30), BEN: (44, 20), CAT: (49, 25), DAN: (55, 32), EVE: (60, 40)},
)
"""Eve is recused from the court."""


def test_of_a_seat_that_did_not_judge_all_units_nothing_is_taken():
    story = closed_over(*ROWS)
    found = agreement([result(story, round) for round in ROUNDS])
    assert found is not None
    assert (found.seats, found.units) == (4, 3)
    expected = [[Fraction(sum(row[seat])) for seat in (ANN, BEN, CAT, DAN)] for row in ROWS]
    assert (found.concordance, found.correlation) == (concordance(expected), correlation(expected))


def test_of_two_units_nothing_is_said_and_of_levels_no_correlation():
    story = closed_over(*ROWS[:2])
    assert agreement([result(story, round) for round in ROUNDS[:2]]) is None
    levels = closed_over(
        *[dict.fromkeys((ANN, BEN, CAT), (level,)) for level in (4, 3, 2)], plan=small_plan(mode=Mode.LEVELS)
    )
    found = agreement([result(levels, round) for round in ROUNDS])
    assert found is not None
    assert (found.concordance, found.correlation) == (1, None)


def test_how_far_a_seat_lies_from_the_median_of_the_others():
    story = closed_over(*ROWS)
    found = {each.seat: each for each in severities(story.meeting.plan, [result(story, round) for round in ROUNDS])}
    assert found[EVE].deviations == {"report-water": -35, "report-school": Fraction(100 - (74 + 87) / 2)}
    assert found[EVE].mean == (Fraction(39, 2) - 35) / 2
