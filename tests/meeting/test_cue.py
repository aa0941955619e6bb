"""The display: it follows the agenda unless told otherwise, and what it is told is free of agenda and scoring."""

from typing import Any

import pytest

from app.meeting import commands as c
from app.meeting.displays.state import CUEABLE, Cue, Scene, SceneKind
from app.meeting.plan import Mode, Order, Rules
from app.meeting.questions.agreed import Questions
from tests.meetings import (
    ANN,
    BEN,
    BREAK,
    CAT,
    DAN,
    EVE,
    SCHOOL,
    WATER,
    Story,
    at_water,
    closed_over,
    comment,
    opened,
    plays_round,
    small_plan,
)
from tests.questions import ROADS, chooses

RELEASED = (comment(), c.ReleaseComment("comment1", "Well argued"))
REVEALED = dict.fromkeys((ANN, BEN, CAT, DAN, EVE), (50, 30))


def revealed() -> Story:
    """The order was typed in before the first report, a question chosen; its result is on the screens."""
    plan = small_plan(order=Order.TYPED, rules=Rules(rank_shown=True, questions=Questions.MODERATED))
    story = opened(plan).does(c.TypeOrder({"water": "1", "court": "2", "school": "3"}), chooses()).goes_to(WATER)
    return plays_round(story.does(*RELEASED), WATER, REVEALED).does(c.RevealResult(WATER))


def scene(kind: SceneKind, **more: Any) -> Scene:
    return Scene(kind, **more)


# --- following --------------------------------------------------------------------------------------------------------


def test_before_the_opening_the_display_waits():
    assert Story(small_plan()).meeting.scene == scene(SceneKind.WAITING)


def test_after_the_opening_the_display_shows_the_seal():
    assert opened().meeting.scene == scene(SceneKind.SEAL)


def test_the_display_follows_the_agenda():
    assert at_water().goes_to(BREAK).meeting.scene == scene(SceneKind.ITEM, item=BREAK)


def test_after_the_finish_the_display_says_so():
    assert opened().steps().does(c.FinishMeeting()).meeting.scene == scene(SceneKind.FINISHED)


def test_opening_and_closing_rounds_does_not_touch_the_display():
    story = opened().goes_to(BREAK).does(c.OpenRound(SCHOOL))
    assert story.meeting.scene == scene(SceneKind.ITEM, item=BREAK)


# --- holding ----------------------------------------------------------------------------------------------------------


def test_a_held_display_stays_while_the_agenda_moves():
    story = at_water().does(c.HoldScene()).goes_to(BREAK)
    assert story.meeting.scene == scene(SceneKind.ITEM, item=WATER)
    assert not story.meeting.displays.cue.follows


def test_a_display_follows_again():
    story = at_water().does(c.HoldScene()).goes_to(BREAK).does(c.FollowAgenda())
    assert story.meeting.scene == scene(SceneKind.ITEM, item=BREAK)


def test_a_held_result_stays_while_the_agenda_moves():
    assert revealed().does(c.HoldScene()).goes_to(BREAK).meeting.scene == scene(SceneKind.RESULT, round=WATER)


def test_holding_a_cued_scene_keeps_it():
    story = at_water().does(c.CueScene(SceneKind.BLANK), c.HoldScene())
    assert story.meeting.displays.cue == Cue(scene(SceneKind.BLANK), held=True)


def test_holding_twice_and_following_twice_changes_nothing():
    story = at_water().does(c.HoldScene()).goes_to(BREAK).does(c.HoldScene())
    assert story.meeting.scene == scene(SceneKind.ITEM, item=WATER)
    assert story.does(c.FollowAgenda(), c.FollowAgenda()).kinds.count("CueGiven") == 2


# --- cues -------------------------------------------------------------------------------------------------------------

CUES = [
    (c.CueScene(SceneKind.BLANK), scene(SceneKind.BLANK)),
    (c.CueScene(SceneKind.DRAW), scene(SceneKind.DRAW)),
    (c.CueScene(SceneKind.TIMER), scene(SceneKind.TIMER)),
    (c.CueScene(SceneKind.SEAL), scene(SceneKind.SEAL)),
    (c.CueScene(SceneKind.COMMENTS), scene(SceneKind.COMMENTS)),
    (c.CueScene(SceneKind.COMMENTS, unit="court"), scene(SceneKind.COMMENTS, unit="court")),
    (c.CueScene(SceneKind.RESULT, round=WATER), scene(SceneKind.RESULT, round=WATER)),
    (c.CueScene(SceneKind.RANKING), scene(SceneKind.RANKING)),
    (c.CueScene(SceneKind.LANDSCAPE), scene(SceneKind.LANDSCAPE)),
    (c.CueScene(SceneKind.COMMENT, comment="comment1"), scene(SceneKind.COMMENT, unit="water", comment="comment1")),
    (c.CueScene(SceneKind.SUMMING_UP, unit="water", page=2), scene(SceneKind.SUMMING_UP, unit="water", page=2)),
    (c.CueScene(SceneKind.QUESTION, question=ROADS), scene(SceneKind.QUESTION, question=ROADS)),
    (c.CueScene(SceneKind.MESSAGE, text=" Back at two "), scene(SceneKind.MESSAGE, text="Back at two")),
]


@pytest.mark.parametrize(("cue", "shown"), CUES)
def test_a_cue_stays_on_the_display_while_the_agenda_moves(cue: c.CueScene, shown: Scene):
    assert revealed().does(cue).goes_to(BREAK).meeting.scene == shown


OF_OTHER_PLANS = {SceneKind.COMPOSITES, SceneKind.POLL, SceneKind.PROMISES}
"""Tried in live/test_composites.py, test_polls.py and live/test_promises_judged.py."""


def test_every_kind_that_can_be_cued_is_tried_here():
    assert {cue.kind for cue, _ in CUES} == CUEABLE - OF_OTHER_PLANS


@pytest.mark.parametrize("kind", sorted(set(SceneKind) - CUEABLE))
def test_what_only_the_agenda_brings_cannot_be_cued(kind: SceneKind):
    assert revealed().refusal(c.CueScene(kind)) == "cue.unknown"


def test_a_cue_keeps_only_what_belongs_to_its_kind():
    story = revealed().does(c.CueScene(SceneKind.BLANK, round=WATER, unit="water", text="hidden"))
    assert story.meeting.scene == scene(SceneKind.BLANK)


def test_the_same_cue_twice_changes_nothing():
    story = at_water().does(c.CueScene(SceneKind.BLANK), c.CueScene(SceneKind.BLANK))
    assert story.kinds.count("CueGiven") == 1


def test_a_hidden_result_cannot_be_cued():
    assert closed_over(REVEALED).refusal(c.CueScene(SceneKind.RESULT, round=WATER)) == "result.not_revealed"


def test_a_result_that_is_not_there_cannot_be_cued():
    assert at_water().refusal(c.CueScene(SceneKind.RESULT, round=SCHOOL)) == "round.unknown"
    assert at_water().refusal(c.CueScene(SceneKind.RESULT)) == "item.unknown"
    assert at_water(small_plan(mode=Mode.COMMENTS)).refusal(c.CueScene(SceneKind.RESULT)) == "mode.comments_only"


def test_a_comment_that_is_withdrawn_leaves_every_display():
    story = revealed().does(c.CueScene(SceneKind.COMMENT, comment="comment1"))
    story = story.does(c.DirectDisplay("left", cue="comment", comment="comment1"), c.WithdrawComment("comment1"))
    assert (story.meeting.scene.kind, story.meeting.scene_of("left").kind) == (SceneKind.RESULT, SceneKind.RESULT)
    assert story.refusal(c.CueScene(SceneKind.COMMENT, comment="comment1")) == "comment.not_released"


def test_what_shows_who_is_ahead_needs_rules_that_do():
    story = closed_over(REVEALED).does(c.RevealResult(WATER))
    assert story.refusal(c.CueScene(SceneKind.LANDSCAPE)) == "landscape.tells_ranks"


def test_a_ranking_needs_a_revealed_result():
    story = closed_over(REVEALED).does(c.ShowResultStep(WATER, "spread"))
    assert story.refusal(c.CueScene(SceneKind.RANKING)) == "results.none_revealed"


def test_the_comments_of_an_unknown_unit_cannot_be_cued():
    assert at_water().refusal(c.CueScene(SceneKind.COMMENTS, unit="moon")) == "unit.unknown"


def test_a_message_says_something_and_not_too_much():
    story = at_water().does(c.CueScene(SceneKind.MESSAGE, text="x" * 100))
    assert story.refusal(c.CueScene(SceneKind.MESSAGE, text=" ")) == "text.missing"
    assert story.refusal(c.CueScene(SceneKind.MESSAGE, text="x" * 101)) == "text.too_long"


def test_before_the_opening_a_message_can_be_cued_but_no_seal():
    story = Story(small_plan()).does(c.CueScene(SceneKind.MESSAGE, text="Welcome"))
    assert story.refusal(c.CueScene(SceneKind.SEAL)) == "meeting.not_open"
    assert story.meeting.scene == scene(SceneKind.MESSAGE, text="Welcome")


def test_the_opening_shows_the_seal_whatever_was_cued_before():
    story = Story(small_plan()).does(c.CueScene(SceneKind.COMMENTS, unit="water"))
    assert story.opens().meeting.scene == scene(SceneKind.SEAL)


def test_a_result_shown_under_a_cue_waits_behind_it():
    story = closed_over(REVEALED).does(c.CueScene(SceneKind.BLANK), c.RevealResult(WATER))
    assert story.meeting.scene == scene(SceneKind.BLANK)
    assert story.does(c.FollowAgenda()).meeting.scene == scene(SceneKind.RESULT, round=WATER)


def test_following_the_agenda_leaves_a_result_that_has_been_seen():
    story = closed_over(REVEALED).does(c.RevealResult(WATER), c.FollowAgenda())
    assert story.meeting.scene == scene(SceneKind.ITEM, item=WATER)


# --- the speaker's timer ----------------------------------------------------------------------------------------------


def test_the_speaker_is_told_something_until_it_is_taken_away():
    story = at_water().does(c.TellSpeaker(" One minute left "))
    assert story.meeting.displays.speaker_message == "One minute left"
    assert story.does(c.TellSpeaker(" ")).meeting.displays.speaker_message == ""


def test_telling_the_speaker_the_same_changes_nothing():
    story = at_water().does(c.TellSpeaker(""), c.TellSpeaker("Louder"), c.TellSpeaker("Louder"))
    assert story.kinds.count("SpeakerTold") == 1


def test_the_speaker_is_not_told_a_novel():
    assert at_water().refusal(c.TellSpeaker("x" * 101)) == "text.too_long"
