"""What is told of composites: before they are announced their parts and the day alone, after that by the rules."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.language import Language
from app.language.saying import say_words
from app.live.screens import frame
from app.live.screens.composites import RowOnStage, pages_of
from app.live.views import NOBODY, Look
from app.meeting import commands as c
from app.meeting.composites.agreed import CompositeGrade
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.plan import GradeLine, Mode, ResultsShown, Rules
from app.meeting.scoring.composite import composites_of
from app.meeting.script.words import words_now
from tests.live.sent import sent
from tests.live.viewers import STAFF
from tests.meetings import ANN, BEN, CAT, DAN, Story, closed_over, joining, small_plan

VOTES = {"water": Decimal("91.237"), "court": Decimal("88.661"), "school": Decimal("87.419")}
DAILY = {"water": Decimal("17.853"), "court": Decimal("18.677")}
FILE = "of-the-office.xlsx"
GRADES = (CompositeGrade("Laudable", Decimal(80)), CompositeGrade("Fair", Decimal(0)))


def entered(**rules: Any) -> Story:
    """Water and court have all their parts, the schools lack one."""
    composite = replace(joining(Mode.POINTS), grades=GRADES, due=date(2023, 12, 1))
    units = tuple(replace(unit, of_class="Boards" if unit.id == "school" else "Offices") for unit in small_plan().units)
    rules = {"grades": (GradeLine(Decimal(0), "passed"),), **rules}
    plan = small_plan(composite=composite, units=units, rules=Rules(**rules))
    rows = [dict.fromkeys((ANN, BEN, CAT, DAN), row) for row in ((50, 30), (55, 30), (60, 40))]
    story = closed_over(*rows, plan=plan).does(*(c.RevealResult(f"report-{unit}") for unit in VOTES))
    story.does(c.EnterPart("vote", VOTES, "the clerk"), c.EnterPart("daily", DAILY, "the clerk", FILE, "ab" * 32))
    return story


def announced(**rules: Any) -> Story:
    return entered(**rules).does(c.AnnounceComposites(("school",)))


def told(story: Story, look: Any = NOBODY) -> dict[str, Any]:
    return sent("results", Look(story.meeting, look))["results-composites"]


def everything_told(story: Story) -> str:
    """To everybody who holds no key, on every screen."""
    return json.dumps([sent(view, Look(story.meeting, NOBODY)) for view in ("hall", "lower", "phone", "results")])


def hidden(story: Story) -> list[str]:
    scores = [str(each.score) for each in composites_of(story.meeting) if each.score]
    return [*map(str, (*VOTES.values(), *DAILY.values())), *scores, "Laudable", FILE, "ab" * 32]


def test_before_they_are_announced_only_the_parts_and_the_day_are_told():
    story = entered()
    # The lines of the grades are sealed and said; that anybody has reached one is not.
    assert [each for each in hidden(story) if each != "Laudable" and each in everything_told(story)] == []
    said = told(story)
    assert (said["due"], said["announced_on"], said["lists"]) == ("2023-12-01", "", [])
    assert [each["name"] for each in said["parts"]] == ["Panel", "Vote", "Daily"]


def test_the_end_of_the_meeting_says_on_which_day_they_will_be_announced():
    """On the display, as long as they are to come."""
    story = entered().does(c.FinishMeeting())
    assert sent("hall", Look(story.meeting, NOBODY))["hall-stage"]["due"] == "2023-12-01"
    story.does(c.AnnounceComposites(("school",)))
    assert frame.finished(story.meeting, Scene(SceneKind.FINISHED), is_held=False).due == ""


def test_the_staff_see_what_they_would_come_to():
    said = told(entered(), STAFF)
    assert said["is_draft"]
    assert [(each["of_class"], each["of"]) for each in said["lists"]] == [("Offices", 2), ("Boards", 0)]
    water, _ = sorted(said["lists"][0]["composites"], key=lambda each: each["unit"] != "Water")
    assert (water["points"], water["rank"]) == (["80.00", "91.237", "17.853"], 2)


def test_parts_are_told_apart_before_what_they_come_to_and_a_missing_one_is_said():
    said = told(announced())
    assert said["announced_on"] == "2023-11-17"
    offices, boards = said["lists"]
    assert [(each["unit"], each["score"], each["rank"]) for each in offices["composites"]] == [
        ("Water", "85.42", None),
        ("Court", "87.30", None),
    ]
    (school,) = boards["composites"]
    assert (school["points"], school["missing"], school["score"]) == (["100.00", "87.419", None], ["Daily"], None)
    assert said["parts"][2]["digests"] == ["ab" * 32]
    assert FILE not in everything_told(announced())


def test_the_page_of_a_unit_tells_of_that_unit_alone():
    (offices,) = told(announced(rank_shown=True), replace(NOBODY, unit="water"))["lists"]
    assert (offices["of"], [(each["unit"], each["rank"]) for each in offices["composites"]]) == (2, [("Water", 2)])


def test_where_ranks_are_told_the_best_of_a_class_stands_first():
    offices = told(announced(rank_shown=True))["lists"][0]
    assert [(each["unit"], each["rank"]) for each in offices["composites"]] == [("Court", 1), ("Water", 2)]


def test_by_grade_alone_no_number_is_told():
    story = announced(results_shown=ResultsShown.BY_GRADE)
    assert [
        each for each in hidden(story) if each not in ("Laudable", "ab" * 32) and each in everything_told(story)
    ] == []
    assert [each["grade"] for each in told(story)["lists"][0]["composites"]] == ["Laudable", "Laudable"]


def test_the_hall_sees_them_until_the_agenda_goes_on_or_they_are_withdrawn():
    story = announced()
    stage = sent("hall", Look(story.meeting, NOBODY))["hall-stage"]
    assert [(page["of_class"], [row["unit"] for row in page["rows"]]) for page in stage["pages"]] == [
        ("Offices", ["Water", "Court"]),
        ("Boards", ["Schools"]),
    ]
    cued = announced().does(c.CueScene(SceneKind.COMPOSITES), c.WithdrawComposites("a row was forgotten"))
    assert {story.does(c.WithdrawComposites("early")).meeting.scene.kind, cued.meeting.scene.kind} == {SceneKind.RESULT}
    assert announced().steps().meeting.scene.kind is SceneKind.ITEM


def test_a_stream_has_them_in_its_lower_third_class_by_class():
    third = sent("lower", Look(announced().meeting, NOBODY))["lower-third"]
    assert [
        (page["of_class"], [(row["unit"], row["score"], row["missing"]) for row in page["rows"]])
        for page in third["composites"]
    ] == [
        ("Offices", [("Water", "85.42", []), ("Court", "87.30", [])]),
        ("Boards", [("Schools", None, ["Daily"])]),
    ]
    assert sent("lower", Look(entered().meeting, NOBODY))["lower-third"]["composites"] == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({}, "现在公布综合评分：Water 85.42 分（Laudable）、Court 87.30 分（Laudable）、Schools 暂无。"),
        (
            {"rank_shown": True},
            "现在公布综合评分：Court 87.30 分（Laudable）、Water 85.42 分（Laudable）、Schools 暂无。",
        ),
        ({"results_shown": ResultsShown.BY_GRADE}, "现在公布综合评分：Water Laudable、Court Laudable、Schools 暂无。"),
    ],
)
def test_they_are_read_aloud_as_they_stand_on_the_displays_also_when_the_meeting_is_over(rules, said):
    later = entered(**rules).does(c.FinishMeeting(), c.AnnounceComposites(("school",)))
    for meeting in (announced(**rules).meeting, later.meeting):
        assert say_words(meeting.plan, words_now(meeting), Language.CHINESE) == said


def test_phones_are_told_the_day_and_then_what_was_announced():
    before, after = (sent("phone", Look(each.meeting, NOBODY))["phone-results"] for each in (entered(), announced()))
    assert (before["due"], before["composites"]) == ("2023-12-01", [])
    rows = [(row["unit"], row["score"]) for each in after["composites"] for row in each["rows"]]
    assert (after["due"], rows) == ("", [("Water", "85.42"), ("Court", "87.30"), ("Schools", None)])


def test_a_withdrawn_announcement_does_not_come_back_with_a_step_that_is_taken_back():
    story = announced().steps()
    last = story.meeting.script.taken[-1]
    story.does(c.WithdrawComposites("a row was forgotten"), c.UndoStep(last.id))
    assert story.meeting.scene.kind is not SceneKind.COMPOSITES


@pytest.mark.parametrize("units", [1, 7, 8, 30])
def test_a_page_of_the_hall_holds_seven_and_none_is_lost(units):
    rows = [RowOnStage(unit="市教委", points=[], missing=[], score="1", grade="", rank=None) for _ in range(units)]
    pages = pages_of(rows)
    assert sum(map(len, pages)) == units
    assert max(map(len, pages)) <= 7
