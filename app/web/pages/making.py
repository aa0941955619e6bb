"""Papers are made beside the meeting that may be running, by one thread: also when nobody waits for them any more."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from app.live.venue import Venue
from app.store import ballots, proofs
from app.store.ballots import Told
from app.web.page import NotHere

if TYPE_CHECKING:
    from app.papers.folder.proceedings import Proceedings

LONGEST = 60.0
"""Seconds; the papers of ten units take one or two."""

PROOFS_AT_ONCE = 100

_maker = ThreadPoolExecutor(1, "papers")
_Made = TypeVar("_Made")


async def made(venue: Venue, code: str, make: Callable[["Proceedings"], _Made]) -> _Made:
    """What is made of the record as it stands, off the event loop. Raises Refused, or NotHere if it takes too long."""
    with _too_long():
        async with asyncio.timeout(LONGEST):
            return await _made_of(await _record(venue, code), make)


async def made_with_ballots(venue: Venue, code: str, make: Callable[["Proceedings"], _Made]) -> _Made:
    """The same of a record with the ballots that everybody may count, as it is given to the public."""
    with _too_long():
        async with asyncio.timeout(LONGEST):
            record = await _record(venue, code)
            return await _made_of(replace(record, ballots=await _ballots(venue, record)), make)


async def made_with_all(venue: Venue, code: str, make: Callable[["Proceedings"], _Made]) -> _Made:
    """The same of a record with what was handed in as well, as the folder for the file has it in it."""
    with _too_long():
        async with asyncio.timeout(LONGEST):
            record = await _record(venue, code)
            proofs_of_it, ballots_of_it = await _proofs(venue, record), await _ballots(venue, record)
            return await _made_of(replace(record, proofs=proofs_of_it, ballots=ballots_of_it), make)


async def _record(venue: Venue, code: str) -> "Proceedings":
    from app.papers.folder import proceedings

    record: Proceedings = await venue.read(lambda connection: proceedings.proceedings_of(connection, code))
    return record


async def _proofs(venue: Venue, record: "Proceedings") -> dict[str, bytes]:
    """Some at a time: there may be thousands, and nobody may read that long in one go."""
    from app.papers.folder.proceedings import MOST_OF_PROOFS, handed_in

    hashes, found, room = handed_in(record.meeting), dict[str, bytes](), MOST_OF_PROOFS
    for at in range(0, len(hashes), PROOFS_AT_ONCE):
        read = partial(proofs.some, hashes=hashes[at : at + PROOFS_AT_ONCE], most=room)
        found |= await venue.read(read)
        room = MOST_OF_PROOFS - sum(map(len, found.values()))
    return found


async def _ballots(venue: Venue, record: "Proceedings") -> dict[str, Told]:
    """A poll at a time, for the same reason."""
    found = dict[str, Told]()
    for poll in ballots.to_be_told(record.meeting):
        if told := await venue.read(partial(ballots.listed, code=record.code, poll=poll)):
            found[poll.id] = told
    return found


async def _made_of(record: "Proceedings", make: Callable[["Proceedings"], _Made]) -> _Made:
    return await asyncio.get_running_loop().run_in_executor(_maker, make, record)


@contextmanager
def _too_long() -> Iterator[None]:
    try:
        yield
    except TimeoutError as late:
        raise NotHere(503, "folder.too_long") from late
