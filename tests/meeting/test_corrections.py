"""After closing: late sheets, corrections, void sheets. Never over an open round, never before the eyes of the hall."""

from app.meeting import commands as c
from app.meeting.scoring.turnout import turnout_of
from app.meeting.sheets.state import Correction, Standing
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    WATER,
    Story,
    at_water,
    closed_over,
    closes,
    correction,
    counting,
    noon,
    opened,
    result,
    sheet,
)

ALL_ALIKE = dict.fromkeys((ANN, BEN, CAT, DAN, EVE), (50, 30))


def closed() -> Story:
    return closed_over(ALL_ALIKE)


def with_a_late_sheet() -> Story:
    """Everybody but ann was in time; she comes four minutes late."""
    story = closed_over({seat: marks for seat, marks in ALL_ALIKE.items() if seat != ANN}).waits(4)
    return story.does(sheet(story.meeting, WATER, ANN, 60, 40))


def accept(seat: str = ANN) -> c.AcceptLateSheet:
    return c.AcceptLateSheet(WATER, seat, "the network was down", "the clerk")


def void(seat: str = ANN) -> c.VoidSheet:
    return c.VoidSheet(WATER, seat, "two marks in one line", "the clerk")


# --- late sheets ------------------------------------------------------------------------------------------------------


def test_a_late_sheet_is_kept_and_does_not_count():
    story = with_a_late_sheet()
    late = story.water.sheet(ANN).late
    assert late is not None
    assert (late.marks, late.at) == ({"clarity": 60, "effect": 40}, noon(4))
    assert result(story).turnout.counted == 4


def test_an_accepted_late_sheet_counts_with_author_and_reason():
    story = with_a_late_sheet().waits(1).does(accept())
    version = counting(story.water, ANN)
    assert (version.number, version.at) == (1, noon(4))
    assert version.correction == Correction("the clerk", "the network was down")
    assert story.water.sheet(ANN).late is None
    assert result(story).turnout.counted == 5


def test_a_late_change_is_kept_beside_the_sheet_that_counts():
    story = closed()
    story.does(sheet(story.meeting, WATER, ANN, 60, 40))
    assert counting(story.water, ANN).marks == {"clarity": 50, "effect": 30}
    assert [version.number for version in story.does(accept()).water.sheet(ANN).versions] == [1, 2]


def test_the_newest_late_sheet_is_the_one_that_waits():
    story = with_a_late_sheet()
    story.does(sheet(story.meeting, WATER, ANN, 59, 40), accept())
    assert counting(story.water, ANN).marks["clarity"] == 59


def test_the_same_sheet_sent_again_after_closing_is_not_a_late_one():
    story = closed()
    assert story.refusal(sheet(story.meeting, WATER, ANN, 50, 30)) == "sheet.already_submitted"
    assert story.water.sheet(ANN).late is None


def test_without_a_late_sheet_there_is_nothing_to_accept():
    assert closed().refusal(accept()) == "sheet.not_late"
    assert with_a_late_sheet().does(accept()).refusal(accept()) == "sheet.not_late"


def test_a_late_sheet_of_a_recused_seat_is_refused():
    story = closes(opened().goes_to(COURT), COURT)
    assert story.refusal(sheet(story.meeting, COURT, EVE, 50, 30)) == "seat.recused"


def test_a_late_sheet_still_waits_after_reopening_and_closing():
    story = with_a_late_sheet().does(c.ReopenRound(WATER, "a tablet was broken"))
    assert closes(story, WATER).water.sheet(ANN).late is not None


def test_a_sheet_in_time_after_reopening_replaces_the_late_one():
    story = with_a_late_sheet().does(c.ReopenRound(WATER, "a tablet was broken"))
    story.does(sheet(story.meeting, WATER, ANN, 55, 35))
    assert story.water.sheet(ANN).late is None
    assert counting(story.water, ANN).marks["clarity"] == 55


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_version_with_author_and_reason():
    story = closed()
    story.waits(2).does(correction(story.meeting, WATER, ANN, 45, 30))
    first, second = story.water.sheet(ANN).versions
    assert (first.marks["clarity"], first.correction) == (50, None)
    assert (second.number, second.marks["clarity"], second.at) == (2, 45, noon(2))
    assert second.correction == Correction("the clerk", "misread")
    assert second.receipt != first.receipt


def test_a_correction_changes_the_result():
    story = closed()
    assert str(result(story).score) == "80.00"
    for seat in ALL_ALIKE:
        story.does(correction(story.meeting, WATER, seat, 45, 30))
    assert str(result(story).score) == "75.00"


def test_a_paper_sheet_is_entered_for_an_absent_seat():
    story = closes(at_water(), WATER)
    story.does(correction(story.meeting, WATER, ANN, 45, 30))
    assert counting(story.water, ANN).number == 1


def test_a_correction_needs_author_and_reason():
    story = closed()
    assert story.refusal(correction(story.meeting, WATER, ANN, 45, 30, reason=" ")) == "reason.missing"
    assert story.refusal(correction(story.meeting, WATER, ANN, 45, 30, author=" ")) == "author.missing"


def test_a_correction_to_the_same_marks_is_recorded_like_any_other():
    """To refuse it would tell whose an anonymous sheet is, to whoever tries them all, and leave no trace."""
    story = closed()
    story.does(correction(story.meeting, WATER, ANN, 50, 30))
    first, second = story.water.sheet(ANN).versions
    assert (second.marks, second.correction) == (first.marks, Correction("the clerk", "misread"))


def test_the_form_of_a_correction_is_looked_at_before_what_it_says():
    story = closed()
    asked = [correction(story.meeting, WATER, ANN, *marks, salt="short") for marks in ((50, 30), (45, 30))]
    assert [story.refusal(command) for command in asked] == ["salt.missing", "salt.missing"]


def test_a_correction_is_checked_like_a_submission():
    story = closed()
    assert story.refusal(correction(story.meeting, WATER, ANN, 61, 30)) == "score.out_of_range"
    assert story.refusal(correction(story.meeting, WATER, ANN, 45)) == "sheet.incomplete"
    assert story.refusal(correction(story.meeting, WATER, ANN, 45, 30, salt="short")) == "salt.missing"


def test_an_open_round_is_not_corrected():
    story = at_water()
    asked = [correction(story.meeting, WATER, ANN, 45, 30), void(), accept()]
    assert {story.refusal(command) for command in asked} == {"round.still_open"}


def test_a_planned_recusal_is_not_corrected_away():
    story = closes(opened().goes_to(COURT), COURT)
    asked = [correction(story.meeting, COURT, EVE, 45, 30), c.VoidSheet(COURT, EVE, "two marks", "the clerk")]
    assert {story.refusal(command) for command in asked} == {"seat.recused"}


def test_nothing_is_corrected_before_the_eyes_of_the_hall():
    story = closed().does(c.ShowResultStep(WATER, "spread"))
    asked = [correction(story.meeting, WATER, ANN, 45, 30), void(), accept()]
    assert {story.refusal(command) for command in asked} == {"result.revealed"}


def test_a_withdrawn_result_can_be_corrected_and_revealed_again():
    story = closed().does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "a misread sheet"))
    for seat in ALL_ALIKE:
        story.does(correction(story.meeting, WATER, seat, 45, 30))
    announced = story.does(c.RevealResult(WATER)).water.announced
    assert announced is not None
    assert str(announced.score) == "75.00"


def test_corrections_are_still_made_after_the_meeting():
    story = closed().does(c.FinishMeeting())
    assert story.does(correction(story.meeting, WATER, ANN, 45, 30)).kinds[-1] == "SheetCorrected"


# --- void sheets ------------------------------------------------------------------------------------------------------


def test_a_void_sheet_does_not_count_and_its_versions_are_kept():
    story = closed().does(void())
    assert (story.water.sheet(ANN).standing, story.water.sheet(ANN).current) == (Standing.VOID, None)
    assert len(story.water.sheet(ANN).versions) == 1
    turnout = turnout_of(story.meeting, story.water)
    assert (turnout.void, turnout.counted, turnout.entitled) == (1, 4, 5)


def test_voiding_a_void_sheet_changes_nothing():
    assert closed().does(void(), void()).kinds.count("SheetVoided") == 1


def test_a_void_sheet_is_put_right_by_a_correction():
    story = closed().does(void())
    assert counting(story.does(correction(story.meeting, WATER, ANN, 50, 30)).water, ANN).number == 2


def test_a_void_sheet_is_submitted_anew_after_reopening():
    story = closed().does(void(), c.ReopenRound(WATER, "a void sheet"))
    assert counting(story.does(sheet(story.meeting, WATER, ANN, 50, 30)).water, ANN).number == 2


def test_a_void_sheet_stays_void_when_its_seat_leaves_and_returns():
    story = closed().does(void(), c.ReopenRound(WATER, "a void sheet"))
    story.does(c.Abstain(WATER, ANN), c.ReturnToSheet(WATER, ANN))
    assert story.water.sheet(ANN).standing is Standing.VOID
