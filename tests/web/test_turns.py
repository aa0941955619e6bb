"""Turns, at the doors of a real server: what a crowd says is heard between what others say."""

import asyncio
from contextlib import AsyncExitStack

from app.web.sockets import Visit

WATCHERS = 10
FRAMES = 8


async def test_frames_of_those_without_a_key_are_heard_one_a_turn(served, monkeypatch):
    sitting = served.holds()
    heard: list[tuple[int, bool]] = []
    turn = 0
    does = Visit._do

    async def noted(visit, frame, text):
        heard.append((turn, visit._key is None))
        return await does(visit, frame, text)

    def ticks() -> None:
        nonlocal turn
        turn += 1
        if turn >= 0:
            asyncio.get_running_loop().call_soon(ticks)

    monkeypatch.setattr(Visit, "_do", noted)
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
