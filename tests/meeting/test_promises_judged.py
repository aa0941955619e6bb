"""The panel judges last year's promises beside its sheets: when, who, told when, and never part of a score."""

import pytest

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.plan import Mode, ResultsShown
from app.meeting.promises.counting import counts_of, judgements_of, revealed_counts, told_counts
from app.meeting.promises.state import PromiseCount
from app.meeting.scoring import reckoning
from app.meeting.scoring.reckoning import reveal_steps
from app.meeting.scoring.result import Result
from app.meeting.sealing import rule_seal, said_of_rules
from app.meeting.sheets.state import Standing
from tests.meeting.playing import last, script_plan, takes_back
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    WATER,
    Story,
    at_water,
    closes,
    correction,
    give_score,
    opened,
    sheet,
    small_plan,
)
from tests.promised import KEPT, LARGELY, NOT_KEPT, WORDS, all_say, judged_plan, judges, with_last_year


def said() -> Story:
    """Four of five seats have judged both promises, and all five have handed in their sheets."""
    story = at_water(judged_plan()).does(*all_say())
    return story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in (*WORDS, EVE)))


def result_of(story: Story) -> Result:
    return reckoning.result_of(story.meeting, closes(story, WATER).water if story.water.is_open else story.water)


def test_the_rule_is_off_by_default_and_sealed_where_it_is_on():
    off = with_last_year(small_plan())
    assert not off.rules.promises_judged
    assert rule_seal(off) == rule_seal(small_plan())
    assert rule_seal(judged_plan()) != rule_seal(off)
    assert [each.code for each in said_of_rules(judged_plan())].count("promises_judged") == 1
    assert at_water(off).refusal(judges(ANN, 1)) == "promises.not_judged"
    (said,) = [each for each in said_of_rules(judged_plan(mode=Mode.COMMENTS)) if each.code.startswith("promises")]
    assert said.code == "promises_judged_without_scores"


def test_a_word_can_be_changed_and_taken_back_until_the_round_is_closed():
    story = at_water(judged_plan()).does(judges(ANN, 1, KEPT), judges(ANN, 1, KEPT), judges(ANN, 1, NOT_KEPT))
    assert story.kinds.count("PromiseJudged") == 2, "the same word once more is no news"
    assert judgements_of(story.meeting, WATER).of_seat(ANN) == {1: NOT_KEPT}
    story.does(c.EraseJudgement(WATER, ANN, 1))
    assert story.refusal(c.EraseJudgement(WATER, ANN, 1)) == "promise.not_judged_yet"
    story.does(judges(ANN, 2, LARGELY), sheet(story.meeting, WATER, ANN, 50, 30), judges(ANN, 1, KEPT))
    closes(story, WATER)
    assert story.refusal(judges(ANN, 1, LARGELY)) == "round.closed"
    story.does(c.ReopenRound(WATER, "a reason"), judges(ANN, 1, LARGELY))
    assert judgements_of(story.meeting, WATER).of_seat(ANN) == {1: LARGELY, 2: LARGELY}


def test_only_promises_of_the_unit_whose_round_is_open_are_judged_by_who_may_score_it():
    story = at_water(judged_plan())
    assert story.refusal(judges(ANN, 3)) == "promise.unknown"
    assert story.refusal(judges(ANN, 1, round=COURT)) == "round.unknown"
    story.does(c.Recuse(WATER, ANN, "a cousin"), c.Abstain(WATER, BEN))
    assert story.refusal(judges(ANN, 1)) == "seat.recused"
    assert story.refusal(judges(BEN, 1)) == "sheet.abstained"
    story.goes_to(COURT)
    assert story.refusal(judges(EVE, 1, round=COURT)) == "seat.recused"
    assert story.refusal(judges(ANN, 1, round=COURT)) == "promise.unknown", "the court made none"


def test_who_judges_is_here():
    assert ANN in at_water(judged_plan()).does(judges(ANN, 1)).meeting.panel.arrivals


def test_three_counts_of_each_among_those_whose_word_counts():
    story = said()
    counts = counts_of(story.meeting, "water")
    assert counts == [PromiseCount(1, 5, 2, 1, 1), PromiseCount(2, 5, 0, 1, 3)]
    story.does(c.Recuse(WATER, ANN, "a cousin"), c.Abstain(WATER, CAT))
    assert counts_of(story.meeting, "water") == [PromiseCount(1, 3, 1, 0, 1), PromiseCount(2, 3, 0, 1, 1)]
    story.does(c.ReturnToSheet(WATER, ANN))
    assert counts_of(story.meeting, "water")[0] == PromiseCount(1, 4, 2, 0, 1), "what was said is not lost"


def test_who_neither_handed_in_a_sheet_nor_judged_anything_is_absent():
    story = at_water(judged_plan()).does(judges(ANN, 1), give_score(BEN, 50))
    story.does(sheet(story.meeting, WATER, CAT, 50, 30))
    assert counts_of(closes(story, WATER).meeting, "water")[0].members == 2


def test_of_one_or_two_words_it_is_not_told_what_they_were():
    story = at_water(judged_plan()).does(judges(ANN, 1), judges(BEN, 1), *(judges(each, 2) for each in (ANN, BEN, CAT)))
    assert [each.promise for each in told_counts(story.meeting, "water")] == [2]
    assert PromiseCount(1, 5, 0, 0, 0).is_told


def test_no_score_is_made_of_what_the_panel_says():
    silent = at_water(judged_plan())
    silent.does(*(sheet(silent.meeting, WATER, seat, 50, 30) for seat in (*WORDS, EVE)))
    assert result_of(silent) == result_of(said())


@pytest.mark.parametrize("by_steps", [True, False])
def test_the_counts_are_told_with_the_result_by_the_same_command(by_steps):
    story = closes(said(), WATER)
    assert not story.water.is_revealed
    if by_steps:
        steps = reveal_steps(result_of(story))
        story.does(*(c.ShowResultStep(WATER, step) for step in steps))
    else:
        story.does(c.RevealResult(WATER))
    revealed, told = story.events[-2:]
    assert isinstance(revealed, e.ResultRevealed)
    assert told == e.PromisesTold(WATER, (PromiseCount(1, 5, 2, 1, 1), PromiseCount(2, 5, 0, 1, 3)), at=story.now)


def test_nothing_is_told_of_a_unit_that_promised_nothing():
    story = opened(judged_plan()).goes_to(COURT)
    story.does(*(sheet(story.meeting, COURT, seat, 50, 30) for seat in (ANN, BEN, CAT, DAN)))
    assert "PromisesTold" not in closes(story, COURT).does(c.RevealResult(COURT)).kinds


def test_told_again_after_a_reveal_was_withdrawn_and_a_paper_sheet_came_in():
    story = closes(at_water(judged_plan()).does(*all_say()), WATER)
    assert story.refusal(c.RevealResult(WATER)) == "result.none", "no sheet is in: a word on promises is none"
    story.does(*(correction(story.meeting, WATER, seat, 50, 30) for seat in WORDS))
    story.does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "too early"))
    story.does(correction(story.meeting, WATER, EVE, 50, 30))
    story.does(c.RevealResult(WATER))
    told = [event.counts[0].members for event in story.events if isinstance(event, e.PromisesTold)]
    assert told == [4, 5]


def test_the_opening_of_a_round_is_not_taken_back_from_whom_has_judged():
    plan = with_last_year(script_plan(ResultsShown.AFTER_EACH, promises_judged=True))
    story = opened(plan).steps(2)
    assert last(story).opened == WATER
    judged = takes_back(Story(plan).opens().steps(2).does(judges(ANN, 1)))
    assert WATER in judged.meeting.rounds
    assert judgements_of(judged.meeting, WATER).of_seat(ANN) == {1: KEPT}
    taken_back = takes_back(Story(plan).opens().steps(2).does(judges(ANN, 1), c.EraseJudgement(WATER, ANN, 1)))
    assert WATER not in taken_back.meeting.rounds


def test_a_void_sheet_leaves_the_word_on_promises_alone():
    story = closes(said(), WATER).does(c.VoidSheet(WATER, ANN, "two marks", "the clerk"))
    assert story.water.sheet(ANN).standing is Standing.VOID
    assert counts_of(story.meeting, "water")[0] == PromiseCount(1, 5, 2, 1, 1)


# --- where nothing is scored ------------------------------------------------------------------------------------------


def commented() -> Story:
    """Four of five seats have judged what the unit promised that reports; the meeting goes on."""
    return opened(judged_plan(mode=Mode.COMMENTS)).goes_to(WATER).does(*all_say())


def test_without_scores_they_are_judged_from_the_report_on_to_the_end_of_the_meeting():
    story = opened(judged_plan(mode=Mode.COMMENTS))
    assert story.refusal(judges(ANN, 1)) == "promises.not_begun"
    assert story.refusal(judges(ANN, 1, round="opening")) == "round.not_a_presentation"
    story.goes_to(WATER).does(judges(ANN, 1)).goes_to(COURT).does(judges(ANN, 1, NOT_KEPT))
    assert story.refusal(judges(EVE, 1, round=COURT)) == "seat.recused"
    assert story.refusal(judges(ANN, 1, round=COURT)) == "promise.unknown"
    assert story.does(c.FinishMeeting()).refusal(judges(ANN, 1)) == "meeting.finished"


def test_without_scores_the_counts_are_told_as_the_meeting_ends_and_again_if_it_went_on():
    story = commented()
    assert revealed_counts(story.meeting, "water") is None
    told, finished = story.does(c.FinishMeeting()).events[-2:]
    assert isinstance(finished, e.MeetingFinished)
    assert told == e.PromisesTold(WATER, (PromiseCount(1, 4, 2, 1, 1), PromiseCount(2, 4, 0, 1, 3)), at=story.now)
    assert revealed_counts(story.meeting, "water") == list(told.counts)
    story.does(c.ContinueMeeting(), c.CheckIn(EVE))
    assert revealed_counts(story.meeting, "water") is None
    story.does(c.FinishMeeting())
    assert revealed_counts(story.meeting, "water")[0].members == 5


def test_of_a_unit_that_has_not_reported_nothing_is_told():
    story = opened(judged_plan(mode=Mode.COMMENTS)).goes_to(COURT).does(c.FinishMeeting())
    assert "PromisesTold" not in story.kinds
    assert revealed_counts(story.meeting, "water") is None
