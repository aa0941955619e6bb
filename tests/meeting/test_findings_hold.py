"""Ways round the rules of findings, each of them shut: by an old request, an old objection, a short notice, one key."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.meeting import commands as c
from app.meeting.findings import answering
from app.meeting.findings.lateness import awaited, days_late, is_overdue
from app.meeting.findings.state import FindingKind, Stand
from tests.findings import (
    BUREAU,
    BUREAUS_KEY,
    CURE,
    DAY,
    FIRST,
    OBJECTION,
    UNIT,
    UNITS_KEY,
    answered,
    asked,
    brought_to,
    days,
    drafted,
    handed_over,
    objected,
    passes,
    proof,
    story_day,
    the,
    verified,
)
from tests.meeting.playing import presses, takes_back
from tests.meetings import Story, opened

GRANTED = c.AnswerExtension(FIRST, True, "It has burnt down", BUREAU)


def extended(until: date) -> c.AskExtension:
    return c.AskExtension("water", FIRST, until, "The printer burnt down", UNIT)


def in_days(story: Story, number: int) -> date:
    return story_day(story) + timedelta(days=number)


def reopened(story: Story, number: int) -> c.ReopenFinding:
    return c.ReopenFinding(FIRST, in_days(story, number), "The rules are gone again", BUREAU)


def long_term(story: Story, number: int = 90) -> c.MakeLongTerm:
    return c.MakeLongTerm(FIRST, "It needs a law", in_days(story, number), BUREAU)


# --- keys -------------------------------------------------------------------------------------------------------------


def test_who_asks_passes_on_and_verifies_shows_a_key_and_each_another():
    story = brought_to(Stand.RECTIFYING).does(proof("proof-one", "standard-1", "standard-2"))
    assert story.refusal(asked(key="")) == "finding.no_key"
    story.does(asked())
    assert story.refusal(c.PassOn(FIRST, BUREAU, UNITS_KEY)) == "finding.passes_own"
    assert story.refusal(c.PassOn(FIRST, BUREAU)) == "finding.no_key"
    story.does(c.PassOn(FIRST, BUREAU, BUREAUS_KEY))
    assert story.refusal(verified(key="")) == "finding.no_key"


def test_a_browser_that_holds_the_key_of_the_step_before_does_not_take_the_next():
    story = brought_to(Stand.ASKED)
    beside = c.PassOn(FIRST, BUREAU, BUREAUS_KEY, beside=("another", UNITS_KEY))
    assert story.refusal(beside) == "finding.same_browser"
    story.does(replace(beside, beside=("another",)))
    for key in (UNITS_KEY, BUREAUS_KEY):
        assert story.refusal(replace(verified(), beside=(key,))) == "finding.same_browser"
    assert the(story.does(replace(verified(), beside=("another",)))).standing is Stand.VERIFIED


# --- requests for more time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("then", ["asked", "long-term"])
def test_a_request_that_was_not_answered_lapses_when_the_finding_goes_on(then: str):
    story = brought_to(Stand.RECTIFYING).does(extended(DAY + timedelta(days=90)))
    if then == "asked":
        story.does(proof("proof-one", "standard-1", "standard-2"), asked())
        story.does(c.ReturnRequest(FIRST, "The scan is empty", BUREAU))
    else:
        story.does(long_term(story), c.EndLongTerm(FIRST, DAY + timedelta(days=200), "There is one", BUREAU))
    due = the(story).due
    assert story.refusal(GRANTED) == "extension.none"
    assert the(story).due == due
    later = DAY + timedelta(days=300)
    assert the(story.does(extended(later), GRANTED)).due == later


def test_more_time_is_granted_with_a_reason_as_it_is_refused():
    story = brought_to(Stand.RECTIFYING).does(extended(DAY + timedelta(days=90)))
    assert story.refusal(c.AnswerExtension(FIRST, True, " ", BUREAU)) == "reason.missing"


def test_what_is_long_term_has_no_day_that_could_be_moved():
    story = brought_to(Stand.RECTIFYING)
    assert story.does(long_term(story)).refusal(extended(DAY + timedelta(days=90))) == "finding.not_now"


def test_another_unit_begins_anew():
    story = brought_to(Stand.PLANNED).does(c.ReturnCure(FIRST, "Too vague", BUREAU), extended(DAY + timedelta(days=90)))
    story.does(c.DisputeFinding("water", FIRST, "It is about courts", "the court", UNIT))
    story.does(c.SettleDispute(FIRST, True, "So it is", BUREAU, "court"))
    finding = the(story)
    assert (finding.cure, finding.extensions, finding.disputed_to, finding.due) == (None, (), "", None)
    story.does(handed_over(), c.SignFor("court", (FIRST,), UNIT))
    assert story.refusal(GRANTED) == "extension.none"
    assert story.refusal(c.SignFor("water", (FIRST,), UNIT)) == "finding.unknown"


# --- long-term --------------------------------------------------------------------------------------------------------


def test_long_term_work_that_is_sent_back_is_long_term_still_and_never_late():
    story = brought_to(Stand.RECTIFYING)
    story.does(long_term(story, 300), proof("proof-one", "standard-1", "standard-2"))
    passes(story, 100).does(asked())
    assert days_late(the(story), story_day(story)) == 0
    story.does(c.ReturnRequest(FIRST, "The scan is empty", BUREAU))
    assert (the(story).standing, days_late(the(story), story_day(story))) == (Stand.LONG_TERM, 0)


def test_what_was_struck_off_as_long_term_and_is_reopened_has_a_day_again():
    story = brought_to(Stand.RECTIFYING)
    story.does(long_term(story), proof("proof-one", "standard-1", "standard-2"), asked())
    story.does(c.PassOn(FIRST, BUREAU, BUREAUS_KEY), verified(), c.GiveNotice((FIRST,), in_days(story, 7), BUREAU))
    passes(story, 8).does(c.StrikeOff((FIRST,), in_days(story, 180), BUREAU), reopened(story, 30))
    assert (the(story).standing, the(story).checkpoint) == (Stand.RECTIFYING, None)
    assert days_late(the(story), in_days(story, 33)) == 3


# --- proofs -----------------------------------------------------------------------------------------------------------


def test_what_it_was_struck_off_by_stays_and_counts_no_more():
    story = brought_to(Stand.STRUCK_OFF)
    passes(story, 1).does(reopened(story, 30))
    first = the(story).proofs[0].id
    assert story.refusal(c.RemoveProof("water", FIRST, first, UNIT)) == "proof.of_before"
    story.does(proof("proof-new", "standard-1"))
    assert story.refusal(asked()) == "finding.unproved"


def test_whoever_takes_proofs_away_can_bring_others(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "MOST_PROOFS", 2)
    monkeypatch.setattr(answering, "MOST_UPLOADS", 4)
    story = brought_to(Stand.RECTIFYING).does(proof("proof-one"), proof("proof-two"))
    assert story.refusal(proof("proof-3rd")) == "proof.too_many"
    for number in ("3rd", "4th"):
        story.does(c.RemoveProof("water", FIRST, the(story).standing_proofs[0].id, UNIT), proof(f"proof-{number}"))
    story.does(c.RemoveProof("water", FIRST, "proof-4th", UNIT))
    assert story.refusal(proof("proof-5th")) == "proofs.too_often"


def test_files_of_a_finding_are_bounded_together_also_those_that_were_taken_away(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "LARGEST_TOGETHER", 10)
    monkeypatch.setattr(answering, "LARGEST_EVER", 20)
    story = brought_to(Stand.RECTIFYING).does(proof("proof-one", bytes=10))
    assert story.refusal(proof("proof-two", bytes=1)) == "proofs.all_too_large"
    story.does(c.RemoveProof("water", FIRST, "proof-one", UNIT), proof("proof-two", bytes=10))
    story.does(c.RemoveProof("water", FIRST, "proof-two", UNIT))
    assert story.refusal(proof("proof-three", bytes=1)) == "proofs.too_often"


def test_what_was_shown_by_mistake_can_be_hidden_whatever_has_become_of_the_finding():
    story = brought_to(Stand.NOTICE)
    first, second = (each.id for each in the(story).proofs)
    story.does(c.ShowProofs(FIRST, (first, second), BUREAU), objected(), answered(upheld=True))
    assert story.refusal(c.ShowProofs(FIRST, (first, second, "proof-new"), BUREAU)) == "finding.not_now"
    story.does(c.ShowProofs(FIRST, (second,), BUREAU))
    assert the(story).public_proofs == {second}
    assert story.refusal(c.ShowProofs(FIRST, (first, second), BUREAU)) == "finding.not_now"


# --- the notice and objections ----------------------------------------------------------------------------------------


def test_a_notice_is_not_shorter_than_the_terms_say():
    story = brought_to(Stand.VERIFIED)
    assert story.refusal(c.GiveNotice((FIRST,), in_days(story, 4), BUREAU)) == "finding.notice_too_short"
    story.does(c.GiveNotice((FIRST,), in_days(story, 5), BUREAU))
    assert the(story).notice_until == in_days(story, 5)


def test_an_objection_of_an_earlier_notice_that_is_upheld_late_brings_the_finding_back():
    story = brought_to(Stand.NOTICE).does(objected(), objected("objection-2"), answered(upheld=True))
    story.does(asked(), c.PassOn(FIRST, BUREAU, BUREAUS_KEY), verified())
    story.does(answered(upheld=True, id="objection-2"))
    assert (the(story).standing, the(story).returns) == (Stand.RECTIFYING, 2)


def test_nothing_is_withdrawn_from_under_an_objection():
    story = brought_to(Stand.NOTICE).does(objected(), objected("objection-2"), answered(upheld=True))
    withdraw = c.WithdrawFinding(FIRST, "It is settled elsewhere", BUREAU)
    assert story.refusal(withdraw) == "finding.objections_open"
    story.does(c.WithholdObjection(FIRST, "objection-2", "It names a child", BUREAU), withdraw)
    assert the(story).standing is Stand.WITHDRAWN


def test_what_society_has_seen_is_not_withdrawn_without_a_word():
    story = brought_to(Stand.HANDED_OVER)
    story.does(c.DisputeFinding("water", FIRST, "It is about courts", "the court", UNIT))
    story.does(c.SettleDispute(FIRST, True, "So it is", BUREAU, "court"))
    assert story.refusal(c.WithdrawFinding(FIRST, " ", BUREAU)) == "reason.missing"
    assert opened().does(drafted(), c.WithdrawFinding(FIRST, " ", BUREAU)).kinds[-1] == "FindingWithdrawn"


def test_a_day_ends_where_the_meeting_was_held_whatever_clock_the_server_has():
    """The notice lasts until the end of 24 November in Chongqing, which is 16:00 in London."""
    story = brought_to(Stand.NOTICE)
    story.now = datetime(2023, 11, 24, 15, 59, tzinfo=UTC)
    story.does(objected())
    story.now = datetime(2023, 11, 24, 11, 1, tzinfo=timezone(timedelta(hours=-5)))
    assert story.refusal(objected("objection-2")) == "objection.not_now"
    assert (
        story.does(answered(), c.StrikeOff((FIRST,), DAY + timedelta(days=200), BUREAU)).refusal(
            c.AnswerObjection(FIRST, OBJECTION, "Again", False, BUREAU)
        )
        == "objection.answered"
    )


# --- days -------------------------------------------------------------------------------------------------------------


def test_what_is_put_right_at_once_is_overdue_before_its_plan_would_be():
    tomorrow = replace(days(), rectification=DAY + timedelta(days=1))
    story = opened().does(drafted(kind=FindingKind.AT_ONCE), c.HandOver((FIRST,), tomorrow, BUREAU))
    assert awaited(the(story), DAY).by == DAY + timedelta(days=1)
    story.does(c.SignFor("water", (FIRST,), UNIT))
    assert is_overdue(the(story), DAY + timedelta(days=2))


def test_a_year_that_is_a_slip_of_the_finger_is_refused():
    story = opened().does(drafted())
    assert story.refusal(c.HandOver((FIRST,), replace(days(), report=date(9999, 12, 31)), BUREAU)) == (
        "finding.day_too_far"
    )
    story = brought_to(Stand.SIGNED_FOR)
    assert story.refusal(c.SendCure("water", FIRST, replace(CURE, until=date(2203, 1, 10)), UNIT)) == (
        "finding.day_too_far"
    )


def test_a_meeting_that_goes_on_and_steps_that_are_taken_back_leave_findings_alone():
    story = brought_to(Stand.RECTIFYING, presses(opened(), 4))
    findings = story.meeting.findings
    takes_back(story, 3).does(c.FinishMeeting(), c.ContinueMeeting())
    assert story.meeting.findings == findings
