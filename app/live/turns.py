"""Turns: requests, sockets and frames of those without a key come up one a turn of the event loop, network by network.

A page or a first picture is made while nothing else is done. However many are asked for at once, a command comes up
after one of them, not after all. And while somebody with a key is being answered they stand aside: for a moment only,
so that a panel which marks without pause keeps nobody out.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_ASIDE = 0.005
"""Seconds after a turn in which the next one may be put off."""


class Turns:
    """Lives in the event loop."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Callable[[], None]]] = OrderedDict()
        self._before_all = 0
        self._next_turn: asyncio.Handle | None = None
        self._is_put_off = False
        self._last_turn = 0.0

    def ask(self, network: str, begin: Callable[[], None]) -> None:
        self._waiting.setdefault(network, deque()).append(begin)
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
            if self._before_all == 0:
                self._call_the_next()

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
        network, crowd = self._waiting.popitem(last=False)
        begin = crowd.popleft()
        if crowd:
            self._waiting[network] = crowd
        self._last_turn = asyncio.get_running_loop().time()
        self._call_the_next()
        begin()
