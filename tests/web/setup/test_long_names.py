"""A name that is too long for its page, of a file: it opens, it is said where it stands, and the page says the same."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.meeting.composites.agreed import Composite, CompositeGrade
from app.meeting.plan import GradeLine, Mode, Plan
from app.meeting.rubric import Level
from app.meeting.shortcomings import shortcomings
from app.meeting.texts import LONGEST_SHORT_NAME
from app.web.setup.missing import worth_a_look
from tests.meetings import CLARITY, joining, small_plan
from tests.papers.books import read, template, written
from tests.web.setup.conftest import at, problems_of

FITS, LONG = "长" * LONGEST_SHORT_NAME, "长" * (LONGEST_SHORT_NAME + 1)
CODE = "look.long_short_name"


def named(name: str, mode: Mode) -> Plan:
    """One line of every part that has short names; no two may be called alike."""
    plan = small_plan(mode=mode) if mode is Mode.POINTS else small_plan(mode=mode, criteria=(scale(name),))
    first, *others = joining(mode).parts
    return replace(
        plan,
        units=(replace(plan.units[0], short_name=name, of_class=name), *plan.units[1:]),
        seats=(replace(plan.seats[0], label=name), *plan.seats[1:]),
        rules=replace(plan.rules, grades=(GradeLine(Decimal(0), name),)),
        composite=Composite((replace(first, name=name), *others), (CompositeGrade(name, Decimal(0)),)),
    )


def scale(name: str):
    levels = (Level(Decimal(1), "fair"), Level(Decimal(2), name, approving=True))
    return replace(CLARITY, minimum=Decimal(1), maximum=Decimal(2), step=Decimal(1), levels=levels)


IN_BOTH = {
    ("units", "units.water.short_name"),
    ("composite", "classes.water.of_class"),
    ("panel", "seats.ann.label"),
    ("composite", "parts.panel.name"),
    ("composite", "composite_grades.1.name"),
}
FIELDS = {Mode.POINTS: {*IN_BOTH, ("rules", "grades.1.name")}, Mode.LEVELS: {*IN_BOTH, ("rubric", "levels.1.name")}}
CELLS_IN_BOTH = {
    ("单位", "简称"),
    ("单位", "分类"),
    ("评议团", "席位"),
    ("综合评分构成", "部分"),
    ("综合评分等次", "等次"),
}
CELLS = {Mode.POINTS: {*CELLS_IN_BOTH, ("等次线", "等次")}, Mode.LEVELS: {*CELLS_IN_BOTH, ("等次", "等次")}}


@pytest.mark.parametrize("mode", FIELDS)
def test_a_page_refuses_what_is_told_of_before(organiser, served, mode):
    sitting = served.holds(named(LONG, mode))
    plan = organiser.plan(sitting.code)
    assert shortcomings(plan) == []
    told = {(each.page, each.field) for each in worth_a_look(plan) if each.said.code == CODE}
    assert told == FIELDS[mode]
    refused = set()
    for page in {page for page, _ in told}:
        answer = organiser.fills(at(sitting, page))
        assert answer.status_code == 422
        refused |= {(page, field) for field in problems_of(answer)}
    assert refused == told


@pytest.mark.parametrize("mode", FIELDS)
def test_what_just_fits_is_told_of_nowhere(organiser, served, mode):
    sitting = served.holds(named(FITS, mode))
    plan = organiser.plan(sitting.code)
    assert [each for each in worth_a_look(plan) if each.said.code == CODE] == []
    assert {organiser.fills(at(sitting, page)).status_code for page, _ in FIELDS[mode]} == {303}


@pytest.mark.parametrize("mode", CELLS)
def test_a_workbook_is_read_and_told_of_at_the_cell(mode):
    plan = named(LONG, mode)
    reading = read(written(template(plan)))
    assert [each.said for each in reading.mistakes if not each.is_warning] == []
    found = [each for each in reading.mistakes if each.said.code == CODE]
    assert {(each.sheet, each.column.rpartition(" ")[2]) for each in found} == CELLS[mode]
    assert all(each.row and each.row > 1 for each in found)
    assert reading.plan.units == plan.units
