"""Rounds that open by themselves, as the agenda comes to them."""

from dataclasses import replace

from app.meeting import commands as c
from app.meeting.plan import Mode, RoundsOpen, Rules
from tests.meetings import (
    BREAK,
    WATER,
    Story,
    at_water,
    noon,
    opened,
    plays_round,
    small_plan,
)

# --- rounds that open by themselves -----------------------------------------------------------------------------------


def rounds_open(when: RoundsOpen) -> Story:
    return at_water(small_plan(rules=Rules(rounds_open=when)))


def test_a_round_opens_as_its_report_begins():
    assert rounds_open(RoundsOpen.REPORT).kinds[-2:] == ["SegmentEntered", "RoundOpened"]


def test_a_round_opens_as_its_scoring_begins():
    story = rounds_open(RoundsOpen.SCORING).steps()
    assert WATER not in story.meeting.rounds
    assert story.waits(3).steps().water.opened_at == noon(3)


def test_a_round_whose_opening_segment_is_jumped_over_opens_all_the_same():
    assert opened().goes_to(WATER, 2).water.is_open


def test_a_round_opens_by_hand_only_if_the_rules_say_so():
    story = rounds_open(RoundsOpen.BY_HAND).steps(2)
    assert story.meeting.rounds == {}
    assert story.does(c.OpenRound(WATER)).water.is_open


def test_without_a_scoring_segment_the_round_opens_with_the_item():
    first, water, *rest = small_plan().agenda
    agenda = (first, replace(water, segments=water.segments[:2]), *rest)
    assert at_water(small_plan(agenda=agenda, rules=Rules(rounds_open=RoundsOpen.SCORING))).water.is_open


def test_a_round_stays_open_when_the_agenda_moves_on():
    assert at_water().goes_to(BREAK).water.is_open


def test_going_back_does_not_reopen_a_closed_round():
    story = at_water()
    closed = plays_round(story, WATER, {"ann": (50, 30)}).water
    assert story.goes_to(BREAK).goes_to(WATER).water == closed


def test_items_that_are_no_reports_open_no_round():
    assert opened().steps().meeting.rounds == {}


def test_with_comments_only_no_round_opens():
    assert at_water(small_plan(mode=Mode.COMMENTS)).meeting.rounds == {}
