"""A clock that leaps: in a test so marked, time passes only when everybody waits, and then at once."""

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

BEGINNING = 1000.0


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop that never sleeps: where others wait for a timer, it sets its clock to it."""

    def __init__(self) -> None:
        self.now = BEGINNING
        super().__init__(_LeapingSelector(self))

    def time(self) -> float:
        return self.now


class _LeapingSelector(selectors.DefaultSelector):
    def __init__(self, loop: LeapingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise AssertionError("everybody waits for something that no timer brings")
        self._loop.now += max(timeout, 0)
        return super().select(0)


def leaping(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """An async test on the leaping clock. Nothing outside the process can be waited for."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        with asyncio.Runner(loop_factory=LeapingLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


def now() -> float:
    """Seconds since the test began."""
    return round(asyncio.get_running_loop().time() - BEGINNING, 6)
