"""Venues that are up, on a PostgreSQL that they share."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.live.room import Watching
from app.live.venue import Venue
from app.live.wire import Frame
from app.store.database import Database
from tests.live.screen import Screen
from tests.live.served import PATIENCE
from tests.meetings import small_plan
from tests.records import save

PAUSE = 0.05


class Said(Screen):
    """A screen that keeps every text as it came."""

    def __init__(self, watching: Watching) -> None:
        super().__init__(watching)
        self.texts: list[str] = []

    def deliver(self, frame: Frame) -> bool:
        self.texts.append(frame.text)
        return True


@asynccontextmanager
async def up(database: Database, painter, pause: float = PAUSE) -> AsyncIterator[Venue]:
    venue = Venue(database, painter, most_sockets=10, pause=pause)
    await venue.open()
    try:
        yield venue
    finally:
        await venue.close()
        database.close()


@asynccontextmanager
async def one(url: str, painter, pause: float = PAUSE) -> AsyncIterator[Venue]:
    database = Database(url)
    save(database, small_plan())
    async with up(database, painter, pause) as venue:
        yield venue


@asynccontextmanager
async def two(url: str, painter, pause: float = PAUSE) -> AsyncIterator[tuple[Venue, Venue]]:
    async with one(url, painter, pause) as here, up(Database(url), painter, pause) as there:
        yield here, there


async def watches(venue: Venue, watching: Watching) -> Screen:
    await venue.meeting("small")
    screen = Screen(watching)
    venue.rooms.join(watching, screen, have="")
    return screen


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  it happens in the listeners' threads
            await asyncio.sleep(0.005)
