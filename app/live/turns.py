"""Turns: requests, sockets and frames of those without a key come up one a turn of the event loop, network by network.

A page or a first picture is made while nothing else is done. However many are asked for at once, a command comes up
after one of them, not after all.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable


class Turns:
    """Lives in the event loop."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Callable[[], None]]] = OrderedDict()

    def ask(self, network: str, begin: Callable[[], None]) -> None:
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._next)
        self._waiting.setdefault(network, deque()).append(begin)

    def _next(self) -> None:
        network, crowd = self._waiting.popitem(last=False)
        begin = crowd.popleft()
        if crowd:
            self._waiting[network] = crowd
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._next)
        begin()
