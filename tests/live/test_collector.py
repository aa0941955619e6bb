"""The collector of garbage waits until nobody waits."""

import pytest

from app.live import collector
from app.live.collector import BY_ITSELF, TOO_MUCH, WORTH_IT, Collector
from app.live.turns import Turns


@pytest.fixture
def collected(monkeypatch):
    """How often everything was looked through."""
    times: list[None] = []
    monkeypatch.setattr(collector.gc, "collect", lambda: times.append(None))
    monkeypatch.setattr(collector.gc, "get_threshold", lambda: BY_ITSELF)
    return times


@pytest.mark.parametrize(
    ("looks", "seconds", "is_done"),
    [(WORTH_IT, 60, False), (WORTH_IT + 1, 60, True), (WORTH_IT + 1, 0, False), (TOO_MUCH + 1, 0, True)],
)
async def test_all_is_looked_through_as_soon_as_nobody_waits_and_before_it_is_too_much(
    monkeypatch, collected, looks, seconds, is_done
):
    turns = Turns()
    with turns.aside():
        pass
    turns.answered_at -= seconds
    monkeypatch.setattr(collector.gc, "get_count", lambda: (0, 0, looks))
    await Collector(turns).look()
    assert bool(collected) is is_done


async def test_a_process_that_is_no_server_is_left_as_it_is(monkeypatch, collected):
    monkeypatch.setattr(collector.gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(collector.gc, "get_count", lambda: (0, 0, TOO_MUCH + 1))
    await Collector(Turns()).look()
    assert collected == []
