"""The worked example on the page of the rules: it is worked by the rules as they stand in the form, saved or not."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest

from app.language import Language
from app.language.sealed import say_rule
from app.live.screens.parts import rules_said
from app.meeting import commands as c
from app.meeting.plan import LevelRule, Mode, Preset, QuorumBy, Receipts, RoundAt, Rules, TrimOf
from app.web.setup.example import example_of
from tests.live.served import Served, Sitting
from tests.meetings import CLARITY, EFFECT, hundred, panel, shipped, small_plan
from tests.web.setup.conftest import at, problems_of


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds(shipped("demo"))


def look(organiser, sitting: Sitting, **changes: str) -> str:
    """The example, after something was typed."""
    text = organiser.fills(f"/setup/{sitting.code}/rules", "look", **changes).text
    return text.partition('id="example"')[2].partition("</section>")[0]


def test_the_example_follows_the_form_and_nothing_is_saved(organiser, sitting):
    before = organiser.plan(sitting.code)
    assert look(organiser, sitting).count('class="dropped"') == 2
    assert look(organiser, sitting, trim_high="2", trim_low="2").count('class="dropped"') == 4
    assert look(organiser, sitting, trim_from="10").count('class="dropped"') == 0
    assert "Rounded half up to 0 decimals: 85." in look(organiser, sitting, places="0")
    assert "85.00 reaches the line of 85: excellent." in look(
        organiser, sitting, **{"grades.1.at_least": "85", "grades.1.name": "excellent"}
    )
    weights = {"weight_expert": "40", "weight_deputy": "40", "weight_cppcc": "20"}
    assert "Weighted mean of the groups" in look(organiser, sitting, **weights)
    assert organiser.plan(sitting.code) == before


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2800", " \u2060 "])
def test_a_weight_in_which_there_is_nothing_to_see_is_none(organiser, sitting, unseen):
    page = f"/setup/{sitting.code}/rules"
    weights = dict.fromkeys(("weight_expert", "weight_deputy", "weight_cppcc"), unseen)
    assert problems_of(organiser.fills(page, "save", **weights)) == {}
    assert organiser.plan(sitting.code).rules.group_weights == {}


def test_groups_in_which_nothing_is_ever_dropped_are_named_in_example_and_overview(organiser, sitting):
    """Three seats a group, and “from 5 sheets on” holds within each group: a rule that never does anything."""
    weights = {"weight_expert": "40", "weight_deputy": "40", "weight_cppcc": "20"}
    assert 'id="untrimmed"' not in look(organiser, sitting)
    assert "only if it has at least 5 sheets" in look(organiser, sitting, **weights)
    assert 'id="untrimmed"' not in look(organiser, sitting, **weights, trim_from="3")
    organiser.fills(f"/setup/{sitting.code}/rules", "save", **weights)
    assert (
        "nothing is ever dropped in them: Expert, People&#39;s deputy, CPPCC member"
        in organiser.opens(f"/setup/{sitting.code}").text
    )


def test_while_something_cannot_be_read_there_is_no_example_but_a_word(organiser, sitting):
    shown = look(organiser, sitting, trim_high="one")
    assert "The example appears once the rubric and the rules fit together." in shown
    assert re.findall(r"<li", shown) == []


def test_the_example_is_worked_by_hand():
    """Nine seats of 100 points in one criterion: shares of the range, the highest and the lowest dropped."""
    plan = small_plan(criteria=hundred(), seats=panel(*[Preset.EXPERT] * 9))
    made = example_of(plan)
    totals = [Decimal(sheet["total"]) for sheet in made["sheets"]]
    assert len(totals) == 9
    kept = sorted(totals)[1:-1]
    assert Decimal(made["score"]) == round(sum(kept) / len(kept), 2)
    assert [sheet["dropped"] for sheet in made["sheets"] if sheet["dropped"]] == ["high", "low"]


@pytest.mark.parametrize(
    "rules",
    [
        Rules(),
        Rules(trim_of=TrimOf.CRITERION, round_at=RoundAt.CRITERION),
        Rules(group_weights={Preset.EXPERT: Decimal(50)}),
        Rules(quorum=Decimal("0.99")),
    ],
)
@pytest.mark.parametrize("seats", [0, 1, 5, 40])
def test_an_example_can_be_made_of_any_panel(rules, seats):
    groups = [list(Preset)[at % len(Preset)] for at in range(seats)]
    made = example_of(small_plan(rules=rules, seats=panel(*groups)))
    assert made["outcome"] == "scored"
    assert made["working"]
    assert 3 <= len(made["sheets"]) <= 15


@pytest.mark.parametrize("rule", LevelRule)
def test_levels_have_an_example_too(organiser, served, rule):
    plan = shipped("levels")
    sitting = served.holds(replace(plan, rules=replace(plan.rules, level_rule=rule)))
    shown = look(organiser, sitting)
    assert "良好" in shown
    assert plan.mode is Mode.LEVELS


# --- the quorum -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "by", "quorum", "needed"),
    [
        ("2/3", "at_least", ("2", 3, QuorumBy.AT_LEAST), 6),
        ("2/3", "more_than", ("2", 3, QuorumBy.MORE_THAN), 7),
        ("三分之二以上", "more_than", ("2", 3, QuorumBy.AT_LEAST), 6),
        ("过半数", "at_least", ("0.5", 1, QuorumBy.MORE_THAN), 5),
        ("60", "more_than", ("0.6", 1, QuorumBy.MORE_THAN), 6),
        ("60%", "at_least", ("0.6", 1, QuorumBy.AT_LEAST), 6),
        ("0.5", "more_than", ("0.5", 1, QuorumBy.MORE_THAN), 5),
        ("100%", "at_least", ("1", 1, QuorumBy.AT_LEAST), 9),
        ("0", "more_than", ("0", 1, QuorumBy.MORE_THAN), 1),
    ],
)
def test_a_quorum_is_typed_as_people_say_it_and_told_in_seats(organiser, sitting, typed, by, quorum, needed):
    page = f"/setup/{sitting.code}/rules"
    said = f"At least {needed} of the 9 entitled seats must have submitted a sheet."
    assert said in look(organiser, sitting, quorum=typed, quorum_by=by)
    organiser.fills(page, "save", quorum=typed, quorum_by=by)
    rules = organiser.plan(sitting.code).rules
    assert (rules.quorum, rules.quorum_parts, rules.quorum_by) == (Decimal(quorum[0]), *quorum[1:])
    organiser.fills(page, "save")
    assert organiser.plan(sitting.code).rules == rules


def test_a_meeting_with_levels_has_the_decimals_of_its_approval_rate(organiser, served):
    sitting = served.holds(shipped("levels"))
    assert "Approving: 7 of 9, that is 77.8%." in look(organiser, sitting, places="1")
    assert "Approving: 7 of 9, that is 78%." in look(organiser, sitting, places="0")
    organiser.fills(f"/setup/{sitting.code}/rules", "save", places="0")
    assert organiser.plan(sitting.code).rules.places == 0


def test_the_heaviest_criterion_is_named_with_its_share(organiser, served):
    sitting = served.holds(small_plan(criteria=(CLARITY, replace(EFFECT, weight=Decimal(2)))))
    text = organiser.opens(f"/setup/{sitting.code}/rules").text
    assert "In this rubric: Effect, 80 of 140." in text


def test_a_third_place_of_rounding_is_worked_in_the_example(organiser, sitting):
    shown = look(organiser, sitting, round_at="weighted")
    assert "Mean of each criterion, times its weight, rounded to 2 decimals" in shown


# --- what will not be told --------------------------------------------------------------------------------------------


def test_a_group_with_fewer_than_three_seats_is_said_before_the_rules_are_sealed(organiser, served):
    small, usual = served.holds(), served.holds(shipped("demo"))
    for page in ("rules", "panel"):
        text = organiser.opens(f"/setup/{small.code}/{page}").text
        assert "fewer than three seats, so no means by group will be made public" in text
        assert "fewer than three seats" not in organiser.opens(f"/setup/{usual.code}/{page}").text
    small.performs(c.OpenMeeting(organiser.plan(small.code)))  # a hint, nothing that keeps it from opening


def test_what_stands_beside_a_receipt_is_a_rule_of_the_plan(organiser, sitting):
    assert organiser.plan(sitting.code).rules.receipts is Receipts.COUNTED
    organiser.fills(f"/setup/{sitting.code}/rules", "save", receipts="as_given")
    assert organiser.plan(sitting.code).rules.receipts is Receipts.AS_GIVEN


def test_what_will_be_sealed_stands_on_the_overview_and_what_is_sealed_on_the_page_of_results(organiser, sitting):
    said = [say_rule(each, Language.ENGLISH) for each in rules_said(sitting.plan)]
    page = organiser.opens(f"/setup/{sitting.code}").text
    assert [sentence for sentence in said if sentence not in unescape(page)] == []
    assert said[-1] not in unescape(sitting.page("/results?lang=en").text)
    sitting.performs(c.OpenMeeting(sitting.plan))
    assert [sentence for sentence in said if sentence not in unescape(sitting.page("/results?lang=en").text)] == []


@pytest.mark.parametrize(("mode", "is_weighed"), [(Mode.POINTS, True), (Mode.LEVELS, False)])
def test_the_page_of_the_panel_tells_weights_where_they_are_reckoned_with(organiser, served, mode, is_weighed):
    """It leads to their fields, which the rules of a meeting with levels do not have."""
    weights = {group: Decimal(2) for group in (Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC)}
    sitting = served.holds(small_plan(mode=mode, rules=Rules(group_weights=weights)))
    panel, rules = organiser.opens(at(sitting, "panel")).text, organiser.opens(at(sitting, "rules")).text
    assert ("weight 2" in panel, "rules#weights" in panel, 'id="weights"' in rules) == (is_weighed,) * 3
