"""Stand-ins: bots on the empty seats of a rehearsal, inside the running server, while a person presides.

They come in by the same doors as everybody, over the server's own address, and give way to whoever takes their seat.
"""

import asyncio
import logging
import ssl
from collections import defaultdict
from contextlib import suppress

from sqlalchemy.engine import Connection

from app.live.venue import Venue
from app.meeting.refusals import Refused, refuse_unless
from app.rehearsal.answers import Answers
from app.rehearsal.panelist import Panelist
from app.rehearsal.speaker import Address, Speaker
from app.rehearsal.tempo import Tempo
from app.store import keys
from app.store.keys import Key, Role
from app.web.pages.rehearsals import Bots

logger = logging.getLogger("kaimen.standins")

LABEL = "stand-in"
SEED = 7
PEOPLE = Tempo(speed=1)
PAUSE_OF_LOOKING = 1.0
"""Seconds between two looks whether a person has sat down beside a bot."""


class StandIns(Bots):
    """All stand-ins of one server. Lives in the event loop; they are gone when the server ends."""

    def __init__(self, venue: Venue, tempo: Tempo = PEOPLE) -> None:
        self.tempo = tempo
        self._venue = venue
        self._playing: dict[str, dict[str, asyncio.Task[None]]] = defaultdict(dict)

    def seats(self, code: str) -> tuple[str, ...]:
        return tuple(self._playing[code]) if code in self._playing else ()

    async def fill(self, code: str, url: str) -> None:
        meeting = await self._venue.meeting(code)
        if meeting is None:
            raise Refused("meeting.unknown")
        refuse_unless(meeting.plan.is_rehearsal, "bots.not_in_real_meeting")
        if not self._playing[code]:
            await self._forget_keys(code)  # of an earlier life of this server
        present = self._venue.rooms.presence(code).seats
        empty = [seat.id for seat in meeting.plan.seats if not present.get(seat.id)]
        seats = [seat for seat in empty if seat not in self._playing[code]]
        refuse_unless(bool(seats), "bots.no_empty_seat")
        tokens = await self._venue.write(lambda connection: _make_keys(connection, code, seats))
        for seat, token in tokens.items():
            address = Address(url, code, "panel", token, trust=_ourselves())
            self._playing[code][seat] = asyncio.create_task(self._play(address, seat))

    async def stop(self, code: str) -> None:
        tasks = list(self._playing.pop(code, {}).values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if tasks:
            with suppress(Refused):  # they open nothing but a seat of a rehearsal
                await self._forget_keys(code)

    async def close(self) -> None:
        for code in list(self._playing):
            await self.stop(code)

    async def _play(self, address: Address, seat: str) -> None:
        bot = Panelist(Speaker(address, Answers()), seat, self.tempo, SEED)
        both = {
            asyncio.create_task(bot.run()),
            asyncio.create_task(self._until_somebody_sits_down(address.code, seat)),
        }
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if error := task.exception():
                    logger.warning("A stand-in has left “%s”: %r", address.code, error)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            if address.code in self._playing:
                self._playing[address.code].pop(seat, None)

    async def _until_somebody_sits_down(self, code: str, seat: str) -> None:
        while self._venue.rooms.presence(code).seats.get(seat, 0) < 2:  # noqa: ASYNC110  presence rings no bell
            await asyncio.sleep(PAUSE_OF_LOOKING)

    async def _forget_keys(self, code: str) -> None:
        await self._venue.write(lambda connection: keys.forget(connection, code, Role.SEAT, LABEL))


def _make_keys(connection: Connection, code: str, seats: list[str]) -> dict[str, str]:
    return {seat: keys.make(connection, Key(code, Role.SEAT, seat), LABEL) for seat in seats}


def _ourselves() -> ssl.SSLContext:
    """For the way from this process to itself, on which nobody else can stand: any certificate will do."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
