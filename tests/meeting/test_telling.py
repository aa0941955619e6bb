"""What everybody is told of a result: nothing by which a sheet is known to be somebody's."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.language.working import STEPS
from app.meeting.plan import Mode, Plan, Preset, Receipts, RoundAt, Rules, TrimOf
from app.meeting.scoring.result import Result, Working
from app.meeting.telling import (
    FEWEST,
    NEEDS,
    Account,
    small_groups,
    told_to_everybody,
    told_to_staff,
    word_on_small_groups,
)
from tests.meetings import WATER, closed_over, hundred, panel, result, small_plan

EXPERT, DEPUTY, MEDIA = Preset.EXPERT, Preset.DEPUTY, Preset.MEDIA
WEIGHTS = {EXPERT: Decimal("0.5"), DEPUTY: Decimal("0.3"), MEDIA: Decimal("0.2")}
THREE_OF_EACH = (EXPERT,) * 3 + (DEPUTY,) * 3 + (MEDIA,) * 3
ONE_OF_MEDIA = (EXPERT,) * 3 + (DEPUTY,) * 3 + (MEDIA,)


def judged(groups: tuple[str, ...], totals: tuple[int | str, ...], **rules: object) -> tuple[Plan, Result]:
    """A sheet for each total; seats left over hand in none."""
    plan = small_plan(seats=panel(*groups), criteria=hundred(), rules=Rules(**rules))  # type: ignore[arg-type]
    story = closed_over({f"seat-{at}": (total,) for at, total in enumerate(totals, start=1)}, plan=plan)
    return plan, result(story, WATER)


def told(groups: tuple[str, ...], totals: tuple[int | str, ...], **rules: object) -> Account:
    return told_to_everybody(*judged(groups, totals, **rules))


TOTALS = (91, 88, 90, 84, 87, 86, 82)

# --- groups -----------------------------------------------------------------------------------------------------------


def test_with_three_sheets_of_every_group_their_means_are_told():
    account = told(THREE_OF_EACH, (*TOTALS, 80, 81))
    assert [(each.group, str(each.shown)) for each in account.groups] == [
        (EXPERT, "89.67"),
        (DEPUTY, "85.67"),
        (MEDIA, "81.00"),
    ]
    assert account.withheld == frozenset()


@pytest.mark.parametrize("weights", [{}, WEIGHTS], ids=["alike", "weighted"])
@pytest.mark.parametrize("sheets", [7, 6], ids=["one of the media", "none of the media"])
def test_where_one_group_is_small_no_group_is_told(weights, sheets):
    account = told(ONE_OF_MEDIA, TOTALS[:sheets], group_weights=weights)
    assert account.groups == ()
    assert [step.code for step in account.working if step.code.startswith("group") or step.facts.get("group")] == []


def test_a_recusal_can_make_a_group_small():
    seats = tuple(replace(each, recusals=("water",) if each.id == "seat-9" else ()) for each in panel(*THREE_OF_EACH))
    plan = small_plan(seats=seats, criteria=hundred())
    story = closed_over({f"seat-{at}": (total,) for at, total in enumerate((*TOTALS, 80), start=1)}, plan=plan)
    assert "groups" in told_to_everybody(plan, result(story)).withheld


def test_with_weights_the_sum_of_all_totals_would_give_the_only_one_away():
    """Of six experts and one of the media, 0.6 e + 0.4 m is the score and 6 e + m the sum: that says both."""
    plan, whole = judged(
        (EXPERT,) * 6 + (MEDIA,), TOTALS, trim_from=9, group_weights={EXPERT: Decimal("0.6"), MEDIA: Decimal("0.4")}
    )
    assert whole.score is not None
    sum_of_all, score = sum(TOTALS), Fraction(whole.score)
    found = (score - Fraction(sum_of_all) / 10) / (Fraction(4, 10) - Fraction(1, 10))
    assert abs(found - TOTALS[-1]) < Fraction(1, 10)  # the attack works on what was told once
    account = told_to_everybody(plan, whole)
    assert (account.totals, account.spread) == ((), None)
    assert {"totals", "mean", "trimmed_sheets", "weighted_mean"} & {step.code for step in account.working} == set()


def test_without_weights_the_totals_are_told_for_they_say_nothing_of_groups():
    account = told(ONE_OF_MEDIA, TOTALS)
    assert [int(each.total) for each in account.totals] == sorted(TOTALS, reverse=True)


totals = st.lists(st.integers(60, 100), min_size=7, max_size=7, unique=True).map(tuple)
rules = st.fixed_dictionaries(
    {
        "trim_of": st.sampled_from(TrimOf),
        "trim_from": st.sampled_from([3, 5]),
        "round_at": st.sampled_from(RoundAt),
        "receipts": st.sampled_from(Receipts),
    }
)


@settings(max_examples=30, derandomize=True, deadline=None, database=None)
@given(totals, rules)
def test_who_of_which_group_gave_what_makes_no_difference_to_what_is_told(given_totals, rules):
    """The only one of the media exchanges his sheet with an expert's: nobody who is told can tell."""
    first, *rest, last = given_totals
    one, other = told(ONE_OF_MEDIA, given_totals, **rules), told(ONE_OF_MEDIA, (last, *rest, first), **rules)
    assert without_receipts(one) == without_receipts(other)


def without_receipts(account: Account) -> Account:
    """Receipts are as if drawn by lot."""
    sheets = tuple(replace(each, receipt="") for each in account.sheets)
    return replace(account, sheets=tuple(sorted(sheets, key=lambda each: each.total or 0)))


@settings(max_examples=20, derandomize=True, deadline=None, database=None)
@given(totals, rules)
def test_with_weights_and_a_small_group_nothing_told_is_a_number_of_single_sheets(given_totals, rules):
    account = told(ONE_OF_MEDIA, given_totals, **rules, group_weights=WEIGHTS)
    assert account.totals == ()
    assert all(sheet.total is None and not sheet.marks for sheet in account.sheets)
    assert {step.code for step in account.working} <= {
        *("turnout", "quorum", "rounded", "criterion_means", "criterion_means_rounded", "weighted_means_rounded"),
    }


# --- few sheets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "trim_from", "is_told"), [(1, 5, False), (2, 5, False), (3, 5, True), (3, 3, False)]
)
def test_a_mean_by_criterion_of_too_few_sheets_is_a_mark(sheets, trim_from, is_told):
    account = told((EXPERT,) * sheets, TOTALS[:sheets], trim_from=trim_from, round_at=RoundAt.CRITERION)
    assert bool(account.criteria) == is_told
    assert ("criterion_means_rounded" in {step.code for step in account.working}) == is_told
    assert len(account.totals) == sheets


def test_marks_dropped_in_a_criterion_are_not_behind_its_mean():
    kept = [len(told((EXPERT,) * 5, TOTALS[:n], trim_from=3, trim_of=TrimOf.CRITERION).criteria) for n in (4, 5)]
    assert kept == [0, 1]


# --- receipts ---------------------------------------------------------------------------------------------------------


def test_a_receipt_says_that_a_sheet_was_counted_and_no_more():
    account = told((EXPERT,) * 7, TOTALS)
    assert [each.receipt for each in account.sheets] == sorted(each.receipt for each in account.sheets)
    assert all(
        (each.total, each.marks, each.dropped, each.dropped_marks) == (None, {}, "", {}) for each in account.sheets
    )
    assert [int(each.total) for each in account.totals] == sorted(TOTALS, reverse=True)


def test_where_the_rules_say_so_it_says_how_it_was_marked():
    plan, whole = judged((EXPERT,) * 7, TOTALS, receipts=Receipts.AS_GIVEN)
    assert told_to_everybody(plan, whole).sheets == told_to_staff(whole).sheets


def test_of_levels_the_receipts_say_no_more_either():
    plan = small_plan(mode=Mode.LEVELS)
    story = closed_over({seat.id: (level,) for seat, level in zip(plan.seats, (4, 4, 3, 3, 1), strict=True)}, plan=plan)
    account = told_to_everybody(plan, result(story))
    assert (account.totals, [each.marks for each in account.sheets]) == ((), [{}] * 5)
    given_too = told_to_everybody(replace(plan, rules=Rules(receipts=Receipts.AS_GIVEN)), result(story))
    assert sorted(each.marks["overall"] for each in given_too.sheets) == [1, 3, 3, 4, 4]


def test_the_staff_is_told_everything():
    _, whole = judged(ONE_OF_MEDIA, TOTALS, group_weights=WEIGHTS)
    account = told_to_staff(whole)
    assert (account.groups, account.criteria, account.working) == (whole.groups, whole.criteria, whole.working)
    assert sorted(each.total for each in account.sheets if each.total) == sorted(TOTALS)


# --- the working ------------------------------------------------------------------------------------------------------


def test_of_every_step_it_is_known_what_it_speaks_of():
    assert set(NEEDS) == set(STEPS)


def test_a_step_that_nobody_thought_of_is_not_told_where_something_is_withheld():
    plan, whole = judged(ONE_OF_MEDIA, TOTALS)
    of_tomorrow = replace(whole, working=(*whole.working, Working("of_tomorrow", {"total": "82"})))
    assert "of_tomorrow" not in {step.code for step in told_to_everybody(plan, of_tomorrow).working}


# --- before the sealing -----------------------------------------------------------------------------------------------


def test_small_groups_are_known_before_the_rules_are_sealed():
    assert small_groups(small_plan(seats=panel(*THREE_OF_EACH))) == []
    assert small_groups(small_plan(seats=panel(*ONE_OF_MEDIA))) == [MEDIA]
    assert small_groups(small_plan(seats=panel(EXPERT))) == []


def test_with_weights_recusals_count_as_well():
    seats = tuple(replace(each, recusals=("court",) if each.id == "seat-1" else ()) for each in panel(*THREE_OF_EACH))
    plan = small_plan(seats=seats)
    assert word_on_small_groups(plan) is None
    said = word_on_small_groups(replace(plan, rules=Rules(group_weights=WEIGHTS)))
    assert said is not None
    assert said.code == "look.small_groups_with_weights"


def test_no_exchange_between_groups_is_told_whatever_the_order():
    """Every way to hand the same totals to the seats tells the same."""
    few = (91, 88, 84, 82)
    groups = (EXPERT, EXPERT, DEPUTY, MEDIA)
    assert len({str(without_receipts(told(groups, order))) for order in permutations(few)}) == 1
    assert len(few) > FEWEST


# --- the order of the totals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("totals", [(90, 84, 84, 84, 88), (90, 90, 90, 84, 88), (86, 86, 86, 86, 86)])
def test_what_was_dropped_as_the_lowest_stands_last_and_as_the_highest_first(totals):
    """Whichever of several equal ones it was: a stroke in the middle of them would look like a mistake."""
    account = told((EXPERT,) * 5, totals)
    assert [each.dropped for each in account.totals] == ["high", "", "", "", "low"]
    assert [each.total for each in account.totals] == sorted(totals, reverse=True)
