"""Sheets: marks as they come, submission with everything said again, abstention, recusal."""

from decimal import Decimal

import pytest

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting.plan import Mode
from app.meeting.sheets.state import SheetVersion, Standing
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    WATER,
    Points,
    Story,
    at_water,
    closed_over,
    closes,
    correction,
    counting,
    give_score,
    noon,
    opened,
    refused,
    sheet,
    small_plan,
)


def submitted(*points: Points) -> Story:
    story = at_water()
    return story.does(sheet(story.meeting, WATER, ANN, *points))


# --- marks ------------------------------------------------------------------------------------------------------------


def test_a_score_stands_on_the_draft():
    story = at_water().does(give_score(ANN, "47.5"))
    assert story.water.sheet(ANN).marks == {"clarity": Decimal("47.5")}
    assert story.water.sheet(ANN).standing is Standing.DRAFT
    assert not story.water.sheet(ANN).is_answered


def test_a_score_is_changed_by_giving_another():
    assert at_water().does(give_score(ANN, 40), give_score(ANN, 41)).water.sheet(ANN).marks == {"clarity": 41}


def test_giving_the_same_score_again_changes_nothing():
    story = at_water().does(give_score(ANN, 40))
    assert story.does(give_score(ANN, "40.0")).kinds.count("ScoreGiven") == 1


def test_zero_is_a_mark_and_an_erased_mark_is_none():
    story = at_water().does(give_score(ANN, 0))
    assert story.water.sheet(ANN).marks == {"clarity": 0}
    assert story.does(c.EraseScore(WATER, ANN, "clarity")).water.sheet(ANN).marks == {}


def test_what_was_not_given_cannot_be_erased():
    assert at_water().refusal(c.EraseScore(WATER, ANN, "clarity")) == "score.not_given"


def test_the_ends_of_the_range_may_be_given_and_nothing_beyond():
    story = at_water().does(give_score(ANN, 0), give_score(ANN, 60))
    assert story.refusal(give_score(ANN, "60.5")) == "score.out_of_range"
    assert story.refusal(give_score(ANN, "-0.5")) == "score.out_of_range"


@pytest.mark.parametrize("points", ["40.25", "0.1", "0.50000000000000000000000000000000001", "1E-400", "1E-999999999"])
def test_points_between_two_steps_are_refused(points: str):
    assert at_water().refusal(give_score(ANN, points)) == "score.off_step"


@pytest.mark.parametrize("points", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_points_must_be_a_number(points: str):
    assert at_water().refusal(give_score(ANN, points)) == "score.not_a_number"


def test_a_number_of_any_size_is_refused_in_a_short_sentence():
    assert sentence_of(refused(at_water().meeting, give_score(ANN, "1E+999999999")).said) == (
        "“Clarity” takes 0 to 60 points; 1e+999999999 is outside."
    )


@pytest.mark.parametrize(
    ("given", "kept"), [("8.50", "8.5"), ("1E+1", "10"), ("40.0", "40"), ("-0", "0"), ("0.0", "0")]
)
def test_a_number_is_kept_in_its_plainest_form(given: str, kept: str):
    assert str(at_water().does(give_score(ANN, given)).water.sheet(ANN).marks["clarity"]) == kept


def test_a_level_must_be_one_of_the_scale():
    story = at_water(small_plan(mode=Mode.LEVELS)).does(give_score(ANN, 3, criterion="overall"))
    assert story.water.sheet(ANN).marks == {"overall": 3}
    assert story.refusal(give_score(ANN, "2.5", criterion="overall")) == "score.no_such_level"


# --- submission -------------------------------------------------------------------------------------------------------


def test_a_submitted_sheet_counts_and_has_a_receipt():
    story = submitted(50, "30.5")
    version = SheetVersion(1, {"clarity": Decimal(50), "effect": Decimal("30.5")}, noon(0), "A4PK-XDWJ")
    assert story.water.sheet(ANN).current == version
    assert story.water.sheet(ANN).is_answered


def test_a_sheet_needs_no_draft_before():
    assert submitted(50, 30).kinds[-1] == "SheetSubmitted"


def test_the_sheet_is_refused_for_another_unit_than_the_tablet_showed():
    story = opened().goes_to(WATER).goes_to(COURT)
    shown_water = sheet(story.meeting, COURT, ANN, 50, 30, unit="water")
    assert refused(story.meeting, shown_water).facts == {"unit": "Court", "shown": "Water"}
    assert story.refusal(shown_water) == "sheet.other_unit"


@pytest.mark.parametrize("total", ["80.5", "8", "NaN", "sNaN", "Infinity", "1E+999999999", "1E-999999999"])
def test_the_sheet_is_refused_with_another_total_than_the_tablet_showed(total: str):
    story = at_water()
    said = refused(story.meeting, sheet(story.meeting, WATER, ANN, 50, 30, total=Decimal(total)))
    assert said.code == "sheet.other_total"
    assert len(sentence_of(said.said)) < 200


def test_a_total_may_be_written_with_zeros_behind_the_point():
    story = at_water()
    story.does(sheet(story.meeting, WATER, ANN, 50, 30, total=Decimal("80.00")))
    assert story.kinds[-1] == "SheetSubmitted"


def test_an_incomplete_sheet_names_what_is_missing():
    story = at_water()
    said = refused(story.meeting, sheet(story.meeting, WATER, ANN, 50))
    assert (said.code, said.facts) == ("sheet.incomplete", {"criteria": ("Effect",)})


def test_a_mark_for_an_unknown_criterion_is_refused():
    story = at_water()
    wrong = {"clarity": Decimal(50), "effect": Decimal(30), "beauty": Decimal(5)}
    assert story.refusal(sheet(story.meeting, WATER, ANN, 50, 30, marks=wrong)) == "criterion.unknown"


def test_the_marks_of_a_submitted_sheet_are_checked_like_single_ones():
    story = at_water()
    assert story.refusal(sheet(story.meeting, WATER, ANN, 61, 30)) == "score.out_of_range"
    assert story.refusal(sheet(story.meeting, WATER, ANN, 60, "30.1")) == "score.off_step"


def test_a_receipt_needs_a_random_part():
    story = at_water()
    assert story.refusal(sheet(story.meeting, WATER, ANN, 50, 30, salt="123456789012345")) == "salt.missing"


def test_another_salt_makes_another_receipt():
    receipts = set()
    for salt in ("0123456789abcdef", "0123456789abcdeg"):
        story = at_water()
        receipts.add(counting(story.does(sheet(story.meeting, WATER, ANN, 50, 30, salt=salt)).water, ANN).receipt)
    assert len(receipts) == 2


def test_a_double_submit_is_one_sheet():
    story = submitted(50, 30)
    assert story.refusal(sheet(story.meeting, WATER, ANN, 50, 30)) == "sheet.already_submitted"


def test_a_changed_sheet_keeps_its_earlier_versions():
    story = submitted(50, 30).waits(1)
    versions = story.does(sheet(story.meeting, WATER, ANN, 55, 30)).water.sheet(ANN).versions
    assert [(version.number, version.marks["clarity"], version.at) for version in versions] == [
        (1, 50, noon(0)),
        (2, 55, noon(1)),
    ]
    assert counting(story.water, ANN) == versions[1]


def test_a_score_given_after_submission_waits_for_the_next_submission():
    story = submitted(50, 30).does(give_score(ANN, 55))
    assert counting(story.water, ANN).marks["clarity"] == 50
    assert story.water.sheet(ANN).marks["clarity"] == 55


def test_marks_of_one_round_are_not_those_of_another():
    story = submitted(50, 30).goes_to(COURT)
    assert story.meeting.rounds[COURT].sheet(ANN).marks == {}
    assert story.does(give_score(ANN, 10, round=COURT)).water.sheet(ANN).marks["clarity"] == 50


def test_a_closed_round_takes_no_more_marks():
    story = closes(at_water().does(give_score(ANN, 40)), WATER)
    asked = [give_score(ANN, 41), c.EraseScore(WATER, ANN, "clarity"), c.Abstain(WATER, ANN)]
    asked += [c.Recuse(WATER, ANN, "a relative"), c.ReturnToSheet(WATER, ANN)]
    assert {story.refusal(command) for command in asked} == {"round.closed"}


# --- abstention and recusal -------------------------------------------------------------------------------------------


def test_a_recused_seat_cannot_score():
    story = opened().goes_to(COURT)
    asked = [give_score(EVE, 40, round=COURT), sheet(story.meeting, COURT, EVE, 50, 30), c.Abstain(COURT, EVE)]
    asked += [c.Recuse(COURT, EVE, "a relative"), c.ReturnToSheet(COURT, EVE)]
    assert {story.refusal(command) for command in asked} == {"seat.recused"}


def test_a_recusal_concerns_one_unit_only():
    assert at_water().does(give_score(EVE, 40)).water.sheet(EVE).marks == {"clarity": 40}


def test_a_recusal_declared_in_the_meeting_has_a_reason():
    story = at_water().does(c.Recuse(WATER, ANN, "a relative"))
    assert (story.water.sheet(ANN).standing, story.water.sheet(ANN).reason) == (Standing.RECUSED, "a relative")
    assert at_water().refusal(c.Recuse(WATER, ANN, " ")) == "reason.missing"


def test_who_declared_a_recusal_cannot_score_abstain_or_declare_it_again():
    story = at_water().does(c.Recuse(WATER, ANN, "a relative"))
    asked = [give_score(ANN, 40), sheet(story.meeting, WATER, ANN, 50, 30), c.Abstain(WATER, ANN)]
    asked += [c.Recuse(WATER, ANN, "two relatives")]
    assert {story.refusal(command) for command in asked} == {"seat.recused"}


def test_who_abstained_returns_before_scoring_again():
    story = at_water().does(c.Abstain(WATER, ANN))
    assert story.refusal(give_score(ANN, 40)) == "sheet.abstained"
    assert story.refusal(sheet(story.meeting, WATER, ANN, 50, 30)) == "sheet.abstained"
    assert story.does(c.ReturnToSheet(WATER, ANN), give_score(ANN, 40)).water.sheet(ANN).marks == {"clarity": 40}


def test_one_abstains_once():
    assert at_water().does(c.Abstain(WATER, ANN)).refusal(c.Abstain(WATER, ANN)) == "sheet.already_abstained"


def test_abstaining_keeps_the_draft_for_a_return():
    story = at_water().does(give_score(ANN, 40), c.Abstain(WATER, ANN), c.ReturnToSheet(WATER, ANN))
    assert story.water.sheet(ANN).standing is Standing.DRAFT
    assert story.water.sheet(ANN).marks == {"clarity": 40}


def test_abstaining_after_submission_takes_the_sheet_out_and_a_return_brings_it_back():
    story = submitted(50, 30).does(c.Abstain(WATER, ANN))
    assert story.water.sheet(ANN).current is None
    assert counting(story.does(c.ReturnToSheet(WATER, ANN)).water, ANN).number == 1


def test_one_abstains_and_then_declares_a_recusal():
    story = at_water().does(c.Abstain(WATER, ANN), c.Recuse(WATER, ANN, "a relative"))
    assert story.water.sheet(ANN).standing is Standing.RECUSED
    assert story.does(c.ReturnToSheet(WATER, ANN)).water.sheet(ANN).reason == ""


def test_only_who_left_returns():
    assert at_water().refusal(c.ReturnToSheet(WATER, ANN)) == "seat.not_recused"


def test_one_seat_does_not_touch_the_sheet_of_another():
    story = submitted(50, 30).does(give_score(BEN, 10), c.Abstain(WATER, BEN))
    assert counting(story.water, ANN).marks == {"clarity": 50, "effect": 30}


def test_a_sheet_that_comes_after_the_finish_is_late_too():
    story = closed_over(dict.fromkeys((BEN, CAT, DAN), (50, 30))).does(c.FinishMeeting())
    assert story.does(sheet(story.meeting, WATER, ANN, 40, 30)).water.sheet(ANN).late is not None


def test_who_has_declared_a_recusal_is_not_late():
    story = at_water().does(c.Recuse(WATER, ANN, "a cousin works there"))
    closes(story, WATER)
    assert story.refusal(sheet(story.meeting, WATER, ANN, 40, 30)) == "seat.recused"
    assert story.refusal(correction(story.meeting, WATER, ANN, 40, 30)) == "seat.recused"
