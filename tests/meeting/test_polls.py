"""Polls: opened by hand, with the round or by the script; what has ended stays ended; another one is held beside it."""

import pytest

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.plan import Mode, ResultsShown, Rules
from app.meeting.polls.agreed import PollsOpen
from app.meeting.script.state import StepKind
from app.meeting.script.steps import last_step, next_step
from tests.meetings import WATER, Story, at_water, closes, opened, small_plan

POLL = "water.1"


def at_the_vote(rule: PollsOpen, **changes) -> Story:
    plan = small_plan(rules=Rules(polls=rule, results_shown=ResultsShown.AFTER_EACH), **changes)
    return at_water(plan)


def presses(story: Story) -> StepKind:
    step = next_step(story.meeting)
    assert step is not None
    everybody = tuple(seat.id for seat in story.meeting.plan.seats)
    story.does(c.Advance(step=step.id, without=everybody))
    return step.kind


def presses_until(story: Story, kind: StepKind) -> list[StepKind]:
    pressed = []
    while not pressed or pressed[-1] is not kind:
        pressed.append(presses(story))
    return pressed


@pytest.mark.parametrize("mode", Mode)
def test_the_script_opens_closes_and_shows_a_poll_once_the_panel_has_judged(mode):
    story = at_the_vote(PollsOpen.BY_SCRIPT, mode=mode)
    pressed = presses_until(story, StepKind.SHOW_POLL)
    assert pressed[-3:] == [StepKind.OPEN_POLL, StepKind.CLOSE_POLL, StepKind.SHOW_POLL]
    assert (StepKind.CLOSE in pressed) == (mode is not Mode.COMMENTS)
    assert story.meeting.polls[POLL].is_shown
    assert next_step(story.meeting).kind is StepKind.ENTER


def test_a_poll_opens_and_closes_with_the_round_in_one_press():
    story = at_the_vote(PollsOpen.WITH_ROUND)
    assert story.meeting.polls[POLL].is_open
    assert last_step(story.meeting).step.kind is StepKind.ENTER, "the poll is no step of its own"
    closes(story, WATER)
    assert not story.meeting.polls[POLL].is_open
    assert last_step(story.meeting).step.kind is StepKind.CLOSE


def test_taking_back_the_opening_of_a_round_withdraws_the_poll_that_opened_with_it():
    story = at_the_vote(PollsOpen.WITH_ROUND)
    story.does(c.UndoStep(last_step(story.meeting).id))
    assert story.meeting.rounds == {}
    assert story.meeting.polls[POLL].is_withdrawn
    presses(story)
    assert story.meeting.poll_on("water").id == "water.2"


def test_a_poll_that_is_held_again_is_another_and_the_first_is_kept():
    story = at_the_vote(PollsOpen.BY_HAND).does(c.OpenPoll("water"), c.ClosePoll(POLL), c.ShowPoll(POLL))
    story.does(c.OpenPoll("water", again=True))
    assert story.meeting.poll_on("water").id == "water.2"
    assert story.meeting.polls[POLL].is_shown
    story.does(c.WithdrawPoll("water.2", "nobody heard it"))
    assert story.meeting.poll_on("water").id == POLL
    assert story.meeting.polls["water.2"].closed_at is not None


def test_what_was_shown_is_hidden_by_a_step_back_and_a_step_back_from_opening_withdraws():
    story = at_the_vote(PollsOpen.BY_HAND).does(c.OpenPoll("water"))
    story.does(c.UndoStep(last_step(story.meeting).id))
    assert story.meeting.polls[POLL].is_withdrawn
    second = "water.2"
    story.does(c.OpenPoll("water"), c.ClosePoll(second), c.ShowPoll(second))
    story.does(c.UndoStep(last_step(story.meeting).id))
    assert isinstance(story.events[-1], e.PollHidden)
    assert not story.meeting.polls[second].is_shown


def test_no_poll_stays_open_behind_the_last_item():
    story = opened(small_plan(mode=Mode.COMMENTS, rules=Rules(polls=PollsOpen.BY_HAND))).goes_to("summary")
    story.does(c.OpenPoll("water"))
    assert next_step(story.meeting).kind is StepKind.CLOSE_POLL


def test_the_hall_is_asked_and_told_by_a_picture_which_goes_with_a_poll_that_is_withdrawn():
    story = at_the_vote(PollsOpen.BY_HAND).does(c.OpenPoll("water"))
    asked = Scene(SceneKind.POLL, poll=POLL)
    assert story.meeting.scene == asked
    story.does(c.CueScene(SceneKind.POLL, poll=POLL), c.DirectDisplay("left", cue="poll", poll=POLL))
    assert {story.meeting.scene_of(display) for display in ("", "left")} == {asked}
    story.does(c.WithdrawPoll(POLL, "nobody heard it"))
    assert {story.meeting.scene_of(display).kind for display in ("", "left")} == {SceneKind.ITEM}


def test_while_the_panel_is_scoring_the_hall_is_asked_by_no_picture_of_its_own():
    story = at_the_vote(PollsOpen.WITH_ROUND)
    assert story.meeting.scene.kind is SceneKind.ITEM
    closes(story, WATER).does(c.ShowPoll(POLL))
    assert story.meeting.scene == Scene(SceneKind.POLL, poll=POLL)
