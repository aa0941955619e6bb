"""Results along the scale: whatever the scores, no flag covers another, and one that is set stays where it is."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.live.screens.along import FLAG, ROW, ROWS, WIDTH, Along, Flag, along
from app.meeting.meeting import Meeting
from app.meeting.plan import GradeLine, Plan, Rules, Unit
from app.meeting.scoring.result import Outcome, Result, Turnout
from tests.meetings import small_plan

GRADES = tuple(GradeLine(Decimal(line), name) for line, name in ((90, "优秀"), (80, "良好"), (70, "一般"), (0, "较差")))
NAME = "市规划自然资源局"
TURNOUT = Turnout(9, 0, 0, 0, 0, 9)


def meeting_of(names: list[str], grades: tuple[GradeLine, ...] = GRADES) -> Meeting:
    units = tuple(Unit(f"unit-{at}", name, name) for at, name in enumerate(names))
    return Meeting.planned(plan_of(units, grades))


def plan_of(units: tuple[Unit, ...], grades: tuple[GradeLine, ...]) -> Plan:
    return small_plan(units=units, rules=Rules(grades=grades, rank_shown=True))


def shown(names: list[str], scores: list[str], grades: tuple[GradeLine, ...] = GRADES) -> Along | None:
    results = [Result("", f"unit-{at}", Outcome.SCORED, TURNOUT, Decimal(score)) for at, score in enumerate(scores)]
    return along(meeting_of(names, grades), results)


def box(flag: Flag) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    left, top = Decimal(flag.left), Decimal(flag.top)
    return left, top, left + Decimal(flag.width), top + FLAG


def overlap(one: Flag, other: Flag) -> bool:
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = box(one), box(other)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


scores = st.decimals(min_value=55, max_value=100, places=2).map(str)


@given(st.lists(scores, min_size=1, max_size=15), st.integers(2, 8))
def test_fifteen_units_stand_beside_each_other_wherever_their_scores_are(scores, letters):
    found = shown([NAME[:letters]] * len(scores), scores)
    assert found is not None
    assert [flag.score for flag in found.flags] == sorted(scores, key=Decimal)
    for flag in found.flags:
        left, top, right, bottom = box(flag)
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= ROW * ROWS
        assert left <= Decimal(flag.pole) <= right
    assert not [pair for pair in combinations(found.flags, 2) if overlap(*pair)]


@given(st.lists(scores, min_size=2, max_size=10))
def test_a_flag_that_is_set_does_not_move_when_the_next_one_comes(scores):
    """As long as they are on one scale; ten units of a name such as they have are not placed anew."""
    names, lowest = ["市司法局"] * (len(scores) + 1), "55.00"
    before, after = shown(names, [lowest, *scores[:-1]]), shown(names, [lowest, *scores])
    assert before is not None
    assert after is not None
    places = {flag.unit: box(flag) for flag in after.flags}
    assert {flag.unit: box(flag) for flag in before.flags}.items() <= places.items()
    assert [flag.unit for flag in after.flags if flag.is_latest] == [f"unit-{len(scores)}"]


def test_a_score_stands_over_the_zone_of_its_grade():
    found = shown(["市教委", "市公安局"], ["84.99", "90.00"])
    assert found is not None
    zones = {zone.name: (Decimal(zone.left), Decimal(zone.left) + Decimal(zone.width)) for zone in found.zones}
    assert list(zones) == ["较差", "一般", "良好", "优秀"]
    good, excellent = (Decimal(flag.x) for flag in found.flags)
    assert zones["良好"][0] < good < zones["良好"][1]
    assert excellent == zones["优秀"][0]
    assert [zone.at_least for zone in found.zones] == ["", "70", "80", "90"]


def test_without_grades_there_is_a_scale_all_the_same():
    found = shown(["市教委"], ["84.50"], grades=())
    assert found is not None
    assert (found.zones, [flag.x for flag in found.flags]) == ([], ["225.0"])


def test_what_cannot_be_seen_side_by_side_is_not_drawn():
    assert shown(["重庆市规划和自然资源局（林业局）"], ["84.50"]) is None
    assert shown([NAME] * 30, ["84.50"] * 30) is None
    assert shown([], []) is None
