"""The script: one button from the opening to the end, and at each press exactly the step that was seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.hints import rule_hints
from app.meeting.plan import Mode, Order, ResultsShown, RoundsOpen, Rules
from app.meeting.script.state import StepKind
from app.meeting.script.steps import next_step
from tests.meeting.playing import (
    ANNOUNCEMENT,
    GRADES,
    announcing,
    coming,
    commented,
    hands_in,
    last,
    presses,
    presses_until,
    script_plan,
    taken,
)
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    SCHOOL,
    SEED,
    SUMMARY,
    WATER,
    Story,
    opened,
    refused,
    small_plan,
)


def ids(story: Story, until: StepKind = StepKind.FINISH) -> list[str]:
    """The steps from here on, as they are pressed, up to one of this kind."""
    seen = []
    while (step := next_step(story.meeting)) and step.kind is not until:
        seen.append(step.id)
        presses(story)
    return seen


# --- a unit after the other -------------------------------------------------------------------------------------------


def test_before_the_opening_the_step_is_the_opening_and_after_the_end_there_is_none():
    story = Story(script_plan())
    assert coming(story).id == "open"
    presses_until(presses(story), StepKind.FINISH)
    assert next_step(presses(story).meeting) is None


def test_a_unit_is_reported_closed_revealed_step_by_step_and_then_the_next_one_begins():
    story = presses(opened(script_plan()), 2)
    hands_in(story, WATER, 50, 30)
    presses_until(story, StepKind.CLOSE)
    assert ids(story, StepKind.BEGIN_SCORING)[:6] == [
        f"close:{WATER}",
        f"show:{WATER}:spread",
        f"show:{WATER}:trimmed",
        f"show:{WATER}:score",
        f"show:{WATER}:grade",
        f"enter:{COURT}:0",
    ]


def test_closing_names_once_who_is_missing():
    story = presses_until(opened(script_plan()), StepKind.CLOSE)
    hands_in(story, WATER, 50, 30, seats=(ANN, BEN, CAT, DAN))
    pressed = refused(story.meeting, c.Advance(step=f"close:{WATER}"))
    assert (pressed.code, pressed.facts["seats"], pressed.again) == (
        "round.sheets_missing",
        ("Member 1",),
        {"without": [EVE]},
    )
    story.does(c.Advance(step=f"close:{WATER}", without=(EVE,)))
    assert story.kinds[-1] == "RoundClosed"


def test_a_round_without_a_result_is_passed_over():
    for seats in ((), (ANN,)):
        story = hands_in(presses(opened(script_plan()), 2), WATER, 50, 30, seats=seats)
        presses(presses_until(story, StepKind.CLOSE))
        assert coming(story).id == f"enter:{COURT}:0"


def test_a_round_opened_by_hand_is_opened_by_a_step_as_its_scoring_begins():
    story = presses(opened(script_plan(rounds_open=RoundsOpen.BY_HAND)), 4)
    assert (coming(story).id, WATER in story.meeting.rounds) == (f"begin_scoring:{WATER}", False)
    assert coming(presses(story)).id == f"close:{WATER}"


def test_what_was_shown_or_closed_by_hand_is_not_done_again():
    story = hands_in(presses(opened(script_plan()), 2), WATER, 50, 30).does(c.CloseRound(WATER))
    story.does(c.ShowResultStep(WATER, "spread"))
    assert coming(presses_until(story, StepKind.SHOW)).id == f"show:{WATER}:trimmed"
    assert coming(story.does(c.RevealResult(WATER))).id == f"enter:{COURT}:0"


def test_results_shown_by_hand_are_left_to_the_hand():
    story = hands_in(presses(opened(script_plan(ResultsShown.BY_HAND)), 2), WATER, 50, 30)
    presses(presses_until(story, StepKind.CLOSE))
    assert coming(story).id == f"enter:{COURT}:0"
    assert not [each for each in ids(story) if each.startswith(("show", "announce"))]


def test_the_reveal_can_be_skipped_and_the_result_is_told_at_the_announcement():
    story = hands_in(presses(opened(script_plan()), 2), WATER, 50, 30)
    presses(presses_until(story, StepKind.CLOSE)).goes_to(COURT)
    presses_until(story, StepKind.ANNOUNCE)
    assert coming(story).id == f"announce:{WATER}"
    assert story.here.item == ANNOUNCEMENT
    assert presses(story).water.is_revealed


def test_rounds_left_open_are_closed_before_the_end():
    story = presses(opened(script_plan(ResultsShown.BY_HAND)), 2).goes_to(SUMMARY)
    assert ids(story) == [f"close:{WATER}"]
    assert coming(story).kind is StepKind.FINISH


def test_a_skipped_unit_is_no_step():
    story = presses(opened(script_plan())).does(c.SkipItem(WATER, "ill"))
    assert coming(story).id == f"enter:{COURT}:0"


def test_while_lots_are_drawn_the_step_is_the_next_lot():
    story = opened(replace(script_plan(), order=Order.DRAWN)).does(c.PrepareDraw(commitment_of(SEED)))
    assert [coming(story).id, coming(presses(story)).id] == ["draw:1", "draw:2"]
    assert story.refusal(c.Advance(step="draw:1", seed=SEED)) == "agenda.moved_on"
    assert coming(presses(story, 2)).kind is StepKind.ENTER


# --- the announcement -------------------------------------------------------------------------------------------------


def test_results_are_announced_in_the_order_of_the_agenda_or_from_the_lowest():
    assert ids(announcing(ResultsShown.IN_ORDER))[:3] == [f"announce:{each}" for each in (WATER, COURT, SCHOOL)]
    assert ids(announcing(ResultsShown.FROM_LOWEST))[:3] == [f"announce:{each}" for each in (SCHOOL, WATER, COURT)]


def test_one_result_is_told_whole_and_seen_among_the_others():
    story = presses(announcing(ResultsShown.IN_ORDER))
    assert (story.water.is_revealed, story.meeting.scene.kind) == (True, SceneKind.RANKING)
    assert presses(announcing(ResultsShown.IN_ORDER, rank_shown=True)).meeting.scene.kind is SceneKind.LANDSCAPE
    assert presses_until(story, StepKind.FINISH).meeting.scene == Scene(SceneKind.ITEM, item=SUMMARY)


def test_by_grade_all_units_of_a_grade_are_told_at_once_and_the_best_first():
    story = announcing(ResultsShown.BY_GRADE)
    assert coming(story).grade == "good"
    assert [each.id for each in presses(story).meeting.rounds.values() if each.is_revealed] == [COURT]
    assert coming(story).grade == "fair"
    assert all(each.is_revealed for each in presses(story).meeting.rounds.values())
    assert coming(story).id == f"enter:{SUMMARY}:0"


def test_rounds_still_open_are_closed_before_anything_is_announced():
    story = hands_in(opened(script_plan(ResultsShown.FROM_LOWEST)).goes_to(WATER), WATER, 50, 30)
    assert ids(story.goes_to(ANNOUNCEMENT))[:2] == [f"close:{WATER}", f"announce:{WATER}"]


def test_without_an_item_for_it_results_are_announced_before_the_end():
    story = announcing(ResultsShown.IN_ORDER, SUMMARY).does(c.SkipItem(ANNOUNCEMENT, "no time"))
    assert [each.split(":")[0] for each in ids(story)] == ["announce"] * 3


def test_a_reveal_that_was_jumped_over_is_offered_before_the_end_where_nothing_is_announced():
    story = opened(small_plan(rules=Rules(grades=GRADES, results_shown=ResultsShown.AFTER_EACH))).goes_to(WATER)
    hands_in(story, WATER, 50, 30).does(c.CloseRound(WATER)).goes_to(SUMMARY)
    assert coming(story).id == f"announce:{WATER}"
    story.does(c.PassStep(coming(story).id))
    assert coming(story).kind is StepKind.FINISH


# --- comments ---------------------------------------------------------------------------------------------------------


def test_comments_are_quoted_released_one_by_one_and_summed_up():
    story = commented()
    kinds = [each.split(":")[0] for each in ids(story, StepKind.ENTER)]
    assert kinds == ["quote", "release", "release", "sum_up", "sum_up"]
    assert coming(story).id == f"enter:{COURT}:0"


def test_a_comment_that_a_hand_releases_is_shown_before_those_that_wait():
    story = presses(commented()).does(c.ReleaseComment("comment3", "A thought"))
    assert coming(story).id == "quote:comment3"
    assert coming(presses(story)).comment == "comment2"


def test_a_released_comment_stands_alone_on_the_displays():
    story = presses(commented(), 2)
    assert story.meeting.comments["comment2"].is_released
    assert story.meeting.scene == Scene(SceneKind.COMMENT, unit="water", comment="comment2")
    assert story.does(c.WithdrawComment("comment2")).meeting.scene.kind is SceneKind.ITEM


@pytest.mark.parametrize(("kind", "pages"), [("highlight", [1]), ("problem", [1]), ("suggestion", [2])])
def test_a_comment_that_comes_after_the_summing_up_is_released_and_summed_up(kind, pages):
    """On its page, which is new or turned up once more; what else was said stays said."""
    story = presses_until(commented(), StepKind.ENTER)
    story.does(c.SendComment("comment4", DAN, "water", CommentKind(kind), "Said at last"))
    presses(story)
    assert story.meeting.comments["comment4"].is_released
    assert ids(story, StepKind.ENTER) == [f"sum_up:water:{page}" for page in pages]
    assert coming(story).id == f"enter:{COURT}:0"


def test_what_was_revised_since_it_was_read_is_not_released():
    story = presses(commented())
    seen = coming(story).id
    story.does(c.ReviseComment("comment2", BEN, CommentKind.PROBLEM, "Another gap"))
    assert story.refusal(c.Advance(step=seen)) == "agenda.moved_on"


def test_at_the_announcement_the_problems_of_all_units_are_turned_up():
    story = presses_until(commented(), StepKind.ENTER).goes_to(ANNOUNCEMENT)
    assert coming(story).id == "sum_up::0"
    assert presses(story).meeting.scene == Scene(SceneKind.SUMMING_UP)
    assert coming(story).id == f"enter:{SUMMARY}:0"


# --- presses ----------------------------------------------------------------------------------------------------------


def test_a_step_is_taken_once_however_often_it_is_pressed():
    story = presses(opened(script_plan()), 2)
    seen = coming(story).id
    story.does(c.Advance(step=seen))
    assert story.refusal(c.Advance(step=seen)) == "agenda.moved_on"
    assert story.refusal(c.Advance(step="enter:nowhere:0")) == "agenda.moved_on"


def test_a_program_that_knows_no_script_goes_on_by_segments():
    story = opened(script_plan()).steps(5)
    assert story.here.item == COURT
    assert story.refusal(c.Advance(leaving=None)) == "agenda.moved_on"


@pytest.mark.parametrize("mode", Mode)
def test_every_step_is_counted_whether_the_script_or_a_hand_took_it(mode):
    """Two stories of the same meeting have taken the same."""
    by_script, by_hand = (opened(script_plan(mode=mode)) for _ in range(2))
    presses(by_script, 2)
    by_hand.steps(2)
    assert taken(by_script) == taken(by_hand) == ["open", "enter:opening:0", f"enter:{WATER}:0"]
    assert last(by_hand).at == by_hand.now


def test_steps_have_the_instant_at_which_they_were_taken():
    story = Story(script_plan(), tick=timedelta(seconds=7))
    presses(story, 3)
    first, second, third = (each.at for each in story.meeting.script.taken)
    assert second - first == third - second == timedelta(seconds=7)


# --- what is rarely meant ---------------------------------------------------------------------------------------------


def test_an_announcement_that_says_nothing_or_more_than_the_rules_is_pointed_out():
    said = {
        (shown, grades, ranks): [
            hint.said.code
            for hint in rule_hints(small_plan(rules=Rules(results_shown=shown, grades=grades, rank_shown=ranks)))
            if hint.field == "results_shown"
        ]
        for shown in (ResultsShown.BY_GRADE, ResultsShown.FROM_LOWEST, ResultsShown.AFTER_EACH)
        for grades in ((), GRADES)
        for ranks in (False, True)
    }
    assert {case: codes for case, codes in said.items() if codes} == {
        (ResultsShown.BY_GRADE, (), False): ["look.no_grade_to_tell"],
        (ResultsShown.BY_GRADE, (), True): ["look.no_grade_to_tell"],
        (ResultsShown.FROM_LOWEST, (), False): ["look.order_tells_ranks"],
        (ResultsShown.FROM_LOWEST, GRADES, False): ["look.order_tells_ranks"],
    }
