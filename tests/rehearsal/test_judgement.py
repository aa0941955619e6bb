"""What the bots think: marks that the rules allow, as halls give them, and the same every time."""

from decimal import Decimal
from statistics import mean

import pytest

from app.live.views import Look, Viewer
from app.meeting.plan import Plan
from app.meeting.scoring.numbers import total_of
from app.rehearsal.judgement import Criterion, judgement, total
from tests.live.sent import sent
from tests.meetings import at_water, shipped, small_plan

SEATS = [f"seat-{number}" for number in range(50)]


def rubric(plan: Plan) -> list[Criterion]:
    """As a tablet is sent it."""
    seat, unit = plan.seats[0].id, plan.units[0].id
    look = Look(at_water(plan).meeting, Viewer(seat, unit))
    criteria: list[Criterion] = sent("panel", look)["panel-sheet"]["criteria"]
    return criteria


@pytest.mark.parametrize("code", ["demo", "levels"])
def test_every_mark_is_one_that_the_rules_allow(code):
    plan = shipped(code)
    for seat in SEATS:
        mind = judgement(1, seat, "edu", rubric(plan))
        for criterion in plan.criteria:
            points = Decimal((mind.marks | mind.second_thoughts)[criterion.id])
            assert criterion.minimum <= points <= criterion.maximum
            assert criterion.allows(points)


def test_second_thoughts_are_other_thoughts():
    minds = [judgement(1, seat, "edu", rubric(shipped("demo"))) for seat in SEATS]
    changed = [mind for mind in minds if mind.second_thoughts]
    assert changed
    assert all(mind.marks[id] != points for mind in changed for id, points in mind.second_thoughts.items())


def test_scores_cluster_near_the_top():
    plan = shipped("demo")
    totals = [Decimal(total(judgement(1, seat, "edu", rubric(plan)).marks, rubric(plan))) for seat in SEATS]
    assert 75 < mean(totals) < 98
    assert max(totals) - min(totals) < 25


def test_the_total_is_the_one_the_rules_come_to():
    plan = small_plan()
    marks = judgement(1, "ann", "water", rubric(plan)).marks
    exact = total_of(plan, {id: Decimal(points) for id, points in marks.items()})
    assert Decimal(total(marks, rubric(plan))) == exact


def test_a_mind_is_made_up_once():
    rules = rubric(small_plan())
    assert judgement(7, "ann", "water", rules) == judgement(7, "ann", "water", rules)
    assert judgement(7, "ann", "water", rules) != judgement(8, "ann", "water", rules)


def test_where_only_comments_are_given_everybody_comments():
    minds = [judgement(1, seat, "edu", []) for seat in SEATS]
    assert all(mind.remarks and not mind.marks for mind in minds)
