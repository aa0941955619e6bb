"""Whatever is asked of findings in whatever order: nothing is struck off that was not proved, verified and shown.

No sequence of commands gets round it (``any_findings`` says what is looked at), and at the end the record is read again
from its beginning.
"""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.meeting.evolve import fold
from app.meeting.findings.lateness import awaited, days_late, is_due_within, is_overdue
from app.meeting.meeting import Meeting
from tests.findings import story_day
from tests.meeting.stories import Watched
from tests.meetings import small_plan


@settings(max_examples=20, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(st.lists(st.integers(0, 100_000), min_size=100, max_size=120))
def test_whatever_is_asked_nothing_is_struck_off_wrongly(seeds):
    story = Watched(small_plan())
    for seed in filter(None, seeds):
        story.asks_at_a_desk(seed)
    pages_can_be_made_of(story)
    assert fold(Meeting.planned(story.meeting.plan), story.events) == story.meeting


def pages_can_be_made_of(story: Watched) -> None:
    """What they ask of a finding has an answer, and one that does not contradict itself."""
    today = story_day(story)
    for finding in story.meeting.findings.by_id.values():
        assert days_late(finding, today) >= 0
        assert not (is_overdue(finding, today) and is_due_within(finding, today, 7))
        assert finding.is_ended or awaited(finding, today) is not None
