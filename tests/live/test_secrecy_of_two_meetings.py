"""Secrecy: two meetings that differ only in what is hidden cannot be told apart by anybody it is hidden from.

Nor does what is published say whose a sheet is, or what was given in a group of one or two.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.live.views import Viewer
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Preset, Receipts
from app.meeting.rounds.state import Round
from app.meeting.scoring.reckoning import reveal_steps
from tests.live.hidden import (
    ALL_STAFF,
    ALL_THE_STAFF_SEES,
    BOARD,
    EVERYTHING_OF_A_RESULT,
    FAY,
    GUS,
    HALL,
    LOWER,
    MARKS,
    NAMED,
    OTHER_COMMENT,
    OTTER,
    PHONE,
    PLAN,
    PROMPT,
    PUBLIC,
    TABLETS_OF_CAT,
    TIMER,
    ann_and_ben_exchanged,
    another_kind_of_hidden_comment,
    closed,
    judging,
    other_comments_of_everybody_but_cat,
    other_marks_in_open_rounds,
    other_marks_in_rounds_not_revealed,
    other_marks_in_rounds_not_revealed_whole,
    other_marks_of_everybody_but_cat,
    other_reasons,
    picture_of,
    released,
    seen,
    sight,
    with_rounds,
)
from tests.live.sent import feed
from tests.live.viewers import STAFF, any_story, name, steps
from tests.meeting.stories import plans
from tests.meetings import (
    ANN,
    BEN,
    WATER,
    closes,
    opened,
    result,
    sheet,
    small_plan,
)

CHANGES: dict[Callable[[Meeting], Meeting], list[tuple[str, Viewer]]] = {
    other_marks_in_rounds_not_revealed: [HALL, TIMER, NAMED, PROMPT],
    other_marks_in_rounds_not_revealed_whole: [PHONE, PUBLIC, BOARD, LOWER],
    other_marks_in_open_rounds: ALL_STAFF,
    other_marks_of_everybody_but_cat: TABLETS_OF_CAT,
    other_comments_of_everybody_but_cat: [HALL, TIMER, PHONE, PUBLIC, BOARD, LOWER, PROMPT, NAMED, *TABLETS_OF_CAT],
    another_kind_of_hidden_comment: [HALL, TIMER, PHONE, PUBLIC, BOARD, LOWER, PROMPT, NAMED],
    # The public results are looked at apart: of equal totals the earlier seat's is dropped, and that is shown.
    ann_and_ben_exchanged: [HALL, TIMER, PHONE, PROMPT, *TABLETS_OF_CAT],
    other_reasons: [HALL, TIMER, PHONE, PUBLIC, BOARD, LOWER, PROMPT, NAMED, *TABLETS_OF_CAT],
}


@pytest.mark.parametrize("plan", [small_plan(mode=mode) for mode in Mode], ids=name)
def test_nobody_can_tell_two_meetings_apart_that_differ_in_what_is_hidden(plan):
    for meeting in steps(plan):
        no_change_shows(meeting)


# Without shrinking, which would take minutes.
@settings(max_examples=15, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(plans, st.lists(st.integers(0, 100_000), min_size=20, max_size=40))
def test_nor_in_any_story_at_all(plan, seeds):
    for meeting in any_story(plan, seeds):
        no_change_shows(meeting)


def test_a_published_result_does_not_say_whose_a_sheet_is():
    meeting = closed().does(c.RevealResult(WATER)).meeting
    assert sight(ann_and_ben_exchanged(meeting), *PUBLIC) == sight(meeting, *PUBLIC)
    assert sight(ann_and_ben_exchanged(meeting), "panel", Viewer(ANN, "water")) != sight(
        meeting, "panel", Viewer(ANN, "water")
    )


def test_no_number_of_a_group_is_published_where_one_has_fewer_than_three_sheets():
    story = closed().does(c.RevealResult(WATER))
    (published,) = sight(story.meeting, *PUBLIC)["results-board"]["results"]
    assert (published["groups"], published["withheld"]) == ([], ["groups"])
    (whole,) = sight(story.meeting, "results", STAFF)["results-board"]["results"]
    assert [each["group"] for each in whole["groups"]] == [Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC]


WEIGHTED = replace(PLAN, rules=replace(PLAN.rules, group_weights=dict.fromkeys(Preset, Decimal(1))))


def test_where_such_a_group_has_a_weight_no_total_is_published_nor_shown_to_the_hall(painter):
    story = closed(WEIGHTED)
    for step in reveal_steps(result(story)):
        story.does(c.ShowResultStep(WATER, step))
        assert not {"totals", "trim"} & seen(painter, story).get("hall", set())
        assert sight(story.meeting, *HALL)["hall-stage"]["result"]["withholds_totals"]
    found = seen(painter, story)
    assert found["phone"] == {"score", "grade"}
    assert found["results"] == EVERYTHING_OF_A_RESULT - {"totals", "trim"}
    assert found["staff"] == ALL_THE_STAFF_SEES - {"trim"}  # no pool is large enough
    (published,) = sight(story.meeting, *PUBLIC)["results-board"]["results"]
    assert (published["spread"], published["groups"], published["totals"]) == (None, [], [])


def test_a_receipt_stands_beside_no_number_unless_the_rules_say_so(painter):
    story = closed().does(c.RevealResult(WATER))
    (published,) = sight(story.meeting, *PUBLIC)["results-board"]["results"]
    receipts = [each["receipt"] for each in published["sheets"]]
    assert receipts == sorted(receipts)
    assert [{**each, "receipt": ""} for each in published["sheets"]] == [
        {"receipt": "", "shown": "", "dropped": "", "marks": []}
    ] * len(MARKS)
    as_given = closed(replace(PLAN, rules=replace(PLAN.rules, receipts=Receipts.AS_GIVEN))).does(c.RevealResult(WATER))
    assert seen(painter, as_given)["results"] == ALL_THE_STAFF_SEES
    sheets = [sight(as_given.meeting, *who)["results-board"]["results"][0]["sheets"] for who in (PUBLIC, ALL_STAFF[1])]
    assert sheets[0] == sheets[1]


def test_what_a_receipt_says_is_shown_with_the_seal(painter):
    for receipts in Receipts:
        story = opened(replace(PLAN, rules=replace(PLAN.rules, receipts=receipts)))
        said = {"code": "receipts", "facts": {"what": [{"code": f"receipts.{receipts}", "facts": {}}]}}
        assert said in sight(story.meeting, *HALL)["hall-stage"]["rules"]


def moved_between_groups(meeting: Meeting) -> Meeting:
    """An expert's sheet is the only lawyer's, and his the expert's."""
    other = {ANN: GUS, GUS: ANN}

    def moved(round: Round) -> Round:
        sheets = {seat: replace(round.sheets[other[seat]], seat=seat) for seat in other if other[seat] in round.sheets}
        return replace(round, sheets={**{seat: s for seat, s in round.sheets.items() if seat not in other}, **sheets})

    return with_rounds(meeting, moved)


def test_who_of_which_group_gave_what_cannot_be_told_on_any_screen():
    story = judging()
    story.does(sheet(story.meeting, WATER, GUS, "41.111", "22.222"))
    meeting = closes(story, WATER).does(c.RevealResult(WATER)).meeting
    for who in (HALL, TIMER, PHONE, PUBLIC, LOWER, PROMPT, NAMED, *TABLETS_OF_CAT):
        assert sight(moved_between_groups(meeting), *who) == sight(meeting, *who)
    assert sight(moved_between_groups(meeting), *ALL_STAFF[1]) != sight(meeting, *ALL_STAFF[1])


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_one_himself_or_the_staff_can_tell(change):
    """The changes above do show, to those who may see them."""
    witnesses = [*ALL_STAFF, *(("panel", Viewer(seat, "water")) for seat in (ANN, BEN, FAY))]
    meetings = [judging().meeting, closed().does(released(OTTER, OTHER_COMMENT)).meeting]
    differ = [
        each for each in witnesses for meeting in meetings if sight(change(meeting), *each) != sight(meeting, *each)
    ]
    assert differ


def no_change_shows(meeting: Meeting) -> None:
    before = cache(lambda each: picture_of(meeting, *each))
    for change, viewers in CHANGES.items():
        changed = change(meeting)
        if changed == meeting:
            continue  # nothing of the kind is hidden
        for each in viewers:
            after = picture_of(changed, *each)
            if after.marks != before(each).marks:  # what is marked alike need not be read
                assert feed(after) == feed(before(each)), change.__name__
