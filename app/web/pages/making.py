"""Papers are made beside the meeting that may be running, by one thread: also when nobody waits for them any more."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from app.live.venue import Venue
from app.web.page import NotHere

if TYPE_CHECKING:
    from app.papers.folder.proceedings import Proceedings

LONGEST = 60.0
"""Seconds; the papers of ten units take one or two."""

_maker = ThreadPoolExecutor(1, "papers")
_Made = TypeVar("_Made")


async def made(venue: Venue, code: str, make: Callable[["Proceedings"], _Made]) -> _Made:
    """What is made of the record as it stands, off the event loop. Raises Refused, or NotHere if it takes too long."""
    from app.papers.folder.proceedings import proceedings_of

    try:
        async with asyncio.timeout(LONGEST):
            record = await venue.read(lambda connection: proceedings_of(connection, code))
            return await asyncio.get_running_loop().run_in_executor(_maker, make, record)
    except TimeoutError as late:
        raise NotHere(503, "folder.too_long") from late
