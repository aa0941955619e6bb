"""The arithmetic, by hand-computed cases: mean, trim, weights, rounding, grade, spread."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from app.meeting.decimals import plain
from app.meeting.plan import GradeLine, Preset, RoundAt, TrimOf
from app.meeting.scoring.numbers import approximately, rounded, total_of
from app.meeting.scoring.points import grade_of
from app.meeting.scoring.result import Result, Spread
from tests.meetings import (
    CLARITY,
    EFFECT,
    marks,
    panel,
    result_of_sheets,
    result_of_totals,
    shipped,
    small_plan,
)

EXPERT, DEPUTY, CPPCC = Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC
BY_CRITERION = {"trim_of": TrimOf.CRITERION}


def score(*totals: Any, **more: Any) -> str:
    return str(result_of_totals(*totals, **more).score)


def dropped(result: Result) -> list[str]:
    return [sheet.dropped for sheet in result.sheets]


# --- the mean and the trim --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("totals", "rules", "expected"),
    [
        ([80], {}, "80.00"),
        ([60, 80, 90, 100], {}, "82.50"),  # four sheets, nothing is dropped yet
        ([60, 80, 90, 100, 70], {}, "80.00"),  # the fifth begins the trim: 70 80 90
        ([60, 80, 90, 100], {"trim_from": 4}, "85.00"),  # 80 90
        ([60, 80, 100], {"trim_from": 3}, "80.00"),
        ([70, 70, 70, 70, 20], {}, "70.00"),  # of equals one is dropped
        ([80, 80, 80, 80, 80], {}, "80.00"),
        ([50, 60, 70, 80, 90, 95, 100], {"trim_high": 2, "trim_low": 2}, "80.00"),  # 70 80 90
        ([50, 60, 70, 80, 90, 95, 100], {"trim_high": 2, "trim_low": 1}, "75.00"),  # 60 70 80 90
        ([50, 60, 70, 80, 90], {"trim_high": 0}, "75.00"),  # only the lowest: 60 70 80 90
        ([50, 60, 70, 80, 90], {"trim_high": 0, "trim_low": 0}, "70.00"),
        ([100, 0, 100, 0, 100], {}, "66.67"),  # 0 100 100
        ([0, 0, 0, 0, 0], {}, "0.00"),
        ([100, 100, 100, 100, 100], {}, "100.00"),
    ],
)
def test_a_hand_computed_score(totals: list[int], rules: dict[str, Any], expected: str):
    assert score(*totals, **rules) == expected


@pytest.mark.parametrize(
    ("totals", "step", "places", "expected"),
    [
        ([70, 88, 88, 88, "88.5", 99], "0.5", 2, "88.13"),  # 88.125; half to even would give 88.12
        (["88.25"], "0.25", 1, "88.3"),  # half to even would give 88.2
        (["88.5"], "0.5", 0, "89"),  # half to even would give 88
        (["87.5"], "0.5", 0, "88"),
        (["88.1249"], "0.0001", 2, "88.12"),
        ([80, 80, 81], "0.5", 2, "80.33"),
        ([80, 81, 81], "0.5", 2, "80.67"),
        ([80, 80, 81], "0.5", 6, "80.333333"),
        ([80, 80, 81], "0.5", 0, "80"),
        (["99.995"], "0.005", 2, "100.00"),
    ],
)
def test_a_score_is_rounded_once_and_half_up(totals: list[Any], step: str, places: int, expected: str):
    assert score(*totals, step=step, places=places) == expected


def test_of_equal_sheets_the_earlier_seat_is_dropped():
    assert dropped(result_of_totals(70, 90, 90, 70, 80)) == ["low", "high", "", "", ""]


def test_when_all_are_equal_two_different_sheets_are_dropped():
    assert dropped(result_of_totals(80, 80, 80, 80, 80)) == ["high", "low", "", "", ""]


def test_the_result_knows_how_many_sheets_were_kept():
    assert result_of_totals(60, 70, 80, 90, 100).kept == 3
    assert result_of_totals(60, 70, 80, 90).kept == 4
    assert not result_of_totals(60, 70, 80, 90).is_trimmed


def test_the_untrimmed_mean_is_kept_exactly():
    assert result_of_totals(60, 70, 80, 90, 101 - 2).untrimmed == Fraction(399, 5)


def test_the_order_of_the_sheets_is_that_of_the_seats():
    result = result_of_totals(60, 100, 80, 90, 70)
    assert [sheet.total for sheet in result.sheets] == [60, 100, 80, 90, 70]


# --- per criterion ----------------------------------------------------------------------------------------------------

CROSSED = ((60, 10), (50, 20), (40, 30), (30, 40), (20, 0))
"""Totals 70 70 70 70 20; clarity 60 … 20, effect 0 … 40."""


def test_a_trim_by_sheet_drops_whole_sheets():
    result = result_of_sheets(*CROSSED)
    assert (str(result.score), dropped(result)) == ("70.00", ["high", "", "", "", "low"])


def test_a_trim_by_criterion_drops_single_marks():
    result = result_of_sheets(*CROSSED, rules=BY_CRITERION)
    assert str(result.score) == "60.00"  # clarity 50 40 30, effect 10 20 30
    assert [sheet.dropped_marks for sheet in result.sheets] == [
        {"clarity": "high"},
        {},
        {},
        {"effect": "high"},
        {"clarity": "low", "effect": "low"},
    ]
    assert (result.kept, result.is_trimmed) == (5, True)


def test_a_trim_by_criterion_begins_with_as_many_sheets():
    assert not result_of_sheets(*CROSSED[:4], rules=BY_CRITERION).is_trimmed


def test_the_mean_of_each_criterion_is_kept():
    result = result_of_sheets((40, 30), (40, 30), (41, 31))
    assert [(mean.criterion, mean.mean, str(mean.shown)) for mean in result.criteria] == [
        ("clarity", Fraction(121, 3), "40.33"),
        ("effect", Fraction(91, 3), "30.33"),
    ]


def test_the_means_of_the_criteria_are_those_of_the_kept_sheets():
    result = result_of_sheets(*CROSSED)
    assert [mean.mean for mean in result.criteria] == [40, 30]


@pytest.mark.parametrize(
    ("round_at", "places", "expected"),
    [
        (RoundAt.END, 2, "70.67"),  # 70.666…
        (RoundAt.CRITERION, 2, "70.66"),  # 40.33 + 30.33
        (RoundAt.WEIGHTED, 2, "70.66"),  # with weights of 1 the same
        (RoundAt.END, 0, "71"),
        (RoundAt.CRITERION, 0, "70"),  # 40 + 30
    ],
)
def test_where_the_rounding_is_done_decides(round_at: RoundAt, places: int, expected: str):
    result = result_of_sheets((40, 30), (40, 30), (41, 31), rules={"round_at": round_at, "places": places})
    assert str(result.score) == expected


# --- weights ----------------------------------------------------------------------------------------------------------

DOUBLE = (replace(CLARITY, weight=Decimal(2)), replace(EFFECT, weight=Decimal("0.5")))
THIRDS = {EXPERT: Decimal(40), DEPUTY: Decimal(40), CPPCC: Decimal(20)}


def test_criteria_have_weights():
    plan = small_plan(criteria=DOUBLE)
    assert total_of(plan, marks(plan, "50.5", 31)) == Decimal("116.5")
    assert plan.full_score == 140
    assert str(result_of_sheets((50, 30), (40, 20), criteria=DOUBLE).score) == "102.50"


def test_a_total_of_nothing_is_nothing():
    assert str(total_of(small_plan(), {})) == "0"


def test_groups_have_weights():
    result = result_of_totals(90, 80, 70, 80, 60, groups=(EXPERT, EXPERT, DEPUTY, DEPUTY, CPPCC), group_weights=THIRDS)
    assert str(result.score) == "76.00"  # 85 × 40 % + 75 × 40 % + 60 × 20 %
    assert [(mean.group, mean.sheets, str(mean.shown)) for mean in result.groups] == [
        (EXPERT, 2, "85.00"),
        (DEPUTY, 2, "75.00"),
        (CPPCC, 1, "60.00"),
    ]


def test_the_weight_of_a_group_without_sheets_falls_away():
    groups = panel(EXPERT, EXPERT, DEPUTY, DEPUTY, CPPCC)
    result = result_of_sheets((50, 40), (50, 30), (40, 30), (50, 30), seats=groups, rules={"group_weights": THIRDS})
    assert str(result.score) == "80.00"  # (85 × 40 + 75 × 40) / 80


def test_with_weights_the_trim_is_made_within_each_group():
    totals = (100, 90, 80, 70, 60, 50, 40, 30, 20, 10)
    weights = {EXPERT: Decimal(60), DEPUTY: Decimal(40)}
    result = result_of_totals(*totals, groups=(EXPERT,) * 5 + (DEPUTY,) * 5, group_weights=weights)
    assert str(result.score) == "60.00"  # 80 × 60 % + 30 × 40 %
    assert dropped(result) == ["high", "", "", "", "low"] * 2


def test_a_group_too_small_for_the_trim_is_kept_whole():
    weights = {EXPERT: Decimal(1), CPPCC: Decimal(1)}
    result = result_of_totals(100, 90, 80, 70, 60, 10, 20, groups=(EXPERT,) * 5 + (CPPCC,) * 2, group_weights=weights)
    assert str(result.score) == "47.50"  # 80 and 15
    assert dropped(result)[5:] == ["", ""]


def test_without_weights_groups_make_no_difference_to_the_score():
    mixed = result_of_totals(60, 80, 90, 100, 70, groups=(EXPERT, DEPUTY, EXPERT, CPPCC, DEPUTY))
    assert str(mixed.score) == "80.00"
    assert [str(mean.shown) for mean in mixed.groups] == ["75.00", "75.00", "100.00"]


def test_the_criteria_are_weighed_by_group_too():
    seats = panel(EXPERT, DEPUTY)
    weights = {"group_weights": {EXPERT: Decimal(3), DEPUTY: Decimal(1)}}
    result = result_of_sheets((60, 0), (20, 40), seats=seats, rules=weights)
    assert [mean.mean for mean in result.criteria] == [50, 10]
    assert str(result.score) == "60.00"


# --- grade and spread -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优秀"),
        ("90", "优秀"),
        ("89.995", "优秀"),  # the published score decides: 90.00
        ("89.99", "良好"),
        ("80", "良好"),
        ("79.99", "一般"),
        ("0", "较差"),
    ],
)
def test_a_grade_begins_at_its_line(total: str, grade: str):
    assert result_of_totals(total, step="0.005", grades=shipped("demo").rules.grades).grade == grade


def test_below_every_line_and_without_lines_there_is_no_grade():
    assert result_of_totals(59, grades=(GradeLine(Decimal(60), "passed"),)).grade == ""
    assert result_of_totals(100).grade == ""


def test_grade_lines_may_stand_in_any_order():
    lines = (GradeLine(Decimal(60), "passed"), GradeLine(Decimal(90), "praised"), GradeLine(Decimal(80), "good"))
    rules = replace(small_plan().rules, grades=lines)
    assert [grade_of(rules, Decimal(score)) for score in (95, 85, 65, 5)] == ["praised", "good", "passed", ""]


@pytest.mark.parametrize(
    ("totals", "spread"),
    [
        ([60, 70, 80, 90], ("60", "75", "90", "11.18")),  # √125
        ([90, 60, 80, 70, 100], ("60", "80", "100", "14.14")),  # √200
        ([60, "60.5"], ("60", "60.25", "60.5", "0.25")),
        ([80], ("80", "80", "80", "0.00")),
    ],
)
def test_the_spread_is_that_of_all_counted_sheets(totals: list[Any], spread: tuple[str, str, str, str]):
    lowest, median, highest, deviation = map(Decimal, spread)
    assert result_of_totals(*totals).spread == Spread(lowest, median, highest, deviation)


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "places", "expected"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(3, 8), 2, "0.38"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 0, "1"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(80), 2, "80.00"),
    ],
)
def test_rounding_is_half_up_away_from_zero(exact: Fraction, places: int, expected: str):
    assert str(rounded(exact, places)) == expected


@pytest.mark.parametrize(("number", "shown"), [("8.50", "8.5"), ("1E+1", "10"), ("-0.00", "0"), ("1E-3", "0.001")])
def test_a_plain_number_has_no_needless_signs(number: str, shown: str):
    assert str(plain(Decimal(number))) == shown


def test_what_is_not_the_whole_number_says_so():
    assert approximately(Fraction(353, 4)) == "88.25"
    assert approximately(Fraction(241, 3)) == "≈80.333333"
