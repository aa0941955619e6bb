"""Rounds: open, close over named absences, reopen with a reason."""

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.plan import Mode
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    OPENING,
    SCHOOL,
    WATER,
    Story,
    at_water,
    closed_over,
    closes,
    noon,
    opened,
    plays_round,
    refused,
    sheet,
    small_plan,
)

EVERYBODY = (ANN, BEN, CAT, DAN, EVE)


def with_a_sheet_of(*seats: str) -> Story:
    story = at_water()
    return story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in seats))


def test_a_round_can_be_opened_before_its_report_begins():
    story = opened().does(c.OpenRound(SCHOOL))
    assert story.events[-1] == e.RoundOpened(SCHOOL, "school", noon(0))


def test_an_open_round_is_not_opened_again():
    assert at_water().refusal(c.OpenRound(WATER)) == "round.already_open"


def test_a_closed_round_is_reopened_not_opened():
    assert closes(at_water(), WATER).refusal(c.OpenRound(WATER)) == "round.was_closed"


def test_only_reports_are_scored():
    assert opened().refusal(c.OpenRound(OPENING)) == "round.not_a_presentation"


def test_the_round_of_a_skipped_unit_is_not_opened():
    assert opened().does(c.SkipItem(COURT, "absent")).refusal(c.OpenRound(COURT)) == "item.skipped"


def test_a_complete_round_closes_at_once():
    story = with_a_sheet_of(*EVERYBODY).waits(2).does(c.CloseRound(WATER))
    assert story.events[-1] == e.RoundClosed(WATER, (), noon(2))
    assert story.water.closed_at == noon(2)


def test_a_round_does_not_close_over_an_absence_unseen():
    story = with_a_sheet_of(ANN, CAT, DAN)
    asked = refused(story.meeting, c.CloseRound(WATER))
    assert asked.code == "round.sheets_missing"
    assert asked.facts == {"unit": "Water", "seats": ("Expert 2", "Member 1")}
    assert asked.again == {"without": [BEN, EVE]}


def test_a_round_closes_over_the_absences_that_were_named():
    story = with_a_sheet_of(ANN, CAT, DAN).does(c.CloseRound(WATER, without=(BEN, EVE)))
    assert story.events[-1] == e.RoundClosed(WATER, (BEN, EVE), noon(0))


def test_one_absence_left_unnamed_keeps_the_round_open():
    assert with_a_sheet_of(ANN, CAT, DAN).refusal(c.CloseRound(WATER, without=(BEN,))) == "round.sheets_missing"


def test_a_sheet_that_came_while_the_moderator_was_asked_does_not_stop_the_closing():
    story = with_a_sheet_of(ANN, BEN, CAT, DAN).does(c.CloseRound(WATER, without=(BEN, EVE)))
    assert story.events[-1] == e.RoundClosed(WATER, (EVE,), noon(0))


def test_nobody_waits_for_the_planned_recusal():
    story = opened().goes_to(COURT)
    assert [seat.id for seat in story.meeting.missing(story.meeting.rounds[COURT])] == [ANN, BEN, CAT, DAN]


def test_nobody_waits_for_a_seat_that_abstained_or_declared_a_recusal():
    story = with_a_sheet_of(ANN, BEN, CAT).does(c.Abstain(WATER, DAN), c.Recuse(WATER, EVE, "a relative"))
    assert story.does(c.CloseRound(WATER)).water.is_open is False


def test_a_closed_round_is_not_closed_again():
    assert closes(at_water(), WATER).refusal(c.CloseRound(WATER)) == "round.closed"


def test_all_open_rounds_close_with_one_word():
    story = with_a_sheet_of(*EVERYBODY).goes_to(COURT)
    missing = tuple(f"{COURT}/{seat}" for seat in (ANN, BEN, CAT, DAN))
    story.does(c.CloseAllRounds(without=missing))
    assert story.meeting.open_rounds == []
    assert story.kinds[-2:] == ["RoundClosed", "RoundClosed"]


def test_all_rounds_stay_open_if_one_absence_is_unseen():
    story = with_a_sheet_of(ANN, BEN, CAT, DAN).does(c.OpenRound(COURT))
    asked = refused(story.meeting, c.CloseAllRounds())
    everyone = [f"{WATER}/{EVE}", *(f"{COURT}/{seat}" for seat in (ANN, BEN, CAT, DAN))]
    assert (asked.code, asked.again) == ("rounds.sheets_missing", {"without": everyone})
    assert asked.facts["seats"] == (
        "Water Member 1",
        "Court Expert 1",
        "Court Expert 2",
        "Court Deputy 1",
        "Court Deputy 2",
    )
    assert story.does(c.CloseAllRounds(without=tuple(everyone))).meeting.open_rounds == []


def test_without_an_open_round_there_is_nothing_to_close():
    assert closes(at_water(), WATER).refusal(c.CloseAllRounds()) == "rounds.none_open"


def test_a_round_is_reopened_with_a_reason_and_keeps_its_sheets():
    story = closes(with_a_sheet_of(ANN), WATER)
    sheets = story.water.sheets
    story.does(c.ReopenRound(WATER, " a tablet was broken "))
    assert (story.water.is_open, story.water.reopenings) == (True, ("a tablet was broken",))
    assert story.water.sheets == sheets


def test_reopening_needs_a_reason():
    assert closes(at_water(), WATER).refusal(c.ReopenRound(WATER, "  ")) == "reason.missing"


def test_an_open_round_is_not_reopened():
    assert at_water().refusal(c.ReopenRound(WATER, "to be sure")) == "round.already_open"


def test_a_result_before_the_eyes_of_the_hall_is_not_reopened():
    story = closed_over(dict.fromkeys(EVERYBODY, (50, 30))).does(c.ShowResultStep(WATER, "spread"))
    assert story.refusal(c.ReopenRound(WATER, "to be sure")) == "result.revealed"


def test_rounds_are_found_by_their_unit():
    story = at_water()
    assert story.meeting.round_of("water") == story.water
    assert story.meeting.round_of("court") is None


def test_a_round_that_has_not_been_opened_is_not_known():
    story = opened()
    asked = [c.CloseRound(WATER), c.ReopenRound(WATER, "to be sure"), c.RevealResult(WATER), c.Abstain(WATER, ANN)]
    assert {story.refusal(command) for command in asked} == {"round.unknown"}


def test_closing_before_or_after_moving_on_gives_the_same_round():
    before = plays_round(at_water(), WATER, {ANN: (50, 30)}).goes_to(COURT)
    after = plays_round(at_water().goes_to(COURT), WATER, {ANN: (50, 30)})
    assert before.water == after.water


def test_with_comments_only_there_is_nothing_to_score():
    story = at_water(small_plan(mode=Mode.COMMENTS))
    asked = [c.OpenRound(WATER), c.CloseRound(WATER), c.GiveScore(WATER, ANN, "clarity", 1), c.RevealResult(WATER)]
    assert {story.refusal(command) for command in asked} == {"mode.comments_only"}
