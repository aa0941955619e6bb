"""What stands on the hall's stage at an item of the agenda, and on the ribbon along its edge."""

from app.language import Language
from app.live.screens import VIEWS
from app.live.screens.onstage import picture_of
from app.live.views import Look, Viewer
from app.meeting import commands as c
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.plan import ResultsShown
from tests.live.painting import paint
from tests.live.sent import sent
from tests.meeting.playing import ANNOUNCEMENT, announcing, commented, presses
from tests.meetings import (
    ANN,
    BEN,
    BREAK,
    CAT,
    COURT,
    DAN,
    OPENING,
    SCHOOL,
    SUMMARY,
    WATER,
    Story,
    at_water,
    opened,
    plays_round,
    small_plan,
)

MARKS = {ANN: (50, 30), BEN: (50, 30), CAT: (50, 30), DAN: (50, 30)}


def hall(story):
    return sent("hall", Look(story.meeting))


def stage(story):
    return hall(story)["hall-stage"]


def beads(story):
    return [bead["state"] for bead in hall(story)["hall-ribbon"]["beads"]]


def test_the_ribbon_says_what_is_done_what_is_on_and_what_is_to_come():
    story = opened()
    assert beads(story) == ["to_come"] * 6
    assert beads(story.steps(2)) == ["done", "now", "to_come", "to_come", "to_come", "to_come"]
    story.does(c.SkipItem(COURT, "absent"))
    assert beads(story) == ["done", "now", "to_come", "to_come", "to_come"]
    assert beads(story.goes_to(SUMMARY)) == ["done", "done", "to_come", "to_come", "now"]
    plays_round(story, WATER, MARKS).does(c.FinishMeeting())
    assert beads(story) == ["done", "done", "to_come", "to_come", "done"]


def test_the_bead_that_is_on_fills_with_the_time_of_the_whole_item():
    story = at_water()
    story.does(c.AddTime(story.here, 60)).waits(6).steps()
    ribbon = hall(story)["hall-ribbon"]
    assert ribbon["number"] == 2
    assert (ribbon["clock"]["limit"], ribbon["clock"]["spent"]) == (13 * 60_000, 6 * 60_000)


def test_a_break_says_when_it_ends_and_what_follows_items_left_out_not_among_it():
    story = opened().goes_to(BREAK)
    shown = stage(story)
    assert (shown["is_timed"], shown["follows"]) == (False, "Schools")
    assert shown["ends"]["due"] - shown["clock"]["since"] == 10 * 60_000
    assert stage(story.does(c.SkipItem(SCHOOL, "absent")))["follows"] == story.meeting.item(SUMMARY).title


def test_the_opening_numbers_the_units_unless_their_order_is_to_be_settled():
    story = opened().goes_to(OPENING)
    assert [(each["number"], each["unit"]) for each in stage(story)["units"]] == [
        (1, "Water"),
        (2, "Court"),
        (3, "Schools"),
    ]


def test_the_announcement_counts_what_is_made_known_results_and_where_there_are_none_comments():
    story = announcing(ResultsShown.IN_ORDER)
    assert stage(story)["known"] == 0
    presses(story)
    assert stage(story.goes_to(SUMMARY).goes_to(ANNOUNCEMENT))["known"] == 1
    shown = stage(commented().goes_to(ANNOUNCEMENT))
    assert ([each["is_known"] for each in shown["cells"]], shown["known"]) == ([True, False, False], 1)


def test_once_a_round_is_closed_the_hall_is_told_how_many_sheets_came_in():
    story = plays_round(at_water(), WATER, MARKS)
    progress = hall(story)["hall-progress"]
    assert progress == {"tally": None, "closed_with": 4}


def test_a_picture_is_another_one_for_another_item_and_stays_the_same_through_its_segments():
    story = at_water()
    at_report = stage(story)["picture"]
    assert stage(story.steps())["picture"] == at_report
    assert stage(story.goes_to(COURT))["picture"] != at_report
    assert picture_of(Scene(SceneKind.MESSAGE, text="one")) != picture_of(Scene(SceneKind.MESSAGE, text="other"))


def test_no_screen_shows_the_bar_of_a_title_and_the_stage_ends_its_lines_there(painter):
    story = Story(small_plan(title="Open review|of the year"))
    for name, view in VIEWS.items():
        painted = paint(painter, view, Look(story.meeting, Viewer(seat=ANN)), Language.ENGLISH)
        assert [region for region, html in painted.items() if "review|of" in html] == [], name
    stage = paint(painter, VIEWS["hall"], Look(story.meeting), Language.ENGLISH)["hall-stage"]
    assert '<span class="line">Open review</span><span class="line">of the year</span>' in stage
