"""Draws in the record: the seed is kept until it is disclosed, and every draw is drawn again by ``verify``."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.draw.lots import commitment_of
from app.meeting.meeting import Meeting
from app.meeting.plan import Order
from app.store import draws
from app.store.verify import verify
from tests.meetings import OTHER_SEED, SEED, Story, opened, small_plan
from tests.records import append, entries, record, save

# --- seeds ------------------------------------------------------------------------------------------------------------


def test_a_seed_is_found_once_its_draw_is_in_the_log(database):
    story = opened(small_plan(order=Order.DRAWN))
    record(database, story)
    with database.writing() as connection:
        commitment = draws.new_seed(connection, "small")
        assert draws.seed_of(connection, "small") == ""
        append(connection, story.meeting, [e.DrawPrepared(commitment, ("water", "court"), story.now)])
        seed = draws.seed_of(connection, "small")
        draws.new_seed(connection, "small")  # prepared twice at once: the other one is nobody's
        assert (commitment_of(seed), draws.seed_of(connection, "small")) == (commitment, seed)
    assert len(seed) == 64


def test_every_seed_is_another_one(database):
    save(database, small_plan())
    with database.writing() as connection:
        assert len({draws.new_seed(connection, "small") for _ in range(20)}) == 20


def test_there_is_no_seed_of_a_draw_prepared_elsewhere(database):
    story = drawing()
    record(database, story)
    with database.reading() as connection:
        assert draws.seed_of(connection, "small") == ""


# --- verify -----------------------------------------------------------------------------------------------------------


def drawing() -> Story:
    """A draw that was called off after two lots, and one that is prepared."""
    story = opened(small_plan(order=Order.DRAWN))
    story.does(c.PrepareDraw(commitment_of(OTHER_SEED)), c.DrawNext(1, "", OTHER_SEED), c.DrawNext(2, "", OTHER_SEED))
    return story.does(c.CallOffDraw("not heard", OTHER_SEED), c.PrepareDraw(commitment_of(SEED)))


def drawn() -> Story:
    return drawing().does(c.DrawNext(1, "seven", SEED), c.DrawAll(seed=SEED))


@pytest.mark.parametrize("story", [drawing, drawn])
def test_draws_as_they_were_made_hold(database, story: Callable[[], Story]):
    record(database, story())
    assert faults(database) == ()


def at(story: Story, number: int, kind: type) -> int:
    """Where the so-manieth event of a kind stands, counted from 0."""
    return [place for place, event in enumerate(story.events) if isinstance(event, kind)][number]


def forged(database, **changes_of: tuple[int, dict]) -> tuple[str, ...]:
    """What is found if events had been others when they were written: the chain and the read tables fit them."""
    story = drawn()
    for kind, (number, changes) in changes_of.items():
        place = at(story, number, getattr(e, kind))
        story.events[place] = replace(story.events[place], **changes)
    save(database, story.meeting.plan)
    with database.writing() as connection:
        append(connection, Meeting.planned(story.meeting.plan), story.events)
    return faults(database)


def test_the_entries_of_the_draw_are_where_the_next_tests_say(database):
    record(database, drawn())
    assert [type(entry.event).__name__ for entry in entries(database, "small")] == [
        "MeetingOpened",
        "DrawPrepared",
        "DrawBegun",
        "UnitDrawn",
        "UnitDrawn",
        "DrawCalledOff",
        "DrawPrepared",
        "DrawBegun",
        "UnitDrawn",
        "UnitDrawn",
        "UnitDrawn",
        "DrawEnded",
    ]


def test_a_lot_that_another_unit_was_given_is_found(database):
    assert forged(database, UnitDrawn=(3, {"unit": "water"})) == (
        "entry 10: place 2 went to water, which does not follow from seed and word",
    )


def test_a_lot_of_a_draw_called_off_is_checked_as_well(database):
    assert forged(database, UnitDrawn=(0, {"unit": "school"})) == (
        "entry 4: place 1 went to school, which does not follow from seed and word",
    )


def test_a_seed_chosen_afterwards_is_found(database):
    assert forged(database, DrawEnded=(0, {"seed": OTHER_SEED})) == (
        "entry 12: its seed is not the one committed to before the draw",
    )


def test_lots_drawn_without_their_seed_are_found_when_called_off(database):
    assert forged(database, DrawCalledOff=(0, {"seed": ""})) == (
        "entry 6: its seed is not the one committed to before the draw",
    )


def test_another_word_than_the_one_said_is_found_with_every_lot_it_changes(database):
    found = forged(database, DrawBegun=(1, {"word": "eight"}))
    assert found
    assert {fault.partition(":")[0] for fault in found} <= {"entry 9", "entry 10", "entry 11"}


def test_a_draw_over_more_units_than_were_drawn_is_found(database):
    found = forged(database, DrawPrepared=(1, {"units": ("water", "court", "school", "moon")}))
    assert found[-1] == "entry 12: the draw ended with 3 of 4 lots drawn"


def test_a_draw_called_off_before_the_first_lot_needs_no_seed(database):
    story = opened(small_plan(order=Order.DRAWN)).does(c.PrepareDraw(commitment_of(SEED)), c.CallOffDraw("late", ""))
    record(database, story)
    assert faults(database) == ()


def faults(database) -> tuple[str, ...]:
    with database.reading() as connection:
        return tuple(map(sentence_of, verify(connection, "small").faults))
