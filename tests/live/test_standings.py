"""The results of all on the stage: in columns that a hall can read, by grade without a number."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.live.screens.standings import ResultRow, pages_of
from app.live.views import NOBODY, Look
from app.meeting import commands as c
from app.meeting.displays.state import Cue, Scene, SceneKind
from app.meeting.plan import GradeLine, ItemKind, Plan, ResultsShown, Rules
from app.meeting.script.steps import next_step
from tests.live.sent import sent
from tests.meetings import ANN, BEN, CAT, DAN, closed_over, small_plan, whole, with_displays

GRADES = (GradeLine(Decimal(85), "excellent"), GradeLine(Decimal(0), "good"))
MARKS = [(50, 30), (40, 20), (60, 40)]


def of_all(kind: SceneKind, **rules: Any) -> dict[str, Any]:
    """Water 80, Court 60, Schools 100, all revealed."""
    plan = small_plan(rules=Rules(grades=GRADES, **rules))
    story = closed_over(*(dict.fromkeys((ANN, BEN, CAT, DAN), each) for each in MARKS), plan=plan)
    story.does(*(c.RevealResult(each.id) for each in story.meeting.presentations))
    return sent("hall", Look(with_displays(story.meeting, cue=Cue(Scene(kind))), NOBODY))["hall-stage"]


def rows(*names: str) -> list[ResultRow]:
    return [ResultRow(unit=name, score="80.00", grade="良好") for name in names]


@pytest.mark.parametrize(
    ("number", "columns"),
    [(0, []), (1, [[1]]), (10, [[10]]), (11, [[6, 5]]), (15, [[8, 7]]), (20, [[10, 10]]), (40, [[10, 10], [10, 10]])],
)
def test_one_column_holds_ten_and_two_stand_on_a_page(number, columns):
    assert [[len(column) for column in page] for page in pages_of(rows(*["市教委"] * number))] == columns


def test_long_names_take_more_room_and_none_is_lost():
    names = [f"重庆市规划和自然资源局第{at}分局" for at in range(20)]
    pages = pages_of(rows(*names))
    assert [each.unit for page in pages for column in page for each in column] == names
    assert max(len(column) for page in pages for column in page) < 10


def test_by_grade_no_number_is_told_and_units_stand_as_they_report():
    stage = of_all(SceneKind.RANKING, rank_shown=True, results_shown=ResultsShown.BY_GRADE)
    assert stage["by_grade"] == [
        {"grade": "excellent", "stamp": {"text": "excellent", "form": "words"}, "units": ["Schools"]},
        {"grade": "good", "stamp": {"text": "good", "form": "words"}, "units": ["Water", "Court"]},
    ]
    assert (stage["ranked"], stage["overview"], stage["pages"]) == ([], [], [])
    assert not {"80", "60", "100"} & set(str(stage).replace("'", " ").replace(".", " ").split())


@pytest.mark.parametrize("rules", [{}, {"rank_shown": True, "results_shown": ResultsShown.BY_GRADE}])
def test_along_the_scale_nothing_stands_where_ranks_are_not_told(rules):
    stage = of_all(SceneKind.LANDSCAPE, **rules)
    assert (stage["along"], stage["pages"]) == (None, [])


def test_along_the_scale_each_stands_at_its_score():
    stage = of_all(SceneKind.LANDSCAPE, rank_shown=True)
    assert [(each["name"], each["score"]) for each in stage["along"]["flags"]] == [
        ("Court", "60.00"),
        ("Water", "80.00"),
        ("Schools", "100.00"),
    ]


def announcing(view: str, announced: int, **rules: Any) -> dict[str, Any]:
    """The same three, of which so many have been announced by the script."""
    story = closed_over(*(dict.fromkeys((ANN, BEN, CAT, DAN), each) for each in MARKS), plan=with_announcement(**rules))
    story.goes_to("announcement")
    for _ in range(announced):
        step = next_step(story.meeting)
        assert step is not None
        story.does(c.Advance(step=step.id))
    return sent(view, Look(story.meeting, NOBODY))


def with_announcement(**rules: Any) -> Plan:
    plan = small_plan(rules=Rules(grades=GRADES, **rules))
    return replace(plan, agenda=(*plan.agenda, whole("announcement", ItemKind.ANNOUNCEMENT, "Results", 3)))


def test_a_cell_fills_as_a_result_is_announced_and_its_unit_stands_beside_them():
    stage = announcing("hall", 2, results_shown=ResultsShown.IN_ORDER)["hall-stage"]
    assert (stage["scene"], stage["known"]) == ("ranking", 2)
    assert [(each["unit"], each["score"], each["is_latest"]) for each in stage["overview"]] == [
        ("Water", "80.00", False),
        ("Court", "60.00", True),
        ("Schools", None, False),
    ]
    announced = stage["announced"]
    assert (announced["unit"], announced["score"]) == ("The High Court of the City", "60.00")


def test_along_the_scale_the_lowest_is_announced_first():
    stage = announcing("hall", 1, results_shown=ResultsShown.FROM_LOWEST, rank_shown=True)["hall-stage"]
    assert (stage["scene"], stage["announced"]["short_name"]) == ("landscape", "Court")


def test_by_grade_nobody_is_announced_alone():
    stage = announcing("hall", 1, results_shown=ResultsShown.BY_GRADE)["hall-stage"]
    assert [each["units"] for each in stage["by_grade"]] == [["Schools"]]
    assert stage["announced"] is None


@pytest.mark.parametrize("rules", [{}, {"rank_shown": True}])
def test_a_stream_has_the_card_of_who_is_announced(rules):
    third = announcing("lower", 1, results_shown=ResultsShown.IN_ORDER, **rules)["lower-third"]
    assert (third["card"]["unit"], third["card"]["score"], third["results"]) == ("Water", "80.00", [])


def test_an_overview_that_is_asked_for_by_hand_announces_nobody():
    stage = of_all(SceneKind.RANKING)
    assert (stage["announced"], stage["known"], {each["is_latest"] for each in stage["overview"]}) == (None, 3, {False})
