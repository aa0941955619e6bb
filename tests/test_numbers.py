"""One number is reckoned once: the table that tests/browser/test_numbers.py runs in a browser, run by the program."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.screens import panel
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.decimals import decimals_of, plain, to_decimals
from app.meeting.evolve import evolve
from app.meeting.plan import Plan
from app.meeting.rubric import Criterion
from app.meeting.scoring.numbers import total_of
from app.meeting.sealing import rule_seal
from app.meeting.sheets.state import Standing
from app.papers.plan.cells import number_of
from app.rehearsal.judgement import total
from tests.meetings import ANN, NOON, WATER, Story, small_plan

TABLE = json.loads(Path(__file__).with_name("numbers.json").read_text("utf-8"))


def rubric(weights: list[str]) -> Plan:
    criteria = (
        Criterion(f"c{at}", f"c{at}", Decimal(100), weight=Decimal(weight)) for at, weight in enumerate(weights)
    )
    return replace(small_plan(), criteria=tuple(criteria))


def by_the_rules(pairs: list[list[str]]) -> str:
    marks = {f"c{at}": Decimal(points) for at, (points, _) in enumerate(pairs)}
    return f"{total_of(rubric([weight for _, weight in pairs]), marks):f}"


def by_a_bot(pairs: list[list[str]]) -> str:
    criteria = [{"id": str(at), "weight": weight} for at, (_, weight) in enumerate(pairs)]
    return total({str(at): points for at, (points, _) in enumerate(pairs)}, criteria)


@pytest.mark.parametrize(("text", "meant"), [(text, meant) for text, meant in TABLE["read"] if meant is not None])
def test_the_set_up_pages_read_what_a_tablet_reads(text: str, meant: str) -> None:
    """And more, as the workbook does: a tablet takes points from a hand in a hurry, and asks again."""
    assert str(plain(number_of(text))) == meant


@pytest.mark.parametrize(("pairs", "sum_of_all"), TABLE["totals"])
def test_rules_and_bots_add_exactly(pairs: list[list[str]], sum_of_all: str) -> None:
    assert by_the_rules(pairs) == sum_of_all
    assert by_a_bot(pairs) == sum_of_all


decimals = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=28).map(
    lambda each: str(plain(each))
)


@given(st.lists(st.tuples(decimals, decimals), max_size=8))
def test_a_bot_adds_what_the_rules_add(pairs: list[tuple[str, str]]) -> None:
    assert by_a_bot([*map(list, pairs)]) == by_the_rules([*map(list, pairs)])


@pytest.mark.parametrize(("points", "least", "most", "step", "fault"), TABLE["faults"])
def test_the_rules_allow_what_a_tablet_allows(points: str, least: str, most: str, step: str, fault: str) -> None:
    criterion = Criterion("c", "c", Decimal(most), Decimal(least), Decimal(step))
    in_range = criterion.minimum <= Decimal(points) <= criterion.maximum
    assert in_range == (fault != "range")
    assert fault == "range" or criterion.allows(Decimal(points)) == (fault == "")


def test_the_full_score_is_tidy_whatever_the_weights_look_like() -> None:
    assert str(rubric(["0.10000000000000000", "0.3"]).full_score) == "40"
    assert str(rubric(["0.3333333333333333", "0.6666666666666667"]).full_score) == "100"
    assert str(rubric(["1E+1"]).full_score) == "1000"


def test_decimals_are_counted_without_writing_a_number_out() -> None:
    assert [decimals_of(Decimal(text)) for text in ("8.50", "8", "1E+3", "0E-9", "0.000001")] == [1, 0, 0, 0, 6]
    assert decimals_of(Decimal("1E-999999999")) == 999_999_999
    assert to_decimals(Decimal("0.3333335"), 6) == Decimal("0.333334")
    assert to_decimals(Decimal("-0.3333335"), 6) == Decimal("-0.333334")


WEIGHTS = [("0.3333333333333333", "0.6666666666666666"), ("0.10000000000000009", "0.9"), ("0." + "3" * 40, "1E-7")]


@pytest.mark.parametrize("weights", WEIGHTS)
def test_a_meeting_that_was_opened_with_longer_decimals_plays_on(weights: tuple[str, str]) -> None:
    """Logs from before there was a bound: what a tablet adds, the rules must take."""
    plan = rubric([*weights])
    story = Story(plan)
    story.meeting = evolve(story.meeting, e.MeetingOpened(plan, rule_seal(plan), at=NOON))
    story.goes_to(WATER)
    context = msgspec.to_builtins(panel.rubric(plan))
    marks = {each["id"]: points for each, points in zip(context, ("85", "85.5"), strict=True)}
    given = {id: Decimal(points) for id, points in marks.items()}
    story.does(c.SubmitSheet(WATER, ANN, "water", given, Decimal(total(marks, context)), "s" * 16))
    assert story.water.sheet(ANN).standing is Standing.SUBMITTED
