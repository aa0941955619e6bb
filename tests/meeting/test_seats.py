"""Who is here, and from which device a seat is led."""

from datetime import timedelta

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode
from tests.meetings import ANN, BEN, NOON, Story, at_water, give_score, opened, sheet, small_plan

TABLET, SPARE = "tablet-0001", "spare-0002"

# --- arrivals ---------------------------------------------------------------------------------------------------------


def test_a_seat_is_checked_in_before_the_meeting_opens_and_is_still_here_after():
    story = Story(small_plan()).does(c.CheckIn(ANN)).waits(5).opens()
    assert story.meeting.panel.arrivals == {ANN: NOON}


def test_checking_in_twice_is_once():
    story = Story(small_plan()).does(c.CheckIn(ANN)).waits(5).does(c.CheckIn(ANN))
    assert (story.kinds, story.meeting.panel.arrivals) == (["SeatCheckedIn"], {ANN: NOON})


def test_a_check_in_is_undone_and_done_again():
    story = opened().does(c.CheckIn(ANN), c.CheckIn(BEN), c.CheckOut(ANN), c.CheckOut(ANN))
    assert (story.kinds[-1], list(story.meeting.panel.arrivals)) == ("SeatCheckedOut", [BEN])
    assert set(story.does(c.CheckIn(ANN)).meeting.panel.arrivals) == {ANN, BEN}


def test_the_first_mark_says_that_somebody_is_here():
    story = at_water().waits(3).does(give_score(ANN, 50)).waits(1).does(give_score(ANN, 51))
    assert story.meeting.panel.arrivals == {ANN: NOON + timedelta(minutes=3)}
    assert "SeatCheckedIn" not in story.kinds


def test_so_does_a_sheet_or_a_comment():
    story = at_water()
    story.does(sheet(story.meeting, "report-water", ANN, 50, 30))
    story.does(c.SendComment("comment-1", BEN, "water", CommentKind.PROBLEM, "A gap"))
    assert set(story.meeting.panel.arrivals) == {ANN, BEN}


def test_a_recusal_which_a_moderator_may_enter_says_nothing_of_the_kind():
    assert at_water().does(c.Recuse("report-water", ANN, "a cousin")).meeting.panel.arrivals == {}


def test_nobody_arrives_at_a_seat_that_is_not_there_or_after_the_end():
    story = opened(small_plan(mode=Mode.COMMENTS))
    assert story.refusal(c.CheckIn("moon")) == "seat.unknown"
    story.does(c.FinishMeeting())
    assert (story.refusal(c.CheckIn(ANN)), story.refusal(c.CheckOut(ANN))) == ("meeting.finished", "meeting.finished")


# --- the device of a seat ---------------------------------------------------------------------------------------------


def test_any_device_may_lead_a_seat_that_none_has_taken():
    assert opened().meeting.panel.is_led_from(ANN, TABLET)


def test_the_newest_device_leads_the_seat_and_the_one_before_does_not():
    meeting = opened().does(c.TakeSeat(ANN, TABLET), c.TakeSeat(ANN, SPARE)).meeting
    assert (meeting.panel.is_led_from(ANN, SPARE), meeting.panel.is_led_from(ANN, TABLET)) == (True, False)


def test_a_seat_is_taken_back():
    meeting = opened().does(c.TakeSeat(ANN, TABLET), c.TakeSeat(ANN, SPARE), c.TakeSeat(ANN, TABLET)).meeting
    assert (meeting.panel.is_led_from(ANN, SPARE), meeting.panel.is_led_from(ANN, TABLET)) == (False, True)


def test_taking_what_one_has_is_not_logged():
    assert Story(small_plan()).does(c.TakeSeat(ANN, TABLET), c.TakeSeat(ANN, TABLET)).kinds == ["SeatTakenOver"]


def test_one_device_may_lead_two_seats_and_another_seat_is_nobodys_matter():
    meeting = opened().does(c.TakeSeat(ANN, TABLET), c.TakeSeat(BEN, TABLET)).meeting
    assert meeting.panel.holders == {ANN: TABLET, BEN: TABLET}


def test_who_leads_a_seat_is_the_same_after_the_opening_and_from_the_log():
    story = Story(small_plan()).does(c.TakeSeat(ANN, TABLET), c.TakeSeat(ANN, SPARE)).opens()
    assert story.meeting.panel.holders == {ANN: SPARE}
    assert fold(Meeting.planned(small_plan()), story.events) == story.meeting


def test_a_seat_is_taken_over_by_a_device_with_an_id_only():
    assert opened().refusal(c.TakeSeat(ANN, "<b>")) == "id.malformed"
    assert opened().refusal(c.TakeSeat("moon", TABLET)) == "seat.unknown"
