"""Next year: what a meeting takes over of the one before, by unit, and what is counted of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.meeting.findings.promised import as_before, promised, with_promises, without_promises
from app.meeting.findings.state import Cure, Deadlines, Finding, FindingKind, Findings, Party, Stand, Step
from app.meeting.meeting import Meeting
from app.meeting.promises.agreed import Count, Previous, Promise
from app.meeting.sealing import rule_seal
from tests.meetings import small_plan

WHEN = datetime(2023, 11, 20, 1, tzinfo=UTC)
TODAY = date(2024, 11, 1)
DUE = date(2024, 1, 22)
CURE = Cure("no time", "Teach in every school", "all schools", "the head", "office", "a person", DUE)


def finding(number: int, standing: Stand, unit: str = "water", **said) -> Finding:
    days = Deadlines(DUE, DUE, DUE, DUE, DUE)
    facts = {"number": number, "standing": standing, "deadlines": days, "due": DUE, **said}
    return Finding(f"finding-{number}", unit, f"Gap {number}", FindingKind.IN_TERM, WHEN, **facts)


def steps(*what: str) -> tuple[Step, ...]:
    return tuple(Step(each, Party.UNIT, WHEN) for each in what)


def held(*findings: Finding) -> Meeting:
    return replace(
        Meeting.planned(small_plan(code="before")), findings=Findings(by_id={each.id: each for each in findings})
    )


def test_what_was_promised_is_taken_over_as_it_stands_on_the_day():
    before = held(
        finding(
            2,
            Stand.STRUCK_OFF,
            asked_on=date(2024, 1, 25),
            struck_off_on=date(2024, 2, 5),
            cure=CURE,
            steps=steps("CureSent", "CureAgreed"),
        ),
        finding(1, Stand.RECTIFYING, reopenings=1, due=date(2024, 10, 30)),
        finding(3, Stand.LONG_TERM, due=None),
    )
    plan = with_promises(small_plan(), as_before(before, TODAY), {"water": "water"})
    assert plan.previous == Previous(
        "before", before.plan.name, before.plan.starts_at.date(), TODAY, {"water": "water"}
    )
    water = next(unit for unit in plan.units if unit.id == "water")
    assert water.promises == (
        Promise(1, "Gap 1", "", DUE, Stand.RECTIFYING, None, 2, 1),
        Promise(2, "Gap 2", "Teach in every school", DUE, Stand.STRUCK_OFF, date(2024, 2, 5), 3, 0),
        Promise(3, "Gap 3", "", DUE, Stand.LONG_TERM, None, 0, 0),
    )
    assert [unit.promises for unit in plan.units if unit.id != "water"] == [()] * (len(plan.units) - 1)
    assert promised(plan) == Count(promised=3, struck_off=1, late=2, reopened=1)


@pytest.mark.parametrize("standing", [Stand.DRAFT, Stand.MERGED, Stand.WITHDRAWN])
def test_what_was_never_handed_over_or_stands_no_more_is_no_promise(standing):
    number = 0 if standing is Stand.DRAFT else 1
    plan = with_promises(small_plan(), as_before(held(finding(number, standing)), TODAY), {"water": "water"})
    assert promised(plan).promised == 0


@pytest.mark.parametrize("what", [("CureSent",), ("CureSent", "CureReturned"), ("CureSent", "CureAgreed", "CureSent")])
def test_measures_that_nobody_has_agreed_to_are_no_promise(what):
    planned = finding(1, Stand.PLANNED, cure=CURE, steps=steps(*what))
    plan = with_promises(small_plan(), as_before(held(planned), TODAY), {"water": "water"})
    assert [each.promised for unit in plan.units for each in unit.promises] == [""]


def test_a_unit_that_was_another_one_there_has_the_promises_of_that_one():
    before = held(finding(1, Stand.RECTIFYING, "water"))
    plan = with_promises(small_plan(), as_before(before, TODAY), {"court": "water"})
    assert {unit.id: len(unit.promises) for unit in plan.units if unit.promises} == {"court": 1}


def test_promises_decide_nothing_and_are_no_part_of_the_seal():
    plan = with_promises(small_plan(), as_before(held(finding(1, Stand.RECTIFYING)), TODAY), {"water": "water"})
    assert rule_seal(plan) == rule_seal(small_plan())
    assert without_promises(plan) == small_plan()
