"""What is read for what it means is read in time that grows with its length, however long it is: a field of a form may
hold a megabyte, and while a pattern looks, the whole server waits."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from app.meeting.plan import Preset
from app.papers.people import listed_people
from app.papers.plan import cells, names, times
from app.papers.plan.mistakes import Misread
from app.papers.plan.pasted import pasted_units
from app.store.persons import Kind, Station
from app.web.agents import engine_of, name_of
from app.web.setup.typed import Reader, Typed
from tests.meetings import small_plan
from tests.papers.piles import PILES, piled

LENGTH = 200_000
PLAN = small_plan()
FREE = [Station(Kind.SEAT, seat.id) for seat in PLAN.seats]
READERS: dict[str, Callable[[str], Any]] = {
    "a day": times.date_of,
    "a day and its time": times.day_and_time_of,
    "a time": times.time_of,
    "from when to when": times.has_an_end,
    "a day of the week": times.weekday_in,
    "a time of day in place of a length": times.clock_of,
    "a length": times.length_of,
    "an offset": times.offset_of,
    "a number": cells.number_of,
    "a count": cells.count_of,
    "a share": cells.share_of,
    "a choice": lambda text: cells.choice_of(Preset, text),
    "yes or no": cells.yes_or_no,
    "a code": cells.code_of,
    "an id": cells.id_of,
    "a name": cells.name_of,
    "names": cells.names_of,
    "a title": cells.title_of,
    "what two names have in common": names.key,
    "a name as it is recorded": names.tidy_name,
    "a title as it is recorded": names.tidy_title,
    "a list of people": lambda text: listed_people(text, PLAN, FREE),
    "a list of units": pasted_units,
    "a browser": name_of,
    "an engine": engine_of,
}


@pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
@pytest.mark.parametrize("pile", PILES.values(), ids=list(PILES))
def test_a_reader_does_not_take_the_square_of_a_length(read, pile):
    """Who does takes hours, and the test ends after two minutes."""
    for text in (piled(pile, LENGTH), pile * LENGTH, f"{pile * LENGTH}年", f"2026-11-{pile * LENGTH}"):
        with suppress(Misread):
            read(text)


@pytest.mark.parametrize("start", ["Version/1", "iPad", "Mozilla/5.0 (iPhone Chrome/"])
@pytest.mark.parametrize("pile", ["1", "iPad ", "iPhone Chrome/1", "."])
def test_what_a_browser_calls_itself_is_not_looked_through_for_ever(start, pile):
    assert len(name_of(start + pile * LENGTH)) <= 40
    engine_of(start + pile * LENGTH)


@pytest.mark.parametrize("pile", PILES.values(), ids=list(PILES))
def test_a_field_that_is_far_too_long_is_complained_about_and_keeps_what_was_typed(pile):
    text = piled(pile, LENGTH)
    reader = Reader(Typed({"until": text, "name": text, "points": text, "minutes": text}))
    reader.read("until", times.date_of, None)
    reader.line("name")
    reader.number("points", 0, 100)
    reader.minutes("minutes")
    assert set(reader.complaints) == {"until", "name", "points", "minutes"}
    assert reader.typed.text("until") == text
