"""The lower third: the card after a grade, a comment as a band, the results of all; nothing before its time."""

from datetime import timedelta
from typing import Any

from app.live.screens.lower import CARD_LASTS, UNTIL_THE_GRADE
from app.live.views import NOBODY, Look
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.plan import ResultsShown, Rules
from app.meeting.scoring.reckoning import reveal_steps
from tests.live.sent import sent
from tests.meetings import ANN, BEN, CAT, COURT, DAN, EVE, WATER, Story, closed_over, comment, result, small_plan

MARKS = {ANN: (51, 31), BEN: (47, 29), CAT: (53, 33), DAN: (49, 27), EVE: (45, 35)}


def third(story: Story) -> dict[str, Any]:
    return sent("lower", Look(story.meeting, NOBODY))["lower-third"]


def milliseconds(story: Story) -> int:
    return round(story.now.timestamp() * 1000)


def test_the_card_comes_with_the_last_step_and_not_before():
    story = closed_over(MARKS)
    for step in reveal_steps(result(story)):
        assert third(story)["card"] is None
        story.waits(1).does(c.ShowResultStep(WATER, step))
    card = third(story)["card"]
    assert (card["unit"], card["score"], card["bars"]) == ("Water", "79.33", ["80.6", "77.5"])
    assert (card["since"], card["lasts"]) == (milliseconds(story), CARD_LASTS)


def test_of_a_result_shown_at_once_the_stream_says_the_grade_no_sooner_than_the_hall():
    story = closed_over(MARKS).waits(3).does(c.RevealResult(WATER))
    assert third(story)["card"]["since"] == milliseconds(story) + UNTIL_THE_GRADE


def test_a_result_that_is_cued_stays_as_long_as_it_is():
    story = closed_over(MARKS).does(c.RevealResult(WATER), c.CueScene(SceneKind.RESULT, round=WATER))
    assert third(story)["card"]["since"] is None
    assert third(story.does(c.FollowAgenda(), c.FollowAgenda()))["card"] is None


def test_it_goes_with_the_next_unit():
    story = closed_over(MARKS).does(c.RevealResult(WATER))
    assert third(story.goes_to(COURT))["card"] is None


def test_a_comment_alone_is_a_band_of_two_lines_at_a_time():
    text = "数据详实，重点突出，建议一次写清。" * 8
    story = closed_over(MARKS).does(comment(text=text))
    assert third(story)["comment"] == []
    story.does(c.ReleaseComment("comment1", text), c.CueScene(SceneKind.COMMENT, comment="comment1"))
    parts = third(story)["comment"]
    assert [(each["part"], each["parts"]) for each in parts] == [(at, len(parts)) for at in range(1, len(parts) + 1)]
    assert "".join(each["text"] for each in parts) == text
    assert third(story.does(c.WithdrawComment("comment1")))["comment"] == []


def test_the_results_of_all_are_there_while_they_are_cued():
    def cued(**rules: Any) -> dict[str, Any]:
        story = closed_over(MARKS, plan=small_plan(rules=Rules(**rules))).does(c.RevealResult(WATER))
        return third(story.does(c.CueScene(SceneKind.RANKING)))

    assert [each["rank"] for each in cued(rank_shown=True)["results"]] == [1]
    assert [(each["unit"], "rank" in each) for each in cued()["results"]] == [("Water", False)]
    by_grade = cued(results_shown=ResultsShown.BY_GRADE)
    assert by_grade["results"] == []
    assert [each["units"] for each in by_grade["by_grade"]] == [["Water"]]


def test_a_step_taken_back_and_shown_again_counts_from_then():
    story = closed_over(MARKS).does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "too early"))
    assert (story.water.shown_at, story.water.shown_at_once) == (None, 0)
    story.now += timedelta(minutes=2)
    assert third(story.does(c.RevealResult(WATER)))["card"]["since"] == milliseconds(story) + UNTIL_THE_GRADE
