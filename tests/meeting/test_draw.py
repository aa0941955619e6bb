"""The order of reporting: drawn so that anybody can check it, typed in, or fixed; before the first report only."""

import hashlib
from itertools import permutations

import pytest

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.plan import ItemKind, Order, Plan
from tests.meetings import (
    BREAK,
    COURT,
    OPENING,
    OTHER_SEED,
    SCHOOL,
    SEED,
    SUMMARY,
    WATER,
    Story,
    opened,
    refused,
    shipped,
    small_plan,
)

DRAWN = ("school", "court", "water")
SEATS = tuple(seat.id for seat in small_plan().seats)
IN_ORDER = {"water": "1", "court": "2", "school": "3"}


def planned(order: Order = Order.DRAWN, **changes) -> Plan:
    return small_plan(order=order, **changes)


def in_opening(order: Order = Order.DRAWN) -> Story:
    return opened(planned(order)).steps()


def prepared(seed: str = SEED) -> Story:
    return in_opening().does(c.PrepareDraw(commitment_of(seed)))


def drawn(word: str = "seven") -> Story:
    return prepared().does(c.DrawAll(word, SEED))


def typed(*units: str) -> c.TypeOrder:
    return c.TypeOrder({unit: str(number) for number, unit in enumerate(units, start=1)})


# --- the arithmetic ---------------------------------------------------------------------------------------------------


def test_the_commitment_is_the_sha256_of_the_seed():
    assert commitment_of(SEED) == hashlib.sha256(SEED.encode()).hexdigest()


def test_the_order_is_that_of_the_hashes_of_seed_word_and_unit():
    def lot(unit: str) -> str:
        return hashlib.sha256(b"%s\nseven\n%s" % (SEED.encode(), unit.encode())).hexdigest()

    assert lot("school") < lot("court") < lot("water")
    assert drawn_order(SEED, "seven", ["water", "court", "school"]) == DRAWN


def test_the_order_does_not_depend_on_how_the_units_are_listed():
    assert {drawn_order(SEED, "seven", units) for units in permutations(DRAWN)} == {DRAWN}


def test_the_word_of_the_hall_decides_as_much_as_the_seed():
    orders = {drawn_order(SEED, str(number), DRAWN) for number in range(40)}
    assert orders == set(permutations(DRAWN))


# --- drawing ----------------------------------------------------------------------------------------------------------


def test_unit_by_unit_the_order_comes_out_and_the_seed_at_the_end():
    story = prepared()
    before = len(story.events)
    story.does(c.DrawNext(1, " seven ", SEED), c.DrawNext(2, seed=SEED))
    assert story.meeting.reporting.draw.left == ("water",)
    assert story.meeting.reporting.draw.seed == ""
    story.does(c.DrawNext(3, seed=SEED))
    assert story.events[before:] == [
        e.DrawBegun("seven", story.now),
        e.UnitDrawn("school", 1, story.now),
        e.UnitDrawn("court", 2, story.now),
        e.UnitDrawn("water", 3, story.now),
        e.DrawEnded(SEED, story.now),
    ]
    assert story.meeting.reporting.draw.drawn == DRAWN


def test_all_at_once_is_the_same_order():
    story = prepared().does(c.DrawNext(1, "seven", SEED), c.DrawNext(2, seed=SEED), c.DrawNext(3, seed=SEED))
    assert drawn().meeting == story.meeting
    assert prepared().does(c.DrawNext(1, "seven", SEED), c.DrawAll(seed=SEED)).meeting == story.meeting


def test_no_event_says_the_seed_before_the_end():
    story = prepared().does(c.DrawNext(1, "seven", SEED), c.DrawNext(2, seed=SEED))
    assert SEED not in repr(story.events)
    assert SEED in repr(story.does(c.DrawNext(3, seed=SEED)).events)


def test_no_command_tells_its_seed_to_whoever_prints_it():
    for command in (c.DrawNext(1, "seven", SEED), c.DrawAll("seven", SEED), c.CallOffDraw("wrong", SEED)):
        assert SEED not in repr(command)


def test_the_reports_take_the_places_of_reports_and_all_else_stays():
    assert in_opening().meeting.agenda.order == (OPENING, WATER, COURT, BREAK, SCHOOL, SUMMARY)
    assert drawn().meeting.agenda.order == (OPENING, SCHOOL, COURT, BREAK, WATER, SUMMARY)


def test_until_the_last_lot_the_agenda_is_as_it_was():
    story = prepared().does(c.DrawNext(1, "seven", SEED), c.DrawNext(2, seed=SEED))
    assert story.meeting.agenda.order == in_opening().meeting.agenda.order


def test_a_unit_left_out_keeps_its_place_and_gets_no_lot():
    story = in_opening().does(c.SkipItem(COURT, "absent"), c.PrepareDraw(commitment_of(SEED)))
    story.does(c.DrawAll("seven", SEED))
    assert story.meeting.reporting.draw.drawn == ("school", "water")
    assert story.meeting.agenda.order == (OPENING, SCHOOL, COURT, BREAK, WATER, SUMMARY)


def test_a_unit_left_out_after_its_lot_keeps_the_place_it_drew():
    story = prepared().does(c.DrawNext(1, "seven", SEED), c.SkipItem(SCHOOL, "gone"), c.DrawAll(seed=SEED))
    assert story.meeting.agenda.order == (OPENING, SCHOOL, COURT, BREAK, WATER, SUMMARY)
    assert story.meeting.agenda.next_place == Place(COURT)


def test_an_agenda_moved_meanwhile_is_filled_as_it_stands():
    story = prepared().does(c.MoveItem(BREAK, WATER), c.DrawAll("seven", SEED))
    assert story.meeting.agenda.order == (OPENING, BREAK, SCHOOL, COURT, WATER, SUMMARY)


def test_the_ten_units_of_the_demo_all_get_a_place():
    plan = shipped("demo")
    story = opened(small_plan(units=plan.units, agenda=plan.agenda, order=Order.DRAWN))
    story.does(c.PrepareDraw(commitment_of(SEED)), c.DrawAll("", SEED))
    kinds = [item.kind for item in story.meeting.items]
    assert kinds == [item.kind for item in plan.agenda]
    assert kinds.count(ItemKind.PRESENTATION) == 10
    assert [item.unit for item in story.meeting.presentations] == list(story.meeting.reporting.draw.drawn)
    assert set(story.meeting.reporting.draw.drawn) == {unit.id for unit in plan.units}


def test_a_double_press_is_one_lot():
    story = prepared().does(c.DrawNext(1, "seven", SEED))
    assert story.refusal(c.DrawNext(1, "seven", SEED)) == "draw.moved_on"
    assert story.refusal(c.DrawNext(3, "", SEED)) == "draw.moved_on"


def test_the_word_is_said_once():
    story = prepared().does(c.DrawNext(1, "seven", SEED))
    assert story.refusal(c.DrawNext(2, "eight", SEED)) == "draw.other_word"
    assert story.does(c.DrawNext(2, "seven", SEED)).meeting.reporting.draw.word == "seven"
    silent = prepared().does(c.DrawNext(1, " ", SEED))
    assert silent.meeting.reporting.draw.word == ""
    assert silent.refusal(c.DrawNext(2, "eight", SEED)) == "draw.other_word"


def test_a_word_is_short():
    assert prepared().refusal(c.DrawNext(1, "x" * 41, SEED)) == "text.too_long"


@pytest.mark.parametrize("seed", ["", OTHER_SEED, SEED.upper()])
def test_nothing_is_drawn_by_another_seed_than_the_one_committed_to(seed):
    assert prepared().refusal(c.DrawNext(1, "seven", seed)) == "draw.seed_lost"
    assert prepared().refusal(c.DrawAll("seven", seed)) == "draw.seed_lost"


# --- calling off ------------------------------------------------------------------------------------------------------


def test_a_draw_called_off_discloses_its_seed_and_leaves_the_agenda_as_it_was():
    story = prepared().does(c.DrawNext(1, "seven", SEED), c.CallOffDraw("not heard", SEED))
    assert story.events[-1] == e.DrawCalledOff(SEED, "not heard", story.now)
    assert (story.meeting.reporting.draw, story.meeting.reporting.draws_called_off) == (None, 1)
    assert story.meeting.agenda.order == in_opening().meeting.agenda.order
    assert story.meeting.lacks_order


def test_a_draw_that_has_ended_can_be_called_off_and_drawn_again():
    story = drawn()
    assert story.refusal(c.PrepareDraw(commitment_of(OTHER_SEED))) == "draw.ended"
    assert story.refusal(typed("court", "water", "school")) == "draw.ended"
    story.does(c.CallOffDraw("the school board came late", SEED), c.PrepareDraw(commitment_of(OTHER_SEED)))
    story.does(c.DrawAll("eight", OTHER_SEED))
    assert story.meeting.reporting.draw.drawn == drawn_order(OTHER_SEED, "eight", DRAWN)


def test_a_draw_whose_seed_is_lost_can_still_be_called_off():
    story = prepared().does(c.CallOffDraw("the disk was changed", ""))
    assert story.events[-1] == e.DrawCalledOff("", "the disk was changed", story.now)


def test_calling_off_takes_a_reason():
    assert prepared().refusal(c.CallOffDraw(" ", SEED)) == "reason.missing"


def test_after_the_first_report_has_begun_nothing_is_drawn_typed_or_called_off():
    story = drawn().steps()
    for command in (c.PrepareDraw(commitment_of(SEED)), typed("water", "court", "school"), c.CallOffDraw("late", SEED)):
        assert story.refusal(command) == "order.reports_begun"


# --- typing -----------------------------------------------------------------------------------------------------------


def test_a_typed_order_takes_the_places_of_the_reports():
    story = in_opening(Order.TYPED).does(c.TypeOrder({"water": "3", "court": " 1 ", "school": "２"}))
    assert story.events[-1] == e.OrderTyped(("court", "school", "water"), story.now)
    assert story.meeting.agenda.order == (OPENING, COURT, SCHOOL, BREAK, WATER, SUMMARY)


def test_the_same_order_again_changes_nothing_and_another_one_replaces_it():
    story = in_opening(Order.TYPED).does(typed("court", "school", "water"), typed("court", "school", "water"))
    assert story.kinds.count("OrderTyped") == 1
    assert story.does(typed("water", "court", "school")).meeting.agenda.order == in_opening().meeting.agenda.order


def test_an_order_can_be_typed_where_lots_were_to_be_drawn_and_drawn_where_it_was_to_be_typed():
    assert not in_opening(Order.DRAWN).does(typed("court", "school", "water")).meeting.lacks_order
    story = in_opening(Order.TYPED).does(typed("court", "school", "water"), c.PrepareDraw(commitment_of(SEED)))
    assert story.meeting.lacks_order
    assert story.does(c.DrawAll("seven", SEED)).meeting.agenda.order == drawn().meeting.agenda.order


@pytest.mark.parametrize(
    ("numbers", "code", "at", "sentence"),
    [
        (
            {"water": "1", "court": " "},
            "order.number_missing",
            ("court", "school"),
            "No number has been entered for: Court, Schools.",
        ),
        (
            IN_ORDER | {"court": "x"},
            "order.number_wrong",
            ("court",),
            "“x” for Court is not a whole number from 1 to 3.",
        ),
        (
            IN_ORDER | {"court": "4"},
            "order.number_wrong",
            ("court",),
            "“4” for Court is not a whole number from 1 to 3.",
        ),
        (
            IN_ORDER | {"water": "0"},
            "order.number_wrong",
            ("water",),
            "“0” for Water is not a whole number from 1 to 3.",
        ),
        (IN_ORDER | {"water": "1.5"}, "order.number_wrong", ("water",), None),
        (IN_ORDER | {"water": "-1"}, "order.number_wrong", ("water",), None),
        (IN_ORDER | {"water": "9" * 5000}, "order.number_wrong", ("water",), None),
        (IN_ORDER | {"school": "01"}, "order.number_twice", ("water", "school"), None),
        (
            IN_ORDER | {"school": "2"},
            "order.number_twice",
            ("court", "school"),
            "The number 2 has been given more than once: Court, Schools.",
        ),
        (IN_ORDER | {"moon": "4"}, "unit.unknown", (), "There is no such unit."),
    ],
)
def test_a_wrong_number_is_said_with_its_place(numbers, code, at, sentence):
    said = refused(in_opening(Order.TYPED).meeting, c.TypeOrder(numbers))
    assert (said.code, said.at) == (code, at)
    assert sentence in (None, sentence_of(said.said))


def test_a_unit_left_out_takes_no_number():
    story = in_opening(Order.TYPED).does(c.SkipItem(COURT, "absent"), typed("school", "water"))
    assert story.meeting.agenda.order == (OPENING, SCHOOL, COURT, BREAK, WATER, SUMMARY)


# --- before the first report ------------------------------------------------------------------------------------------


def ways_to_the_first_report(**knowingly) -> list[c.Command]:
    return [
        c.Advance(Place(OPENING), **knowingly),
        c.JumpTo(Place(SCHOOL, 1), **knowingly),
        c.SkipItem(OPENING, "no time", **knowingly),
    ]


@pytest.mark.parametrize(("order", "code"), [(Order.DRAWN, "order.not_drawn"), (Order.TYPED, "order.not_typed")])
def test_the_first_report_does_not_begin_unasked_before_there_is_an_order(order, code):
    for command in ways_to_the_first_report():
        said = refused(in_opening(order).meeting, command)
        assert (said.code, said.again) == (code, {"without_order": True})
    for command in ways_to_the_first_report(without_order=True):
        assert in_opening(order).does(command).meeting.has_begun_reports


def test_not_even_going_back():
    story = in_opening().goes_to(SUMMARY)
    assert refused(story.meeting, c.GoBack(Place(SUMMARY))).again == {"without_order": True}
    assert story.does(c.GoBack(Place(SUMMARY), without_order=True)).here == Place(SCHOOL, 2)


def test_while_lots_are_drawn_no_report_begins_and_the_meeting_does_not_end():
    for command in (*ways_to_the_first_report(without_order=True), c.FinishMeeting()):
        said = refused(prepared().meeting, command)
        assert (said.code, said.again) == ("draw.going_on", None)


def test_once_the_first_report_has_begun_nobody_is_asked_again():
    story = in_opening().does(c.Advance(Place(OPENING), without_order=True))
    assert story.steps(3).here == Place(COURT)


def test_a_fixed_order_asks_nothing_and_takes_no_lots():
    story = in_opening(Order.FIXED)
    for command in (c.PrepareDraw(commitment_of(SEED)), typed("court", "school", "water")):
        assert story.refusal(command) == "order.fixed"
    assert story.steps().here == Place(WATER)


def test_everything_but_a_report_goes_on_before_there_is_an_order():
    story = in_opening().goes_to(BREAK).goes_to(SUMMARY).does(c.OpenRound(WATER), c.CloseRound(WATER, SEATS))
    assert story.here == Place(SUMMARY)
    assert story.meeting.lacks_order


# --- the display ------------------------------------------------------------------------------------------------------

DRAW = Scene(SceneKind.DRAW)


def test_while_lots_are_drawn_the_display_shows_it_wherever_the_agenda_stands():
    assert opened(planned()).does(c.PrepareDraw(commitment_of(SEED))).meeting.scene == DRAW
    assert prepared().goes_to(BREAK).meeting.scene == DRAW


def test_the_order_stays_on_the_display_until_the_agenda_moves_on():
    assert drawn().meeting.scene == DRAW
    assert drawn().steps().meeting.scene == Scene(SceneKind.ITEM, item=SCHOOL)
    assert in_opening().does(typed("court", "school", "water")).meeting.scene == DRAW


def test_following_the_agenda_leaves_an_order_that_has_been_seen_but_no_draw_under_way():
    assert drawn().does(c.FollowAgenda()).meeting.scene == Scene(SceneKind.ITEM, item=OPENING)
    assert prepared().does(c.FollowAgenda()).meeting.scene == DRAW


def test_the_order_can_be_shown_again_and_something_else_during_the_draw():
    assert drawn().steps().does(c.CueScene(SceneKind.DRAW)).meeting.scene == DRAW
    assert prepared().does(c.CueScene(SceneKind.BLANK)).meeting.scene == Scene(SceneKind.BLANK)


def test_a_draw_called_off_leaves_the_display_whatever_the_display_has_been_told():
    for told in (c.CueScene(SceneKind.DRAW), c.HoldScene()):
        story = prepared().does(told, c.CallOffDraw("not heard", SEED))
        assert story.meeting.scene == Scene(SceneKind.ITEM, item=OPENING)


def test_there_is_nothing_to_cue_before_there_is_an_order():
    assert in_opening().refusal(c.CueScene(SceneKind.DRAW)) == "order.none"
