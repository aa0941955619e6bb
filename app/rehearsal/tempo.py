"""How fast a rehearsal is played. Bots think in planned minutes; only here they become seconds."""

import asyncio
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tempo:
    """At ``speed`` 60 a planned minute takes a second. Nothing takes longer than ``longest`` seconds."""

    speed: float
    longest: float = math.inf

    def seconds(self, minutes: float) -> float:
        return min(minutes * 60 / self.speed, self.longest)

    async def spend(self, minutes: float) -> None:
        await asyncio.sleep(self.seconds(minutes))
