"""Any story at all: whatever is asked in whatever order, the rules hold.

Every event is looked at as it is folded, the meeting after every ask (``stories``), and at the end the record is read
again from its beginning.
"""

from hypothesis import given, settings

from app.meeting.events import KINDS
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Order, Rules, TieBreak
from tests.meeting.stories import Watched, plans, seeds
from tests.meetings import small_plan


@settings(max_examples=20, derandomize=True, deadline=None, database=None)
@given(plans, seeds)
def test_whatever_is_asked_the_rules_hold(plan, seeds):
    watched = Watched(plan)
    for seed in filter(None, seeds):
        watched.asks(seed)
    assert fold(Meeting.planned(plan), watched.events) == watched.meeting


def test_long_stories_reach_every_kind_of_event():
    kinds = set()
    for number in range(12):
        rules = Rules(trim_from=3, tie_ladder=(TieBreak.CHAIR,))
        watched = Watched(small_plan(rules=rules, order=[Order.FIXED, Order.DRAWN][number % 2]))
        for seed in range(number * 300, number * 300 + 300):
            watched.asks(seed)
        kinds |= set(watched.kinds)
    assert kinds == set(KINDS)
