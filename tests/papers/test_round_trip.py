"""What is written into a file is read out of it, whatever the plan; and nothing a plan holds is left out."""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings

from app.meeting.plan import (
    Attachment,
    GradeLine,
    LevelRule,
    Plan,
    QuorumBy,
    Receipts,
    RoundAt,
    RoundsOpen,
    Rules,
    Segment,
    SegmentKind,
    TieBreak,
    TrimOf,
)
from app.meeting.promises.agreed import Previous, Promise
from app.meeting.rubric import Criterion
from app.meeting.sealing import rule_seal
from app.papers.plan.importing import preview, read_file
from app.papers.plan.template import WRITERS
from app.papers.plan.textfile import shipped_plans
from app.papers.plan.workbook import write_workbook
from tests.meetings import minutes, shipped, small_plan
from tests.papers.plans import any_typed_plan

KINDS = sorted(WRITERS)


def again(plan: Plan, kind: str) -> Plan | None:
    """The plan of a file, beside the meeting of which it was written."""
    return preview(plan, read_file(f"meeting{kind}", WRITERS[kind](plan))).plan


# No shrinking: a failing example would be written and read for minutes.
@settings(phases=[Phase.explicit, Phase.generate])
@given(any_typed_plan)
def test_any_plan_comes_back_from_its_workbook(plan):
    found = again(plan, ".xlsx")
    assert found == plan
    assert rule_seal(found) == rule_seal(plan)


@given(any_typed_plan)
def test_any_plan_comes_back_from_its_text(plan):
    reading = read_file("meeting.toml", WRITERS[".toml"](plan))
    found = preview(plan, reading).plan
    if {each.said.code for each in reading.mistakes} <= {"code.malformed", "code.reserved"}:
        assert found == plan
    assert found is None or rule_seal(found) == rule_seal(plan)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plan", shipped_plans(), ids=lambda plan: plan.code)
def test_a_shipped_plan_comes_back_without_a_complaint(plan, kind):
    reading = read_file(f"meeting{kind}", WRITERS[kind](plan))
    assert (reading.plan, reading.mistakes) == (plan, ())


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_comes_back(kind):
    rules = Rules(
        trim_high=2,
        trim_low=0,
        trim_from=7,
        trim_of=TrimOf.CRITERION,
        round_at=RoundAt.CRITERION,
        level_rule=LevelRule.MEDIAN,
        places=3,
        quorum=Decimal("2.0"),
        quorum_parts=3,
        quorum_by=QuorumBy.AT_LEAST,
        tie_ladder=(TieBreak.CHAIR, TieBreak.UNTRIMMED_MEAN),
        grades=(GradeLine(Decimal("90.5"), "excellent"), GradeLine(Decimal(0), "poor")),
        rank_shown=True,
        rounds_open=RoundsOpen.BY_HAND,
        receipts=Receipts.AS_GIVEN,
        group_weights={seat.group: Decimal("0.333333") for seat in small_plan().seats},
    )
    plan = small_plan(rules=rules)
    assert again(plan, kind) == plan
    assert rule_seal(again(plan, kind)) == rule_seal(plan)


@pytest.mark.parametrize("kind", KINDS)
def test_a_zero_keeps_its_decimals(kind):
    """A criterion that only takes away has a maximum of nothing; the seal is over its digits."""
    taken = Criterion("taken", "Taken away", Decimal("0.00"), Decimal("-5.00"), Decimal("0.50"), Decimal("1.0"))
    plan = small_plan(criteria=(taken,))
    assert rule_seal(again(plan, kind)) == rule_seal(plan)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "kinds",
    [
        (SegmentKind.REPORT, SegmentKind.COMMENTS, SegmentKind.REPORT),
        (SegmentKind.SCORING, SegmentKind.REPORT),
        (),
    ],
    ids=len,
)
def test_segments_in_any_order_come_back(kinds, kind):
    segments = tuple(Segment(each, timedelta(seconds=100 + at)) for at, each in enumerate(kinds))
    first, *others = small_plan().agenda
    plan = small_plan(agenda=(replace(first, segments=segments), *others))
    assert again(plan, kind) == plan


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_keeps_its_papers_which_no_file_holds(kind):
    first, *others = small_plan().units
    report = Attachment("paper-1", "report.pdf", 1000, "f" * 64)
    plan = small_plan(units=(replace(first, attachments=(report,)), *others))
    written = WRITERS[kind](plan)
    assert b"report.pdf" not in written
    assert preview(plan, read_file(f"meeting{kind}", written)).plan == plan
    assert preview(None, read_file(f"meeting{kind}", written)).plan == small_plan()


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_keeps_what_it_promised_at_the_meeting_before(kind):
    first, *others = small_plan().units
    promise = Promise(1, "Otters swim in the canal")
    plan = small_plan(units=(replace(first, promises=(promise,)), *others), previous=Previous("before", "Before"))
    written = WRITERS[kind](plan)
    assert b"Otters" not in written
    assert preview(plan, read_file(f"meeting{kind}", written)).plan == plan


def test_all_that_a_plan_holds_is_known_to_the_files():
    """Whoever adds a field to a plan adds a column to sheets.py; a rule is held to it by test_one_rule.py."""
    assert {each.name for each in fields(Plan)} == {
        *("code", "title", "starts_at", "mode", "units", "seats", "agenda", "criteria", "rules", "place"),
        *("organisers", "order", "invited_only", "rehearsal_of", "words", "groups", "composite"),
        "previous",  # taken over from a meeting, and kept by what is read from a file
    }


def test_the_same_plan_makes_the_same_workbook():
    assert write_workbook(shipped("demo")) == write_workbook(shipped("demo"))


def test_half_minutes_and_seconds_come_back_from_a_workbook():
    lengths = [minutes(8.5), timedelta(seconds=100), timedelta(seconds=1)]
    kinds = (SegmentKind.REPORT, SegmentKind.COMMENTS, SegmentKind.SCORING)
    plan = small_plan()
    item = replace(plan.agenda[1], segments=tuple(map(Segment, kinds, lengths)))
    plan = replace(plan, agenda=(plan.agenda[0], item, *plan.agenda[2:]))
    assert again(plan, ".xlsx") == plan
