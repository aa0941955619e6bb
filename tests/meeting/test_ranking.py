"""Ranking: 1, 2, 2, 4 by default; then the ladder of the rules, step by step, to the chair's word."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.decide import decide
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.plan import RECKONING, Preset, Rules, TieBreak
from app.meeting.results.state import TieRuling
from app.meeting.rubric import Level
from app.meeting.scoring.ranking import headline, heaviest_of, ranking
from app.meeting.scoring.result import CriterionMean, Outcome, Result, Turnout
from tests.meetings import (
    CLARITY,
    COURT,
    EFFECT,
    NOON,
    WATER,
    Story,
    hundred,
    panel,
    plays_round,
    result,
    small_plan,
)

UNTRIMMED, HEAVIEST, CHAIR = TieBreak.UNTRIMMED_MEAN, TieBreak.HEAVIEST_CRITERION, TieBreak.CHAIR
NINE = Turnout(panel=9, recused=0, abstained=0, void=0, absent=0, counted=9)


def scored(unit: str, score: str, untrimmed: str = "0", clarity: int = 0, effect: int = 0) -> Result:
    means = (
        CriterionMean("clarity", Fraction(clarity), Decimal(clarity)),
        CriterionMean("effect", Fraction(effect), Decimal(effect)),
    )
    exact = Fraction(untrimmed)
    return Result(unit, unit, Outcome.SCORED, NINE, score=Decimal(score), untrimmed=exact, criteria=means)


def levelled(unit: str, points: int, approval: str) -> Result:
    level = Level(Decimal(points), f"level {points}")
    return Result(unit, unit, Outcome.SCORED, NINE, grade=level.name, level=level, approval=Decimal(approval))


def meeting(*ladder: TieBreak, rulings: tuple[TieRuling, ...] = (), **plan: object) -> Meeting:
    return replace(Meeting.planned(small_plan(rules=Rules(tie_ladder=ladder), **plan)), rulings=rulings)


def ruling(*rounds: str) -> TieRuling:
    return TieRuling(rounds, "by age", "the chair")


def ranks(meeting: Meeting, *results: Result) -> list[tuple[str, int, TieBreak | None]]:
    return [(ranked.result.unit, ranked.rank, ranked.broken_by) for ranked in ranking(meeting, list(results))]


def test_equal_scores_share_a_rank_and_the_next_is_left_out():
    results = [scored("a", "85"), scored("b", "90"), scored("c", "80"), scored("d", "85")]
    assert ranks(meeting(), *results) == [("b", 1, None), ("a", 2, None), ("d", 2, None), ("c", 4, None)]


def test_three_at_the_top_share_the_first_rank():
    results = [scored("a", "90"), scored("b", "90"), scored("c", "90"), scored("d", "1")]
    assert [rank for _, rank, _ in ranks(meeting(), *results)] == [1, 1, 1, 4]


def test_the_published_score_decides_not_what_lies_behind_it():
    results = [scored("a", "85.00", untrimmed="84"), scored("b", "85", untrimmed="86")]
    assert [rank for _, rank, _ in ranks(meeting(), *results)] == [1, 1]


def test_units_without_a_result_have_no_rank():
    without = Result("b", "b", Outcome.NO_QUORUM, NINE)
    assert ranks(meeting(), scored("a", "85"), without) == [("a", 1, None)]
    assert ranks(meeting()) == []


def test_the_untrimmed_mean_breaks_a_tie():
    results = [scored("a", "85", untrimmed="84.9"), scored("b", "85", untrimmed="85.1"), scored("c", "80")]
    assert ranks(meeting(UNTRIMMED), *results) == [("b", 1, UNTRIMMED), ("a", 2, UNTRIMMED), ("c", 3, None)]


def test_the_untrimmed_mean_never_outweighs_the_score():
    results = [scored("a", "85", untrimmed="99"), scored("b", "86", untrimmed="1")]
    assert ranks(meeting(UNTRIMMED), *results) == [("b", 1, None), ("a", 2, None)]


def test_the_heaviest_criterion_breaks_a_tie():
    results = [scored("a", "85", clarity=50, effect=35), scored("b", "85", clarity=55, effect=30)]
    assert ranks(meeting(HEAVIEST), *results) == [("b", 1, HEAVIEST), ("a", 2, HEAVIEST)]


def test_heavy_is_what_has_the_most_weighted_points():
    results = [scored("a", "85", clarity=50, effect=35), scored("b", "85", clarity=55, effect=30)]
    heavier = (CLARITY, replace(EFFECT, weight=Decimal(2)))
    assert ranks(meeting(HEAVIEST, criteria=heavier), *results)[0] == ("a", 1, HEAVIEST)


def test_of_two_heaviest_criteria_the_first_counts():
    results = [scored("a", "85", clarity=50, effect=35), scored("b", "85", clarity=55, effect=30)]
    even = (CLARITY, replace(EFFECT, maximum=Decimal(60)))
    assert ranks(meeting(HEAVIEST, criteria=even), *results)[0] == ("b", 1, HEAVIEST)


def test_the_chair_breaks_a_tie():
    results = [scored("a", "85"), scored("b", "85")]
    assert ranks(meeting(CHAIR, rulings=(ruling("b", "a"),)), *results) == [("b", 1, CHAIR), ("a", 2, CHAIR)]


def test_the_latest_ruling_counts():
    results = [scored("a", "85"), scored("b", "85")]
    rulings = (ruling("b", "a"), ruling("a", "b"))
    assert ranks(meeting(CHAIR, rulings=rulings), *results)[0] == ("a", 1, CHAIR)


def test_a_ruling_on_some_of_the_tied_decides_nothing():
    results = [scored("a", "85"), scored("b", "85"), scored("c", "85")]
    assert [rank for _, rank, _ in ranks(meeting(CHAIR, rulings=(ruling("b", "a"),)), *results)] == [1, 1, 1]


def test_a_ruling_on_more_than_the_tied_still_decides():
    results = [scored("a", "85"), scored("b", "85"), scored("c", "80")]
    story = meeting(CHAIR, rulings=(ruling("c", "b", "a"),))
    assert ranks(story, *results) == [("b", 1, CHAIR), ("a", 2, CHAIR), ("c", 3, None)]


def test_without_its_step_in_the_ladder_a_ruling_decides_nothing():
    results = [scored("a", "85"), scored("b", "85")]
    assert [rank for _, rank, _ in ranks(meeting(rulings=(ruling("b", "a"),)), *results)] == [1, 1]


def test_the_ladder_is_climbed_step_by_step():
    results = [
        scored("a", "85", untrimmed="84", clarity=50),
        scored("b", "85", untrimmed="84", clarity=50),
        scored("c", "85", untrimmed="84", clarity=51),
        scored("d", "85", untrimmed="86", clarity=40),
    ]
    story = meeting(UNTRIMMED, HEAVIEST, CHAIR, rulings=(ruling("b", "a"),))
    assert ranks(story, *results) == [("d", 1, UNTRIMMED), ("c", 2, HEAVIEST), ("b", 3, CHAIR), ("a", 4, CHAIR)]


def test_a_tie_nothing_breaks_stays_a_tie():
    results = [scored("a", "85", untrimmed="84"), scored("b", "85", untrimmed="84"), scored("c", "85", untrimmed="83")]
    assert ranks(meeting(UNTRIMMED, HEAVIEST), *results) == [
        ("a", 1, UNTRIMMED),
        ("b", 1, UNTRIMMED),
        ("c", 3, UNTRIMMED),
    ]


def test_levels_are_ranked_by_level_and_then_approval():
    results = [levelled("a", 3, "100.0"), levelled("b", 4, "55.6"), levelled("c", 4, "66.7"), levelled("d", 3, "100.0")]
    assert [(unit, rank) for unit, rank, _ in ranks(meeting(), *results)] == [("c", 1), ("b", 2), ("a", 3), ("d", 3)]


def test_however_close_two_levels_are_approval_never_outweighs_one():
    better = Level(Decimal("3.000001"), "a little better")
    close = [levelled("a", 3, "100"), replace(levelled("b", 3, "0"), level=better)]
    assert [(unit, rank) for unit, rank, _ in ranks(meeting(), *close)] == [("b", 1), ("a", 2)]


def test_the_heaviest_criterion_is_found_however_long_its_numbers_are():
    long = Decimal("1." + "0" * 40 + "1")
    even = (replace(CLARITY, maximum=Decimal(40)), replace(EFFECT, weight=long))
    assert heaviest_of(small_plan(criteria=even)).id == "effect"


# --- what has been recorded -------------------------------------------------------------------------------------------

BY_GROUPS = Rules(tie_ladder=(UNTRIMMED,), group_weights={Preset.EXPERT: Decimal(20), Preset.DEPUTY: Decimal(80)})
TIED = small_plan(
    seats=panel(Preset.EXPERT, Preset.EXPERT, Preset.DEPUTY), criteria=hundred(step="0.001"), rules=BY_GROUPS
)
"""Water and court come to 86.00 each. Court is 86.004 by the weights; water has the higher mean of all sheets alike."""


def ranked_after(opening: e.MeetingOpened) -> list[tuple[str, int, TieBreak | None]]:
    story = Story(opening.plan)
    story.meeting = evolve(story.meeting, opening)
    for round, totals in ((WATER, ("89", "89", "85.25")), (COURT, ("86", "86", "86.005"))):
        plays_round(story, round, {f"seat-{at}": (total,) for at, total in enumerate(totals, start=1)})
    return ranks(story.meeting, *(result(story, round) for round in (WATER, COURT)))


def opening_line() -> dict[str, Any]:
    """The opening as a log has it."""
    return json.loads(msgspec.json.encode(decide(Meeting.planned(TIED), c.OpenMeeting(TIED), NOON)[0]))


def read(line: dict[str, Any]) -> e.MeetingOpened:
    return msgspec.json.decode(json.dumps(line), type=e.MeetingOpened)


def test_the_untrimmed_mean_weighs_the_groups_as_the_score_does():
    assert ranked_after(read(opening_line()))[0] == ("court", 1, UNTRIMMED)


def test_a_meeting_recorded_before_keeps_the_order_it_had():
    """Its opening says nothing of how it is reckoned: then it was the mean of all sheets, whatever the weights."""
    line = opening_line()
    assert line.pop("reckoning") == RECKONING
    assert ranked_after(read(line))[0] == ("water", 1, UNTRIMMED)


def test_the_headline_of_a_score_is_the_score():
    assert headline(scored("a", "85.25")) == Fraction(341, 4)
