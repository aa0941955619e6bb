"""The page of the results: all units in one table, a page for each, and in every mode only what has been told."""

import json
from decimal import Decimal
from typing import Any

import pytest

from app.live.views import NOBODY, Look, Viewer
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.plan import GradeLine, Mode, Order, ResultsShown, Rules
from tests.live.sent import sent
from tests.live.viewers import STAFF
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    SCHOOL,
    WATER,
    Story,
    closed_over,
    comment,
    opened,
    small_plan,
)

ROWS = [dict.fromkeys((ANN, BEN, CAT, DAN), marks) for marks in ((50, 30), (40, 20), (58, 37))]
GRADES = (GradeLine(Decimal(80), "good"), GradeLine(Decimal(0), "fair"))


def judged(**rules: Any) -> Story:
    return closed_over(*ROWS, plan=small_plan(rules=Rules(grades=GRADES, **rules)))


def board(story: Story, viewer: Viewer = NOBODY) -> dict[str, Any]:
    return sent("results", Look(story.meeting, viewer))["results-board"]


def table(story: Story, *fields: str, viewer: Viewer = NOBODY) -> list[tuple[Any, ...]]:
    return [tuple(each[field] for field in fields) for each in board(story, viewer)["units"]]


def test_all_units_stand_in_the_table_and_fill_in_as_they_are_revealed():
    story = judged().does(c.RevealResult(COURT))
    assert table(story, "name", "score", "grade", "rank") == [
        ("Water", None, "", None),
        ("Court", "60.00", "fair", None),
        ("Schools", None, "", None),
    ]
    assert table(story, "name", "score", "is_revealed", "rank", viewer=STAFF) == [
        ("Schools", "95.00", False, 1),
        ("Water", "80.00", False, 2),
        ("Court", "60.00", True, 3),
    ]


def test_before_it_is_opened_there_is_no_table():
    assert table(Story(small_plan()), "name") == []


def test_where_ranks_are_told_they_lead_and_units_to_come_stand_behind():
    story = judged(rank_shown=True).does(c.RevealResult(COURT), c.RevealResult(SCHOOL))
    assert table(story, "name", "rank") == [("Schools", 1), ("Court", 2), ("Water", None)]


def test_a_drawn_order_is_the_order_of_the_table():
    story = opened(small_plan(order=Order.DRAWN))
    assert table(story, "name", "number") == [("Water", None), ("Court", None), ("Schools", None)]
    story.does(c.TypeOrder({"school": "1", "court": "2", "water": "3"}))
    assert table(story, "name", "number") == [("Schools", 1), ("Court", 2), ("Water", 3)]


def test_by_grade_the_table_of_everybody_has_no_number_and_that_of_the_staff_has():
    story = judged(rank_shown=True, results_shown=ResultsShown.BY_GRADE)
    story.does(*(c.RevealResult(round) for round in (WATER, COURT, SCHOOL)))
    assert table(story, "name", "grade", "score", "rank", "lowest", "means", "levels") == [
        (name, grade, None, None, "", [], [])
        for name, grade in (("Water", "good"), ("Court", "fair"), ("Schools", "good"))
    ]
    assert board(story)["numbers_told"] is False
    assert [each["picture"] for each in board(story)["results"]] == [None] * 3
    assert table(story, "name", "score", viewer=STAFF)[0] == ("Schools", "95.00")


def test_profile_and_levels_are_those_that_are_told():
    story = judged().does(c.RevealResult(WATER))
    assert [each["mean"] for each in board(story)["units"][0]["means"]] == ["50.00", "30.00"]
    assert table(story, "means")[1:] == [([],), ([],)]
    rows = [dict.fromkeys((ANN, BEN, CAT, DAN), (level,)) for level in (4, 3, 2)]
    levels = closed_over(*rows, plan=small_plan(mode=Mode.LEVELS)).does(c.RevealResult(COURT))
    assert board(levels)["levels"] == ["excellent", "good", "fair", "poor"]
    assert [[each["sheets"] for each in row["levels"]] for row in board(levels)["units"]] == [[], [0, 4, 0, 0], []]


def test_a_page_of_one_unit_has_that_unit_alone_on_the_scale_of_all():
    story = judged().does(*(c.RevealResult(round) for round in (WATER, COURT, SCHOOL)))
    one, all_of_them = board(story, Viewer(unit="court")), board(story)
    assert [each["unit_id"] for each in one["results"]] == ["court"]
    assert one["results"][0] == all_of_them["results"][1]
    assert [each["unit"] for each in one["units"]] == ["court"]


@pytest.mark.parametrize("viewer", [Viewer(unit="water"), Viewer(unit="school")])
def test_nor_does_it_say_more_than_the_page_of_all(viewer):
    story = judged().does(c.RevealResult(COURT))
    assert board(story, viewer)["results"] == []
    assert not {"80.00", "95.00"} & set(json.dumps(board(story, viewer)).split('"'))


def test_how_long_a_unit_took_is_told_when_it_has_left_the_stage():
    story = opened(small_plan()).goes_to(WATER).does(c.AddTime(Place(WATER), 60)).waits(9).steps().waits(3.5)
    [time, *_] = [each["time"] for each in board(story)["units"]]
    assert time == {"kind": "", "planned": 720_000, "allotted": 780_000, "actual": None}
    story.steps().waits(1).goes_to(COURT)
    [time, *_] = [each["time"] for each in board(story)["units"]]
    assert time["actual"] == 13.5 * 60_000
    assert [each["planned_share"] for each in board(story)["units"]] == ["88.9"] * 3


def test_comments_alone_are_told_unit_by_unit_as_their_time_begins():
    story = opened(small_plan(mode=Mode.COMMENTS)).goes_to(WATER)
    story.does(
        comment(ANN, "comment-one"), comment(BEN, "comment-two"), c.ReleaseComment("comment-one", "Well argued")
    ).goes_to(COURT)
    assert [(each["unit_id"], len(each["comments"]), each["outcome"]) for each in board(story)["results"]] == [
        ("water", 1, ""),
        ("court", 0, ""),
    ]
    assert [[each["number"] for each in row["comments"]] for row in board(story)["units"]] == [
        [1, 0, 0],
        [0] * 3,
        [0] * 3,
    ]
    assert [each["actual"] for each in board(story)["results"][0]["times"]] == [0, 0, 0]
    assert len(board(story, Viewer(unit="water"))["results"]) == 1
