"""Plans: what keeps one from opening, the rule seal, which points a criterion allows."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.meeting.hints import rule_hints
from app.meeting.plan import GradeLine, Mode, Plan, Preset, QuorumBy, Receipts, RoundAt, Rules, TrimOf, Unit
from app.meeting.rubric import Criterion
from app.meeting.sealing import rule_seal
from app.meeting.shortcomings import Shortcoming, shortcomings
from tests.meeting.wrong_plans import PLAN, WRONG, with_rules
from tests.meetings import CLARITY, OVERALL, panel, shipped, small_plan


@pytest.mark.parametrize(("plan", "shortcoming"), WRONG, ids=[each.code for _, each in WRONG])
def test_a_plan_cannot_open_with_this_shortcoming(plan: Plan, shortcoming: Shortcoming):
    assert shortcomings(plan) == [shortcoming]


def test_every_shortcoming_is_named_at_once():
    plan = small_plan(title="", seats=(), criteria=())
    assert [each.code for each in shortcomings(plan)] == ["title.missing", "panel.empty", "rubric.empty"]


@pytest.mark.parametrize("mode", Mode)
def test_the_small_plan_opens_in_every_mode(mode: Mode):
    assert shortcomings(small_plan(mode=mode)) == []


@pytest.mark.parametrize(
    "left",
    [
        {"trim_high": -1},
        {"trim_high": 3, "trim_low": 3},
        {"group_weights": {Preset.EXPERT: Decimal(1)}},
        {"group_weights": {"nobody": Decimal(0)}},
        {"grades": (GradeLine(Decimal("0.1234567"), "good"), GradeLine(Decimal(1), "good"))},
    ],
)
def test_what_is_left_of_the_arithmetic_of_points_keeps_no_meeting_with_levels_from_opening(left: dict[str, Any]):
    """The mode was changed after the rules were set: nothing is reckoned with them, and no page has their fields."""
    assert shortcomings(with_rules(**left)) != []
    assert shortcomings(small_plan(mode=Mode.LEVELS, rules=Rules(**left))) == []


def test_what_is_left_of_the_rounding_of_points_is_no_hint_where_levels_are_given():
    """The mean that is rounded first, without weights, is asked about; with levels no page has the field."""
    left = Rules(round_at=RoundAt.WEIGHTED)
    asked = {mode: {hint.field for hint in rule_hints(small_plan(mode=mode, rules=left))} for mode in Mode}
    assert ("round_at" in asked[Mode.POINTS], "round_at" in asked[Mode.LEVELS]) == (True, False)


@pytest.mark.parametrize("code", ["demo", "comments", "levels"])
def test_the_shipped_plans_open(code: str):
    plan = shipped(code)
    assert shortcomings(plan) == []
    assert (len(plan.units), len(plan.seats)) == (10, 9)


def test_the_demo_is_judged_with_a_hundred_points():
    assert shipped("demo").full_score == 100


def test_weights_count_in_the_full_score():
    assert small_plan(criteria=(CLARITY, replace(OVERALL, weight=Decimal("2.5")))).full_score == 70


def test_a_meeting_may_do_without_a_quorum():
    assert shortcomings(with_rules(quorum=Decimal(0))) == []


def test_all_seats_may_be_asked_for_and_two_thirds_of_them():
    assert shortcomings(with_rules(quorum=Decimal(1), quorum_by=QuorumBy.AT_LEAST)) == []
    assert shortcomings(with_rules(quorum=Decimal(2), quorum_parts=3)) == []


def test_the_tightest_trim_that_leaves_a_sheet_is_allowed():
    assert shortcomings(with_rules(trim_high=2, trim_low=2, trim_from=5)) == []


# --- the rule seal ----------------------------------------------------------------------------------------------------


def test_anybody_can_compute_the_seal_from_the_plan():
    plan = small_plan(
        units=(Unit("edu", "重庆市教育委员会", "市教委"),),
        seats=panel(Preset.EXPERT),
        criteria=(CLARITY,),
        rules=Rules(group_weights={Preset.EXPERT: Decimal(1)}),
    )
    criterion = {"id": "clarity", "name": "Clarity", "maximum": "60", "minimum": "0", "step": "0.5", "weight": "1"}
    rules = {"trim_high": 1, "trim_low": 1, "trim_from": 5, "trim_of": "sheet", "group_weights": {"expert": "1"}}
    rules |= {"places": 2, "round_at": "end", "quorum": "0.5", "tie_ladder": [], "grades": [], "rank_shown": False}
    frozen = {
        "mode": "points",
        "units": [{"id": "edu", "name": "重庆市教育委员会", "short_name": "市教委"}],
        "seats": [{"id": "seat-1", "label": "Seat 1", "group": "expert", "recusals": []}],
        "criteria": [criterion | {"help": "", "levels": []}],
        "rules": rules | {"rounds_open": "report", "level_rule": "plurality"},
    }
    text = json.dumps(frozen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert rule_seal(plan) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"rules": Rules(places=1)},
        {
            "rules": Rules(receipts=Receipts.AS_GIVEN)
        },  # at its default it is left out: it came later than the first seals
        {"rules": Rules(quorum_by=QuorumBy.AT_LEAST)},
        {"rules": Rules(quorum_parts=3)},
        {"rules": Rules(round_at=RoundAt.WEIGHTED)},
        {"rules": Rules(trim_of=TrimOf.CRITERION)},
        {"rules": Rules(grades=(GradeLine(Decimal(90), "优秀"),))},
        {"criteria": (CLARITY,)},
        {"seats": PLAN.seats[:4]},
        {"seats": (*PLAN.seats[:4], replace(PLAN.seats[4], recusals=()))},
        {"units": (replace(PLAN.units[0], name="Another"), *PLAN.units[1:])},
        {"mode": Mode.LEVELS},
    ],
    ids=str,
)
def test_whatever_decides_a_result_is_under_the_seal(changes: dict[str, Any]):
    assert rule_seal(small_plan(**changes)) != rule_seal(PLAN)


def test_title_and_agenda_are_not_under_the_seal():
    assert rule_seal(small_plan(title="Another", place="Hall 2", agenda=PLAN.agenda[:2])) == rule_seal(PLAN)


# --- steps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minimum", "step", "allowed", "between"),
    [
        ("0", "0.5", ["0", "0.5", "7.50", "10"], ["0.25", "9.99", "0.4999999999999999999999999999999"]),
        ("0.25", "0.5", ["0.25", "0.75", "9.75"], ["0.5", "1"]),
        ("0", "0.3", ["0.9", "9.9"], ["1", "0.31"]),
        ("1", "3", ["1", "4", "10"], ["2", "3", "9"]),
    ],
)
def test_points_are_counted_in_steps_from_the_minimum(minimum: str, step: str, allowed: list[str], between: list[str]):
    criterion = Criterion("any", "Any", maximum=Decimal(10), minimum=Decimal(minimum), step=Decimal(step))
    assert [each for each in allowed + between if criterion.allows(Decimal(each))] == allowed


def test_with_levels_only_their_points_are_allowed():
    sparse = replace(OVERALL, levels=(OVERALL.levels[0], OVERALL.levels[2]))
    assert [points for points in range(1, 5) if sparse.allows(Decimal(points))] == [2, 4]
