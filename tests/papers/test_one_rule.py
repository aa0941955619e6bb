"""A rule of the plan is known at every door: by the column alone, without a list that somebody must remember."""

from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from app.language.words import SUBJECTS
from app.meeting.plan import GradeLine, Mode, Plan, Preset, Rules, TieBreak
from app.meeting.polls.agreed import Counts, OwnChoice
from app.papers.plan.changes import changes
from app.papers.plan.importing import read_file
from app.papers.plan.workbook import write_workbook
from app.papers.plan.writing_text import write_text
from app.web.setup.rules import PAGE
from app.web.setup.typed import Reader
from tests.meetings import small_plan

OTHER: dict[str, Any] = {
    "group_weights": {Preset.EXPERT: Decimal(2), Preset.DEPUTY: Decimal(3), Preset.CPPCC: Decimal(1)},
    "quorum": Decimal("0.25"),
    "quorum_parts": 3,
    "trim_from": 9,
    "tie_ladder": (TieBreak.CHAIR,),
    "own_choices": (OwnChoice("很好", Counts.FOR), OwnChoice("一般"), OwnChoice("说不清", Counts.NEITHER)),
    "grades": (GradeLine(Decimal(90), "good"),),
}
RULES = [each.name for each in fields(Rules)]


def other(name: str) -> Any:
    usual = getattr(Rules(), name)
    if name in OTHER:
        return OTHER[name]
    if isinstance(usual, bool):
        return not usual
    return next(each for each in type(usual) if each is not usual) if isinstance(usual, Enum) else usual + 1


def with_rule(name: str) -> tuple[Plan, Plan]:
    """A plan with the usual rules, and with another one."""
    before = small_plan(mode=Mode.LEVELS if name == "level_rule" else Mode.POINTS, rules=Rules(trim_from=7))
    return before, replace(before, rules=replace(before.rules, **{name: other(name)}))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_survives_the_workbook_and_the_text_file(name):
    _, plan = with_rule(name)
    assert read_file("m.xlsx", write_workbook(plan)).plan == plan
    assert read_file("m.toml", write_text(plan).encode()).plan == plan


@pytest.mark.parametrize("name", RULES)
def test_a_preview_tells_a_rule(name):
    before, plan = with_rule(name)
    assert [each.kind for each in changes(before, plan, {}) if each.kind != "same"]


@pytest.mark.parametrize("name", RULES)
def test_the_set_up_page_holds_a_rule(name):
    before, plan = with_rule(name)
    reader = Reader(PAGE.typed(plan))
    assert (PAGE.take(before, reader), reader.complaints) == (plan, {})


def test_a_rule_and_what_can_be_chosen_for_it_have_their_words_in_one_file():
    file_of = {code: subject.__name__ for subject in SUBJECTS for code in subject.WORDS}
    of_rules = {code: file for code, file in file_of.items() if code.startswith("field.rules.")}
    choices = {code: file_of.get(f"field.rules.{code.partition('.')[0]}") for code in file_of}
    apart = {code: file for code, file in choices.items() if file and file != file_of[code]}
    assert (apart, file_of.keys() >= {"polls.never", "trim_of.sheet"}) == ({}, True)
    assert {file.rpartition(".")[2] for file in of_rules.values()} == {"rules", "polls", "questions"}
