"""The total from which a grade is reached, in the forms in which offices write it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.meeting.plan import GradeLine, Mode, Rules
from app.papers.plan.grade_lines import Least, least_of
from app.papers.plan.importing import read_file
from app.papers.plan.mistakes import Misread
from app.papers.plan.template import WRITERS
from tests.meetings import hundred, small_plan
from tests.papers.books import errors, overwritten, read, warnings


@pytest.mark.parametrize(
    "typed",
    [
        *(
            90,
            90.0,
            "90",
            "９０分",
            "≥90",
            ">=90",
            "90分以上",
            "90分及以上",
            "90（含）以上",
            "90以上（含90）",
            "不低于90分",
        ),
        *(
            "大于等于90分",
            "90-100",
            "90—100分",
            "90～100",
            "100-90",
            "90分至100分",
            "90（含）-100",
            "[90,100]",
            "90≤X≤100",
        ),
        *("90≤得分<100", "90分（含）~100分（不含）", "X≥90", "90分起", "达到90分", "满90分"),
    ],
)
def test_a_grade_begins_with_the_lower_end(typed):
    assert least_of(typed) == Least(Decimal(90))


def test_a_comma_between_two_totals_is_no_point_and_between_points_it_is():
    assert (least_of("80,90"), least_of("90，5")) == (Least(Decimal(80)), Least(Decimal("90.5")))
    with pytest.raises(Misread):
        least_of("90,80")


@pytest.mark.parametrize(
    "typed", ["60以下", "60分以下", "<60", "低于60分", "不满60", "60分（不含）以下", "未达到60分", "X<60"]
)
def test_the_grade_of_the_rest_begins_with_nothing(typed):
    assert least_of(typed) == Least(Decimal(0), is_the_rest=True)
    reading = read(overwritten({("等次线", "B5"): typed}))
    assert (errors(reading), reading.plan.rules.grades[-1].at_least) == ([], 0)
    assert warnings(reading) == [("等次线", 5, "B 最低得分", "grade.is_the_rest")]


@pytest.mark.parametrize("typed", [">90", "＞90分", "高于90分", "90（不含）-100", "(90,100]", "90<X≤100", "超过90分"])
def test_a_line_that_must_be_exceeded_is_asked_about(typed):
    reading = read(overwritten({("等次线", "B2"): typed}))
    assert errors(reading) == [("等次线", 2, "B 最低得分", "grade.must_be_exceeded")]


@pytest.mark.parametrize("typed", ["优", "90左右", "90-", "前三名", "90 100", True])
def test_what_is_no_line_is_asked_about(typed):
    with pytest.raises(Misread):
        least_of(typed)


@pytest.mark.parametrize("kind", [".xlsx", ".toml"])
def test_grades_that_are_never_given_are_told(kind):
    def hints(*lines: tuple[str, int], mode: Mode = Mode.POINTS) -> list[str]:
        grades = tuple(GradeLine(Decimal(points), name) for name, points in lines)
        plan = replace(small_plan(rules=Rules(grades=grades), criteria=hundred()), mode=mode)
        reading = read_file(f"meeting{kind}", WRITERS[kind](plan))
        return [each.said.code for each in reading.mistakes if each.said.code.startswith("look.grade")]

    assert hints(("优秀", 80), ("良好", 80), ("一般", 0)) == ["look.grades_alike"]
    assert hints(("优秀", 900), ("良好", 80)) == ["look.grade_out_of_reach"]
    assert hints(("优秀", 100), ("良好", 80), ("一般", 0)) == []
