"""Levels: exactly one mark, counted; the level given most often or the median one; the approval rate."""

from typing import Any

import pytest

from app.meeting.plan import Group, LevelRule, Mode
from app.meeting.scoring import Result
from tests.meetings import panel, result_of_sheets


def given(*levels: int, **rules: Any) -> Result:
    return result_of_sheets(*((level,) for level in levels), mode=Mode.LEVELS, rules=rules)


def test_levels_are_counted_from_the_best():
    assert [(each.level.name, each.sheets, str(each.share)) for each in given(4, 4, 3, 1).levels] == [
        ("excellent", 2, "50.0"),
        ("good", 1, "25.0"),
        ("fair", 0, "0.0"),
        ("poor", 1, "25.0"),
    ]


@pytest.mark.parametrize(
    ("levels", "plurality", "median"),
    [
        ((4, 4, 4, 1, 1), "excellent", "excellent"),
        ((4, 4, 3, 2, 1), "excellent", "good"),
        ((4, 4, 3, 3), "good", "good"),  # given equally often: the lower one
        ((4, 4, 1, 1), "poor", "poor"),  # of two middle levels: the lower one
        ((4, 3, 2, 1), "poor", "fair"),
        ((4, 4, 2, 1, 1), "poor", "fair"),
        ((3,), "good", "good"),
    ],
)
def test_levels_become_one(levels: tuple[int, ...], plurality: str, median: str):
    assert given(*levels, level_rule=LevelRule.PLURALITY).grade == plurality
    assert given(*levels, level_rule=LevelRule.MEDIAN).grade == median


@pytest.mark.parametrize(
    ("levels", "approval"),
    [((4, 3, 2), "66.7"), ((4, 3, 3), "100.0"), ((2, 1), "0.0"), ((4, 2, 2, 2, 2, 2, 2, 2), "12.5")],
)
def test_the_approval_rate_is_the_share_of_approving_levels(levels: tuple[int, ...], approval: str):
    assert str(given(*levels).approval) == approval


def test_a_share_is_rounded_half_up():
    assert str(given(*(4,) * 1, *(1,) * 15).approval) == "6.3"  # 6.25; half to even would give 6.2


def test_levels_have_no_score_and_no_trim():
    result = given(4, 4, 4, 4, 1)
    assert (result.score, result.untrimmed, result.spread, result.is_trimmed) == (None, None, None, False)
    assert result.level is not None
    assert (result.level.name, result.is_scored) == ("excellent", True)


def test_below_the_quorum_there_is_no_level():
    absent = result_of_sheets((4,), (4,), seats=panel(*(Group.EXPERT,) * 5), mode=Mode.LEVELS)
    assert (absent.level, absent.grade, absent.is_scored) == (None, "", False)
