"""Findings: from the draft to the day on which one is struck off, who may move it when, and what brings it back."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from app.meeting import commands as c
from app.meeting.findings.drafting import longest
from app.meeting.findings.lateness import awaited, days_late, is_due_this_week, is_due_within, is_overdue
from app.meeting.findings.state import FindingKind, Party, Stand, Terms
from app.workdays import deadlines_from
from tests.findings import (
    BUREAU,
    BUREAUS_KEY,
    CURE,
    DAY,
    FIRST,
    STANDARDS,
    UNIT,
    UNITS_KEY,
    answered,
    asked,
    brought_to,
    days,
    drafted,
    handed_over,
    moves,
    objected,
    passes,
    proof,
    story_day,
    the,
    verified,
    with_comment,
)
from tests.meetings import Story, opened, small_plan

SECOND = "finding-2"


def test_a_finding_goes_from_the_draft_to_the_day_on_which_it_is_struck_off():
    story = opened()
    for stand, commands in moves():
        assert the(story.does(*commands)).standing is stand
    story = brought_to(Stand.STRUCK_OFF)
    finding = the(story)
    assert (finding.standing, finding.number, finding.struck_off_on) == (Stand.STRUCK_OFF, 1, DAY + timedelta(days=8))
    assert [step.what for step in finding.steps][-3:] == ["FindingVerified", "NoticeGiven", "FindingStruckOff"]
    assert [step.party for step in finding.steps][2:5] == [Party.UNIT, Party.UNIT, Party.BUREAU]


def test_nothing_is_drafted_before_the_meeting_has_opened():
    assert Story(small_plan()).refusal(drafted()) == "meeting.not_open"


def test_a_finding_keeps_the_words_it_was_made_of_and_merging_keeps_those_of_all():
    story = with_comment(with_comment(opened()), "comment-2")
    story.does(drafted(sources=("comment-1",)), drafted(SECOND, sources=("comment-2", "comment-1")))
    story.does(c.MergeFindings(FIRST, (SECOND,), BUREAU))
    assert the(story).sources == ("comment-1", "comment-2")
    assert (the(story, SECOND).standing, the(story, SECOND).merged_into) == (Stand.MERGED, FIRST)
    assert [each.id for each in story.meeting.findings.made_of("comment-2")] == [FIRST]
    assert story.refusal(drafted("finding-3", "court", sources=("comment-1",))) == "finding.other_unit"


def test_what_was_handed_over_keeps_its_words_and_its_standards_may_change_until_the_plan_is_agreed():
    story = brought_to(Stand.PLANNED)
    finding, more = the(story), (*STANDARDS, replace(STANDARDS[0], id="standard-3", text="And a third"))
    edit = c.EditFinding(FIRST, finding.text, finding.kind, BUREAU, standards=more)
    assert story.refusal(replace(edit, text="Other words")) == "finding.issued"
    assert len(the(story.does(edit)).standards) == 3
    assert story.does(c.AgreeCure(FIRST, BUREAU)).refusal(edit) == "finding.not_now"


def test_work_does_not_begin_before_there_are_standards():
    story = opened().does(drafted(standards=()), handed_over(), c.SignFor("water", (FIRST,), UNIT))
    story.does(c.SendCure("water", FIRST, CURE, UNIT))
    assert story.refusal(c.AgreeCure(FIRST, BUREAU)) == "finding.no_standards"


def test_a_number_is_never_given_twice_and_another_unit_counts_on_its_own():
    story = opened().does(drafted(), drafted(SECOND), handed_over(FIRST, SECOND))
    assert [the(story, each).number for each in (FIRST, SECOND)] == [1, 2]
    story.does(c.DisputeFinding("water", FIRST, "It is about courts", "the court", UNIT))
    story.does(c.SettleDispute(FIRST, True, "So it is", BUREAU, "court"))
    assert (the(story).unit, the(story).standing, the(story).number) == ("court", Stand.DRAFT, 0)
    story.does(handed_over(), drafted("finding-3"), handed_over("finding-3"))
    assert (the(story).number, the(story, "finding-3").number) == (1, 3)


def test_many_are_handed_over_at_once_or_none():
    story = opened().does(drafted(), drafted(SECOND), handed_over(SECOND))
    assert story.refusal(handed_over(FIRST, SECOND)) == "finding.not_now"
    assert the(story).standing is Stand.DRAFT


@pytest.mark.parametrize(
    ("earlier", "code"), [("dispute", "terms.return_before_notice"), ("report", "terms.report_before_rectified")]
)
def test_days_that_come_one_after_the_other_are_in_order(earlier: str, code: str):
    story = opened().does(drafted())
    deadlines = replace(days(), **{earlier: DAY + timedelta(days=6)})
    assert story.refusal(c.HandOver((FIRST,), deadlines, BUREAU)) == code


def test_of_what_takes_long_a_report_is_due_before_it_is_put_right():
    story = opened().does(drafted(kind=FindingKind.LONG), drafted(SECOND))
    early = replace(days(), report=DAY + timedelta(days=30))
    assert story.refusal(c.HandOver((FIRST, SECOND), early, BUREAU)) == "terms.report_before_rectified"
    story.does(c.HandOver((FIRST,), early, BUREAU))
    assert the(story).standing is Stand.HANDED_OVER


def test_nobody_gains_time_by_not_signing():
    story = passes(brought_to(Stand.HANDED_OVER), 10)
    assert story.refusal(c.DisputeFinding("water", FIRST, "Not ours", "the court", UNIT)) == "finding.dispute_late"


def test_another_unit_learns_nothing_of_a_finding():
    story = brought_to(Stand.HANDED_OVER)
    assert story.refusal(c.SignFor("court", (FIRST,), UNIT)) == "finding.unknown"
    assert story.refusal(c.SignFor("court", ("nothing-there",), UNIT)) == "finding.unknown"
    assert opened().does(drafted()).refusal(c.SignFor("water", (FIRST,), UNIT)) == "finding.unknown"


def test_every_standard_wants_a_proof():
    story = brought_to(Stand.RECTIFYING).does(proof("proof-one", "standard-1"))
    assert story.refusal(asked()) == "finding.unproved"
    story.does(proof("proof-two", "standard-2"), c.RemoveProof("water", FIRST, "proof-one", UNIT))
    assert story.refusal(asked()) == "finding.unproved"
    assert the(story).proofs[0].removed_at is not None
    assert the(story.does(proof("proof-3rd", "standard-1"), asked())).standing is Stand.ASKED


@pytest.mark.parametrize("key", [UNITS_KEY, BUREAUS_KEY])
def test_nobody_verifies_what_the_same_key_asked_for_or_passed_on(key: str):
    assert brought_to(Stand.TO_VERIFY).refusal(verified(key=key)) == "finding.verifies_own"


def test_what_is_not_verified_goes_back_to_the_unit_and_is_counted():
    story = brought_to(Stand.TO_VERIFY).does(verified(passed=False))
    assert (the(story).standing, the(story).returns, the(story).pledge) == (Stand.RECTIFYING, 1, None)


def test_nothing_is_struck_off_while_the_notice_lasts_or_an_objection_is_open():
    story = brought_to(Stand.NOTICE).does(objected())
    strike = c.StrikeOff((FIRST,), DAY + timedelta(days=200), BUREAU)
    assert passes(story, 7).refusal(strike) == "finding.notice_lasts"
    assert passes(story, 1).refusal(strike) == "finding.objections_open"
    assert story.refusal(objected("objection-2")) == "objection.not_now"
    assert the(story.does(answered(), strike)).standing is Stand.STRUCK_OFF


def test_an_objection_that_is_upheld_sends_it_back():
    story = brought_to(Stand.NOTICE).does(objected(), answered(upheld=True))
    assert (the(story).standing, the(story).returns) == (Stand.RECTIFYING, 1)
    assert story.refusal(answered()) == "objection.answered"


def test_what_is_reopened_wants_new_proofs_and_is_counted_for_ever():
    story = brought_to(Stand.STRUCK_OFF)
    story.does(c.LookBack(FIRST, "It holds", BUREAU))
    story.does(c.ReopenFinding(FIRST, story_day(story) + timedelta(days=30), "The rules are gone again", BUREAU))
    finding = the(story)
    assert (finding.standing, finding.reopenings, finding.looked_back_on) == (Stand.RECTIFYING, 1, None)
    assert finding.deadlines is not None
    assert finding.deadlines.rectification != finding.due
    assert story.refusal(asked()) == "finding.unproved"


def test_more_time_is_asked_for_and_the_first_day_stays():
    story = brought_to(Stand.RECTIFYING)
    first = the(story).due
    assert first is not None
    ask = c.AskExtension("water", FIRST, first + timedelta(days=30), "The printer burnt down", UNIT)
    assert story.does(ask).refusal(ask) == "extension.waits"
    story.does(c.AnswerExtension(FIRST, True, "It has burnt down", BUREAU))
    finding = the(story)
    assert (finding.due, finding.granted_extensions) == (first + timedelta(days=30), 1)
    assert finding.deadlines is not None
    assert finding.deadlines.rectification == first


def test_long_term_work_has_a_reason_and_a_day_and_is_never_late():
    story = brought_to(Stand.RECTIFYING)
    story.does(c.MakeLongTerm(FIRST, "It needs a law", DAY + timedelta(days=90), BUREAU))
    assert awaited(the(story), DAY).by == DAY + timedelta(days=90)
    assert days_late(the(story), DAY + timedelta(days=500)) == 0
    story.does(c.EndLongTerm(FIRST, DAY + timedelta(days=100), "There is one", BUREAU))
    assert the(story).standing is Stand.RECTIFYING


def test_overdue_is_computed_of_the_day_it_is_asked_about():
    finding = the(brought_to(Stand.RECTIFYING))
    due = finding.due
    assert due is not None
    assert [is_overdue(finding, due + timedelta(days=each)) for each in (0, 1)] == [False, True]
    assert [days_late(finding, due + timedelta(days=each)) for each in (-5, 0, 3)] == [0, 0, 3]
    assert [is_due_within(finding, due - timedelta(days=each), 7) for each in (8, 7, -1)] == [False, True, False]
    monday = due - timedelta(days=due.weekday())
    assert [is_due_this_week(finding, monday + timedelta(days=each)) for each in (-1, 0, 6, 7)] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    "standing", [each for each in Stand if each not in (Stand.DRAFT, Stand.MERGED, Stand.WITHDRAWN)]
)
def test_what_is_late_and_not_handed_in_is_overdue_whoever_has_to_do_something(standing):
    """Society read "9 days late" of a finding beside "overdue: 0": the bureau had not said to whom it belongs."""
    finding = the(brought_to(standing))
    day = (finding.due or DAY) + timedelta(days=9)
    assert is_overdue(finding, day) or days_late(finding, day) == 0 or finding.asked_on is not None


def test_the_longest_terms_lead_to_days_that_are_taken():
    terms = Terms(**{each.name: longest(each.name) for each in fields(Terms)})
    story = opened().does(c.SetTerms(terms, BUREAU), drafted())
    story.does(c.HandOver((FIRST,), deadlines_from(story_day(story), terms), BUREAU))
    assert the(story).standing is Stand.HANDED_OVER


def test_terms_are_set_for_what_is_handed_over_from_then_on():
    story = opened().does(c.SetTerms(Terms(plan_days=30), BUREAU))
    assert story.meeting.findings.terms.plan_days == 30
    for terms in (Terms(plan_days=0), Terms(report_months=121)):
        assert story.refusal(c.SetTerms(terms, BUREAU)) == "terms.out_of_range"
    for terms, code in (
        (Terms(notice_working_days=8), "terms.return_before_notice"),
        (Terms(rectification_months=5), "terms.report_before_rectified"),
    ):
        assert story.refusal(c.SetTerms(terms, BUREAU)) == code
    assert story.refusal(handed_over(FIRST)) == "finding.unknown"
    late = passes(story.does(drafted()), 30)
    assert late.refusal(handed_over()) == "finding.day_is_past"
    assert date(2023, 12, 17) == story_day(late)
