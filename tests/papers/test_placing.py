"""A shortcoming of a plan is told where it is: in the workbook, in the text file, on the page that mends it."""

import inspect
import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.language.sentences import SENTENCES
from app.meeting import shortcomings as shortcoming
from app.meeting.plan import AgendaItem, GradeLine, ItemKind, Plan, Preset, Rules, Segment, SegmentKind
from app.meeting.shortcomings import Shortcoming, shortcomings
from app.papers.plan.importing import read_file
from app.papers.plan.paths import path_of
from app.papers.plan.placing import spot_of
from app.papers.plan.sheets import ENTRIES, TABLES
from app.papers.plan.workbook import write_workbook
from app.papers.plan.writing_text import write_text
from app.web.setup.missing import PAGE_OF, missing, worth_a_look
from tests.meeting.wrong_plans import WRONG
from tests.meetings import CLARITY, small_plan
from tests.papers.books import errors, read, warnings


def pause(id: str, minutes: int) -> AgendaItem:
    return AgendaItem(id, ItemKind.BREAK, "Break", (Segment(SegmentKind.WHOLE, timedelta(minutes=minutes)),))


FIRST = len(small_plan().agenda)
TWO_BREAKS = replace(small_plan(), agenda=(*small_plan().agenda, pause("break-1", 10), pause("break-2", 0)))


def test_of_two_items_of_one_title_the_right_one_is_told_in_a_workbook():
    assert errors(read(write_workbook(TWO_BREAKS))) == [("议程", FIRST + 3, "H 时长", "segment.without_time")]


def test_of_two_items_of_one_title_the_right_one_is_told_in_a_text_file():
    reading = read_file("m.toml", write_text(TWO_BREAKS).encode())
    assert [each.column for each in reading.mistakes] == [f"agenda[{FIRST + 1}].minutes"]


def test_of_two_items_of_one_title_the_organiser_is_led_to_the_right_one():
    assert [(each.page, each.field) for each in missing(TWO_BREAKS)] == [("agenda", "items.break-2.minutes")]


def test_of_two_criteria_of_one_name_the_organiser_is_led_to_the_right_one():
    plan = small_plan(criteria=(CLARITY, replace(CLARITY, id="again", weight=CLARITY.weight * 0)))
    assert [(each.page, each.field) for each in missing(plan)] == [("rubric", "criteria.again.weight")]


def test_every_code_of_a_shortcoming_has_a_sentence_and_a_plan_here():
    codes = set(re.findall(r'"([a-z]+\.[a-z_]+)"', inspect.getsource(shortcoming)))
    assert SENTENCES.keys() >= codes
    assert {each.code for _, each in WRONG} >= codes


@pytest.mark.parametrize(("plan", "short"), WRONG, ids=[each.code for _, each in WRONG])
def test_every_shortcoming_has_a_column_of_the_workbook(plan: Plan, short: Shortcoming):
    spot = spot_of(plan, short)
    assert bool(spot.heading) == bool(short.field)
    assert spot.sheet in (ENTRIES | TABLES if short.part != "meeting" else ENTRIES)


@pytest.mark.parametrize(("plan", "short"), WRONG, ids=[each.code for _, each in WRONG])
def test_every_shortcoming_has_a_path_in_the_text_file(plan: Plan, short: Shortcoming):
    path = path_of(short)
    found: Any = tomllib.loads(write_text(plan))
    *steps, last = re.findall(r"[a-z_]+|(?<=\[)\d+", path)
    for step in steps:
        found = found[int(step) if step.isdecimal() else step]
    assert path
    if short.code not in (
        "item.without_segments",
        "group.without_weight",
        "group.without_name",
    ):  # what is not there yet has no path
        assert found[int(last) if last.isdecimal() else last] is not None


@pytest.mark.parametrize(("plan", "short"), WRONG, ids=[each.code for _, each in WRONG])
def test_every_shortcoming_has_a_page(plan: Plan, short: Shortcoming):
    assert [each.page for each in missing(plan)] == [PAGE_OF[short.part]] * len(shortcomings(plan))


def test_what_is_worth_a_look_is_told_where_it_is():
    lines = (GradeLine(Decimal(100), "good"), GradeLine(Decimal(80), "fair"), GradeLine(Decimal(80), "fair, too"))
    plan = small_plan(rules=Rules(grades=lines))
    reading = read_file("m.toml", write_text(plan).encode())
    assert [each.column for each in reading.mistakes] == ["rules.grades[2].at_least"]
    assert warnings(read(write_workbook(plan))) == [("等次线", 4, "B 最低得分", "look.grades_alike")]
    assert [each.field for each in worth_a_look(plan) if each.page == "rules"] == ["grades.3.at_least"]


@pytest.mark.parametrize(
    ("weights", "said", "field"),
    [
        (("0.4", "30", "20"), {"share": "0.4", "whole": "30"}, "weight_expert"),
        (("30", "0.3", "20"), {"share": "0.3", "whole": "30"}, "weight_deputy"),
        (("1", "30", "0.25"), {"share": "0.25", "whole": "30"}, "weight_cppcc"),
        (("0.4", "0.3", "0.3"), {}, ""),
        (("40", "30", "1"), {}, ""),
    ],
)
def test_weights_of_two_kinds_are_worth_a_look_where_the_share_stands(weights, said, field):
    by_group = dict(zip((Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC), map(Decimal, weights), strict=True))
    plan = small_plan(rules=Rules(group_weights={str(group): weight for group, weight in by_group.items()}))
    found = [each for each in worth_a_look(plan) if each.said.code == "look.weights_of_two_kinds"]
    assert [(each.page, each.field, each.said.facts) for each in found] == ([("rules", field, said)] if said else [])


def test_of_criteria_the_one_with_the_share_is_shown():
    heavy = replace(CLARITY, id="heavy", name="Heavy", weight=Decimal(30))
    plan = small_plan(criteria=(heavy, replace(CLARITY, weight=Decimal("0.3"))))
    found = [each for each in worth_a_look(plan) if each.said.code == "look.weights_of_two_kinds"]
    assert [(each.page, each.field) for each in found] == [("rubric", "criteria.clarity.weight")]
