"""What the console says, region by region."""

from app.live.views import Look
from app.meeting import commands as c
from app.meeting.plan import Order
from tests.live.sent import sent
from tests.meetings import COURT, Story, opened, small_plan


def region(story: Story, name: str, view: str = "moderator") -> dict:
    return sent(view, Look(story.meeting))[name]


# --- the agenda -------------------------------------------------------------------------------------------------------


def numbers(story: Story) -> list[int]:
    return [row["number"] for row in region(story, "console-agenda")["items"] if row["number"] or row["is_skipped"]]


def test_a_unit_left_out_and_those_behind_it_keep_the_numbers_that_are_printed():
    story = opened().does(c.SkipItem(COURT, "absent"))
    assert numbers(story) == [1, 2, 3]
    assert region(story, "hall-head", "hall")["count"] == 3


def test_whoever_was_left_out_before_the_lots_has_none():
    left_out = opened(small_plan(order=Order.TYPED)).does(c.SkipItem(COURT, "absent"))
    story = left_out.does(c.TypeOrder({"water": "2", "school": "1"}))
    assert numbers(story) == [1, None, 2]
    assert region(story, "hall-head", "hall")["count"] == 2
