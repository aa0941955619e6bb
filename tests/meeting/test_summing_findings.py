"""How things stand with many findings: one reckoning for the desk, for papers and for the public page."""

from datetime import timedelta

from app.meeting import commands as c
from app.meeting.findings.state import Party, Stand
from app.meeting.findings.summing import Mark, marks_of, sum_up
from app.papers.site.findings import counted, findings_shown
from app.web.pages.due import due_of
from tests.findings import BUREAU, DAY, FIRST, UNIT, brought_to, drafted, handed_over, moves, passes, story_day, the
from tests.meetings import Story, opened

IN_HAND, OF_COURT, A_DRAFT, MERGED, DROPPED, WITHDRAWN = (f"finding-{at}" for at in range(2, 8))


def many() -> Story:
    """One re-opened, one in hand that asks for time, one of the court, a draft; and some that count no more."""
    story = brought_to(Stand.RECTIFYING, finding=IN_HAND)
    story.does(c.AskExtension("water", IN_HAND, DAY + timedelta(days=90), "The material is late", UNIT))
    story.does(drafted(OF_COURT, "court", criterion="effect"), handed_over(OF_COURT))
    story.does(drafted(A_DRAFT), drafted(MERGED), c.MergeFindings(A_DRAFT, (MERGED,), BUREAU))
    story.does(drafted(DROPPED), c.WithdrawFinding(DROPPED, "", BUREAU))
    story.does(drafted(WITHDRAWN), handed_over(WITHDRAWN), c.WithdrawFinding(WITHDRAWN, "A mistake", BUREAU))
    brought_to(Stand.STRUCK_OFF, story, FIRST)
    return story.does(c.ReopenFinding(FIRST, story_day(story) + timedelta(days=5), "It has not held", BUREAU))


def test_each_finding_is_looked_at_once_and_counts_as_what_it_is():
    story = many()
    once = iter(story.meeting.findings.by_id.values())
    summary = sum_up(once, story_day(story))
    assert summary.whole == {
        Mark.ISSUED: 4,
        Mark.OPEN: 3,
        Mark.DRAFT: 1,
        Mark.WITHDRAWN: 1,
        Mark.REOPENED: 1,
        Mark.DUE_SOON: 2,
        Mark.DUE_THIS_WEEK: 1,
        Mark.UNDELIVERED: 1,
        Mark.ASKS_FOR_TIME: 1,
    }
    assert {unit: tally[Mark.ISSUED] for unit, tally in summary.by_unit.items()} == {"water": 3, "court": 1}
    assert summary.by_criterion["effect"][Mark.OPEN] == 1
    assert {month: tally[Mark.ISSUED] for month, tally in summary.by_month.items()} == {"2023-11": 4}


def test_what_waits_is_told_in_the_order_of_the_course_with_whose_move_it_is_and_since_when():
    story = many()
    waiting = sum_up(story.meeting.findings.by_id.values(), story_day(story)).waiting
    assert [(each.standing, each.party, each.number) for each in waiting] == [
        (Stand.DRAFT, Party.BUREAU, 1),
        (Stand.HANDED_OVER, Party.UNIT, 1),
        (Stand.RECTIFYING, Party.UNIT, 2),
    ]
    late = sum_up(story.meeting.findings.by_id.values(), DAY + timedelta(days=20)).waiting
    assert [(each.overdue, each.by) for each in late] == [
        (0, None),
        (1, DAY + timedelta(days=9)),
        (1, DAY + timedelta(days=13)),
    ]


def test_what_was_struck_off_late_stays_late_and_is_overdue_no_more():
    story = brought_to(Stand.RECTIFYING)
    passes(story, 70)
    assert Mark.OVERDUE in marks_of(the(story), story_day(story))
    marks = set(marks_of(the(brought_to_the_end(story)), story_day(story)))
    assert {Mark.LATE, Mark.STRUCK_OFF} <= marks
    assert not marks & {Mark.OVERDUE, Mark.OPEN}


def test_that_nobody_looks_back_is_no_delay_of_the_unit():
    story = brought_to_the_end(brought_to(Stand.RECTIFYING))
    assert due_of(story.meeting, story.now).for_bureau == 0, "in half a year"
    passes(story, 181)
    finding, on = the(story), story_day(story)
    assert set(marks_of(finding, on)) & {Mark.OVERDUE, Mark.LOOK_BACK} == {Mark.LOOK_BACK}
    [public] = findings_shown(story.meeting, "water", on)
    assert (public.is_overdue, counted([finding], on).overdue, sum_up([finding], on).whole[Mark.OVERDUE]) == (
        False,
        0,
        0,
    )
    [waits] = sum_up([finding], on).waiting
    assert (waits.party, waits.overdue, due_of(story.meeting, story.now).for_bureau) == (Party.BUREAU, 1, 1)


def brought_to_the_end(story: Story) -> Story:
    """From work to the day on which it is struck off."""
    for _, commands in moves()[5:]:
        story.does(*commands)
    story.does(c.GiveNotice((FIRST,), story_day(story) + timedelta(days=7), BUREAU))
    passes(story, 8)
    return story.does(c.StrikeOff((FIRST,), story_day(story) + timedelta(days=180), BUREAU))


def test_a_summary_of_nothing_is_empty():
    summary = sum_up(opened().meeting.findings.by_id.values(), DAY)
    assert (summary.whole, summary.by_unit, summary.waiting) == ({}, {}, [])
