"""Showing results to the hall: in steps or whole, withdrawn, and off the display when the agenda moves."""

from collections.abc import Mapping
from decimal import Decimal

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.plan import Mode, Rules, TieBreak
from app.meeting.results.state import Announcement, TieRuling
from app.meeting.scoring.reckoning import reveal_steps
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    SCHOOL,
    WATER,
    Points,
    Story,
    at_water,
    closed_over,
    noon,
    refused,
    result,
    shipped,
    small_plan,
)

HIGH, LOW = (60, 40), (30, 20)
ALL_HIGH = dict.fromkeys((ANN, BEN, CAT, DAN, EVE), HIGH)
FOUR_HIGH = dict.fromkeys((ANN, BEN, CAT, DAN), HIGH)
SPREAD, TRIMMED, SCORE, GRADE = (c.ShowResultStep(WATER, step) for step in ("spread", "trimmed", "score", "grade"))
GRADED = Rules(grades=shipped("demo").rules.grades)


def closed() -> Story:
    return closed_over(ALL_HIGH)


# --- the steps --------------------------------------------------------------------------------------------------------


def test_the_steps_lead_from_the_spread_to_the_score():
    assert reveal_steps(result(closed())) == ("spread", "trimmed", "score")


def test_without_a_trim_its_step_is_left_out():
    assert reveal_steps(result(closed_over(FOUR_HIGH))) == ("spread", "score")


def test_with_grade_lines_the_grade_comes_last():
    story = closed_over(ALL_HIGH, plan=small_plan(rules=GRADED))
    assert reveal_steps(result(story)) == ("spread", "trimmed", "score", "grade")


def test_a_level_has_its_counts_and_then_itself():
    story = closed_over(dict.fromkeys(ALL_HIGH, (4,)), plan=small_plan(mode=Mode.LEVELS))
    assert reveal_steps(result(story)) == ("spread", "grade")


def test_the_hall_sees_only_the_steps_shown():
    story = closed().does(SPREAD, TRIMMED)
    assert story.water.steps_shown == ("spread", "trimmed")
    assert (story.water.is_being_revealed, story.water.is_revealed, story.water.announced) == (True, False, None)


def test_the_last_step_announces_the_result():
    story = closed().does(SPREAD, TRIMMED).waits(1).does(SCORE)
    announced = Announcement(Decimal("100.00"), "")
    assert story.events[-2:] == [
        e.ResultStepShown(WATER, "score", noon(1)),
        e.ResultRevealed(WATER, ("spread", "trimmed", "score"), announced, noon(1)),
    ]
    assert (story.water.revealed_at, story.water.announced) == (noon(1), announced)


def test_a_double_press_shows_one_step():
    assert closed().does(SPREAD).refusal(SPREAD) == "result.other_step"


def test_no_step_is_shown_before_its_turn():
    story = closed()
    assert {story.refusal(step) for step in (TRIMMED, SCORE, GRADE)} == {"result.other_step"}


def test_a_result_is_revealed_whole():
    story = closed_over(ALL_HIGH, plan=small_plan(rules=GRADED)).does(c.RevealResult(WATER))
    assert story.water.steps_shown == ("spread", "trimmed", "score", "grade")
    assert story.water.announced == Announcement(Decimal("100.00"), "优秀")


def test_a_result_half_shown_is_revealed_whole():
    assert closed().does(SPREAD, c.RevealResult(WATER)).water.steps_shown == ("spread", "trimmed", "score")


def test_a_level_is_announced_without_a_score():
    story = closed_over(dict.fromkeys(ALL_HIGH, (3,)), plan=small_plan(mode=Mode.LEVELS)).does(c.RevealResult(WATER))
    assert story.water.announced == Announcement(None, "good")


def test_a_result_is_revealed_once():
    story = closed().does(c.RevealResult(WATER))
    assert story.refusal(c.RevealResult(WATER)) == "result.already_revealed"
    assert story.refusal(SCORE) == "result.already_revealed"


def test_an_open_round_has_nothing_to_reveal():
    assert at_water().refusal(c.RevealResult(WATER)) == "round.still_open"
    assert at_water().refusal(SPREAD) == "round.still_open"


def test_a_round_without_sheets_has_nothing_to_reveal():
    assert closed_over({}).refusal(c.RevealResult(WATER)) == "result.none"


def test_a_round_without_quorum_has_nothing_to_reveal():
    said = refused(closed_over({ANN: HIGH, BEN: HIGH}).meeting, c.RevealResult(WATER))
    assert sentence_of(said.said) == "There is no result for Water: 2 sheets count, 3 are needed."


def test_results_are_revealed_after_the_finish_too():
    assert closed().does(c.FinishMeeting(), c.RevealResult(WATER)).water.is_revealed


# --- withdrawing ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_result_leaves_nothing_in_sight():
    story = closed().does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "a misread sheet"))
    assert (story.water.steps_shown, story.water.revealed_at, story.water.announced) == ((), None, None)
    assert story.meeting.displays.spotlight is None


def test_steps_half_shown_are_withdrawn_too():
    assert not closed().does(SPREAD, c.WithdrawReveal(WATER, "too early")).water.is_being_revealed


def test_after_a_withdrawal_the_steps_begin_anew():
    story = closed().does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "a misread sheet"))
    assert story.refusal(SCORE) == "result.other_step"
    assert story.does(SPREAD).water.steps_shown == ("spread",)


def test_withdrawing_needs_a_result_in_sight_and_a_reason():
    assert closed().refusal(c.WithdrawReveal(WATER, "a misread sheet")) == "result.not_revealed"
    assert closed().does(SPREAD).refusal(c.WithdrawReveal(WATER, "")) == "reason.missing"


# --- on the display ---------------------------------------------------------------------------------------------------


def test_a_result_being_shown_is_on_the_display():
    assert closed().does(SPREAD).meeting.scene == Scene(SceneKind.RESULT, round=WATER)


def test_the_result_leaves_the_display_when_the_agenda_moves():
    assert closed().does(c.RevealResult(WATER)).steps().meeting.scene == Scene(SceneKind.ITEM, item=WATER)


def test_the_result_leaves_the_display_when_the_meeting_finishes():
    assert closed().does(c.RevealResult(WATER), c.FinishMeeting()).meeting.scene == Scene(SceneKind.FINISHED)


def test_skipping_another_item_leaves_the_result_on_the_display():
    story = closed().does(SPREAD, c.SkipItem(SCHOOL, "absent"))
    assert story.meeting.scene == Scene(SceneKind.RESULT, round=WATER)


def test_withdrawing_one_result_leaves_another_on_the_display():
    story = closed_over(ALL_HIGH, FOUR_HIGH).does(c.RevealResult(WATER), c.RevealResult(COURT))
    story.does(c.WithdrawReveal(WATER, "a misread sheet"))
    assert story.meeting.scene == Scene(SceneKind.RESULT, round=COURT)


def test_a_withdrawn_result_leaves_a_display_that_was_told_to_show_it():
    story = closed().does(SPREAD, c.CueScene(SceneKind.RESULT, round=WATER), c.WithdrawReveal(WATER, "too early"))
    assert story.meeting.scene == Scene(SceneKind.ITEM, item=WATER)


def test_a_withdrawn_result_leaves_a_display_that_was_held():
    story = closed().does(SPREAD, c.HoldScene(), c.WithdrawReveal(WATER, "too early"))
    assert story.meeting.scene == Scene(SceneKind.ITEM, item=WATER)


def test_a_withdrawn_result_leaves_another_cue_alone():
    story = closed().does(SPREAD, c.CueScene(SceneKind.BLANK), c.WithdrawReveal(WATER, "too early"))
    assert story.meeting.scene == Scene(SceneKind.BLANK)


# --- the chair's word on ties -----------------------------------------------------------------------------------------


def chaired(*rows: Mapping[str, tuple[Points, ...]]) -> Story:
    """Closed rounds of a meeting in which the chair decides ties."""
    return closed_over(*rows, plan=small_plan(rules=Rules(tie_ladder=(TieBreak.CHAIR,))))


def rule(*rounds: str, reason: str = "by age", author: str = "the chair") -> c.RuleOnTie:
    return c.RuleOnTie(rounds, reason, author)


def test_the_chair_rules_on_equal_scores():
    story = chaired(ALL_HIGH, FOUR_HIGH).does(rule(COURT, WATER))
    assert story.meeting.rulings == (TieRuling((COURT, WATER), "by age", "the chair"),)


def test_there_is_no_ruling_on_different_scores():
    story = chaired(ALL_HIGH, dict.fromkeys(FOUR_HIGH, LOW))
    assert story.refusal(rule(WATER, COURT)) == "tie.not_equal"


def test_there_is_no_ruling_on_a_round_without_a_result():
    assert chaired(ALL_HIGH, {}).refusal(rule(WATER, COURT)) == "tie.not_equal"
    assert chaired({}, {}).refusal(rule(WATER, COURT)) == "tie.not_equal"


def test_there_is_no_ruling_on_an_open_round():
    assert chaired(ALL_HIGH).goes_to(COURT).refusal(rule(WATER, COURT)) == "tie.not_equal"


def test_a_ruling_names_at_least_two_units():
    story = chaired(ALL_HIGH)
    assert story.refusal(rule()) == "tie.too_few"
    assert story.refusal(rule(WATER, WATER)) == "tie.too_few"


def test_a_ruling_names_known_rounds_a_reason_and_an_author():
    story = chaired(ALL_HIGH, FOUR_HIGH)
    assert story.refusal(rule(WATER, SCHOOL)) == "round.unknown"
    assert story.refusal(rule(WATER, COURT, reason="")) == "reason.missing"
    assert story.refusal(rule(WATER, COURT, author="")) == "author.missing"
