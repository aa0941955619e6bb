"""A heartbeat: something is looked after again and again, a pause apart, for as long as the server lives."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from app.language.sentences import sentence_of
from app.meeting.refusals import Refused

logger = logging.getLogger("kaimen.heartbeat")

PAUSE = 1.0
"""Seconds from the end of one beat to the next."""


class Heartbeat:
    """Lives in the event loop. A beat that fails, because the database is away, is followed by the next."""

    def __init__(self, look: Callable[[], Awaitable[None]], pause: float = PAUSE) -> None:
        self._look = look
        self._pause = pause
        self._rung = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._beats())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def ring(self) -> None:
        """The next beat comes at once, or as soon as this one ends."""
        self._rung.set()

    async def _beats(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause):
                    await self._rung.wait()
            self._rung.clear()
            try:
                await self._look()
            except Refused as why:
                logger.warning("Nothing could be looked up this time: %s", sentence_of(why.said))
            except Exception:
                logger.warning("Nothing could be looked up this time", exc_info=True)
