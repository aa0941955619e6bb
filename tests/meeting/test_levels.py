"""Levels: exactly one mark, counted; the level given most often or the median one; the approval rate."""

from typing import Any

import pytest

from app.meeting.plan import LevelRule, Mode, Preset
from app.meeting.scoring.result import Result
from tests.meetings import panel, result_of_sheets


def given(*levels: int, **rules: Any) -> Result:
    return result_of_sheets(*((level,) for level in levels), mode=Mode.LEVELS, rules=rules)


def test_levels_are_counted_from_the_best():
    assert [(each.level.name, each.sheets, str(each.share)) for each in given(4, 4, 3, 1).levels] == [
        ("excellent", 2, "50.00"),
        ("good", 1, "25.00"),
        ("fair", 0, "0.00"),
        ("poor", 1, "25.00"),
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
    [((4, 3, 2), "66.67"), ((4, 3, 3), "100.00"), ((2, 1), "0.00"), ((4, 2, 2, 2, 2, 2, 2, 2), "12.50")],
)
def test_the_approval_rate_is_the_share_of_approving_levels(levels: tuple[int, ...], approval: str):
    assert str(given(*levels).approval) == approval


def test_a_share_is_rounded_half_up():
    assert str(given(*(4,) * 1, *(1,) * 15, places=1).approval) == "6.3"  # 6.25; half to even would give 6.2


@pytest.mark.parametrize(("places", "share"), [(0, "67"), (1, "66.7"), (2, "66.67"), (6, "66.666667")])
def test_every_share_has_the_places_of_the_rules(places: int, share: str):
    found = given(4, 3, 2, places=places)
    assert str(found.approval) == share
    assert {level.share.as_tuple().exponent for level in found.levels} == {-places}


def test_levels_have_no_score_and_no_trim():
    result = given(4, 4, 4, 4, 1)
    assert (result.score, result.untrimmed, result.spread, result.is_trimmed) == (None, None, None, False)
    assert result.level is not None
    assert (result.level.name, result.is_scored) == ("excellent", True)


def test_below_the_quorum_there_is_no_level():
    absent = result_of_sheets((4,), (4,), seats=panel(*(Preset.EXPERT,) * 5), mode=Mode.LEVELS)
    assert (absent.level, absent.grade, absent.is_scored) == (None, "", False)
