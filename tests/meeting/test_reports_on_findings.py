"""The report of a unit on how its findings were put right, and the papers that are to reach it: each has its day."""

from datetime import timedelta

import pytest

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.findings.lateness import papers_by, report_by
from app.meeting.findings.state import Party, Report, Stand
from app.meeting.findings.summing import Mark, marks_of
from app.papers.calendars import calendar_of
from app.papers.findings.reminding import remindings_of
from tests.findings import BUREAU, DAY, FIRST, UNIT, brought_to, days, drafted, handed_over, moves, passes, the
from tests.meetings import Story, opened

SECOND, OF_COURT = "finding-2", "finding-3"
REPORTED = c.HandInReport("water", (FIRST,), "One is done, nothing is left", UNIT)


def marks(story: Story, after: int, finding: str = FIRST) -> set[Mark]:
    """Of a finding, so many days after it was handed over."""
    return {*marks_of(the(story, finding), DAY + timedelta(days=after))}


def test_papers_that_have_not_reached_the_unit_by_their_day_are_seen_until_they_do():
    story = brought_to(Stand.HANDED_OVER)
    assert [Mark.UNDELIVERED in marks(story, after) for after in (7, 8)] == [False, True]
    assert [Mark.DUE_SOON in marks(story, after) for after in (0, 8)] == [True, True]
    assert "送达" in calendar_of(story.meeting, DAY).decode()
    story.does(c.SignFor("water", (FIRST,), UNIT))
    assert Mark.UNDELIVERED not in marks(story, 8)
    assert "送达" not in calendar_of(story.meeting, DAY).decode()


def test_what_was_returned_and_came_back_has_reached_the_unit():
    story = brought_to(Stand.HANDED_OVER).does(c.DisputeFinding("water", FIRST, "It is not ours", "the court", UNIT))
    story.does(c.SettleDispute(FIRST, False, "It is", BUREAU))
    assert the(story).standing is Stand.HANDED_OVER
    assert papers_by(the(story)) is None


@pytest.mark.parametrize("standing", [Stand.RECTIFYING, Stand.STRUCK_OFF])
def test_a_report_is_waited_for_whatever_has_become_of_the_finding(standing):
    """Until day 120; from the day after it is overdue, computed as all that is, and the unit is reminded of it."""
    story = brought_to(standing)
    assert [Mark.REPORT_LATE in marks(story, after) for after in (120, 121)] == [False, True]
    assert [Mark.DUE_SOON in marks(story, after) for after in (112, 113)] == [False, True]
    forms = [
        [each.form for each in remindings_of(story.meeting, days().report + timedelta(days=after)) for due in each.due
         if due.what == "报送整改情况报告"]
        for after in (-9, -2, 1, 40)
    ]  # fmt: skip
    assert forms == [[], ["reminder"], ["urging"], ["admonition"]]
    story.does(REPORTED)
    assert Mark.REPORT_LATE not in marks(story, 121)
    assert report_by(the(story)) is None


def test_a_report_is_one_entry_with_its_day_and_a_step_of_each_finding_that_it_is_about():
    story = opened()
    for (_, first), (_, second) in zip(moves(FIRST)[:5], moves(SECOND)[:5], strict=True):
        story.does(*first, *second)
    story.does(c.HandInReport("water", (FIRST, SECOND, FIRST), "Half of it is done", UNIT))
    assert story.events[-1] == e.ReportCameIn("water", (FIRST, SECOND), DAY, "Half of it is done", UNIT, story.now)
    assert story.meeting.findings.reports == (Report("water", (FIRST, SECOND), DAY, "Half of it is done", UNIT),)
    for id in (FIRST, SECOND):
        step = the(story, id).steps[-1]
        assert (step.what, step.party, step.text, the(story, id).standing) == (
            "ReportCameIn",
            Party.UNIT,
            "Half of it is done",
            Stand.RECTIFYING,
        )
    passes(story, 3).does(c.HandInReport("water", (FIRST,), "All of it", UNIT))
    assert the(story).reported_on == DAY, "the first counts"


def test_the_bureau_enters_what_came_in_on_paper_with_the_day_on_which_it_came():
    story = passes(brought_to(Stand.RECTIFYING).does(drafted(OF_COURT, "court"), handed_over(OF_COURT)), 10)
    refused = c.EnterReport((FIRST, OF_COURT), DAY + timedelta(days=8), BUREAU)
    assert story.refusal(refused) == "finding.not_now"
    assert story.refusal(c.EnterReport((FIRST,), DAY + timedelta(days=11), BUREAU)) == "report.in_future"
    assert story.refusal(c.EnterReport((FIRST,), DAY - timedelta(days=1), BUREAU)) == "report.before_hand_over"
    story.does(c.SignFor("court", (OF_COURT,), UNIT))
    story.does(c.EnterReport((FIRST, OF_COURT), DAY + timedelta(days=10), BUREAU))
    assert [(each.unit, each.on_paper) for each in story.meeting.findings.reports] == [("water", True), ("court", True)]
    assert the(story).steps[-1].party is Party.BUREAU
    story.does(c.EnterReport((FIRST,), DAY + timedelta(days=8), BUREAU))
    assert the(story).reported_on == DAY + timedelta(days=8), "it had come before"


def test_nobody_reports_on_what_is_not_its_own_or_was_not_signed_for():
    story = brought_to(Stand.HANDED_OVER)
    assert story.refusal(REPORTED) == "finding.not_now"
    assert story.refusal(c.HandInReport("court", (FIRST,), "Done", UNIT)) == "finding.unknown"
    assert story.refusal(c.HandInReport("water", (), "Done", UNIT)) == "findings.none_chosen"


def test_what_goes_to_another_unit_is_to_be_reported_on_by_that_one():
    story = brought_to(Stand.SIGNED_FOR).does(REPORTED, c.DisputeFinding("water", FIRST, "Not ours", "the court", UNIT))
    story.does(c.SettleDispute(FIRST, True, "So it is", BUREAU, "court"), handed_over())
    assert report_by(the(story)) == days().report
