"""What the console says that the hall sees is what the hall sees: whatever was cued, wherever the meeting stands."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.language import Language
from app.live.painter import Painter
from app.live.screens import VIEWS
from app.live.screens.scenes import outlived, seen
from app.live.views import Look, Viewer, picture
from app.meeting import commands as c
from app.meeting.displays.state import Cue, Direction, Scene, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order
from tests.live.painting import paint
from tests.live.sent import region_of
from tests.live.viewers import LEFT, name, steps
from tests.meetings import BREAK, WATER, Story, at_water, opened, small_plan, with_displays

PLANS = [small_plan(mode=mode, order=Order.DRAWN) for mode in Mode]
TOLD = "Back at “two” & a half"


def scenes(meeting: Meeting) -> Iterator[Scene]:
    """One of every kind, of every round and unit, of items: also those that could not be cued at this moment."""
    for kind in set(SceneKind) - {SceneKind.ITEM, SceneKind.MESSAGE, SceneKind.RESULT}:
        yield Scene(kind)
    yield Scene(SceneKind.MESSAGE, text=TOLD)
    yield from (Scene(SceneKind.COMMENTS, unit=unit.id) for unit in meeting.plan.units)
    yield from (Scene(SceneKind.ITEM, item=item.id) for item in meeting.plan.agenda)
    yield from (Scene(SceneKind.RESULT, round=item.id) for item in meeting.presentations)


def told(meeting: Meeting) -> Iterator[Meeting]:
    yield meeting
    for scene in scenes(meeting):
        for held in (False, True):
            yield with_displays(meeting, cue=Cue(scene, held))


def region(view: str, meeting: Meeting, region: str, viewer: Viewer | None = None) -> Any:
    look = Look(meeting, viewer) if viewer else Look(meeting)
    return region_of(view, look, region)


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_the_console_names_the_scene_that_the_hall_sees(plan):
    """Every kind of scene, told or followed, at every step of a whole meeting."""
    checked = set()
    for at_a_step in [Meeting.planned(plan), *steps(plan)][::5]:
        for meeting in told(at_a_step):
            sees, stage = region("moderator", meeting, "console-cue")["sees"], region("hall", meeting, "hall-stage")
            assert (sees["scene"], sees["is_held"], sees["text"]) == (
                stage["scene"],
                stage["is_held"],
                stage.get("text", ""),
            )
            assert sees["about"] == about(stage, sees), sees
            assert sees["is_hidden"] == ("result" in stage and stage["result"] is None)
            checked.add(sees["scene"])
    assert checked == {str(kind) for kind in SceneKind}


def about(stage: dict[str, Any], sees: dict[str, Any]) -> str:
    """What the stage itself says it is about."""
    match stage["scene"]:
        case "item":
            return stage["short_name"] or stage["title"]
        case "comments" | "comment" | "poll" | "promises":
            return stage["unit"] or ""
        case "question":
            return stage["question"]["unit"] if stage["question"] else ""
        case "summing_up":
            return "" if stage["is_of_all"] else stage["unit"]
        case "result" if stage["result"]:
            return stage["result"]["unit"]
        case "result":
            return sees["about"]  # the hall is not told of which unit
    return ""


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_it_says_so_in_words(plan, painter: Painter):
    """No scene goes by the name of another one at the same time, and a message is named by its text."""
    meeting = [*steps(plan)][-1]
    for language in Language:
        names = {}
        for scene in scenes(meeting):
            regions = paint(painter, VIEWS["moderator"], Look(with_displays(meeting, cue=Cue(scene))), language)
            named = regions["console-cue"].partition("<em>")[2].partition("</em>")[0]
            assert named not in names.values()
            names[scene] = named
        assert "Back at “two” &amp; a half" in names[Scene(SceneKind.MESSAGE, text=TOLD)]


@pytest.mark.parametrize(("rank_shown", "called"), [(True, "排名"), (False, "评议结果一览")])
def test_where_ranks_are_not_shown_nothing_is_called_a_ranking(painter: Painter, rank_shown: bool, called: str):
    plan = small_plan()
    meeting = at_water(replace(plan, rules=replace(plan.rules, rank_shown=rank_shown))).meeting
    look = Look(with_displays(meeting, cue=Cue(Scene(SceneKind.RANKING))))
    html = paint(painter, VIEWS["moderator"], look, Language.CHINESE)["console-cue"]
    assert f"<em>{called}</em>" in html


def test_a_display_of_a_name_is_named_by_what_it_alone_shows():
    meeting = at_water().meeting
    meeting = with_displays(meeting, directions={LEFT: Direction(cue=Cue(Scene(SceneKind.MESSAGE, text=TOLD)))})
    assert seen(meeting).scene == "item"
    assert seen(meeting, LEFT).text == region("hall", meeting, "hall-stage", Viewer(display=LEFT))["text"] == TOLD


# --- what outlives its item -------------------------------------------------------------------------------------------


def still_shown(story: Story) -> str | None:
    step = region("moderator", story.meeting, "console-step")
    return step["outlived"] and step["outlived"]["scene"]


def test_what_was_told_at_an_earlier_item_is_said_until_the_display_follows_again():
    story = at_water().does(c.CueScene(SceneKind.BLANK))
    assert still_shown(story) is None
    assert still_shown(story.goes_to(BREAK)) == "blank"
    assert still_shown(story.does(c.CueScene(SceneKind.MESSAGE, text=TOLD))) is None
    assert still_shown(story.goes_to(WATER)) == "message"
    assert still_shown(story.does(c.FollowAgenda())) is None


def test_what_goes_with_the_agenda_is_not_left_behind():
    assert still_shown(at_water().does(c.CueScene(SceneKind.TIMER)).goes_to(BREAK)) is None
    assert outlived(opened().does(c.CueScene(SceneKind.BLANK)).meeting) is None


def test_a_held_picture_that_outlives_its_item_is_named():
    story = at_water().does(c.HoldScene()).goes_to(BREAK)
    left = outlived(story.meeting)
    assert left
    assert (left.about, left.is_held) == ("Water", True)


def test_a_message_is_taken_down_to_what_was_there_before():
    story = at_water().does(c.CueScene(SceneKind.MESSAGE, text=TOLD), c.FollowAgenda())
    assert region("hall", story.meeting, "hall-stage")["scene"] == "item"


def test_the_console_says_of_a_display_of_a_name_which_picture_it_holds(painter):
    story = opened().does(c.DirectDisplay(LEFT, cue="hold")).steps(1)
    context = picture(VIEWS["moderator"], Look(story.meeting)).contexts["console-cue"]
    assert [(each.name, each.cue, each.called) for each in context.apart] == [(LEFT, "hold", "seal")]
    said = painter.region("console-cue", context, Language.ENGLISH)
    assert f"Display {LEFT} separately: Hold: Rule seal" in said


def test_a_display_of_a_name_that_does_as_all_do_is_not_said_to_be_apart():
    assert region("moderator", opened().meeting, "console-cue")["apart"] == []
