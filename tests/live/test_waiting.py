"""Whoever waits for an answer is told once, and in time."""

import asyncio

from app.live.waiting import Waiting
from app.meeting.refusals import Refused

LATE = Refused("ballot.unsure")


async def test_who_waits_is_told_once_and_who_waits_too_long_that_nobody_can_say():
    told: list[tuple[str, Refused | None]] = []
    done = asyncio.Event()

    def hears(name: str):
        def heard(refused: Refused | None) -> None:
            told.append((name, refused))
            if name == "last":
                done.set()

        return heard

    waiting = Waiting(0.01, LATE)
    first, _, last = (waiting.waits(hears(name)) for name in ("first", "late", "last"))
    first(None)
    await done.wait()
    for each in (first, last):
        each(Refused("ballot.too_late"))
    assert told == [("first", None), ("late", LATE), ("last", LATE)]
