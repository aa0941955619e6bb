"""The agenda: stepping, jumping, skipping, reordering, time, pause, finish. Nothing advances by itself."""

from dataclasses import replace
from datetime import timedelta

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.displays.state import SceneKind
from app.meeting.evolve import evolve
from app.meeting.sealing import rule_seal
from tests.meetings import (
    BREAK,
    COURT,
    NOON,
    OPENING,
    SCHOOL,
    SUMMARY,
    WATER,
    Story,
    at_water,
    closes,
    comment,
    give_score,
    minutes,
    noon,
    opened,
    plays_round,
    sheet,
    small_plan,
)

# --- opening ----------------------------------------------------------------------------------------------------------


def test_opening_freezes_the_plan_and_shows_its_seal():
    plan = small_plan()
    story = Story(plan).opens()
    assert story.events == [e.MeetingOpened(plan, rule_seal(plan), NOON)]
    assert (story.meeting.is_open, story.meeting.agenda.place, story.meeting.seal) == (True, None, rule_seal(plan))


def test_the_meeting_opens_with_the_plan_it_is_given_not_with_the_draft():
    final = replace(small_plan(), title="The final title", agenda=small_plan().agenda[:3])
    story = Story(small_plan()).does(c.OpenMeeting(final))
    assert (story.meeting.plan, story.meeting.agenda.order) == (final, (OPENING, WATER, COURT))


def test_a_meeting_opens_once():
    assert opened().refusal(c.OpenMeeting(small_plan())) == "meeting.already_open"


def test_an_incomplete_plan_does_not_open():
    assert Story(small_plan()).refusal(c.OpenMeeting(small_plan(seats=()))) == "plan.incomplete"


# --- stepping ---------------------------------------------------------------------------------------------------------


def test_the_first_step_begins_the_first_item():
    assert opened().steps().here == Place(OPENING)


def test_a_step_goes_to_the_next_segment_before_the_next_item():
    assert at_water().steps().here == Place(WATER, 1)


def test_the_agenda_walks_through_every_place_in_order():
    story, seen = opened(), []
    while story.meeting.agenda.next_place:
        seen.append(story.steps().here)
    assert seen == list(story.meeting.agenda.places())
    assert seen[0] == Place(OPENING)
    assert seen[-1] == Place(SUMMARY)
    assert len(seen) == 12


def test_behind_the_last_place_there_is_no_step():
    story = opened().goes_to(SUMMARY)
    assert story.refusal(c.Advance(story.here)) == "agenda.at_the_end"


def test_a_double_press_is_one_step():
    story = opened()
    pressed = c.Advance(story.meeting.agenda.place)
    story.does(pressed)
    assert story.refusal(pressed) == "agenda.moved_on"
    assert story.here == Place(OPENING)


def test_a_double_press_on_back_is_one_step():
    story = at_water().steps(2)
    pressed = c.GoBack(story.here)
    story.does(pressed)
    assert story.refusal(pressed) == "agenda.moved_on"
    assert story.here == Place(WATER, 1)


def test_going_back_enters_the_last_segment_of_the_item_before():
    story = opened().goes_to(COURT)
    assert story.does(c.GoBack(story.here)).here == Place(WATER, 2)


def test_going_back_leads_to_the_very_first_place():
    story = at_water()
    assert story.does(c.GoBack(story.here)).here == Place(OPENING)


def test_before_the_first_item_has_begun_there_is_no_way_back():
    assert opened().meeting.agenda.previous_place is None


def test_the_meeting_knows_item_segment_and_unit_of_where_it_stands():
    meeting = at_water().steps().meeting
    assert (meeting.current_item, meeting.current_unit) == (meeting.item(WATER), meeting.unit("water"))
    assert meeting.current_segment == meeting.item(WATER).segments[1]
    assert opened().goes_to(BREAK).meeting.current_unit is None
    assert (opened().meeting.current_item, opened().meeting.current_segment) == (None, None)


def test_before_the_first_place_there_is_nothing():
    story = opened().steps()
    assert story.refusal(c.GoBack(story.here)) == "agenda.at_the_beginning"


def test_a_jump_leads_to_any_segment():
    assert opened().goes_to(SCHOOL, 2).here == Place(SCHOOL, 2)


def test_a_jump_to_where_one_stands_changes_nothing():
    story = at_water()
    before = story.meeting
    assert story.waits(1).goes_to(WATER).meeting == before


def test_a_segment_that_is_not_there_cannot_be_entered():
    assert opened().refusal(c.JumpTo(Place(WATER, 3))) == "segment.unknown"
    assert opened().refusal(c.JumpTo(Place(WATER, -1))) == "segment.unknown"


def test_leaving_an_item_and_returning_keeps_when_it_first_began():
    story = opened().steps().waits(5).steps().waits(2).goes_to(OPENING)
    assert story.meeting.agenda.runs[OPENING].began_at == NOON
    assert story.meeting.agenda.runs[OPENING].left_at is None
    assert story.meeting.agenda.runs[WATER].left_at == noon(7)


# --- skipping ---------------------------------------------------------------------------------------------------------


def test_a_skipped_item_is_passed_over():
    story = opened().goes_to(WATER, 2).does(c.SkipItem(COURT, "absent"))
    assert story.steps().here == Place(BREAK)


def test_a_skipped_item_is_passed_over_on_the_way_back():
    story = opened().goes_to(BREAK).does(c.SkipItem(COURT, "absent"), c.RestoreItem(COURT), c.SkipItem(COURT, "absent"))
    assert story.does(c.GoBack(story.here)).here == Place(WATER, 2)


def test_skipping_the_current_item_moves_on_to_the_next():
    story = opened().goes_to(COURT, 1).waits(1).does(c.SkipItem(COURT, "absent"))
    assert story.here == Place(BREAK)
    assert story.meeting.agenda.runs[COURT].spent == (timedelta(), minutes(1), timedelta())
    assert story.meeting.agenda.runs[COURT].skip_reason == "absent"


def test_skipping_the_last_item_goes_back_to_the_one_before():
    story = opened().goes_to(SUMMARY).does(c.SkipItem(SUMMARY, "no time"))
    assert story.here == Place(SCHOOL, 2)


def test_the_only_item_left_cannot_be_skipped():
    story = opened(small_plan(agenda=small_plan().agenda[:2])).steps().does(c.SkipItem(WATER, "absent"))
    assert story.refusal(c.SkipItem(OPENING, "no time")) == "item.last_one"


def test_the_only_item_left_cannot_be_skipped_before_the_meeting_begins_either():
    story = opened(small_plan(agenda=small_plan().agenda[:2])).does(c.SkipItem(WATER, "absent"))
    assert story.refusal(c.SkipItem(OPENING, "no time")) == "item.last_one"


def test_skipping_drops_the_empty_round_of_an_absent_unit():
    story = opened().goes_to(COURT).does(give_score("ann", 50, round=COURT), c.SkipItem(COURT, "absent"))
    assert COURT not in story.meeting.rounds


def test_an_item_with_a_submitted_sheet_cannot_be_skipped():
    story = at_water()
    story.does(sheet(story.meeting, WATER, "ann", 50, 30))
    assert story.refusal(c.SkipItem(WATER, "absent")) == "item.has_sheets"


def test_a_result_that_a_display_shows_by_itself_goes_with_an_item_that_an_old_log_skips():
    story = plays_round(opened().goes_to(COURT), COURT, dict.fromkeys(("ann", "ben", "cat"), (50, 30)))
    story.does(c.RevealResult(COURT)).goes_to(SUMMARY)
    story.does(c.DirectDisplay("left", cue="result", round=COURT), c.CueScene(SceneKind.RESULT, round=COURT))
    meeting = evolve(story.meeting, e.ItemSkipped(COURT, "absent", at=story.now))
    assert {meeting.scene_of(display).kind for display in ("", "left")} == {SceneKind.ITEM}


def test_an_item_with_a_late_sheet_cannot_be_skipped():
    story = closes(at_water(), WATER)
    story.does(sheet(story.meeting, WATER, "ann", 50, 30))
    assert story.refusal(c.SkipItem(WATER, "absent")) == "item.has_sheets"


def test_an_item_that_is_over_cannot_be_skipped():
    assert opened().steps(2).refusal(c.SkipItem(OPENING, "no time")) == "item.finished"


def test_a_skipped_item_must_be_restored_before_it_is_entered():
    story = at_water().does(c.SkipItem(COURT, "absent"))
    assert story.refusal(c.JumpTo(Place(COURT))) == "item.skipped"
    assert story.does(c.RestoreItem(COURT)).goes_to(COURT).here == Place(COURT)


def test_a_restored_unit_that_arrives_after_all_gets_a_fresh_round():
    story = opened().goes_to(COURT).does(c.SkipItem(COURT, "absent"), c.RestoreItem(COURT)).waits(9).goes_to(COURT)
    assert story.meeting.rounds[COURT].opened_at == noon(9)


# --- reordering -------------------------------------------------------------------------------------------------------


def test_an_item_is_moved_before_another():
    assert opened().does(c.MoveItem(SCHOOL, WATER)).meeting.agenda.order == (
        OPENING,
        SCHOOL,
        WATER,
        COURT,
        BREAK,
        SUMMARY,
    )


def test_an_item_is_moved_to_the_end():
    assert opened().does(c.MoveItem(BREAK, None)).meeting.agenda.order == (
        OPENING,
        WATER,
        COURT,
        SCHOOL,
        SUMMARY,
        BREAK,
    )


def test_the_agenda_follows_the_new_order():
    assert opened().does(c.MoveItem(SCHOOL, WATER)).steps(2).here == Place(SCHOOL)


def test_moving_an_item_to_where_it_stands_changes_nothing():
    story = opened().does(c.MoveItem(COURT, BREAK), c.MoveItem(COURT, COURT), c.MoveItem(SUMMARY, None))
    assert story.kinds == ["MeetingOpened"]


def test_what_has_begun_stays_in_its_place():
    story = at_water()
    assert story.refusal(c.MoveItem(WATER, None)) == "item.begun"
    assert story.refusal(c.MoveItem(SCHOOL, OPENING)) == "item.begun"


# --- time -------------------------------------------------------------------------------------------------------------


def test_time_is_added_to_a_segment_and_taken_from_it():
    story = at_water().does(c.AddTime(Place(WATER), 120), c.AddTime(Place(WATER), -30))
    assert story.meeting.agenda.runs[WATER].added == (timedelta(seconds=90), timedelta(), timedelta())


def test_a_segment_can_be_cut_to_nothing_but_not_below():
    story = at_water().does(c.AddTime(Place(WATER), -480))
    assert story.refusal(c.AddTime(Place(WATER), -1)) == "time.below_zero"


def test_an_hour_can_be_added_at_once_but_not_more():
    story = at_water().does(c.AddTime(Place(WATER), 3600))
    assert story.refusal(c.AddTime(Place(WATER), 3601)) == "time.too_much"
    assert story.refusal(c.AddTime(Place(WATER), -3601)) == "time.too_much"


def test_an_item_that_is_over_gets_no_more_time():
    assert at_water().refusal(c.AddTime(Place(OPENING), 60)) == "item.finished"


def test_nothing_advances_by_itself():
    story = at_water()
    before = story.meeting
    assert story.waits(600).meeting == before


def test_an_overrun_is_put_on_the_account_of_its_segment():
    assert at_water().waits(11).steps().meeting.agenda.runs[WATER].spent[0] == minutes(11)


def test_while_paused_no_time_is_spent():
    story = at_water().waits(2).does(c.Pause()).waits(30).does(c.Resume()).waits(3).steps()
    assert story.meeting.agenda.runs[WATER].spent[0] == minutes(5)


def test_stepping_on_starts_a_paused_clock_again():
    story = at_water().waits(2).does(c.Pause()).waits(30).steps().waits(1).steps()
    assert story.meeting.agenda.runs[WATER].spent == (minutes(2), minutes(1), timedelta())
    assert not story.meeting.is_paused


def test_pausing_twice_and_resuming_twice_is_refused():
    story = at_water()
    assert story.refusal(c.Resume()) == "clock.running"
    assert story.does(c.Pause()).refusal(c.Pause()) == "clock.paused"


def test_a_server_clock_set_back_takes_no_time_away():
    story = at_water().waits(5).does(c.Pause(), c.Resume()).waits(-60).steps()
    assert story.meeting.agenda.runs[WATER].spent[0] == minutes(5)


# --- finishing --------------------------------------------------------------------------------------------------------


def test_the_meeting_finishes_and_stops_its_clock():
    story = opened().goes_to(SUMMARY).waits(15).does(c.FinishMeeting())
    assert (story.meeting.is_finished, story.meeting.is_open, story.meeting.agenda.since) == (True, False, None)
    assert story.meeting.agenda.runs[SUMMARY].spent == (minutes(15),)


def test_the_meeting_does_not_finish_over_an_open_round():
    assert at_water().refusal(c.FinishMeeting()) == "rounds.still_open"


def test_a_finish_is_taken_back_and_the_clock_runs_on():
    story = opened().goes_to(SUMMARY).waits(15).does(c.FinishMeeting()).waits(60).does(c.ContinueMeeting()).waits(1)
    story.does(c.FinishMeeting())
    assert story.meeting.agenda.runs[SUMMARY].spent == (minutes(16),)
    assert story.meeting.finished_at == noon(76)


def test_an_item_continued_after_the_finish_is_not_over():
    story = opened().goes_to(SUMMARY).does(c.FinishMeeting(), c.ContinueMeeting())
    assert story.meeting.agenda.runs[SUMMARY].left_at is None
    assert story.does(c.AddTime(Place(SUMMARY), 60)).meeting.agenda.runs[SUMMARY].added == (minutes(1),)


def test_a_meeting_finished_before_its_first_item_continues_before_it():
    story = opened().does(c.FinishMeeting(), c.ContinueMeeting())
    assert (story.meeting.agenda.place, story.meeting.agenda.since) == (None, None)


def test_after_the_finish_the_agenda_rests():
    story = opened().steps().does(c.FinishMeeting())
    asked = [c.Advance(story.here), c.GoBack(story.here), c.JumpTo(Place(BREAK)), c.SkipItem(BREAK, "no time")]
    asked += [c.RestoreItem(BREAK), c.MoveItem(BREAK, None), c.AddTime(Place(BREAK), 60), c.Pause(), c.Resume()]
    asked += [c.FinishMeeting(), c.OpenRound(WATER), comment()]
    assert {story.refusal(command) for command in asked} == {"meeting.finished"}


def test_before_the_opening_nothing_can_be_asked_of_the_agenda():
    asked = [c.Advance(None), c.JumpTo(Place(BREAK)), c.SkipItem(BREAK, "no time"), c.Pause(), c.FinishMeeting()]
    asked += [c.OpenRound(WATER), comment()]
    assert {Story(small_plan()).refusal(command) for command in asked} == {"meeting.not_open"}
