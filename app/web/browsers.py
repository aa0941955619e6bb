"""Which kinds of browsers come to the doors: noted once a day and kind, for the doctor. No device, no person."""

import asyncio
from contextlib import suppress
from datetime import date

import sqlalchemy as sa

from app import clock
from app.live.venue import Venue
from app.meeting.refusals import Refused
from app.store.browsers import note
from app.web.agents import LONGEST
from app.web.page import AnyRequest

MOST_KINDS = 500
"""As many as are noted in the life of a server: names can be made up."""


class Browsers:
    """What has been noted since the start. ``look`` is told of every request and waits for nothing."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._noted: dict[str, date] = {}
        self._noting: set[asyncio.Task[None]] = set()

    def look(self, request: AnyRequest) -> None:
        agent = request.headers.get("user-agent", "")[:LONGEST]
        if not agent or "text/html" not in request.headers.get("accept", ""):
            return
        today = clock.now().date()
        if self._noted.get(agent) == today or len(self._noted) >= MOST_KINDS:
            return
        self._noted[agent] = today
        task = asyncio.create_task(self._note(agent))
        self._noting.add(task)
        task.add_done_callback(self._noting.discard)

    async def _note(self, agent: str) -> None:
        with suppress(Refused, sa.exc.SQLAlchemyError):  # nobody waits for it, and tomorrow is another day
            await self._venue.write(lambda connection: note(connection, agent, clock.now()))
