"""What is made once: whoever asks meanwhile waits for the same, what does not hold is made anew, the oldest goes."""

import asyncio

from app.web.kept import KeptOnce


class Maker:
    def __init__(self, most: int = 2) -> None:
        self.kept: KeptOnce[str, str] = KeptOnce(most)
        self.made: list[str] = []

    async def asks(self, key: str, holds: bool = True) -> str:
        async def make() -> str:
            await asyncio.sleep(0)
            self.made.append(key)
            return f"{key}{len(self.made)}"

        return await self.kept.of(key, make, lambda _: holds)


async def test_those_who_ask_while_it_is_made_wait_for_the_same() -> None:
    maker = Maker()
    assert await asyncio.gather(*(maker.asks("a") for _ in range(3))) == ["a1"] * 3


async def test_what_does_not_hold_any_more_is_made_anew() -> None:
    maker = Maker()
    assert [await maker.asks("a"), await maker.asks("a", holds=False), await maker.asks("a")] == ["a1", "a2", "a2"]


async def test_of_more_than_are_kept_the_oldest_is_forgotten() -> None:
    maker = Maker(most=2)
    for key in "abcba":
        await maker.asks(key)
    assert maker.made == ["a", "b", "c", "a"]
