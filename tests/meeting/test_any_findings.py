"""Whatever is asked of findings in whatever order: nothing is struck off that was not proved, verified and shown.

No sequence of commands gets round it (``any_findings`` says what is looked at), and at the end the record is read again
from its beginning.
"""

from datetime import timedelta
from random import Random
from typing import get_args

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.events import AtDesk
from app.meeting.evolve import evolve, fold
from app.meeting.findings.lateness import awaited, days_late, is_due_within, is_overdue
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from tests.findings import story_day
from tests.meeting.any_findings import an_ask, looked_at, no_other_unit_is_heard
from tests.meetings import Story, small_plan


class Desks(Story):
    """A story of findings under watch, a day or a week at a time."""

    def asks(self, seed: int) -> None:
        chance = Random(seed)
        self.now += timedelta(days=chance.choice([0, 0, 0, 0, 0, 1, 4, 8]), hours=chance.choice([0, 0, 7]))
        self.asks_for(an_ask(self.meeting, chance, story_day(self)))

    def asks_for(self, command: c.Command) -> None:
        before = self.meeting
        try:
            events = decide(before, command, self.now)
        except Refused as refused:
            sentence_of(refused.said)
            return
        no_other_unit_is_heard(before, command, events)
        for event in events:
            after = evolve(self.meeting, event)
            looked_at(self.meeting, after, self.events, event)
            self.meeting = after
            self.events.append(event)

    def is_told_of(self) -> None:
        """What pages ask of each finding has an answer."""
        today = story_day(self)
        for finding in self.meeting.findings.by_id.values():
            assert days_late(finding, today) >= 0
            assert not (is_overdue(finding, today) and is_due_within(finding, today, 7))
            assert finding.is_ended or awaited(finding, today) is not None


def desks() -> Desks:
    return Desks(small_plan()).does(c.OpenMeeting(small_plan()))


@settings(max_examples=15, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(st.lists(st.integers(0, 100_000), min_size=60, max_size=120))
def test_whatever_is_asked_nothing_is_struck_off_wrongly(seeds):
    story = desks()
    for seed in filter(None, seeds):
        story.asks(seed)
    story.is_told_of()
    assert fold(Meeting.planned(story.meeting.plan), story.events) == story.meeting


def test_long_courses_reach_every_kind_of_event():
    kinds = set()
    for number in range(8):
        story = desks()
        for seed in range(number * 1000, number * 1000 + 500):
            story.asks(seed)
        kinds |= set(story.kinds)
    assert kinds >= {kind.__name__ for kind in get_args(AtDesk)}
