"""Who counts: recused, absent, abstained and void are out of the denominator, and the denominator is said."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app.meeting import commands as c
from app.meeting.plan import Preset, QuorumBy, Rules
from app.meeting.scoring.result import Outcome, Turnout
from app.meeting.scoring.turnout import quorum_of, seats_needed
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    WATER,
    closed_over,
    closes,
    opened,
    panel,
    result,
    result_of_sheets,
    sheet,
    small_plan,
)


def test_everybody_is_accounted_for():
    """Of nine: one recused in the plan, one in the meeting, one abstained, one void, one absent, four counted."""
    seats = panel(*(Preset.EXPERT,) * 9)
    seats = (replace(seats[0], recusals=("water",)), *seats[1:])
    story = opened(small_plan(seats=seats)).goes_to(WATER)
    submit = [sheet(story.meeting, WATER, seat.id, 50, 30) for seat in seats[3:8]]
    story.does(c.Recuse(WATER, "seat-2", "a relative"), c.Abstain(WATER, "seat-3"), *submit)
    closes(story, WATER).does(c.VoidSheet(WATER, "seat-8", "two marks", "the clerk"))
    turnout = result(story).turnout
    assert turnout == Turnout(panel=9, recused=2, abstained=1, void=1, absent=1, counted=4)
    assert turnout.entitled == 7


def test_nobody_is_counted_as_zero():
    story = closed_over({ANN: (50, 30), BEN: (50, 30), CAT: (50, 30)})
    assert str(result(story).score) == "80.00"


def test_the_planned_recusal_does_not_count():
    everybody = dict.fromkeys((ANN, BEN, CAT, DAN), (50, 30))
    outcome = result(closed_over({}, everybody), COURT)
    assert (outcome.turnout.panel, outcome.turnout.entitled, outcome.turnout.counted) == (5, 4, 4)
    assert EVE not in [sheet.seat for sheet in outcome.sheets]


def test_a_draft_left_at_closing_is_an_absence():
    story = opened().goes_to(WATER).does(c.GiveScore(WATER, ANN, "clarity", Decimal(60)))
    assert result(closes(story, WATER)).turnout.absent == 5


@pytest.mark.parametrize(
    ("entitled", "quorum", "needed"),
    [
        (9, "0.5", 5),
        (8, "0.5", 5),  # more than half of eight is five
        (1, "0.5", 1),
        (2, "0.5", 2),
        (0, "0.5", 1),
        (9, "0", 1),
        (9, "0.66", 6),  # more than 5.94
        (100, "0.66", 67),  # more than 66
        (3, "0.99", 3),
        (10, "0.7", 8),  # exactly seven is not more than seven
    ],
)
def test_the_quorum_must_be_exceeded(entitled: int, quorum: str, needed: int):
    assert quorum_of(Rules(quorum=Decimal(quorum)), entitled) == needed


@pytest.mark.parametrize(
    ("entitled", "quorum", "parts", "needed"),
    [
        (9, "2", 3, 6),
        (6, "2", 3, 4),
        (7, "2", 3, 5),
        (8, "0.5", 1, 4),
        (9, "0.6667", 1, 7),  # not two thirds: more
        (9, "1", 1, 9),
        (9, "0", 1, 1),
    ],
)
def test_or_it_must_be_reached(entitled: int, quorum: str, parts: int, needed: int):
    rules = Rules(quorum=Decimal(quorum), quorum_parts=parts, quorum_by=QuorumBy.AT_LEAST)
    assert quorum_of(rules, entitled) == needed


@pytest.mark.parametrize(("by", "needed"), [(QuorumBy.MORE_THAN, 7), (QuorumBy.AT_LEAST, 6)])
def test_two_thirds_of_nine_are_six_and_more_than_that_is_seven(by: QuorumBy, needed: int):
    assert quorum_of(Rules(quorum=Decimal(2), quorum_parts=3, quorum_by=by), 9) == needed


def test_the_quorum_is_said_in_seats_for_every_panel_there_is():
    seats = panel(*(Preset.EXPERT,) * 10)
    seats = (replace(seats[0], recusals=("water",)), *seats[1:])
    rules = Rules(quorum=Decimal(2), quorum_parts=3, quorum_by=QuorumBy.AT_LEAST)
    assert seats_needed(small_plan(seats=seats, rules=rules)) == {10: 7, 9: 6}
    assert seats_needed(small_plan(seats=seats, units=())) == {10: 6}
    assert seats_needed(small_plan(seats=())) == {}


@pytest.mark.parametrize(
    ("seats", "sheets", "outcome"),
    [
        (9, 4, Outcome.NO_QUORUM),
        (9, 5, Outcome.SCORED),
        (8, 4, Outcome.NO_QUORUM),
        (8, 5, Outcome.SCORED),
        (9, 0, Outcome.NO_SHEETS),
    ],
)
def test_below_the_quorum_there_is_no_score(seats: int, sheets: int, outcome: Outcome):
    found = result_of_sheets(*((50, 30),) * sheets, seats=panel(*(Preset.EXPERT,) * seats))
    assert found.outcome is outcome
    assert (found.score is not None, found.is_scored) == (outcome is Outcome.SCORED,) * 2


def test_a_recusal_lowers_the_quorum_and_an_absence_does_not():
    three = dict.fromkeys((ANN, BEN, CAT), (50, 30))
    two = dict.fromkeys((ANN, BEN), (50, 30))
    story = opened().goes_to(WATER)
    story.does(c.Recuse(WATER, DAN, "a relative"), c.Recuse(WATER, EVE, "a relative"))
    story.does(*(sheet(story.meeting, WATER, seat, *points) for seat, points in two.items()))
    assert result(closes(story, WATER)).outcome is Outcome.SCORED  # two of three
    assert result(closed_over(two)).outcome is Outcome.NO_QUORUM  # two of five
    assert result(closed_over(three)).outcome is Outcome.SCORED


def test_when_everybody_abstains_there_is_no_result():
    story = opened().goes_to(WATER).does(*(c.Abstain(WATER, seat) for seat in (ANN, BEN, CAT, DAN, EVE)))
    story.does(c.CloseRound(WATER))
    assert result(story).outcome is Outcome.NO_SHEETS
    assert result(story).turnout.abstained == 5


def test_when_everybody_is_recused_there_is_no_result():
    story = opened().goes_to(WATER).does(*(c.Recuse(WATER, s, "a relative") for s in (ANN, BEN, CAT, DAN, EVE)))
    story.does(c.CloseRound(WATER))
    assert result(story).outcome is Outcome.NO_SHEETS
    assert result(story).turnout.entitled == 0


def test_the_trim_counts_the_sheets_that_count_not_the_panel():
    seats = panel(*(Preset.EXPERT,) * 7)
    assert not result_of_sheets(*((50, 30),) * 4, seats=seats).is_trimmed
    assert result_of_sheets(*((50, 30),) * 5, seats=seats).is_trimmed


def test_the_result_of_an_open_round_is_the_one_so_far():
    story = opened().goes_to(WATER)
    story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in (ANN, BEN, CAT)))
    assert result(story).untrimmed == Fraction(80)
