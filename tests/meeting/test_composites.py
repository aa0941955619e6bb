"""Composites: parts joined exactly, missing ones said and never counted as zero, announced and taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.composites.checking import digest_of_composites
from app.meeting.evolve import evolve
from app.meeting.hints import rule_hints
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan, Rules, Unit
from app.meeting.scoring.composite import Joined, composites_of
from app.meeting.sealing import rule_seal
from app.meeting.shortcomings import shortcomings
from tests.meetings import ANN, BEN, CAT, DAN, EVE, NOON, Story, checks, closed_over, refused, small_plan

PANEL = Part("panel", "Panel", Decimal(50), Source.SCORED)
VOTE = Part("vote", "Vote", Decimal(40))
DAILY = Part("daily", "Daily assessment", Decimal(10), Source.IMPORTED, Decimal(20))
PARTS = (PANEL, VOTE, DAILY)
BY_CLASS = (CompositeGrade("先进", Decimal(75), Decimal(50)), CompositeGrade("达标", Decimal(60)))
DIGEST = "ab" * 32
FILE = {"file": "2026.xlsx", "digest": DIGEST}


def joining(*parts: Part, grades: tuple[CompositeGrade, ...] = (), **changes: Any) -> Plan:
    return small_plan(composite=Composite(parts or PARTS, grades), **changes)


def revealed(plan: Plan | None = None) -> Story:
    """Water 80, court 90, schools 70: every result announced."""
    rows = [dict.fromkeys(seats, (points, 30)) for seats, points in ((SEATS, 50), (SEATS[:4], 60), (SEATS, 40))]
    story = closed_over(*rows, plan=plan or joining())
    return story.does(*(c.RevealResult(id) for id in story.meeting.rounds))


SEATS = (ANN, BEN, CAT, DAN, EVE)


def vote(**points: Any) -> c.EnterPart:
    return c.EnterPart("vote", {unit: Decimal(each) for unit, each in points.items()}, "the clerk")


def daily(**points: Any) -> c.EnterPart:
    return c.EnterPart("daily", {unit: Decimal(each) for unit, each in points.items()}, "the clerk", **FILE)


def whole(plan: Plan | None = None) -> Story:
    return revealed(plan).does(vote(water="88.5", court=75, school=90), daily(water=20, court=15, school=10))


def joined(story: Story) -> dict[str, Joined]:
    return {each.unit: each for each in composites_of(story.meeting)}


def scores(story: Story) -> dict[str, Any]:
    return {unit: each.score and str(each.score) for unit, each in joined(story).items()}


def of_entered(plan: Plan, entered: Mapping[str, dict[str, Decimal]]) -> dict[str, Joined]:
    """Of a plan that nobody opened, with these parts entered: the reckoning alone."""
    meeting = Meeting.planned(plan)
    for part, points in entered.items():
        meeting = evolve(meeting, e.PartEntered(part, points, "the clerk", at=NOON))
    return {each.unit: each for each in composites_of(meeting)}


# --- arithmetic -------------------------------------------------------------------------------------------------------


def test_each_part_counts_by_its_share_of_its_own_full_score():
    """50 % of 80, 40 % of 88.5, and the whole ten for 20 of 20."""
    assert scores(whole()) == {"water": "85.40", "court": "82.50", "school": "76.00"}


def test_what_lies_on_half_a_cent_goes_up():
    """At 50/40/10 every tenth composite does; added up as floats, this one comes to 88.02."""
    parts = (replace(PANEL, weight=Decimal(50)), VOTE, Part("daily", "Daily", Decimal(10)))
    story = revealed(joining(*parts)).does(vote(water="97.75"), c.EnterPart("daily", {"water": Decimal("89.25")}, "x"))
    assert Decimal(80) / 2 + Decimal("97.75") * 4 / 10 + Decimal("89.25") / 10 == Decimal("88.025")
    assert scores(story)["water"] == "88.03"


cents = st.integers(0, 10_000)
weights = st.lists(st.integers(1, 100), min_size=2, max_size=5)


@given(weights=weights, given_cents=st.lists(cents, min_size=5, max_size=5), full=st.integers(10, 300))
def test_a_composite_is_what_whole_numbers_come_to(weights, given_cents, full):
    """Reckoned another way: in hundredths and whole numbers alone, by adding a half before dividing."""
    parts = [Part(f"part-{at}", f"Part {at}", Decimal(weight), full=Decimal(full)) for at, weight in enumerate(weights)]
    points = [each * full // 100 for each in given_cents[: len(parts)]]
    entered = {part.id: {"water": Decimal(each).scaleb(-2)} for part, each in zip(parts, points, strict=True)}
    sum_of_products = sum(weight * each for weight, each in zip(weights, points, strict=True))
    in_cents = (2 * sum_of_products + full) // (2 * full)
    plan = joining(*parts, mode=Mode.COMMENTS)
    assert of_entered(plan, entered)["water"].score == Decimal(in_cents).scaleb(-2)


@given(weights=weights, points=st.lists(cents, min_size=5, max_size=5), places=st.integers(0, 4))
def test_parts_rounded_before_they_are_added_are_the_sum_that_stands_on_paper(weights, points, places):
    parts = [Part(f"part-{at}", f"Part {at}", Decimal(weight)) for at, weight in enumerate(weights)]
    plan = joining(*parts, mode=Mode.COMMENTS, rules=Rules(places=places))
    plan = replace(plan, composite=replace(plan.composite, rounds_parts=True))
    entered = {part.id: {"water": Decimal(each).scaleb(-2)} for part, each in zip(parts, points, strict=False)}
    on_paper = [
        (2 * weight * each * 10**places + 10_000) // 20_000 for weight, each in zip(weights, points, strict=False)
    ]
    assert of_entered(plan, entered)["water"].score == Decimal(sum(on_paper)).scaleb(-places)


def test_of_levels_the_approval_rate_is_joined():
    plan = joining(replace(PANEL, weight=Decimal(60)), VOTE, mode=Mode.LEVELS)
    story = closed_over({ANN: (4,), BEN: (3,), CAT: (2,), DAN: (4,)}, plan=plan)
    assert scores(story.does(vote(water=50)))["water"] == "65.00"


# --- missing parts ----------------------------------------------------------------------------------------------------


def test_a_missing_part_is_said_and_is_no_zero():
    story = revealed().does(vote(water=90, court=0), daily(court=0))
    assert {unit: each.missing for unit, each in joined(story).items()} == {
        "water": ("daily",),
        "court": (),
        "school": ("vote", "daily"),
    }
    assert scores(story) == {"water": None, "court": "45.00", "school": None}


def test_nobody_announces_over_a_gap_unseen():
    story = revealed().does(vote(water=90, court=80, school=70), daily(court=20))
    again = refused(story.meeting, c.AnnounceComposites())
    assert (again.code, again.again) == ("composites.parts_missing", {"without": ["water", "school"]})
    story.does(c.AnnounceComposites(("water", "school")))
    told = {each.unit: (each.score and str(each.score), each.rank, each.of) for each in announced(story)}
    assert told == {"water": (None, None, 0), "court": ("87.00", 1, 1), "school": (None, None, 0)}


def announced(story: Story) -> Any:
    return story.meeting.composites.announced


def test_a_unit_whose_result_had_no_quorum_lacks_that_part():
    story = closed_over({ANN: (50, 30)}, plan=joining())
    assert joined(story)["water"].missing == ("panel", "vote", "daily")


# --- classes, ranks, grades -------------------------------------------------------------------------------------------


def classed(*of_class: str) -> tuple[Unit, ...]:
    return tuple(replace(unit, of_class=name) for unit, name in zip(small_plan().units, of_class, strict=True))


def test_units_have_their_rank_within_their_class():
    story = whole(joining(units=classed("courts", "offices", "courts"), grades=BY_CLASS))
    told = {unit: (each.rank, each.of, each.grade) for unit, each in joined(story).items()}
    assert told == {"water": (1, 2, "先进"), "court": (1, 1, "达标"), "school": (2, 2, "达标")}


def test_equal_composites_share_a_rank_and_the_next_is_passed_over():
    story = revealed().does(vote(water=100, court="87.5", school=0), daily(water=10, court=10, school=10))
    assert {unit: each.rank for unit, each in joined(story).items()} == {"water": 1, "court": 1, "school": 3}


@given(
    given_cents=st.lists(st.integers(0, 6), min_size=1, max_size=12),
    top=st.integers(1, 100),
    floor=st.integers(0, 6),
)
def test_the_first_so_many_per_cent_and_a_floor(given_cents, top, floor):
    """Whoever has fewer than the share ahead of them, and reaches the floor; a fraction of a unit is none."""
    units = tuple(Unit(f"u{at}", f"Unit {at}", f"U{at}") for at in range(len(given_cents)))
    line = CompositeGrade("top", Decimal(floor), Decimal(top))
    plan = joining(Part("vote", "Vote", Decimal(100)), grades=(line,), mode=Mode.COMMENTS, units=units)
    points = {unit.id: Decimal(each) for unit, each in zip(units, given_cents, strict=True)}
    places = len(units) * top // 100
    expected = {id for id, each in points.items() if each >= floor and sum(o > each for o in points.values()) < places}
    assert {id for id, each in of_entered(plan, {"vote": points}).items() if each.grade} == expected


# --- entering ---------------------------------------------------------------------------------------------------------


def test_what_stands_there_already_is_passed_over():
    story = revealed().does(vote(water=90))
    before = len(story.events)
    assert len(story.does(vote(water=90)).events) == before
    assert story.does(vote(water="90.0", court=80)).events[-1].points == {"court": Decimal(80)}
    assert story.refusal(vote(water=91, court=80)) == "part.entered_already"


def test_a_correction_has_an_author_and_a_reason_and_keeps_what_was():
    story = whole().does(c.CorrectPart("vote", "water", Decimal(80), "the head", "two rows were swapped"))
    kept = story.meeting.composites.versions("vote", "water")
    assert [(str(each.points), each.author, each.reason) for each in kept] == [
        ("88.5", "the clerk", ""),
        ("80", "the head", "two rows were swapped"),
    ]
    assert scores(story)["water"] == "82.00"


def test_what_is_struck_is_missing():
    story = whole().does(c.CorrectPart("daily", "water", None, "the head", "another unit's file"))
    assert joined(story)["water"].missing == ("daily",)


def test_what_was_read_from_a_file_keeps_its_name_and_digest():
    kept = whole().meeting.composites.versions("daily", "court")[-1]
    assert (kept.file, kept.digest) == ("2026.xlsx", DIGEST)


# --- announcing -------------------------------------------------------------------------------------------------------


def test_composites_are_announced_days_after_the_meeting():
    story = whole()
    story.does(c.FinishMeeting()).waits(3 * 24 * 60).does(c.AnnounceComposites())
    assert story.meeting.composites.announced_at == story.now
    assert [str(each.score) for each in announced(story)] == ["85.40", "82.50", "76.00"]


def test_what_was_announced_stays_until_it_is_withdrawn():
    story = whole().does(c.AnnounceComposites())
    kept = [c.WithdrawReveal("report-water", "wrong"), vote(water=1), c.AnnounceComposites()]
    change = c.CorrectPart("vote", "water", Decimal(1), "the clerk", "misread")
    assert {story.refusal(command) for command in (*kept, change)} == {"composites.announced"}
    story.does(c.WithdrawComposites("a row was forgotten"), change, c.AnnounceComposites())
    assert str(announced(story)[0].score) == "50.40"


def test_where_the_supervisor_checks_they_are_announced_as_they_were_checked():
    rows = [dict.fromkeys(seats, (50, 30)) for seats in (SEATS, SEATS[:4], SEATS)]
    story = closed_over(*rows, plan=joining(rules=Rules(checked=True)))
    for id in story.meeting.rounds:
        story.does(checks(story, id), c.RevealResult(id))
    story.does(vote(water="88.5", court=75, school=90), daily(water=20, court=15, school=10))
    assert story.refusal(c.AnnounceComposites()) == "composites.not_checked"
    seen = digest_of_composites(story.meeting)
    story.does(c.CheckComposites(seen), c.CorrectPart("vote", "court", Decimal(76), "the clerk", "misread"))
    assert [story.refusal(each) for each in (c.AnnounceComposites(), c.CheckComposites(seen))] == [
        "composites.not_checked",
        "check.composites_have_changed",
    ]
    story.does(c.CheckComposites(digest_of_composites(story.meeting)), c.AnnounceComposites())
    assert len(announced(story)) == 3


def test_a_step_that_told_a_result_is_not_taken_back_under_a_composite():
    story = whole().does(c.AnnounceComposites())
    assert story.refusal(c.UndoStep(story.meeting.script.taken[-1].id)) == "composites.announced"


def test_the_hall_hears_a_result_before_the_composite():
    story = closed_over(dict.fromkeys(SEATS, (50, 30)), plan=joining())
    asked = refused(story.does(vote(water=90), daily(water=20)).meeting, c.AnnounceComposites(("court", "school")))
    assert (asked.code, asked.facts["units"]) == ("composites.not_revealed", ("Water",))


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_a_plan_without_composites_has_the_seal_it_had():
    plain = small_plan()
    assert rule_seal(plain) == rule_seal(replace(plain, composite=Composite()))
    changed = {
        rule_seal(plan)
        for plan in (
            plain,
            joining(),
            joining(PANEL, replace(VOTE, weight=Decimal(50))),
            joining(grades=BY_CLASS),
            small_plan(composite=Composite(PARTS, due=date(2026, 12, 1))),
            small_plan(composite=Composite(PARTS, rounds_parts=True)),
            small_plan(units=classed("courts", "", "")),
        )
    }
    assert len(changed) == 7


NO = Decimal("NaN")
WRONG: dict[str, tuple[Part, ...]] = {
    "part.twice": (PANEL, VOTE, replace(VOTE, name="Again")),
    "part.same_name": (PANEL, VOTE, replace(VOTE, id="again")),
    "part.too_many": tuple(Part(f"p{at}", f"Part {at}", Decimal(1)) for at in range(9)),
    "part.without_name": (PANEL, replace(VOTE, name="")),
    "part.no_weight": (PANEL, replace(VOTE, weight=Decimal(0))),
    "part.no_full": (PANEL, replace(VOTE, full=NO)),
    "part.scored_twice": (PANEL, replace(VOTE, source=Source.SCORED)),
    "part.other_full": (replace(PANEL, full=Decimal(90)), VOTE),
    "number.too_many_decimals": (PANEL, replace(VOTE, weight=Decimal("0.1234567"))),
}


@pytest.mark.parametrize(("code", "parts"), WRONG.items())
def test_what_is_wrong_with_parts_is_found(code, parts):
    assert [(each.code, each.part) for each in shortcomings(joining(*parts))] == [(code, "parts")]


def test_in_a_meeting_of_comments_nothing_is_scored():
    assert [each.code for each in shortcomings(joining(mode=Mode.COMMENTS))] == ["part.nothing_scored"]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("composite_grade.twice", CompositeGrade("达标", Decimal(1))),
        ("composite_grade.without_name", CompositeGrade("", Decimal(1))),
        ("composite_grade.no_number", CompositeGrade("x", NO)),
        ("composite_grade.no_share", CompositeGrade("x", Decimal(1), Decimal(0))),
        ("composite_grade.no_share", CompositeGrade("x", Decimal(1), Decimal(101))),
    ],
)
def test_what_is_wrong_with_grades_is_found(code, line):
    plan = joining(grades=(*BY_CLASS, line))
    assert [(each.code, each.part, each.at) for each in shortcomings(plan)] == [(code, "composite_grades", 2)]


def test_what_is_rarely_meant_is_said():
    late = replace(joining(grades=(*BY_CLASS[::-1], CompositeGrade("x", Decimal(101)))), units=classed("a", "b", "b"))
    plans = {
        "look.parts_not_a_hundred": joining(PANEL, VOTE),
        "look.one_part": joining(replace(VOTE, weight=Decimal(100))),
        "look.composite_without_parts": small_plan(composite=Composite(grades=BY_CLASS)),
        "look.due_too_early": small_plan(composite=Composite(PARTS, due=date(2023, 11, 16))),
        "look.grade_behind_another": late,
        "look.nobody_in_top": replace(late, composite=replace(late.composite, grades=BY_CLASS)),
    }
    found = {code: {each.said.code for each in rule_hints(plan)} for code, plan in plans.items()}
    assert [code for code, codes in found.items() if code not in codes] == []
    assert list(rule_hints(joining(grades=BY_CLASS))) == []
