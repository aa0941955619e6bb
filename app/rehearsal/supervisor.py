"""The supervisor's bot: checks each result that waits for it, at the view of the results."""

from functools import partial
from typing import Any

from app.rehearsal.bots import Bot
from app.rehearsal.speaker import Speaker
from app.rehearsal.tempo import Tempo

MINUTES_TO_CHECK = 0.5


class Supervisor(Bot):
    """Looks on until it is cancelled, and confirms what it has seen."""

    def __init__(self, speaker: Speaker, tempo: Tempo) -> None:
        super().__init__(speaker)
        self._tempo = tempo

    async def play(self) -> None:
        await self.speaker.until(lambda: self.speaker.regions)
        while True:
            await self.speaker.until(lambda: self._waiting)
            await self._tempo.spend(MINUTES_TO_CHECK)
            for result in self._waiting:
                await self.speaker.perform("check_result", round=result["round"], seen=result["check"])
                await self.speaker.until(partial(self._has_been_answered, result["check"]))

    def _has_been_answered(self, seen: str) -> bool:
        return seen not in [each["check"] for each in self._waiting]

    @property
    def _waiting(self) -> list[dict[str, Any]]:
        return [each for each in self.speaker.regions["results-board"]["results"] if each["check"]]
