"""Whatever is asked of findings in whatever order: nothing is struck off that was not proved, verified and shown.

No sequence of commands gets round it (``any_findings`` says what is looked at), and at the end the record is read again
from its beginning.
"""

from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.meeting import events as e
from app.meeting.evolve import fold
from app.meeting.findings.lateness import awaited, days_late, is_due_within, is_overdue, papers_by, report_by
from app.meeting.meeting import Meeting
from tests.findings import story_day
from tests.meeting.stories import Watched
from tests.meetings import small_plan


def test_whatever_is_asked_nothing_is_struck_off_wrongly():
    """Long enough that many come to the end: of what nothing is struck off in, it would prove nothing."""
    struck_off: list[int] = []

    @settings(max_examples=24, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
    @given(st.integers(0, 2**32 - 1))
    def any_course(seed: int) -> None:
        story, chance = Watched(small_plan()), Random(seed)
        for _ in range(400):
            story.asks_at_a_desk(chance.randrange(2**32))
        pages_can_be_made_of(story)
        assert fold(Meeting.planned(story.meeting.plan), story.events) == story.meeting
        struck_off.append(sum(isinstance(each, e.FindingStruckOff) for each in story.events))

    any_course()
    assert sum(map(bool, struck_off)) > len(struck_off) / 2


def pages_can_be_made_of(story: Watched) -> None:
    """What they ask of a finding has an answer, and one that does not contradict itself."""
    today = story_day(story)
    for finding in story.meeting.findings.by_id.values():
        assert days_late(finding, today) >= 0
        beside = [day for day in (papers_by(finding), report_by(finding)) if day and today <= day]
        assert beside or not (is_overdue(finding, today) and is_due_within(finding, today, 7))
        assert finding.is_ended or awaited(finding, today) is not None
