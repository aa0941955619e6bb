"""Any story at all: whatever is asked in whatever order, the rules hold.

Every event is looked at as it is folded, the meeting after every ask (``stories``), and at the end the record is read
again from its beginning.
"""

from random import Random

from hypothesis import given, settings

from app.meeting.events import KINDS
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, ResultsShown, Rules, TieBreak
from app.meeting.polls.agreed import PollsOpen
from app.meeting.questions.agreed import Questions
from app.meeting.script.steps import next_step
from tests.meeting.any_asks import a_way_to_an_order
from tests.meeting.playing import presses
from tests.meeting.stories import Watched, plans, seeds
from tests.meetings import joining, small_plan
from tests.promised import with_last_year
from tests.second_half import with_report

MOST_STEPS = 100
"""More than a small meeting has, with every part of every result and five comments."""


@settings(max_examples=20, derandomize=True, deadline=None, database=None)
@given(plans, seeds)
def test_whatever_is_asked_the_rules_hold(plan, seeds):
    watched = Watched(plan)
    for seed in filter(None, seeds):
        watched.asks(seed)
    the_button_leads_to_the_end(watched)
    assert fold(Meeting.planned(plan), watched.events) == watched.meeting


def the_button_leads_to_the_end(story: Watched) -> None:
    """From wherever one stands, with nobody else to help but the supervisor."""
    for _ in range(MOST_STEPS):
        if story.meeting.is_finished:
            return
        presses(story)
    raise AssertionError(f"still at {next_step(story.meeting)}")


def test_long_stories_reach_every_kind_of_event():
    kinds = set()
    for number in range(20):
        rules = Rules(
            trim_from=3,
            tie_ladder=(TieBreak.CHAIR,),
            checked=True,
            results_shown=[*ResultsShown][number % 5],
            polls=[*PollsOpen][number % 4],
            questions=[*Questions][number % 3],
            promises_judged=True,
        )
        mode = Mode.POINTS if number < 16 else Mode.COMMENTS
        plan = small_plan(mode=mode, rules=rules, order=[*Order][number % 3], composite=joining(mode))
        watched = Watched(with_last_year(with_report(plan)))
        for command in a_way_to_an_order(watched.meeting, Random(number)):
            watched.asks_for(command)
        for seed in range(70_000 + number * 300, 70_000 + number * 300 + 300):
            watched.asks(seed)
        for seed in range(number * 1000, number * 1000 + 500):
            watched.asks_at_a_desk(seed)
        kinds |= set(watched.kinds)
    assert kinds == set(KINDS)
