"""The working: every step of a result, in codes and numbers a page can put into words, and nowhere a float."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from app.meeting.plan import GradeLine, LevelRule, Mode, Preset, RoundAt, TrimOf
from app.meeting.scoring.result import Result
from tests.meetings import (
    CLARITY,
    EFFECT,
    panel,
    result,
    result_of_sheets,
    result_of_totals,
    shipped,
    small_plan,
    whole_meeting,
)

PASSED = (GradeLine(Decimal(60), "passed"),)
SIX = panel(*(Preset.EXPERT,) * 6)
WEIGHTS = {Preset.EXPERT: Decimal(60), Preset.DEPUTY: Decimal(40)}
EXPERTS_AND_A_DEPUTY = (Preset.EXPERT,) * 5 + (Preset.DEPUTY,)


def working(result: Result) -> list[tuple[str, dict[str, Any]]]:
    return [(step.code, step.facts) for step in result.working]


def codes(result: Result) -> list[str]:
    return [step.code for step in result.working]


def facts(result: Result, code: str) -> dict[str, Any]:
    (found,) = [step.facts for step in result.working if step.code == code]
    return found


def test_the_working_of_a_trimmed_mean_from_first_to_last():
    result = result_of_sheets((50, 30), (60, 40), (55, "30.5"), (45, 30), (50, 31), seats=SIX, rules={"grades": PASSED})
    assert working(result) == [
        (
            "turnout",
            {
                "panel": "6",
                "recused": "0",
                "abstained": "0",
                "void": "0",
                "absent": "1",
                "counted": "5",
                "entitled": "6",
            },
        ),
        ("quorum", {"counted": "5", "entitled": "6", "needed": "4"}),
        ("totals", {"totals": ["100", "85.5", "81", "80", "75"]}),
        ("trimmed_sheets", {"group": "", "high": ["100"], "low": ["75"], "kept": "3"}),
        ("mean", {"sum": "246.5", "count": "3", "exact": "≈82.166667"}),
        ("rounded", {"places": "2", "score": "82.17"}),
        ("grade", {"score": "82.17", "at_least": "60", "grade": "passed"}),
    ]


def test_an_exact_mean_is_not_called_approximate():
    assert facts(result_of_totals(80, 81), "mean") == {"sum": "161", "count": "2", "exact": "80.5"}


def test_too_few_sheets_for_the_trim_are_named():
    assert facts(result_of_totals(80, 81), "not_trimmed") == {"group": "", "counted": "2", "trim_from": "5"}


def test_the_working_of_a_trim_by_criterion():
    rules = {"trim_of": TrimOf.CRITERION}
    result = result_of_sheets((60, 10), (50, 20), (40, 30), (30, 40), (20, 0), rules=rules)
    assert facts(result, "trimmed_criteria") == {"group": "", "high": "1", "low": "1", "kept": "3"}
    assert facts(result, "criterion_means") == {"means": ["Clarity 40.00", "Effect 20.00"], "places": "2"}
    assert facts(result, "sum_of_means") == {"exact": "60"}


def test_the_working_of_means_rounded_by_criterion():
    result = result_of_sheets((40, 30), (40, 30), (41, 31), rules={"round_at": RoundAt.CRITERION})
    assert facts(result, "criterion_means_rounded") == {"means": ["Clarity 40.33", "Effect 30.33"], "places": "2"}
    assert facts(result, "sum_of_means") == {"exact": "70.66"}


def test_the_working_of_means_rounded_with_their_weights():
    plan = {"criteria": (replace(CLARITY, weight=Decimal("0.25")), EFFECT)}
    result = result_of_sheets((40, 30), (40, 30), (41, 31), rules={"round_at": RoundAt.WEIGHTED}, **plan)
    assert facts(result, "weighted_means_rounded") == {
        "group": "",
        "means": ["Clarity ≈40.333333 × 0.25 → 10.08", "Effect ≈30.333333 × 1 → 30.33"],
        "places": "2",
    }
    assert facts(result, "sum_of_means") == {"exact": "40.41"}
    assert not {"criterion_means", "criterion_means_rounded"} & set(codes(result))


def test_the_working_of_weighted_groups_names_each_group():
    result = result_of_totals(100, 90, 80, 70, 60, 50, groups=EXPERTS_AND_A_DEPUTY, group_weights=WEIGHTS)
    assert working(result)[3:] == [
        ("trimmed_sheets", {"group": "expert", "high": ["100"], "low": ["60"], "kept": "3"}),
        ("not_trimmed", {"group": "deputy", "counted": "1", "trim_from": "5"}),
        ("group_mean", {"group": "expert", "mean": "80", "weight": "60"}),
        ("group_mean", {"group": "deputy", "mean": "50", "weight": "40"}),
        ("weighted_mean", {"exact": "68"}),
        ("rounded", {"places": "2", "score": "68.00"}),
    ]


def test_a_score_below_every_line_is_said_to_have_no_grade():
    assert facts(result_of_totals(50, grades=PASSED), "no_grade") == {"score": "50.00"}


def test_without_grade_lines_grades_are_not_mentioned():
    assert codes(result_of_totals(80)) == ["turnout", "quorum", "totals", "not_trimmed", "mean", "rounded"]


def test_without_quorum_the_working_ends_there():
    result = result_of_sheets((50, 30), seats=SIX)
    assert codes(result) == ["turnout", "no_quorum"]
    assert facts(result, "no_quorum") == {"counted": "1", "entitled": "6", "needed": "4"}


def test_without_sheets_the_working_is_the_turnout():
    assert codes(result_of_sheets(seats=SIX)) == ["turnout"]


@pytest.mark.parametrize("rule", LevelRule)
def test_the_working_of_levels(rule: LevelRule):
    result = result_of_sheets((4,), (4,), (3,), (1,), mode=Mode.LEVELS, rules={"level_rule": rule})
    assert working(result)[2:] == [
        ("levels", {"levels": ["excellent 2", "good 1", "fair 0", "poor 1"]}),
        ("approval", {"approving": "3", "counted": "4", "share": "75.00"}),
        (f"level_by_{rule}", {"level": "excellent" if rule is LevelRule.PLURALITY else "good"}),
    ]


# --- exactness --------------------------------------------------------------------------------------------------------


def parts(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from parts(key)
            yield from parts(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from parts(each)


def test_the_search_for_floats_would_find_one():
    assert [part for part in parts({"a": [(Decimal(1), 1.5)]}) if isinstance(part, float)] == [1.5]


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"trim_of": TrimOf.CRITERION},
        {"round_at": RoundAt.CRITERION},
        {"group_weights": WEIGHTS},
        {"grades": PASSED},
        {"trim_from": 10},
    ],
    ids=str,
)
def test_no_float_is_anywhere_in_a_result(rules: dict[str, Any]):
    sheets = ((50, 30), (51, 30), (52, "30.5"), (53, 30), (54, 30), (55, 31))
    result = result_of_sheets(*sheets, seats=panel(*EXPERTS_AND_A_DEPUTY), rules=rules)
    assert [part for part in parts(result) if isinstance(part, float)] == []


@pytest.mark.parametrize("plan", [small_plan(mode=Mode.LEVELS), shipped("demo")], ids=["levels", "demo"])
def test_no_float_is_anywhere_in_a_meeting_or_its_results(plan: Any):
    story = whole_meeting(plan)
    results = [result(story, round) for round in story.meeting.rounds]
    everything = parts((story.meeting, story.events, results))
    assert [part for part in everything if isinstance(part, float)] == []
