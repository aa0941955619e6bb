"""How far results hang on single seats, and whether the seats agree: for the staff alone, and without a seat's name."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.language import Language
from app.live.screens import VIEWS
from app.live.views import Look, picture
from app.meeting import commands as c
from app.meeting.plan import GradeLine, Rules
from tests.live.hidden import VIEWERS, ann_and_ben_exchanged
from tests.live.sent import sent
from tests.live.viewers import STAFF
from tests.meetings import ANN, BEN, CAT, COURT, DAN, WATER, Story, closed_over, panel, small_plan

RULES = Rules(trim_from=9, grades=(GradeLine(Decimal(80), "good"), GradeLine(Decimal(0), "fair")))
GIVEN = (
    {ANN: (50, 35), BEN: (50, 34), CAT: (50, 36), DAN: (41, 20)},
    {ANN: (50, 36), BEN: (50, 35), CAT: (50, 37), DAN: (42, 18)},
    {ANN: (40, 30), BEN: (40, 29), CAT: (40, 31), DAN: (30, 20)},
)
"""Without dan the first two would be good."""


def judged(rules: Rules = RULES) -> Story:
    return closed_over(*GIVEN, plan=small_plan(rules=rules))


def of_analysis(context: Any) -> Iterator[Any]:
    """Whatever is said, anywhere, under the names of what is for the staff."""
    if isinstance(context, dict):
        for name, value in context.items():
            if name in ("less", "agreement") and value is not None:
                yield value
            yield from of_analysis(value)
    elif isinstance(context, list):
        for each in context:
            yield from of_analysis(each)


@pytest.mark.parametrize("is_revealed", [False, True])
def test_nobody_but_the_staff_is_told_before_a_reveal_or_after(is_revealed):
    story = judged()
    if is_revealed:
        story.does(*(c.RevealResult(round) for round in story.meeting.rounds))
    told = {who for who, (view, viewer) in VIEWERS.items() if any(of_analysis(sent(view, Look(story.meeting, viewer))))}
    assert told == ({"staff"} if is_revealed else {"moderator", "staff"})


def less(story: Story, round: str) -> dict:
    rounds = sent("moderator", Look(story.meeting))["console-rounds"]["rounds"]
    return next(each["less"] for each in rounds if each["round"] == round)


def test_the_moderator_is_told_how_often_it_would_be_otherwise():
    story = judged()
    found = less(story, WATER)
    assert found == {"seats": 5, "no_result": 0, "other_grade": 1, "other_place": 0}
    board = sent("results", Look(story.meeting, STAFF))["results-board"]
    assert [each["less"]["other_grade"] for each in board["results"]] == [1, 1, 0]
    assert (board["agreement"]["seats"], board["agreement"]["units"], board["agreement"]["concordance"]) == (
        4,
        3,
        "0.81",
    )


def test_which_seat_it_is_the_moderator_cannot_tell():
    meeting = judged().meeting
    for view, viewer in (VIEWERS["moderator"], VIEWERS["staff"]):
        one, other = (
            [*of_analysis(sent(view, Look(each, viewer)))] for each in (meeting, ann_and_ben_exchanged(meeting))
        )
        assert one == other != []


def test_of_a_result_that_is_being_shown_the_console_says_nothing_more():
    story = judged().does(c.ShowResultStep(WATER, "spread"))
    assert (less(story, WATER), less(story, COURT) is None) == (None, False)


def test_a_large_panel_is_not_reckoned_again_at_every_closing():
    seats = panel(*["expert"] * 21)
    plan = replace(small_plan(rules=RULES), seats=seats)
    story = closed_over(dict.fromkeys((seat.id for seat in seats), (50, 30)), plan=plan)
    assert less(story, WATER) is None


def test_it_is_said_at_the_console_and_on_the_results(painter):
    story = judged()
    for (view, viewer), region in ((VIEWERS["moderator"], "console-rounds"), (VIEWERS["staff"], "results-board")):
        context = picture(VIEWS[view], Look(story.meeting, viewer)).contexts[region]
        html = " ".join(painter.region(region, context, Language.CHINESE).split())
        assert "5 个席位逐一去掉后重新计算：等次改变 1 次。" in html
