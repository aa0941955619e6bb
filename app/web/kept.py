"""What is made once, however many ask for it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class KeptOnce(Generic[Key, Thing]):
    """Those who ask while something is made wait for the same. Of all there are the ``most`` newest are kept.

    One process's; called in the event loop.
    """

    def __init__(self, most: int, alone: asyncio.Lock | None = None) -> None:
        """``alone``: what else must not be made at the same time has the same."""
        self._most = most
        self._kept: OrderedDict[Key, Thing] = OrderedDict()
        self._alone = alone or asyncio.Lock()

    async def of(
        self, key: Key, make: Callable[[], Awaitable[Thing]], still_holds: Callable[[Thing], bool] = lambda _: True
    ) -> Thing:
        """What does not hold any more is made anew."""
        if (kept := self._kept.get(key)) is not None and still_holds(kept):
            return kept
        async with self._alone:
            if (kept := self._kept.get(key)) is not None and still_holds(kept):
                return kept
            made = self._kept[key] = await make()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return made
