"""Bots: whoever takes part in a rehearsal plays a part over a line of its own."""

import asyncio

from app.rehearsal.speaker import Speaker


class Bot:
    """Somebody with a part to ``play``; ``run`` plays it to its end and keeps the line up meanwhile."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker

    async def run(self) -> None:
        """Raises what the line or the part raises, in an ExceptionGroup."""
        async with asyncio.TaskGroup() as group:
            line = group.create_task(self.speaker.run())
            await self.play()
            line.cancel()

    async def play(self) -> None:
        raise NotImplementedError


class Follower(Bot):
    """A phone or a display: looks on until it is cancelled."""

    async def play(self) -> None:
        await asyncio.Event().wait()
