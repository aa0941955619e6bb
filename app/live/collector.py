"""The collector of garbage looks through all that thousands of lines hold while nobody waits for an answer.

By itself it would do so as they come in, which is when everybody waits: a tenth of a second and more. What is young it
looks through by itself, a few thousand things at a time.
"""

import asyncio
import gc

from app.live.turns import Turns

BY_ITSELF = (2000, 5, 1_000_000)
"""New things after which the youngest are looked through; so often, and the next; never, and all of them."""
WORTH_IT, TOO_MUCH = 30, 100
"""Looks at the next youngest, each at ten thousand new things, since all were looked through: then it is done once
nobody waits, and then whoever may wait."""
SECONDS_OF_QUIET = 10.0


def looks_at_what_is_young() -> None:
    """What there is already lives as long as the server, and is not looked at again."""
    gc.set_threshold(*BY_ITSELF)
    gc.freeze()
    gc.enable()


class Collector:
    """Lives in the event loop. ``turns`` know when somebody was answered last."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    async def look(self) -> None:
        """To be called now and then."""
        if gc.get_threshold() != BY_ITSELF:
            return  # this process collects as Python does
        looks = gc.get_count()[2]
        is_quiet = asyncio.get_running_loop().time() - self._turns.answered_at > SECONDS_OF_QUIET
        if looks > (WORTH_IT if is_quiet else TOO_MUCH):
            gc.collect()
