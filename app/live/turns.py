"""Turns: requests, sockets and frames of those without a key come up one a turn of the event loop, network by network.

A page or a first picture is made while nothing else is done. However many are asked for at once, a command comes up
after one of them, not after all. And while somebody with a key is being answered they stand aside: for a moment only,
so that a panel which marks without pause keeps nobody out. What is *light*, a ballot or a ready picture, comes up a
handful a turn: together they take less than one page.

Pictures come after answers in the same way: while a whole panel submits, it is looked once for many of them.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_ASIDE = 0.005
"""Seconds after a turn in which the next one may be put off."""
LIGHT_A_TURN = 12
LONGEST_UNSEEN = 0.02
"""Seconds for which nobody looks at what has changed, if somebody with a key is being answered all the while."""


class Turns:
    """Lives in the event loop."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[tuple[Callable[[], None], bool]]] = OrderedDict()
        self._before_all = 0
        self._next_turn: asyncio.Handle | None = None
        self._is_put_off = False
        self._last_turn = 0.0
        self._unseen: list[Callable[[], None]] = []
        self._latest_look: asyncio.TimerHandle | None = None
        self.answered_at = 0.0
        """When somebody was answered last who does not wait here."""

    def ask(self, network: str, begin: Callable[[], None], is_light: bool = False) -> None:
        self._waiting.setdefault(network, deque()).append((begin, is_light))
        if self._next_turn is None:
            self._call_the_next()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Somebody is being answered before all who wait here."""
        self._before_all += 1
        if self._before_all == 1:
            self._call_the_next()
        try:
            yield
        finally:
            self._before_all -= 1
            self.answered_at = asyncio.get_running_loop().time()
            if self._before_all == 0:
                self._call_the_next()
                self._look_soon()

    def once_answered(self, look: Callable[[], None]) -> None:
        """Call it once nobody with a key is being answered any more, two turns later, or after ``LONGEST_UNSEEN``."""
        self._unseen.append(look)
        if self._before_all == 0:
            self._look_soon()
        elif self._latest_look is None:
            self._latest_look = asyncio.get_running_loop().call_later(LONGEST_UNSEEN, self._look)

    def _look_soon(self) -> None:
        # In this turn those who asked go on and answer; at its end uvloop puts their answers on the wire.
        if self._unseen:
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        looks, self._unseen = self._unseen, []
        if self._latest_look is not None:
            self._latest_look.cancel()
            self._latest_look = None
        for look in looks:
            asyncio.get_running_loop().call_soon(look)

    def _call_the_next(self) -> None:
        """Again if it is called already: it may come sooner now, or later. One that is overdue keeps its place."""
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        due = self._last_turn + LONGEST_ASIDE
        is_put_off = self._before_all > 0 and due > loop.time()
        if self._next_turn is not None:
            if not (is_put_off or self._is_put_off):
                return
            self._next_turn.cancel()
        self._is_put_off = is_put_off
        self._next_turn = loop.call_at(due, self._next) if is_put_off else loop.call_soon(self._next)

    def _next(self) -> None:
        self._next_turn = None
        self._last_turn = asyncio.get_running_loop().time()
        those = [self._take()]
        while those[-1][1] and len(those) < LIGHT_A_TURN and self._is_light_next():
            those.append(self._take())
        self._call_the_next()
        for begin, _ in those:
            begin()

    def _take(self) -> tuple[Callable[[], None], bool]:
        network, crowd = self._waiting.popitem(last=False)
        taken = crowd.popleft()
        if crowd:
            self._waiting[network] = crowd
        return taken

    def _is_light_next(self) -> bool:
        return bool(self._waiting) and next(iter(self._waiting.values()))[0][1]
