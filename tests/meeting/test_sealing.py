"""Everything that is sealed is said: a rule that nobody says is a rule that was sealed unseen."""

from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from app.language import Language
from app.language.sealed import say_rule
from app.live.screens.parts import rules_said
from app.meeting.moments import Moment, Words
from app.meeting.plan import GradeLine, Mode, Plan, Preset, Receipts, ResultsShown, Rules, Seat, TieBreak, TrimOf, Unit
from app.meeting.polls.agreed import Counts, OwnChoice
from app.meeting.rubric import Criterion, Level
from app.meeting.sealing import rule_seal
from tests.meetings import EFFECT, OVERALL, panel, small_plan

WEIGHTS = {Preset.EXPERT: Decimal("0.6"), Preset.DEPUTY: Decimal("0.3"), Preset.CPPCC: Decimal("0.1")}
OTHER: dict[str, Any] = {
    "trim_high": [0, 2],
    "trim_low": [0, 2],
    "trim_from": [7],
    "group_weights": [WEIGHTS, WEIGHTS | {Preset.CPPCC: Decimal(1)}],
    "places": [0, 3],
    "quorum_parts": [3],
    "quorum": [Decimal("0.665"), Decimal(0)],
    "tie_ladder": [(TieBreak.CHAIR,), tuple(TieBreak)],
    "grades": [(GradeLine(Decimal(90), "good"),), (GradeLine(Decimal(91), "good"),)],
    "rank_shown": [True],
    "own_choices": [(OwnChoice("好"), OwnChoice("差")), (OwnChoice("好", Counts.FOR), OwnChoice("差"))],
}
"""Other values than the usual ones; of words, every word there is."""
IN_LEVELS_ONLY = {"level_rule"}
OF_LEVELS = {
    "quorum",
    "quorum_by",
    "quorum_parts",
    "places",
    "tie_ladder",
    "rank_shown",
    "rounds_open",
    "level_rule",
    "receipts",
}


def sentences(plan: Plan, language: Language = Language.CHINESE) -> list[str]:
    return [say_rule(each, language) for each in rules_said(plan)]


def other_values(name: str) -> list[Any]:
    usual = getattr(Rules(), name)
    if name in OTHER:
        return OTHER[name]
    if isinstance(usual, bool):
        return [not usual]
    return [each for each in type(usual) if each is not usual] if isinstance(usual, Enum) else [usual + 1]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", [each.name for each in fields(Rules)])
def test_every_rule_is_said(name: str, language: Language) -> None:
    """Whoever adds a rule says it; and adds other values of it above, if it is no word, no count and no yes or no."""
    modes = [Mode.POINTS] * (name not in IN_LEVELS_ONLY) + [Mode.LEVELS] * (name in OF_LEVELS)
    for mode in modes:
        rules = [Rules(), *(replace(Rules(), **{name: value}) for value in other_values(name))]
        said = [tuple(sentences(small_plan(mode=mode, rules=each), language)) for each in rules]
        assert len(set(said)) == len(rules), said


def test_where_grades_alone_are_told_the_seal_promises_neither_ranks_nor_marks() -> None:
    by_grade = Rules(results_shown=ResultsShown.BY_GRADE)
    promising = replace(by_grade, rank_shown=True, receipts=Receipts.AS_GIVEN)
    assert sentences(small_plan(rules=promising)) == sentences(small_plan(rules=by_grade))


GRUDGING = replace(OVERALL, levels=tuple(replace(each, approving=False) for each in OVERALL.levels))


@pytest.mark.parametrize(
    "changes",
    [
        {"units": (Unit("water", "The Water Office of the City", "Water"),)},
        {"seats": panel(Preset.EXPERT, Preset.EXPERT, Preset.DEPUTY, Preset.DEPUTY, Preset.MEDIA)},
        {"seats": (*small_plan().seats[:4], Seat("eve", "Member 1", Preset.CPPCC))},
        {"criteria": (Criterion("clarity", "Clearness", Decimal(60)), EFFECT)},
        {"criteria": (Criterion("clarity", "Clarity", Decimal(50)), EFFECT)},
        {"criteria": (Criterion("clarity", "Clarity", Decimal(60), minimum=Decimal(-5)), EFFECT)},
        {"criteria": (Criterion("clarity", "Clarity", Decimal(60), weight=Decimal("1.5")), EFFECT)},
        {"criteria": (Criterion("clarity", "Clarity", Decimal(60), step=Decimal(5)), EFFECT)},
        {"mode": Mode.LEVELS},
        {"mode": Mode.LEVELS, "criteria": (replace(OVERALL, levels=(Level(Decimal(4), "superb"),)),)},
        {"mode": Mode.LEVELS, "criteria": (GRUDGING,)},
        {"mode": Mode.COMMENTS},
    ],
)
def test_the_panel_and_the_rubric_are_said(changes: dict[str, Any]) -> None:
    without = {name: value for name, value in changes.items() if name == "mode"}
    assert sentences(small_plan(**changes)) != sentences(small_plan(**without if len(changes) > 1 else {}))


def test_with_group_weights_the_trim_is_said_to_be_within_each_group() -> None:
    said = sentences(small_plan(rules=Rules(group_weights=WEIGHTS)))
    assert "某一类别收回 5 份及以上时，在该类别内去掉总分最高、最低的评分表各 1 份。" in said
    assert "先取各类别平均分，再按权重合成：专家 0.6、人大代表 0.3、政协委员 0.1。没有评分表的类别不计入。" in said


def test_marks_dropped_within_each_criterion_are_not_said_to_be_sheets() -> None:
    said = sentences(small_plan(rules=Rules(trim_of=TrimOf.CRITERION, trim_high=2)))
    assert "收回 5 份及以上时，每项指标去掉最高分 2 个、最低分 1 个。" in said


@pytest.mark.parametrize("language", Language)
def test_no_sentence_has_a_gap_left(language: Language) -> None:
    rules = Rules(group_weights=WEIGHTS, tie_ladder=tuple(TieBreak), grades=(GradeLine(Decimal(90), "good"),))
    said = [sentence for mode in Mode for sentence in sentences(small_plan(mode=mode, rules=rules), language)]
    assert [sentence for sentence in said if "{" in sentence or not sentence.endswith((".", "。"))] == []
    assert len(said) > 20


@pytest.mark.parametrize("mode", Mode)
def test_of_a_plan_that_is_being_made_nothing_empty_is_said(mode: Mode) -> None:
    unmet = Rules(quorum=Decimal(2), quorum_parts=0)
    said = sentences(small_plan(mode=mode, criteria=(), seats=(), units=(), agenda=(), rules=unmet))
    assert [sentence for sentence in said if "（）" in sentence or "：。" in sentence] == []
    assert sentences(small_plan(mode=mode, rules=unmet))


def test_numbers_that_are_none_are_said_all_the_same() -> None:
    """The overview of the set-up stands, whatever is still wrong with the plan."""
    wrong = Criterion("wrong", "Wrong", Decimal("NaN"), step=Decimal("Infinity"), weight=Decimal("-Infinity"))
    assert sentences(small_plan(criteria=(wrong,)))


def test_words_and_readings_are_no_rules() -> None:
    plan = small_plan()
    unit, *others = plan.units
    read_aloud = replace(plan, units=(replace(unit, reading="shuǐ"), *others), words=(Words(Moment.CLOSED, "停！"),))
    assert rule_seal(read_aloud) == rule_seal(plan)
