"""What the prompter says of the next step: what is to come, never of whom, and not that a comment waits."""

from typing import Any

from app.live.views import Look
from app.meeting import commands as c
from app.meeting.plan import Mode, ResultsShown
from tests.live.sent import sent
from tests.meeting.playing import announcing, hands_in, presses, script_plan
from tests.meetings import WATER, Story, comment, opened


def clock(story: Story) -> dict[str, Any]:
    found: dict[str, Any] = sent("prompt", Look(story.meeting))["prompt-clock"]
    return found


def step(story: Story) -> tuple[str, str] | None:
    told = clock(story)["step"]
    return (told["kind"], told["part"]) if told else None


def test_before_the_next_place_stand_the_closing_and_the_parts_of_the_reveal():
    story = presses(opened(script_plan()), 3)
    assert (step(story), clock(story)["next"]["segment_kind"]) == (None, "scoring")
    assert step(presses(story)) == ("close", "")
    assert step(presses(hands_in(story, WATER, 50, 30))) == ("show", "spread")


def test_of_whom_the_next_result_is_nobody_knows_before():
    story = announcing(ResultsShown.FROM_LOWEST, rank_shown=True)
    assert clock(story)["step"] == {"kind": "announce", "part": ""}


def test_that_a_comment_waits_is_not_told():
    story = presses(opened(script_plan(mode=Mode.COMMENTS)), 4)
    before = clock(story)
    assert (before["step"], clock(story.does(comment()))) == (None, before)
    assert clock(story.does(c.ReleaseComment("comment1", "Well argued"))) == before
