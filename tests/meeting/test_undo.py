"""← takes back the last step, whatever it was: the meeting stands as it stood before, and the record says so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.live.views import Look
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, ResultsShown, Rules
from app.meeting.scoring.reckoning import result_of
from app.meeting.script import evolving
from app.meeting.script.state import StepKind
from app.meeting.script.steps import last_step
from app.meeting.timing import clock_of
from tests.live.sent import sent
from tests.meeting.playing import (
    announcing,
    coming,
    commented,
    hands_in,
    last,
    presses,
    presses_until,
    script_plan,
    taken,
    takes_back,
)
from tests.meetings import ANN, COURT, SEED, WATER, Story, checks, give_score, opened, small_plan


def revealed() -> Story:
    """The first unit's result has been shown, part by part."""
    story = hands_in(presses(opened(script_plan()), 2), WATER, 50, 30)
    return presses_until(presses_until(story, StepKind.SHOW), StepKind.ENTER)


def as_seen(meeting: Meeting) -> list[object]:
    """What hall, phones and the results say; the agenda without the time that has passed."""
    public = [sent(view, Look(meeting)) for view in ("hall", "phone", "results", "timer", "lower")]
    rounds = {id: (each.is_open, each.steps_shown) for id, each in meeting.rounds.items()}
    return [public, meeting.agenda.place, rounds, meeting.scene]


# --- one kind after the other -----------------------------------------------------------------------------------------


def test_whoever_enters_by_mistake_is_back_with_the_clock_going_on():
    story = presses(opened(script_plan()), 2).waits(5)
    presses(story).waits(1)
    takes_back(story).waits(2)
    clock = clock_of(story.meeting, Place(WATER, 0))
    assert (story.here, clock.spent + (story.now - (clock.since or story.now))) == (
        Place(WATER, 0),
        timedelta(minutes=8),
    )
    assert clock_of(story.meeting, Place(WATER, 1)).spent == timedelta()


def test_a_unit_walked_into_by_mistake_has_not_begun_and_its_round_is_not_open():
    story = revealed()
    before = as_seen(story.meeting)
    presses(story, 2)
    assert story.meeting.rounds[COURT].is_open
    takes_back(story, 2)
    assert as_seen(story.meeting) == before
    assert not story.meeting.agenda.runs[COURT].has_begun
    assert story.kinds[-3:] == ["StepUndone", "StepUndone", "RoundTakenBack"]


def test_a_round_in_which_somebody_has_marked_stays():
    story = presses(opened(script_plan()), 2).does(give_score(ANN, 40))
    takes_back(story)
    assert (story.water.is_open, story.here.item) == (True, "opening")
    assert story.water.sheet(ANN).marks


def test_a_round_opened_by_hand_is_taken_back_unless_somebody_has_marked():
    story = opened(script_plan()).does(c.OpenRound(COURT))
    assert takes_back(story).meeting.rounds == {}
    story.does(c.OpenRound(WATER), give_score(ANN, 40))
    assert story.refusal(c.UndoStep(last(story).id)) == "step.round_has_marks"


def test_a_closed_round_is_open_again():
    story = presses_until(hands_in(presses(opened(script_plan()), 2), WATER, 50, 30), StepKind.CLOSE)
    takes_back(presses(story))
    assert (story.water.is_open, coming(story).id) == (True, f"close:{WATER}")


def test_one_part_of_a_result_is_hidden_and_the_rest_stays():
    story = revealed()
    assert takes_back(story).water.steps_shown == ("spread", "trimmed", "score")
    assert not story.water.is_revealed
    assert sent("phone", Look(story.meeting))["phone-results"]["results"] == []
    assert sent("results", Look(story.meeting))["results-board"]["results"] == []
    assert story.meeting.scene == Scene(SceneKind.RESULT, round=WATER)
    assert takes_back(story, 3).meeting.scene.kind is SceneKind.ITEM
    assert coming(story).id == f"show:{WATER}:spread"


def test_what_was_revealed_whole_by_hand_goes_back_to_the_parts_shown_before():
    story = presses_until(hands_in(presses(opened(script_plan()), 2), WATER, 50, 30), StepKind.SHOW)
    presses(story).does(c.RevealResult(WATER))
    assert last(story).step.id == f"announce:{WATER}"
    assert takes_back(story).water.steps_shown == ("spread",)


def test_an_announcement_of_a_grade_is_taken_back_whole():
    story = announcing(ResultsShown.BY_GRADE)
    before = as_seen(story.meeting)
    presses(story, 2)
    assert as_seen(takes_back(story, 2).meeting) == before


def test_a_comment_released_by_a_step_waits_again_and_the_one_before_is_seen():
    story = presses(commented(), 3)
    assert takes_back(story).meeting.scene.comment == "comment2"
    assert not story.meeting.comments["comment3"].is_released
    assert coming(story).comment == "comment3"


def test_the_end_is_taken_back():
    story = presses_until(opened(script_plan()), StepKind.FINISH)
    scene = story.meeting.scene
    assert presses(story).meeting.is_finished
    assert (takes_back(story).meeting.is_open, story.meeting.scene) == (True, scene)


def test_a_meeting_that_ended_in_a_pause_is_in_that_pause_again():
    story = presses_until(opened(script_plan()), StepKind.FINISH).does(c.Pause())
    assert takes_back(presses(story)).meeting.is_paused


@pytest.mark.parametrize("mode", Mode)
def test_a_whole_unit_is_walked_back_and_forward_again(mode):
    """To the opening and to the same end: what was seen at each step is seen again, in both directions."""
    story = opened(script_plan(mode=mode))
    seen = [as_seen(story.meeting)]
    while coming(story).kind is not StepKind.FINISH and len(seen) < 9:
        presses(story)
        seen.append(as_seen(story.meeting))
    for expected in reversed(seen[:-1]):
        assert as_seen(takes_back(story).meeting) == expected
    assert taken(story) == ["open"]
    for expected in seen[1:]:
        now = as_seen(presses(story).meeting)
        assert [now[1], now[3]] == [expected[1], expected[3]]


# --- what cannot be taken back ----------------------------------------------------------------------------------------


def test_a_step_is_taken_back_once_however_often_it_is_pressed():
    story = presses(opened(script_plan()), 2)
    back = c.UndoStep(last(story).id)
    assert story.does(back).refusal(back) == "agenda.moved_on"
    presses(story)
    assert story.refusal(back) == "agenda.moved_on", "the same step, taken anew, has a number of its own"


def test_what_a_hand_has_undone_already_is_no_step_any_more():
    story = revealed().does(c.WithdrawReveal(WATER, "too early"))
    assert last(story).step.id == f"close:{WATER}"
    assert last(story.does(c.ReopenRound(WATER, "too early"))).step.kind is StepKind.ENTER


def test_a_grade_whose_results_have_all_been_withdrawn_is_no_step_any_more():
    story = presses(announcing(ResultsShown.BY_GRADE), 2)
    assert last(story).step.kind is StepKind.ANNOUNCE_GRADE
    told = list(last(story).told)
    for round in told[:-1]:
        story.does(c.WithdrawReveal(round, "read out too early"))
    assert last(story).told.keys() == set(told)
    story.does(c.WithdrawReveal(told[-1], "read out too early"))
    before = last(story)
    assert (before.step.kind, before.step.grade) == (StepKind.ANNOUNCE_GRADE, "good")
    takes_back(story)
    assert last(story).step.kind is StepKind.ENTER
    assert not any(round.is_being_revealed for round in story.meeting.rounds.values())


def test_after_a_draw_is_called_off_the_step_before_it_can_be_taken_back():
    story = opened(replace(script_plan(), order=Order.DRAWN)).steps()
    story.does(c.PrepareDraw(commitment_of(SEED)), c.DrawNext(1, "seven", SEED))
    assert story.refusal(c.UndoStep(last(story).id)) == "step.draw_stays"
    story.does(c.CallOffDraw("not heard", SEED))
    assert last(story).step.kind is StepKind.ENTER
    story.does(c.PrepareDraw(commitment_of(SEED)), c.DrawNext(1, "eight", SEED))
    assert (last(story).step.kind, last(story).number) == (StepKind.DRAW, story.meeting.script.count)
    story.does(c.CallOffDraw("not heard", SEED))
    takes_back(story)
    assert story.meeting.agenda.place is None


def test_of_very_many_steps_the_first_are_forgotten(monkeypatch):
    monkeypatch.setattr(evolving, "MOST_KEPT", 3)
    story = presses(opened(script_plan()), 6)
    assert [each.number for each in story.meeting.script.taken] == [5, 6, 7]
    takes_back(story, 3)
    assert (last_step(story.meeting), coming(story).kind) == (None, StepKind.ENTER)


def test_what_was_passed_over_and_done_later_is_still_passed_over_where_that_is_undone():
    story = hands_in(presses(opened(script_plan()), 2), WATER, 50, 30)
    passes(presses_until(story, StepKind.CLOSE))
    presses(story).does(c.CloseRound(WATER))
    takes_back(story, 2)
    assert (story.water.is_open, coming(story).id) == (True, f"enter:{COURT}:0")
    assert last(story).passed


def test_back_from_an_item_that_was_skipped_is_in_that_item_again():
    story = presses(opened(script_plan())).does(c.SkipItem("opening", "late"))
    assert story.here.item == WATER
    assert takes_back(story).here.item == "opening"
    assert not story.meeting.agenda.runs["opening"].skipped


def test_a_result_checked_before_its_closing_is_undone_is_checked_anew():
    story = opened(small_plan(rules=Rules(results_shown=ResultsShown.AFTER_EACH, checked=True)))
    hands_in(presses(story, 2), WATER, 50, 30)
    presses(presses_until(story, StepKind.CHECK))
    assert coming(story).kind is StepKind.SHOW
    takes_back(story)
    assert presses_until(story, StepKind.CHECK).water.checked_at is None
    story.does(checks(story, WATER))
    assert result_of(story.meeting, story.water).is_scored


# --- what is passed over ----------------------------------------------------------------------------------------------


def passes(story: Story) -> Story:
    return story.does(c.PassStep(coming(story).id))


def scored(**rules: Any) -> Story:
    """The first unit has its sheets in."""
    return hands_in(presses(opened(script_plan(**rules)), 2), WATER, 50, 30)


def test_a_comment_can_stay_unreleased_and_the_script_goes_on_to_the_others():
    story = presses_until(commented(), StepKind.RELEASE)
    left = coming(story).comment
    presses_until(passes(story), StepKind.FINISH)
    released = {id for id, each in story.meeting.comments.items() if each.is_released}
    assert released == set(story.meeting.comments) - {left}


def test_a_result_that_is_not_shown_now_is_offered_again_once_that_is_taken_back():
    story = presses_until(scored(), StepKind.SHOW)
    shown = coming(story).id
    assert coming(passes(story)).kind is StepKind.ENTER
    assert story.refusal(c.PassStep(shown)) == "agenda.moved_on"
    assert coming(takes_back(story)).id == shown


def test_a_check_that_nobody_can_make_holds_nobody_up_and_no_unchecked_result_is_shown():
    story = presses_until(scored(checked=True), StepKind.CHECK)
    assert coming(passes(story)).kind is StepKind.ENTER
    assert story.refusal(c.RevealResult(WATER)) == "result.not_checked"


def test_what_is_passed_over_at_the_announcement_is_left_out_of_its_grade():
    story = presses_until(announcing(ResultsShown.BY_GRADE, checked=True), StepKind.CHECK)
    left = coming(story).round
    presses_until(passes(story), StepKind.FINISH)
    assert {id for id, each in story.meeting.rounds.items() if not each.is_revealed} == {left}


def test_scoring_that_closes_later_is_closed_before_the_end():
    story = presses_until(presses(opened(script_plan()), 2), StepKind.CLOSE)
    assert passes(story).meeting.rounds[WATER].is_open
    presses_until(story, StepKind.FINISH)
    assert story.meeting.open_rounds == []


def test_the_way_through_the_agenda_cannot_be_passed_over():
    story = presses(opened(script_plan()))
    assert story.refusal(c.PassStep(coming(story).id)) == "step.needed"
