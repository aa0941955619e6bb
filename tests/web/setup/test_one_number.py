"""Pages, workbook, text file and preview agree on which numbers and criteria there are, and say so in one sentence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.language import Language, say
from app.meeting.plan import Plan
from app.meeting.rubric import Criterion
from app.meeting.shortcomings import shortcomings
from app.papers.plan.cells import number_of
from app.papers.plan.importing import preview, read_file
from app.papers.plan.textfile import write_text
from app.papers.plan.workbook import write_workbook
from app.store import plans
from tests.meetings import CLARITY, small_plan
from tests.papers.books import overwritten, read
from tests.web.setup.conftest import problems_of

SENTENCE = "“0.3333333” has more than six decimals; points, steps and weights can have at most six"
LONG = Decimal("0.3333333")


def said(reading) -> list[str]:
    return [say(each.said, Language.ENGLISH) for each in reading.mistakes]


def with_criteria(*criteria: Criterion) -> Plan:
    return replace(small_plan(), criteria=criteria)


def test_a_text_file_with_too_many_decimals_is_told_where(tmp_path) -> None:
    reading = read_file("m.toml", write_text(with_criteria(replace(CLARITY, weight=LONG))).encode())
    assert [(each.column, say(each.said, Language.ENGLISH)) for each in reading.mistakes] == [
        ("criteria[0].weight", SENTENCE)
    ]


@pytest.mark.parametrize("field", ["weight", "maximum", "minimum", "step"])
def test_a_page_says_the_same_at_the_field(organiser, served, field) -> None:
    sitting = served.holds(with_criteria(CLARITY))
    page, name = f"/setup/{sitting.code}/rubric", f"criteria.{CLARITY.id}.{field}"
    answer = organiser.fills(page, **{name: "0.3333333"})
    assert problems_of(answer)[name] == SENTENCE


def test_an_overview_says_the_same_and_leads_to_the_field(organiser, served) -> None:
    sitting = served.holds(with_criteria(CLARITY))
    plan = replace(organiser.plan(sitting.code), criteria=(replace(CLARITY, weight=LONG),))
    with served.database.writing() as connection:
        plans.save(connection, plan)
    page = organiser.opens(f"/setup/{sitting.code}").text
    assert SENTENCE in page
    assert f"/setup/{sitting.code}/rubric#criteria.{CLARITY.id}.weight" in page


def test_a_workbook_takes_what_excel_shows_to_six_decimals_and_says_so() -> None:
    reading = read(overwritten({("评分细则", "E2"): 1 / 3, ("评分细则", "E3"): 1 - sum([0.2, 0.25, 0.15, 0.2, 0.1])}))
    sentences = [sentence for sentence in said(reading) if "taken as" in sentence]
    assert sentences == [
        "0.333333333333333 is taken as 0.333333: points, steps and weights can have at most six decimals."
    ]
    assert [each.weight for each in preview(None, reading).plan.criteria[:2]] == [Decimal("0.333333"), Decimal("0.1")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.1 + 0.2, "0.3"), (1 / 3, "0.333333333333333"), (1 - 0.9, "0.1"), (20.0, "20"), (0.285 * 100, "28.5"), (7, "7")],
)
def test_a_computed_cell_is_what_excel_shows(value: float, shown: str) -> None:
    assert str(number_of(value)) == shown


DEDUCTIONS = Criterion("p", "扣分项", Decimal(0), Decimal(-10), Decimal(1))
RUBRICS = [
    replace(DEDUCTIONS, maximum=Decimal(most), minimum=Decimal(least), step=Decimal(step), weight=Decimal(weight))
    for least, most, step, weight in [
        ("-10", "0", "1", "1"), ("-10", "-1", "3", "1"), ("0", "0", "1", "1"), ("5", "-5", "1", "1"),
        ("0", "10", "3", "1"), ("0", "10", "0", "1"), ("0", "10", "1", "0"), ("0", "2000", "0.5", "120"),
        ("0", "2000000", "1", "1"),
        ("0", "1", "0.0000001", "1"), ("-0.000001", "0", "0.000001", "0.000001"),
    ]
]  # fmt: skip


@pytest.mark.parametrize(
    "criterion", RUBRICS, ids=lambda each: f"{each.minimum}..{each.maximum}/{each.step}x{each.weight}"
)
def test_all_doors_agree_on_which_criteria_are_allowed(organiser, served, criterion) -> None:
    """The set-up page, the workbook (but for decimals, which it rounds aloud), the text file and the opening."""
    plan = with_criteria(criterion)
    is_allowed = not shortcomings(plan)
    is_long = any(each.code == "number.too_many_decimals" for each in shortcomings(plan))
    sitting = served.holds(with_criteria(CLARITY))
    fields = {name: f"{getattr(criterion, name):f}" for name in ("maximum", "minimum", "step", "weight")}
    page = organiser.fills(
        f"/setup/{sitting.code}/rubric", **{f"criteria.{CLARITY.id}.{name}": text for name, text in fields.items()}
    )
    assert (page.status_code == 303) == is_allowed, problems_of(page)
    assert preview(None, read_file("m.toml", write_text(plan).encode())).can_be_taken == is_allowed
    if not is_long:
        assert preview(None, read_file("m.xlsx", write_workbook(plan))).can_be_taken == is_allowed
