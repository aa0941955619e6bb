"""The sheets of a result on a line: each can be seen and counted, and what stands beside it is true of its score."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.live.screens.parts import Total
from app.live.screens.strip import MOST_STOREYS, STOREY, Line, scale_of, strip
from app.meeting.plan import GradeLine, Rules
from tests.meetings import hundred, small_plan

GRADES = tuple(GradeLine(Decimal(at), name) for at, name in ((90, "优秀"), (80, "良好"), (60, "一般"), (0, "较差")))
PLAN = small_plan(criteria=hundred(), rules=Rules(grades=GRADES))


def pictured(*totals: str, score: str | None = None, beside: tuple[str, ...] = ()) -> Line:
    shown = sorted(map(Decimal, totals), reverse=True)
    scale = scale_of(PLAN, [*shown, *map(Decimal, beside), *([Decimal(score)] if score else [])])
    totals = tuple(Total(total=str(each), dropped="") for each in shown)
    line = strip(GRADES, scale, totals, Decimal(score) if score else None)
    assert line is not None
    return line


def test_ticks_and_grades_stand_where_they_are():
    line = pictured("93.5", "88", "84", score="88.50")
    assert [(each.text, each.x) for each in line.ticks] == [
        *(("84", "20.0"), ("86", "212.0"), ("88", "404.0"), ("90", "596.0"), ("92", "788.0"), ("94", "980.0")),
    ]
    assert [(each.name, each.left, each.width) for each in line.bands] == [
        ("良好", "20.0", "576.0"),
        ("优秀", "596.0", "384.0"),
    ]
    assert (line.score, [each.x for each in line.dots]) == ("452.0", ["932.0", "404.0", "20.0"])


def test_all_units_stand_on_one_scale():
    alone, beside = pictured("93", "92"), pictured("93", "92", beside=("61",))
    assert (
        [each.text for each in alone.ticks] != [each.text for each in beside.ticks] == ["60", "70", "80", "90", "100"]
    )


totals = st.lists(st.integers(0, 200).map(lambda halves: str(Decimal(halves) / 2)), min_size=1, max_size=12)


@given(totals)
def test_no_dot_covers_another(given):
    dots = pictured(*given).dots
    assert len(dots) == len(given)
    for at, one in enumerate(dots):
        for other in dots[at + 1 :]:
            apart = abs(Decimal(one.x) - Decimal(other.x)), abs(Decimal(one.y) - Decimal(other.y))
            is_full = min(int(one.y), int(other.y)) <= 40 + STOREY // 2 + STOREY
            assert is_full or max(apart) >= STOREY - 1, (one, other)


def test_what_a_line_cannot_hold_any_more_stands_in_its_uppermost_storey():
    line = pictured(*["90"] * 60)
    assert (len(line.dots), len({each.y for each in line.dots})) == (60, MOST_STOREYS)


def test_a_score_without_totals_is_shown_among_the_grades_alone():
    scale = scale_of(PLAN, [Decimal("88.50")])
    line = strip(GRADES, scale, (), Decimal("88.50"))
    assert line is not None
    assert (line.dots, line.low, line.score is None, [each.name for each in line.bands]) == ([], "", False, ["良好"])
    assert strip(GRADES, scale, (), None) is None
    assert scale_of(replace(PLAN, criteria=()), []) is None
