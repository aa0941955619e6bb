"""Whoever does not see a phone hears of a vote that it opens, closes and is shown; each once, and nothing else."""

import re
from collections.abc import Callable

from app.language import Language
from app.live.painter import Painter
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look
from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen
from tests.live.painting import paint
from tests.meetings import at_water, small_plan
from tests.polled import closed_with, shown_with
from tests.stories import Story

WATER = {"phone": {"satisfied": 2}}
SHOWN = (
    "The vote on Water is shown. Phones in the hall, 2 ballots: Satisfied 100.00%, Fairly satisfied 0.00%, "
    "Dissatisfied 0.00%, Cannot say 0.00%."
)


def test_a_vote_is_heard_to_open_to_close_and_to_be_shown_and_the_one_before_it_not_anew(painter: Painter) -> None:
    story = at_water(small_plan(rules=Rules(polls=PollsOpen.BY_HAND)))
    heard = [said(painter, story)]
    steps: tuple[Callable[[Story], Story], ...] = (
        lambda story: story.does(c.OpenPoll("water")),
        lambda story: closed_with(story, "water.1", WATER),
        lambda story: story.does(c.Pause()).does(c.Resume()),
        lambda story: shown_with(story, "water.1", WATER),
        lambda story: story.goes_to("report-court").does(c.OpenPoll("court")),
        lambda story: story.does(c.WithdrawPoll("court.1", "by mistake")),
    )
    for step in steps:
        story = step(story)
        heard.append(said(painter, story.waits(1)))
    assert heard == [
        "",
        "The vote on Water is open.",
        "The vote on Water has closed.",
        "The vote on Water has closed.",
        SHOWN,
        "The vote on Court is open.",
        "The vote on Court has been withdrawn.",
    ]


def said(painter: Painter, story: Story) -> str:
    region = paint(painter, VIEWS["phone"], Look(story.meeting, NOBODY), Language.ENGLISH)["phone-polls"]
    [text] = re.findall(r'role="status">([^<]*)<', region)
    return str(text).strip()
