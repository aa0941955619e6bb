"""Turns: who has no key comes up one a turn of the loop, and stands aside while somebody with a key is answered."""

import asyncio
from functools import partial

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.live import turns
from app.live.turns import Turns
from app.live.wire import WireProtocol

LOOPS = 20


@pytest.fixture
def begun() -> list[str]:
    return []


async def goes_round(times: int = LOOPS) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


def asks(lot: Turns, begun: list[str], *names: str) -> None:
    for name in names:
        lot.ask(name[0], lambda name=name: begun.append(name))


async def test_networks_take_turns_whatever_one_of_them_asks_for(begun):
    lot = Turns()
    asks(lot, begun, "a1", "a2", "a3", "b1", "c1")
    await goes_round()
    assert begun[:3] == ["a1", "b1", "c1"]
    assert begun[3:] == ["a2", "a3"]


async def test_they_come_one_a_turn_of_the_loop(begun):
    lot = Turns()
    asks(lot, begun, "a1", "b1", "a2")
    for number in range(1, 4):
        await goes_round(1)
        assert len(begun) <= number
    await goes_round()
    assert sorted(begun) == ["a1", "a2", "b1"]


async def test_they_stand_aside_while_somebody_is_answered(begun, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_ASIDE", 1000.0)
    lot = Turns()
    asks(lot, begun, "a1")
    await goes_round()
    asks(lot, begun, "a2", "b1")
    with lot.aside():
        asks(lot, begun, "a3")
        with lot.aside():
            await goes_round()
        await goes_round()
        assert begun == ["a1"]
    await goes_round()
    assert sorted(begun) == ["a1", "a2", "a3", "b1"]


async def test_for_a_moment_only(begun):
    lot = Turns()
    everybody = asyncio.Event()
    with lot.aside():
        asks(lot, begun, "a1", "a2", "b1")
        lot.ask("a", everybody.set)
        await asyncio.wait_for(everybody.wait(), 10)
    assert begun == ["a1", "b1", "a2"]


async def test_who_is_overdue_comes_however_often_somebody_is_answered(begun, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_ASIDE", 0.0)
    lot = Turns()

    def is_answered() -> None:
        with lot.aside():
            pass

    with lot.aside():
        asks(lot, begun, "a1", "b1")
    for _ in range(4):
        asyncio.get_running_loop().call_soon(is_answered)
        is_answered()
        await goes_round(1)
    assert begun == ["a1", "b1"]


async def test_nobody_is_called_twice_however_often_some_are_put_off(begun, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_ASIDE", 0.001)
    lot = Turns()
    names = [f"{network}{number}" for network in "abc" for number in range(30)]
    asks(lot, begun, *names)
    async with asyncio.timeout(10):
        while len(begun) < len(names):
            with lot.aside():
                await asyncio.sleep(0)
            await asyncio.sleep(0)
    await goes_round()
    assert sorted(begun) == sorted(names)


async def test_what_is_light_comes_a_handful_a_turn_and_never_beside_what_is_not(begun, monkeypatch):
    monkeypatch.setattr(turns, "LIGHT_A_TURN", 3)
    lot = Turns()
    for name, is_light in (
        ("a1", True),
        ("a2", True),
        ("a3", False),
        ("a4", True),
        *((f"b{at}", True) for at in "12345"),
    ):
        lot.ask(name[0], lambda name=name: begun.append(name), is_light)
    turns_taken = []
    while len(begun) < 9:
        before = len(begun)
        await goes_round(1)
        turns_taken += [begun[before:]] if len(begun) > before else []
    assert turns_taken == [["a1", "b1", "a2"], ["b2"], ["a3"], ["b3", "a4", "b4"], ["b5"]]


async def test_nobody_looks_while_somebody_is_answered_and_then_all_do(begun, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_UNSEEN", 1000.0)
    lot = Turns()
    lot.once_answered(lambda: begun.append("at once"))
    await goes_round(1)
    assert begun == []  # whoever asked goes on first
    await goes_round()
    assert begun == ["at once"]
    with lot.aside():
        lot.once_answered(lambda: begun.append("one"))
        with lot.aside():
            lot.once_answered(lambda: 1 / 0)
            await goes_round()
        lot.once_answered(lambda: begun.append("another"))
        await goes_round()
        assert begun == ["at once"]
    asyncio.get_running_loop().call_soon(begun.append, "the answers go out")
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)  # one that fails keeps back no other
    await goes_round()
    assert begun == ["at once", "the answers go out", "one", "another"]


async def test_a_panel_that_marks_without_pause_keeps_no_picture_back(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_UNSEEN", 0.001)
    lot, looked = Turns(), asyncio.Event()
    with lot.aside():
        lot.once_answered(looked.set)
        async with asyncio.timeout(60):
            await looked.wait()


async def test_phones_that_are_cut_off_at_once_leave_a_handful_a_turn(monkeypatch):
    """What leaving costs is done in turns, as what coming costs: a panelist's ack comes up between two of them."""
    monkeypatch.setattr(turns, "LIGHT_A_TURN", 3)
    gone: list[object] = []
    monkeypatch.setattr(WebSocketsSansIOProtocol, "connection_lost", lambda phone, _: gone.append(phone))
    monkeypatch.setattr(WireProtocol, "stop_keepalive", lambda _: None)
    lot = Turns()
    phones = [WireProtocol.__new__(WireProtocol) for _ in range(9)]
    for phone in phones:
        phone.turns = partial(lot.ask, "the hall")
        phone.connection_lost(None)
    assert (gone, all(phone.disconnected for phone in phones)) == ([], True)
    left = []
    while len(gone) < len(phones):
        before = len(gone)
        await goes_round(1)
        left += [len(gone) - before] if len(gone) > before else []
    assert (left, gone) == ([3, 3, 3], phones)


async def test_who_has_shown_a_key_leaves_at_once(monkeypatch):
    gone: list[object] = []
    monkeypatch.setattr(WebSocketsSansIOProtocol, "connection_lost", lambda phone, _: gone.append(phone))
    panelist = WireProtocol.__new__(WireProtocol)
    panelist.turns = None
    panelist.connection_lost(None)
    assert gone == [panelist]
