"""Secrecy: what is not shown yet is nowhere, on no screen, in no feed, in no page of anybody it is hidden from.

Three ways to look: unmistakable values put into a meeting and searched for, here; two meetings that differ only in
what is hidden, which nobody may be able to tell apart; and the doors of a real server. Each search is shown to find
something.
"""

import json
from dataclasses import replace

import pytest

from app.meeting import commands as c
from app.meeting.displays.state import Cue, Scene, SceneKind
from app.meeting.plan import Mode, ResultsShown
from app.meeting.scoring.reckoning import reveal_steps
from tests.live.hidden import (
    ALL_STAFF,
    ALL_THE_STAFF_SEES,
    COMMENT,
    EVERYTHING_OF_A_RESULT,
    GUS,
    HALL,
    HERON,
    MARKS,
    OTHER_COMMENT,
    OTTER,
    PLAN,
    PUBLIC,
    VIEWERS,
    closed,
    judging,
    leaked,
    released,
    seen,
    sight,
    text_of,
)
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    DAN,
    WATER,
    closes,
    correction,
    opened,
    result,
    sheet,
    small_plan,
    with_displays,
)

OTHERS = ("hall", "timer", "phone", "results", "cat")
"""Who is not told before it is shown, and has no part of his own in what is asked about ann and ben."""

BY_GRADE_TO = ("hall", "timer", "phone", "results", "lower", "prompt", "left")
"""Everybody who is no panelist and no staff."""

# --- unmistakable values ----------------------------------------------------------------------------------------------


def test_while_a_round_is_open_only_its_author_sees_a_sheet(painter):
    story = judging()
    assert seen(painter, story) == {
        "ben": {"ben's marks", "ben's receipt", "who"},
        "cat": {"cat's marks", "cat's receipt", "who"},
        "moderator": {"who", "original", "other comment"},
        "operator": {"who"},
    }


def test_after_closing_the_staff_sees_the_result_and_nobody_else(painter):
    story = closed()
    assert seen(painter, story) == {
        "ben": {"ben's marks", "ben's receipt", "who"},
        "cat": {"cat's marks", "cat's receipt", "who"},
        "moderator": {"who", "original", "other comment", "score", "grade"},
        "operator": {"who"},
        "staff": ALL_THE_STAFF_SEES,
    }


def test_a_stepwise_reveal_shows_the_hall_what_the_step_says_and_nobody_else_anything(painter):
    story = closed()
    found = []
    for step in reveal_steps(result(story)):
        story.does(c.ShowResultStep(WATER, step))
        found.append(
            {who: seen(painter, story).get(who, set()) for who in ("hall", "prompt", "phone", "results", "timer")}
        )
    nothing: dict[str, set[str]] = {"phone": set(), "results": set(), "timer": set()}
    assert found == [
        {"hall": {"totals"}, "prompt": set()} | nothing,
        {"hall": {"totals", "trim"}, "prompt": {"totals"}} | nothing,
        {"hall": {"totals", "trim", "score", "means"}, "prompt": {"score"}} | nothing,
        {
            "hall": {"totals", "trim", "score", "means", "grade"},
            "prompt": {"score", "grade"},
            "phone": {"totals", "trim", "score", "grade"},
            "results": EVERYTHING_OF_A_RESULT,
            "timer": set(),
        },
    ]


def test_a_held_or_cued_picture_shows_no_more_than_the_steps_so_far(painter):
    story = closed().does(c.ShowResultStep(WATER, "spread"))
    for command in (c.HoldScene(), c.CueScene(SceneKind.RESULT, round=WATER)):
        story.does(command)
        assert seen(painter, story)["hall"] == {"totals"}
        assert not {"phone", "results", "timer"} & seen(painter, story).keys()


@pytest.mark.parametrize("cue", [SceneKind.RANKING, SceneKind.RESULT])
def test_by_grade_nobody_but_the_staff_is_told_a_number(painter, cue):
    rules = replace(PLAN.rules, results_shown=ResultsShown.BY_GRADE, rank_shown=True)
    story = closed(replace(PLAN, rules=rules)).does(c.RevealResult(WATER), c.CueScene(cue, round=WATER))
    found = seen(painter, story)
    assert {who: found.get(who, set()) for who in ("hall", "prompt", "phone", "results", "timer", "lower", "cat")} == {
        "hall": {"grade"},
        "prompt": {"grade"},
        "phone": {"grade"},
        "results": {"grade", *(f"{seat}'s receipt" for seat in MARKS)},
        "timer": set(),
        "lower": {"grade"},
        "cat": {"cat's marks", "cat's receipt", "who"},
    }


@pytest.mark.parametrize("cue", [SceneKind.RANKING, SceneKind.RESULT, None])
@pytest.mark.parametrize(("mode", "marks"), [(Mode.POINTS, ((60, 40), (55, 35))), (Mode.LEVELS, ((4,), (1,)))])
def test_by_grade_nobody_but_the_staff_can_tell_two_panels_apart_that_gave_the_same_grade(mode, marks, cue):
    """Five sheets of which three or four are the best: the same grade, and another score, share and spread."""
    rules = replace(PLAN.rules, results_shown=ResultsShown.BY_GRADE, rank_shown=True)
    shown = []
    for best in (3, 4):
        story = opened(small_plan(mode=mode, rules=rules)).goes_to(WATER)
        for at, seat in enumerate(MARKS):
            story.does(sheet(story.meeting, WATER, seat, *marks[at >= best]))
        closes(story, WATER).does(c.RevealResult(WATER))
        if cue is not None:
            story.does(c.CueScene(cue, round=WATER))
        receipts = [each.receipt for each in result(story).sheets]
        found = json.dumps([sight(story.meeting, *VIEWERS[who]) for who in BY_GRADE_TO], default=str)
        for receipt in sorted(receipts):
            found = found.replace(receipt, "receipt")
        shown.append(found)
    assert shown[0] == shown[1]


def test_after_withdrawal_it_is_as_before(painter):
    story = closed()
    before = seen(painter, story)
    story.does(c.RevealResult(WATER), c.CueScene(SceneKind.RESULT, round=WATER))
    assert seen(painter, story) != before
    story.does(c.WithdrawReveal(WATER, "too early"))
    assert seen(painter, story) == before
    story.does(c.CueScene(SceneKind.BLANK), c.FollowAgenda())
    assert seen(painter, story) == before


def test_a_result_shown_in_part_and_withdrawn_is_gone_too(painter):
    story = closed()
    before = seen(painter, story)
    story.does(c.ShowResultStep(WATER, "spread"), c.ShowResultStep(WATER, "trimmed"), c.HoldScene())
    story.does(c.WithdrawReveal(WATER, "too early"))
    assert seen(painter, story) == before


def test_the_ranking_knows_only_revealed_results(painter):
    story = closed().goes_to("report-court").does(c.CueScene(SceneKind.TIMER))
    for seat in (ANN, BEN, CAT, DAN):
        story.does(sheet(story.meeting, "report-court", seat, "12.345", "23.456"))
    closes(story, "report-court").does(c.RevealResult("report-court"), c.CueScene(SceneKind.RANKING))
    assert "35.801" in text_of(painter, story.meeting, "hall")
    assert "hall" not in seen(painter, story)


def test_the_ranking_of_the_results_page_is_for_the_staff_unless_the_rules_say_otherwise():
    rules = replace(PLAN.rules, rank_shown=True)
    meetings = [closed(replace(PLAN, rules=each)).does(c.RevealResult(WATER)).meeting for each in (PLAN.rules, rules)]
    rows = [
        [each["rank"] for each in sight(meeting, *who)["results-board"]["units"]]
        for meeting in meetings
        for who in (PUBLIC, ALL_STAFF[1])
    ]
    unranked = [None] * len(PLAN.units)
    assert rows == [unranked, *[[1, *unranked[1:]]] * 3]


def test_levels_are_counted_first_and_the_grade_comes_last():
    story = opened(small_plan(mode=Mode.LEVELS)).steps(2)
    story.does(
        *(sheet(story.meeting, WATER, seat, points) for seat, points in zip(MARKS, (4, 4, 4, 3, 1), strict=True))
    )
    closes(story, WATER)
    assert "result" not in sight(story.meeting, *HALL)["hall-stage"]
    shown = []
    for step in reveal_steps(result(story)):
        found = sight(story.does(c.ShowResultStep(WATER, step)).meeting, *HALL)["hall-stage"]["result"]
        shown.append((len(found["levels"]), found["totals"], found["score"], found["grade"], found["approval"]))
    assert shown == [(4, [], None, None, None), (4, [], None, "excellent", "80.00")]


def test_a_display_told_to_show_a_hidden_result_would_show_nothing_of_it(painter):
    """The rules allow no such cue; should one ever stand in a log, it opens nothing."""
    story = closed()
    story.meeting = with_displays(story.meeting, cue=Cue(Scene(SceneKind.RESULT, round=WATER)))
    assert "hall" not in seen(painter, story)


def test_a_comment_is_seen_when_it_is_released_as_it_was_edited_and_until_it_is_withdrawn(painter):
    story = closed().does(c.EditComment(HERON, COMMENT))
    assert not seen(painter, story).keys() & {"hall", "phone", "results"}
    story.does(released(HERON, COMMENT))
    assert (seen(painter, story)["hall"], seen(painter, story)["phone"]) == ({"comment"}, {"comment"})
    assert seen(painter, story)["cat"] == {"cat's marks", "cat's receipt", "who"}
    story.does(c.RevealResult(WATER))
    assert seen(painter, story)["results"] == EVERYTHING_OF_A_RESULT | {"comment"}
    story.does(c.WithdrawComment(HERON))
    assert seen(painter, story)["results"] == EVERYTHING_OF_A_RESULT
    assert "comment" not in seen(painter, story)["hall"] | seen(painter, story)["phone"]


def test_a_comment_edited_after_withdrawal_is_hidden_again(painter):
    story = closed().does(released(OTTER, OTHER_COMMENT), c.WithdrawComment(OTTER), c.EditComment(OTTER, "Otters!"))
    assert not seen(painter, story).keys() & {"hall", "phone", "results"}


def test_a_corrected_or_late_sheet_is_as_hidden_as_any(painter):
    story = closed()
    story.does(sheet(story.meeting, WATER, GUS, "41.111", "22.222"))
    story.does(c.AcceptLateSheet(WATER, GUS, "the network was down", "the clerk"))
    story.does(correction(story.meeting, WATER, DAN, "43.333", "24.444"))
    for who in OTHERS:
        text = text_of(painter, story.meeting, who)
        assert [
            value for value in ("41.111", "63.333", "43.333", "67.777", "the clerk", "misread") if value in text
        ] == []
    assert "43.333" in text_of(painter, story.meeting, "staff")


def test_a_number_is_found_however_it_stands_but_not_in_an_instant():
    secrets = {"means": ["3.59"]}
    shown = ('"3.59"', "平均3.59分", "<b>3.590</b>", "-3.59", "1 3.59", '{"mean": 3.59}')
    assert [leaked(secrets, text) for text in shown] == [{"means"}] * len(shown)
    assert leaked(secrets, '{"clock": 1795664203.591, "sent": 0}') == set()
