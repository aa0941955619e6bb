"""The restart in the middle of a rehearsal: the power fails, and the server is started again on what it wrote."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from app.rehearsal.answers import Answers
from app.rehearsal.holdings import Answer, Held, Trial, everything
from app.rehearsal.process import ServerProcess
from app.rehearsal.speaker import Speaker
from app.rehearsal.stage import LABEL_OF_CAST, Cast
from app.store import keys
from app.store.database import Database
from app.store.keys import Role
from app.web.links import organiser_link

SECONDS_TO_COME_BACK = 10.0
ALL_IS_WELL = (200, 303)


@dataclass(frozen=True, slots=True)
class Restarted:
    """How many things were held before, and which of them answer otherwise after it."""

    tried: int
    void: tuple[Held, ...]


@dataclass
class Restart:
    """Of a server of the rehearsal's own. ``happens`` once; ``came_to`` is then what came of it.

    ``everybody``: those whose lines must be up again before it is over.
    """

    server: ServerProcess
    database: Database
    code: str
    cast: Cast
    answers: Answers
    everybody: tuple[Speaker, ...] = ()
    came_to: Restarted | None = field(default=None, init=False)

    async def happens(self) -> None:
        """Raises NotReady if the server does not come up again."""
        with self.database.writing() as connection:
            organiser = organiser_link(connection, LABEL_OF_CAST)
        try:
            self.came_to = await self._try_what_is_held(organiser)
        finally:
            with self.database.writing() as connection:
                keys.forget(connection, None, Role.ORGANISER, LABEL_OF_CAST)
        await self._until_all_are_back()

    async def _try_what_is_held(self, organiser: str) -> Restarted:
        held = await asyncio.to_thread(everything, self.server, self.database, self.code, self.cast, organiser)
        before = await asyncio.to_thread(_tried, held)
        self.answers.server_ended_at = asyncio.get_running_loop().time()
        await asyncio.to_thread(self._end_and_start)
        after = await asyncio.to_thread(_tried, held)
        void = (each for each in held if before[each] != after[each] or after[each][0] not in ALL_IS_WELL)
        return Restarted(len(held), tuple(void))

    def _end_and_start(self) -> None:
        self.server.kill()
        self.server.start()

    async def _until_all_are_back(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_COME_BACK):
                while not all(each.is_connected for each in self.everybody):  # noqa: ASYNC110  lines ring no bell
                    await asyncio.sleep(0.02)


def _tried(held: dict[Held, Trial]) -> dict[Held, Answer]:
    return {each: trial() for each, trial in held.items()}
