"""The page of the composite: parts, grades and classes of units are taken as they were typed, or complained about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from tests.live.served import Served, Sitting
from tests.meetings import small_plan
from tests.web.setup.conftest import fields_of, problems_of

PANEL = Part("part-1", "评议团评分", Decimal(40), Source.SCORED)
OTHERS = Part("part-2", "群众满意度", Decimal(40)), Part("part-3", "联席会议", Decimal(20))


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds(small_plan())


def at(sitting: Sitting) -> str:
    return f"/setup/{sitting.code}/composite"


def preset(organiser, sitting: Sitting, do: str) -> dict[str, str]:
    """The form after a button was pressed that fills it."""
    return fields_of(organiser.fills(at(sitting), do).text)


def test_a_preset_is_saved_as_it_stands_and_lines_are_read_as_people_write_them(organiser, sitting):
    form = preset(organiser, sitting, "preset:40-40-20")
    form |= {
        "composite_grades.new-1.name": "先进",
        "composite_grades.new-1.at_least": "75分以上",
        "composite_grades.new-1.top": "前30%",
        "classes.water.of_class": "政府部门",
        "due": "2026-12-01",
        "parts.new-3.full": "２０",
    }
    assert organiser.sends(at(sitting), form, "save").status_code == 303
    plan = organiser.plan(sitting.code)
    first, last = OTHERS
    parts = (PANEL, first, replace(last, full=Decimal(20)))
    assert plan.composite == Composite(
        parts, (CompositeGrade("先进", Decimal(75), Decimal(30)),), due=date(2026, 12, 1)
    )
    assert [unit.of_class for unit in plan.units] == ["政府部门", "", ""]


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2800", " \u2060 "])
def test_a_field_in_which_there_is_nothing_to_see_is_an_empty_one(organiser, sitting, unseen):
    form = preset(organiser, sitting, "preset:40-40-20")
    line = {"name": "先进", "at_least": "75", "top": unseen}
    form |= {f"composite_grades.new-1.{name}": text for name, text in line.items()}
    form |= {"due": unseen, "parts.new-3.full": unseen}
    assert problems_of(organiser.sends(at(sitting), form, "save")) == {}
    composite = organiser.plan(sitting.code).composite
    assert composite == Composite((PANEL, *OTHERS), (CompositeGrade("先进", Decimal(75)),))


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(organiser, sitting):
    form = preset(organiser, sitting, "preset:50-40-10")
    answer = organiser.sends(at(sitting), {**form, "parts.new-2.source": "scored", "due": "soon"}, "save")
    assert answer.status_code == 422
    assert 'id="parts.new-2.source-problem"' in answer.text
    assert 'id="due-problem"' in answer.text
    assert organiser.plan(sitting.code).composite == Composite()


def test_the_example_follows_the_form(organiser, sitting):
    form = preset(organiser, sitting, "preset:40-40-20")
    shown = organiser.sends(at(sitting), form, "look").text
    assert "评议团评分: 88.02 of 100, times 40, adds 35.208." in shown
    assert "Composite, half up to 2 decimals: 92.16." in shown
    without = organiser.sends(at(sitting), {**form, "parts.new-1.weight": "x"}, "look").text
    assert "an example is calculated here" in without


def test_every_unit_keeps_its_class_when_the_units_are_saved_on_their_own_page(organiser, served):
    units = tuple(replace(unit, of_class="Offices") for unit in small_plan().units)
    sitting = served.holds(small_plan(units=units))
    assert organiser.fills(f"/setup/{sitting.code}/units", **{"units.water.office": "Head"}).status_code == 303
    assert [unit.of_class for unit in organiser.plan(sitting.code).units] == ["Offices"] * 3
