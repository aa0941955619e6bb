"""Whether grade or order hang on a single seat: the same as if the seat had never been on the panel."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from app.meeting.plan import GradeLine, Rules
from app.meeting.scoring.leaving_out import Change, changes, results_without
from app.meeting.scoring.result import Outcome
from tests.meetings import ANN, BEN, CAT, COURT, DAN, WATER, Story, closed_over, result, small_plan

RULES = Rules(trim_from=9, grades=(GradeLine(Decimal(80), "good"), GradeLine(Decimal(0), "fair")))
SEATS = (ANN, BEN, CAT, DAN)


def judged(*rows: tuple[int, ...], rules: Rules = RULES) -> Story:
    """Totals by seat, of each unit."""
    marks = [
        {seat: (min(total, 60), max(total - 60, 0)) for seat, total in zip(SEATS, row, strict=True)} for row in rows
    ]
    return closed_over(*marks, plan=small_plan(rules=rules))


def found(story: Story) -> tuple[Change, ...]:
    meeting = story.meeting
    results = {id: result(story, id) for id in meeting.rounds}
    return changes(meeting, results, {id: results_without(meeting, each) for id, each in meeting.rounds.items()})


def test_where_all_agree_nothing_hangs_on_anybody():
    assert found(judged((90, 90, 90, 90), (70, 70, 70, 70))) == ()


def test_one_low_total_keeps_a_unit_below_the_line():
    assert found(judged((85, 85, 85, 61))) == (Change(DAN, WATER, Outcome.SCORED, "good", moves=False),)


def test_one_seat_makes_the_order():
    story = judged((82, 82, 82, 99), (83, 83, 83, 90))
    assert found(story) == tuple(Change(DAN, round, Outcome.SCORED, None, moves=True) for round in (WATER, COURT))


def test_a_result_that_would_have_no_quorum_is_said_to_be_none():
    rows = {ANN: (50, 35), BEN: (50, 35), CAT: (50, 35)}
    others = [Change(seat, WATER, Outcome.NO_QUORUM, "", moves=False) for seat in rows]
    assert found(closed_over(rows, dict.fromkeys((*rows, DAN), (50, 30)))) == (*others,)


totals = st.lists(st.lists(st.integers(60, 100), min_size=4, max_size=4), min_size=2, max_size=3)


@settings(max_examples=12)
@given(totals)
def test_it_is_as_if_the_seat_had_not_been_there(rows):
    story = judged(*rows)
    said = {(each.seat, each.round): each.grade for each in found(story)}
    for seat in SEATS:
        plan = story.meeting.plan
        panel = replace(plan, seats=tuple(each for each in plan.seats if each.id != seat))
        rows_without = [_marks_without(story, id, seat) for id in story.meeting.rounds]
        other = closed_over(*rows_without, plan=panel)
        for id in story.meeting.rounds:
            before, after = result(story, id), result(other, id)
            assert said.get((seat, id)) == (None if before.grade == after.grade else after.grade)


def _marks_without(story: Story, round: str, seat: str) -> dict:
    return {each.seat: tuple(each.marks.values()) for each in result(story, round).sheets if each.seat != seat}
