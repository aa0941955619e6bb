"""Times: what was planned, what was used, and when everything still to come is expected."""

from datetime import datetime, timedelta

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.timing import (
    ItemTimes,
    Projection,
    clock_of,
    current_clock,
    planned_finish,
    projected_finish,
    timetable,
)
from tests.meetings import BREAK, COURT, OPENING, SCHOOL, SUMMARY, WATER, Story, at_water, minutes, noon, opened

PLANNED = {OPENING: noon(0), WATER: noon(5), COURT: noon(17), BREAK: noon(29), SCHOOL: noon(39), SUMMARY: noon(51)}


def times(story: Story, item: str) -> ItemTimes:
    return next(row for row in timetable(story.meeting) if row.item == item)


def expected(story: Story) -> dict[str, datetime]:
    """The projected start of every item still to come, as seen now."""
    return {row.item: row.projected_start.at(story.now) for row in timetable(story.meeting) if row.projected_start}


def finish(story: Story) -> datetime:
    projection = projected_finish(story.meeting)
    assert projection is not None
    return projection.at(story.now)


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_planned_starts_add_up_from_the_start_of_the_meeting():
    assert {row.item: row.planned_start for row in timetable(opened().meeting)} == PLANNED


def test_the_planned_finish_is_the_sum_of_the_agenda():
    assert planned_finish(opened().meeting) == noon(66)


def test_the_plan_also_counts_from_when_the_meeting_really_began():
    story = opened().waits(7).steps().waits(5).steps()
    assert times(story, COURT).planned_start == noon(17)
    assert times(story, COURT).shifted_start == noon(24)


def test_an_early_beginning_shifts_the_plan_forward():
    assert times(opened().waits(-3).steps(), COURT).shifted_start == noon(14)


def test_a_meeting_opened_three_days_late_is_expected_from_the_present_moment():
    later = 3 * 24 * 60
    story = opened().waits(later)
    assert expected(story)[OPENING] == noon(later)
    assert finish(story) == noon(later + 66)
    assert times(story.waits(1).steps(), SUMMARY).shifted_start == noon(later + 52)


def test_a_meeting_opened_the_day_before_is_expected_at_its_planned_start():
    story = opened().waits(-24 * 60)
    assert expected(story) == PLANNED
    assert finish(story) == noon(66)


def test_the_plan_follows_a_new_order():
    story = opened().does(c.MoveItem(SUMMARY, WATER))
    assert times(story, SUMMARY).planned_start == noon(5)
    assert times(story, WATER).planned_start == noon(20)


# --- the clock --------------------------------------------------------------------------------------------------------


def test_the_clock_of_a_segment_counts_down():
    clock = current_clock(at_water().meeting)
    assert clock is not None
    assert clock.due == noon(8)
    assert clock.elapsed(noon(3)) == minutes(3)
    assert clock.remaining(noon(3)) == minutes(5)


def test_an_overrun_counts_up():
    clock = clock_of(at_water().meeting, Place(WATER))
    assert clock.remaining(noon(8)) == timedelta()
    assert clock.remaining(noon(10)) == minutes(-2)


def test_a_paused_clock_stands_still():
    clock = clock_of(at_water().waits(3).does(c.Pause()).meeting, Place(WATER))
    assert clock.due is None
    assert clock.remaining(noon(500)) == minutes(5)


def test_a_clock_goes_on_where_it_was_left():
    story = at_water().waits(3).goes_to(BREAK).waits(10).goes_to(WATER)
    assert clock_of(story.meeting, Place(WATER)).due == noon(18)


def test_the_clock_of_another_segment_does_not_run():
    assert clock_of(at_water().meeting, Place(WATER, 1)).remaining(noon(9)) == minutes(3)


def test_added_time_moves_the_limit():
    story = at_water().does(c.AddTime(Place(WATER), 60), c.AddTime(Place(WATER), -150))
    assert clock_of(story.meeting, Place(WATER)).due == noon(6.5)


def test_a_clock_read_before_its_start_has_run_no_time():
    assert clock_of(at_water().meeting, Place(WATER)).elapsed(noon(-1)) == timedelta()


def test_before_the_first_item_there_is_no_clock():
    assert current_clock(opened().meeting) is None


# --- used time --------------------------------------------------------------------------------------------------------


def test_the_actual_time_of_an_item_is_kept_with_its_beginning_and_end():
    story = opened().steps().waits(6).steps()
    row = times(story, OPENING)
    assert (row.began_at, row.left_at, row.actual, row.over) == (noon(0), noon(6), minutes(6), minutes(1))


def test_an_item_left_early_is_under_its_time():
    assert times(opened().steps().waits(3).steps(), OPENING).over == minutes(-2)


def test_added_time_is_allotted_time():
    story = opened().steps().does(c.AddTime(Place(OPENING), 120)).waits(6).steps()
    assert times(story, OPENING).allotted == minutes(7)
    assert times(story, OPENING).over == minutes(-1)


def test_the_actual_time_of_a_report_is_the_sum_of_its_segments_and_visits():
    story = at_water().waits(8).steps().waits(4).goes_to(COURT).waits(1).goes_to(WATER, 2).waits(2).goes_to(COURT, 1)
    assert times(story, WATER).actual == minutes(14)
    assert times(story, WATER).over == minutes(2)


# --- what is to come --------------------------------------------------------------------------------------------------


def test_on_time_the_plan_is_what_is_expected():
    story = opened().steps().waits(2)
    assert expected(story) == {item: start for item, start in PLANNED.items() if item != OPENING}
    assert finish(story) == noon(66)


def test_the_remaining_segments_of_the_running_item_count():
    story = opened().waits(5).goes_to(WATER, 1).waits(1)
    assert expected(story)[COURT] == noon(5 + 3 + 1)


def test_an_overrun_pushes_everything_later_minute_by_minute():
    story = opened().steps().waits(7)
    assert expected(story)[WATER] == noon(7)
    assert finish(story) == noon(68)
    assert finish(story.waits(1)) == noon(69)


def test_an_early_step_brings_everything_forward():
    story = opened().steps().waits(3).steps()
    assert expected(story)[COURT] == noon(15)
    assert finish(story) == noon(64)


def test_while_paused_everything_moves_later():
    story = opened().steps().waits(2).does(c.Pause()).waits(10)
    assert expected(story)[WATER] == noon(15)
    assert finish(story) == noon(76)


def test_paused_in_overrun_the_next_item_is_expected_at_once():
    story = opened().steps().waits(9).does(c.Pause()).waits(10)
    assert expected(story)[WATER] == noon(19)


def test_a_skipped_item_takes_no_time_and_the_plan_stays_as_printed():
    story = opened().steps().does(c.SkipItem(WATER, "absent"))
    assert WATER not in expected(story)
    assert expected(story)[COURT] == noon(5)
    assert {row.item: row.planned_start for row in timetable(story.meeting)} == PLANNED
    assert finish(story) == noon(54)


def test_time_added_to_a_later_item_moves_what_comes_behind_it():
    story = opened().steps().does(c.AddTime(Place(COURT, 1), 240), c.AddTime(Place(BREAK), -120))
    assert expected(story)[COURT] == noon(17)
    assert expected(story)[BREAK] == noon(33)
    assert expected(story)[SCHOOL] == noon(41)
    assert finish(story) == noon(68)


def test_what_lies_behind_is_not_expected_again():
    story = opened().goes_to(BREAK)
    assert list(expected(story)) == [SCHOOL, SUMMARY]


def test_after_going_back_a_begun_item_is_expected_with_the_time_it_has_left():
    story = opened().goes_to(COURT).waits(8).goes_to(WATER, 2)
    assert expected(story)[COURT] == noon(9)
    assert expected(story)[BREAK] == noon(9 + 4)


def test_a_finished_meeting_expects_nothing():
    story = opened().steps().does(c.FinishMeeting())
    assert projected_finish(story.meeting) is None
    assert expected(story) == {}


def test_a_projection_is_the_same_numbers_however_much_time_passes():
    story = opened().steps()
    before = projected_finish(story.meeting)
    assert projected_finish(story.waits(30).meeting) == before
    assert before == Projection(due=noon(5), left=minutes(5), after=minutes(61))


def test_a_projection_is_never_before_the_present_moment():
    projection = Projection(due=noon(5), left=minutes(5), after=minutes(1))
    assert [projection.at(noon(now)) for now in (0, 5, 9)] == [noon(6), noon(6), noon(10)]
