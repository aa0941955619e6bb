"""Groups in the organiser's own words: what counts is the id, what is said is the name."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.language import Language
from app.language.groups import group_name
from app.language.sealed import say_rule
from app.language.working import say_working
from app.meeting.plan import PRESETS, Group, Plan, Preset, Rules
from app.meeting.scoring.result import Result
from app.meeting.sealing import rule_seal, said_of_rules
from app.meeting.telling import word_on_small_groups
from tests.meetings import closed_over, hundred, panel, result, small_plan, whole_meeting

FIRMS, WATCHERS = "firms", "group-2"
OWN = (
    Group(Preset.DEPUTY, "市人大代表"),
    Group(WATCHERS, "人民监督员"),
    Group(Preset.EXPERT),
    Group(FIRMS, "企业代表"),
)
WEIGHTS = {Preset.DEPUTY: Decimal(40), WATCHERS: Decimal(20), Preset.EXPERT: Decimal(30), FIRMS: Decimal(10)}
SEATS = panel(Preset.EXPERT, Preset.EXPERT, FIRMS, WATCHERS, WATCHERS, Preset.DEPUTY)
TOTALS = (90, 80, 70, 60, 50, 95)


def plan(**changes: object) -> Plan:
    weighted = small_plan(groups=OWN, seats=SEATS, criteria=hundred(), rules=Rules(group_weights=WEIGHTS))
    return replace(weighted, **changes)  # type: ignore[arg-type]


def judged(plan: Plan) -> Result:
    sheets = {seat.id: (total,) for seat, total in zip(plan.seats, TOTALS, strict=True)}
    return result(closed_over(sheets, plan=plan))


def test_a_group_counts_with_its_weight_whoever_named_it():
    found = judged(plan())
    assert found.score == Decimal("81.50")  # 95 × 0.4 + 55 × 0.2 + 85 × 0.3 + 70 × 0.1
    sheets = {each.group: each.sheets for each in found.groups}
    assert list(sheets.items()) == [(Preset.DEPUTY, 1), (WATCHERS, 2), (Preset.EXPERT, 2), (FIRMS, 1)]


@pytest.mark.parametrize(
    ("language", "expert", "preset"),
    [(Language.CHINESE, "专家", "政协委员"), (Language.ENGLISH, "Expert", "CPPCC member")],
)
def test_a_group_is_called_as_the_organiser_says_and_a_preset_in_each_language(language, expert, preset):
    names = [group_name(plan(), group.id, language) for group in OWN]
    assert names == ["市人大代表", "人民监督员", expert, "企业代表"]
    assert group_name(small_plan(), Preset.CPPCC, language) == preset
    steps = [say_working(step, language) for step in judged(plan()).working if step.code == "group_mean"]
    said = " ".join(say_rule(each, language) for each in said_of_rules(plan()))
    small = word_on_small_groups(plan())
    assert small is not None
    for name, weight in zip(names, (40, 20, 30, 10), strict=True):
        assert [step for step in steps if step.startswith(name)]
        assert name in said
        assert f"{name}: {weight}" in said or f"{name} {weight}" in said
    assert small.facts["groups"][:2] == ("市人大代表", "人民监督员")


def test_only_names_other_than_the_presets_are_under_the_seal():
    """A seal of before there were any stays right."""
    assert rule_seal(small_plan()) == rule_seal(small_plan(groups=PRESETS))
    other = (
        small_plan(groups=(*PRESETS, Group(FIRMS, "企业代表"))),
        small_plan(groups=(Group(Preset.EXPERT, "法学专家"), *PRESETS[1:])),
        small_plan(groups=PRESETS[::-1]),
    )
    assert len({rule_seal(each) for each in (small_plan(), *other)}) == 4


@settings(max_examples=40)
@given(
    st.permutations(OWN),
    st.dictionaries(st.sampled_from([each.id for each in OWN]), st.text("甲乙丙", min_size=1, max_size=5)),
)
def test_neither_names_nor_their_order_make_a_difference_to_a_score(groups, names):
    called = tuple(replace(each, name=names.get(each.id, each.name)) for each in groups)
    one, other = judged(plan()), judged(plan(groups=called))
    assert replace(one, groups=(), working=()) == replace(other, groups=(), working=())
    assert sorted(one.groups, key=str) == sorted(other.groups, key=str)


def test_a_step_of_the_whole_panel_names_no_group():
    story = whole_meeting(small_plan())
    said = [say_working(step, Language.ENGLISH) for step in result(story).working]
    assert [each for each in said if "no name" in each] == []
    assert any(each.startswith("Dropped as highest") for each in said)
