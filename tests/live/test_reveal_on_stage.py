"""A result on the stage: at every step it says what that step shows, and nothing by which a later one could be told."""

from decimal import Decimal
from itertools import accumulate
from typing import Any

import pytest

from app.language import Language
from app.live.painter import Painter
from app.live.screens import reveal
from app.live.views import NOBODY, Look
from app.meeting import commands as c
from app.meeting.plan import GradeLine, Mode, Rules, TrimOf
from app.meeting.rubric import Criterion
from app.meeting.scoring.reckoning import reveal_steps
from tests.live.sent import sent
from tests.meetings import ANN, BEN, CAT, DAN, EVE, WATER, Story, closed_over, hundred, minutes, result, small_plan

SEATS = (ANN, BEN, CAT, DAN, EVE)
MARKS = [(51, 31), (47, 29), (53, 33), (49, 27), (45, 35)]
GRADES = (GradeLine(Decimal(60), "良好"), GradeLine(Decimal(0), "较差"))


def judged(marks=tuple(MARKS), **changes: Any) -> Story:
    return closed_over(dict(zip(SEATS, marks, strict=False)), plan=small_plan(**changes))


def stage(story: Story) -> dict[str, Any]:
    return sent("hall", Look(story.meeting, NOBODY))["hall-stage"]


def steps(story: Story) -> list[dict[str, Any]]:
    shown = []
    for step in reveal_steps(result(story)):
        story.waits(1).does(c.ShowResultStep(WATER, step))
        shown.append(stage(story))
    return shown


def means(stage: dict[str, Any]) -> list[str | None]:
    return [each["mean"] for each in stage["profile"]]


@pytest.mark.parametrize("trim_of", TrimOf)
def test_no_mean_of_a_criterion_comes_before_the_score_which_is_their_sum(trim_of):
    shown = steps(judged(rules=Rules(grades=GRADES, trim_of=trim_of)))
    assert [means(each) for each in shown[:-2]] == [[None, None]] * 2
    assert [[each["share"] for each in at_a_step["profile"]] for at_a_step in shown[:-2]] == [[None, None]] * 2
    for at_a_step in shown[-2:]:
        assert sum(map(Decimal, means(at_a_step))) == Decimal(at_a_step["result"]["score"])


def test_until_then_the_profile_says_what_was_sealed():
    first = steps(judged())[0]
    assert [(each["name"], each["out_of"]) for each in first["profile"]] == [("Clarity", "/ 60"), ("Effect", "/ 40")]


def test_each_step_adds_itself_and_says_when():
    story = judged(rules=Rules(grades=GRADES))
    before = story.now
    shown = steps(story)
    names = ["spread", "trimmed", "score", "grade"]
    assert [each["steps"] for each in shown] == list(accumulate([[name] for name in names]))
    instants = [round((before + minutes(after)).timestamp() * 1000) for after in (1, 2, 3, 4)]
    assert [each["shown_at"] for each in shown] == instants
    assert [each["stamp"] and each["stamp"]["text"] for each in shown] == [None, None, None, "良好"]


def test_after_withdrawal_nothing_is_left():
    story = judged()
    steps(story)
    story.does(c.WithdrawReveal(WATER, "too early"), c.HoldScene())
    assert story.water.shown_at is None
    assert stage(story)["scene"] == "item"


def test_means_of_fewer_than_three_sheets_are_marks_and_the_profile_stays_away():
    rules = Rules(trim_from=3)
    assert steps(judged(MARKS[:4], rules=rules))[-1]["profile"] == []
    assert len(steps(judged(rules=rules))[-1]["profile"]) == 2


def test_the_only_criterion_has_no_profile_and_neither_have_levels():
    story = judged([(80,), (81,), (82,), (83,), (84,)], criteria=hundred())
    assert [each["profile"] for each in steps(story)] == [[]] * 3
    levels = steps(judged([(4,), (3,), (3,), (2,), (3,)], mode=Mode.LEVELS))
    assert [(each["profile"], each["stamp"]) for each in levels] == [
        ([], None),
        ([], {"text": "good", "form": "words"}),
    ]


def test_points_taken_away_stand_in_the_profile(painter: Painter):
    minus = Criterion("minus", "扣分", Decimal(0), Decimal(-10))
    story = judged([(90, -3)] * 5, criteria=(*hundred(), minus))
    last = steps(story)[-1]
    assert [(each["mean"], each["out_of"], each["share"]) for each in last["profile"]] == [
        ("90.00", "/ 100", "90.0"),
        ("-3.00", "(-10 … 0)", "70.0"),
    ]
    assert 'width="70.0"' in painter.region(
        "hall-stage", reveal.scene(story.meeting, story.meeting.scene, False), Language.CHINESE
    )


@pytest.mark.parametrize(
    ("grade", "form"),
    [("优", "1"), ("良好", "2"), ("不合格", "3"), ("基本合格", "4"), ("有待改进的", "words"), ("good", "words")],
)
def test_a_short_grade_is_carved_and_a_long_one_set(grade, form):
    assert reveal.stamp(grade).form == form
