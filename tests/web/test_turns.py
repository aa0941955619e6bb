"""Turns, at the doors of a real server: what a crowd says is heard between what others say."""

import asyncio
from collections import Counter as Counts
from contextlib import AsyncExitStack

from app.live import turns
from app.live.hearing import Hearing
from app.web.sockets.line import LiveLine

WATCHERS = 10
FRAMES = 8


async def test_frames_of_those_without_a_key_are_heard_one_a_turn(served, monkeypatch):
    sitting = served.holds()
    heard: list[tuple[int, bool]] = []
    turn = 0
    hears = LiveLine._heard

    async def noted(line, text):
        heard.append((turn, line._visit.key is None))
        await hears(line, text)

    def ticks() -> None:
        nonlocal turn
        turn += 1
        if turn >= 0:
            asyncio.get_running_loop().call_soon(ticks)

    monkeypatch.setattr(LiveLine, "_heard", noted)
    async with AsyncExitStack() as stack:
        watchers = [await stack.enter_async_context(sitting.watches("hall")) for _ in range(WATCHERS)]
        moderator = await stack.enter_async_context(sitting.presides())
        served.call(ticks)
        heard.clear()
        for watcher in watchers:
            for _ in range(FRAMES):
                await watcher.sends({"do": "ask_clock", "sent": 0})
        await moderator.listens()
        for watcher in watchers:
            for _ in range(FRAMES):
                await watcher.answer(lambda answer: "clock" in answer)
        turn = -1_000_000_000
    strangers = [when for when, is_stranger in heard if is_stranger]
    assert len(strangers) == WATCHERS * FRAMES
    assert len(set(strangers)) == len(strangers)


async def test_frames_of_those_without_a_key_are_parsed_one_helping_a_turn(served, monkeypatch):
    """However many lines they come on."""
    sitting = served.holds()
    parsed: Counts[int] = Counts()
    turn = 0
    receives = Hearing.receive_data

    def noted(self, data):
        parsed[turn] += 1
        receives(self, data)

    def ticks() -> None:
        nonlocal turn
        turn += 1
        if turn >= 0:
            asyncio.get_running_loop().call_soon(ticks)

    async with AsyncExitStack() as stack:
        watchers = [await stack.enter_async_context(sitting.watches("hall")) for _ in range(WATCHERS)]
        monkeypatch.setattr(Hearing, "receive_data", noted)
        served.call(ticks)
        for watcher in watchers:
            for _ in range(FRAMES):
                await watcher.sends({"do": "ask_clock", "sent": 0})
        for watcher in watchers:
            for _ in range(FRAMES):
                await watcher.answer(lambda answer: "clock" in answer)
        turn = -1_000_000_000
    helpings = [number for when, number in parsed.items() if when > 0]  # their farewells come when nobody counts
    assert len(helpings) >= WATCHERS
    assert max(helpings) == 1


async def test_those_without_a_key_stand_aside_while_a_command_is_carried_out(served, monkeypatch):
    sitting = served.holds()
    monkeypatch.setattr(turns, "LONGEST_ASIDE", 1000.0)
    hears, begun = LiveLine._heard, []
    goes_on = served.call(asyncio.Event)

    async def noted(line, text):
        if line._visit.key is not None:
            begun.append("command")
            await goes_on.wait()
        else:
            begun.append("stranger")
        await hears(line, text)

    async with sitting.watches("hall") as watcher, sitting.presides() as moderator:
        monkeypatch.setattr(LiveLine, "_heard", noted)
        await watcher.sends({"do": "ask_clock", "sent": 0})
        await watcher.answer(lambda answer: "clock" in answer)
        await moderator.sends({"id": "1", "do": "tell_speaker", "text": "louder"})
        await served.until(lambda: "command" in begun)
        await watcher.sends({"do": "ask_clock", "sent": 0})
        await served.until(lambda: bool(served.venue.turns._waiting))
        for _ in range(10):
            served.call(lambda: None)
        assert begun == ["stranger", "command"]
        served.call(goes_on.set)
        await watcher.answer(lambda answer: "clock" in answer)
    assert begun == ["stranger", "command", "stranger"]
