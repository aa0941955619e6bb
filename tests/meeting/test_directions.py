"""Displays of a name: each may be told something of its own, and keeps to the others where it has not been."""

import pytest

from app.meeting import commands as c
from app.meeting.displays.state import Cue, Direction, DisplayView, Scene, SceneKind
from tests.meetings import ANN, BEN, BREAK, CAT, DAN, EVE, WATER, Story, at_water, closed_over, opened, small_plan

LEFT, RIGHT = "left", "右屏"


def revealed() -> Story:
    return closed_over(dict.fromkeys((ANN, BEN, CAT, DAN, EVE), (50, 30))).does(c.RevealResult(WATER))


def tell(cue: str, **more: str) -> c.DirectDisplay:
    return c.DirectDisplay(LEFT, cue=cue, **more)


def test_a_display_that_was_told_nothing_shows_what_all_show():
    meeting = at_water().does(c.CueScene(SceneKind.TIMER)).meeting
    assert [meeting.scene_of(display) for display in (LEFT, "")] == [Scene(SceneKind.TIMER)] * 2


def test_a_display_with_a_cue_of_its_own_is_not_moved_by_the_common_one():
    meeting = at_water().does(tell("message", text="请入座"), c.CueScene(SceneKind.TIMER)).meeting
    assert meeting.scene_of(LEFT) == Scene(SceneKind.MESSAGE, text="请入座")
    assert (meeting.scene_of(RIGHT), meeting.scene) == (Scene(SceneKind.TIMER), Scene(SceneKind.TIMER))


def test_a_display_follows_the_agenda_whatever_the_others_are_told():
    story = at_water().does(c.CueScene(SceneKind.BLANK), tell("agenda")).goes_to(BREAK)
    assert story.meeting.scene_of(LEFT) == Scene(SceneKind.ITEM, item=BREAK)


def test_a_display_holds_its_picture():
    story = at_water().does(tell("hold")).goes_to(BREAK)
    assert story.meeting.displays.cue_of(LEFT) == Cue(Scene(SceneKind.ITEM, item=WATER), held=True)


def test_a_display_comes_back_to_the_others():
    story = at_water().does(tell("blank"), c.CueScene(SceneKind.TIMER), tell("common"))
    assert story.meeting.scene_of(LEFT) == Scene(SceneKind.TIMER)


def test_view_and_language_are_told_apart_from_the_cue():
    story = at_water().does(
        tell("blank"), c.DirectDisplay(LEFT, view=DisplayView.TIMER), c.DirectDisplay(LEFT, language="en")
    )
    assert story.meeting.displays.directions == {LEFT: Direction(DisplayView.TIMER, "en", Cue(Scene(SceneKind.BLANK)))}


def test_what_a_display_was_told_already_is_not_logged_again():
    story = opened().does(tell("blank"), tell("blank"), c.DirectDisplay(RIGHT))
    assert story.kinds[1:] == ["DisplayDirected"]


def test_a_withdrawn_result_leaves_every_display():
    story = revealed().does(tell("result", round=WATER), c.DirectDisplay(RIGHT, cue="hold"))
    assert {story.meeting.scene_of(each).round for each in (LEFT, RIGHT)} == {WATER}
    story.does(c.WithdrawReveal(WATER, "too early"))
    assert {story.meeting.scene_of(each).round for each in (LEFT, RIGHT)} == {None}


def test_the_opening_ends_cues_and_keeps_view_and_language():
    story = Story(small_plan()).does(tell("comments", unit="water"), c.DirectDisplay(LEFT, language="en")).opens()
    assert story.meeting.displays.directions == {LEFT: Direction(language="en")}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.DirectDisplay("", cue="blank"), "display.no_name"),
        (c.DirectDisplay("a b", cue="blank"), "display.no_name"),
        (c.DirectDisplay("x" * 25, cue="blank"), "display.no_name"),
        (tell("fireworks"), "cue.unknown"),
        (tell("item"), "cue.unknown"),
        (tell("result", round=WATER), "result.not_revealed"),
        (tell("message", text=" "), "text.missing"),
        (c.DirectDisplay(LEFT, language="tlh"), "display.no_such_language"),
    ],
)
def test_what_a_display_cannot_be_told(command, code):
    assert at_water().refusal(command) == code


def test_not_endlessly_many_displays_are_told_something():
    story = opened().does(*(c.DirectDisplay(f"display-{number}", cue="blank") for number in range(50)))
    assert story.refusal(tell("blank")) == "display.too_many"
    assert story.does(c.DirectDisplay("display-0", cue="timer")).meeting.scene_of("display-0").kind == "timer"
