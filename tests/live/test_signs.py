"""Bursts of equal browsers: counted within ten seconds, and nothing of them is kept."""

from app.live.signs import FEWEST, WINDOW, Signs
from app.store.bursts import NO_BURSTS, Bursts

HALL, WATER = "demo", "water"


def votes(signs: Signs, *browsers: str) -> None:
    for browser in browsers:
        signs.voted(HALL, browser)


def test_many_ballots_from_equal_browsers_within_ten_seconds_are_a_burst_and_in_twenty_they_are_none():
    now = [100.0]
    signs = Signs(lambda: now[0])
    votes(signs, *["Robot/1.0"] * (FEWEST - 1), *map(str, range(40)))
    assert signs.going_on(HALL) == NO_BURSTS
    now[0] += WINDOW + 1
    votes(signs, "Robot/1.0", *["Robot/2.0"] * FEWEST)
    assert signs.going_on(HALL) == Bursts(1, FEWEST, FEWEST + 1)
    assert not signs.take()
    now[0] += WINDOW + 1
    votes(signs, *["Robot/3.0"] * (FEWEST + 5))
    now[0] += WINDOW + 1
    assert signs.going_on(WATER) == NO_BURSTS
    taken = signs.take()
    assert taken.bursts == {HALL: Bursts(2, FEWEST + 5, FEWEST + 5)}
    signs.put_back(taken)
    assert (signs.take().bursts, bool(signs.take())) == (taken.bursts, False)
    assert "Robot" not in repr(vars(signs)) + repr(signs._windows)


def test_refusals_are_taken_once_and_put_back_where_they_could_not_be_written():
    signs = Signs()
    signs.refused(HALL, "water.1", "ticket", "ticket.unknown")
    signs.refused(HALL, "water.1", "ticket", "page.unknown")
    taken = signs.take()
    assert taken.refused == {(HALL, "water.1", "ticket", "ticket.unknown"): 1}
    assert not signs.take()
    signs.put_back(taken)
    assert signs.take() == taken
