"""A PostgreSQL that answers nothing and ends nothing, as when a cable is pulled: words in place of silence, and all is
well when it comes back."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from app.live import venue as venue_module
from app.live.painter import TEMPLATES, Painter
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.refusals import Refused
from app.rehearsal.process import ServerProcess
from app.server import prepare
from app.store import plans
from app.store.database import Database
from app.store.scribe import Performed
from app.web.pages.static import StaticFiles
from tests.faults.hands import PLENTY, Refusal, hand, statuses
from tests.meetings import small_plan
from tests.records import entries, save

OPEN = c.OpenMeeting(small_plan())


@pytest.fixture
def own_postgresql():
    """One that is frozen must not be that of other tests."""
    from tests.databases import PostgreSQL

    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture
def painter() -> Painter:
    static_files = StaticFiles(TEMPLATES)
    return Painter(static_files.addresses, static_files.build, static_files.modules, static_files.inside)


@pytest.fixture
async def venue(own_postgresql, painter, monkeypatch) -> AsyncIterator[Venue]:
    monkeypatch.setattr(venue_module, "MOST_FREQUENT_PULSE", -1.0)
    async with opened_venue(own_postgresql, painter) as venue:
        yield venue


@contextmanager
def frozen(postgresql, **longest: float) -> Iterator[None]:
    """Nobody waits long for what cannot come. One that is well has all the time that it has in a hall."""
    short = dict.fromkeys(("LONGEST_WRITE", "LONGEST_READ", "LONGEST_PULSE"), 0.5) | longest
    with pytest.MonkeyPatch.context() as patch, postgresql.frozen():
        for name, seconds in short.items():
            patch.setattr(venue_module, name, seconds)
        yield


@asynccontextmanager
async def opened_venue(postgresql, painter) -> AsyncIterator[Venue]:
    database = Database(postgresql.new_database())
    database.create()
    save(database, small_plan())
    venue = Venue(database, painter, most_sockets=10)
    await venue.open()
    try:
        yield venue
    finally:
        await venue.close()


async def refusal(asked) -> str:
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.code


async def test_commands_reads_and_the_pulse_are_answered_while_it_is_frozen(venue, own_postgresql):
    assert await venue.perform("small", OPEN, "moderator", "opening") == Performed(1)
    with frozen(own_postgresql):
        for _ in range(3):
            assert await refusal(venue.perform("small", c.Advance(None), "moderator", "step")) == "record.unavailable"
        for _ in range(venue_module.READERS + 2):  # more than there are threads
            assert await refusal(venue.read(plans.codes)) == "record.no_answer"
        assert not await venue.can_write()
    async with asyncio.timeout(PLENTY):
        while not await venue.can_write():  # noqa: ASYNC110  another process comes back
            await asyncio.sleep(0.05)
    performed = await venue.perform("small", c.Advance(None), "moderator", "step")
    assert await venue.perform("small", c.Advance(None), "moderator", "step") == performed
    assert await venue.read(plans.codes) == ["small"]
    commands = [entry.command for entry in entries(venue.database, "small")]
    assert commands == ["opening", "step"]


async def test_lines_over_which_nothing_comes_are_cut_and_their_threads_are_free(venue, own_postgresql):
    with frozen(own_postgresql, LONGEST_SILENCE=0.5):
        assert await refusal(venue.read(plans.codes)) == "record.no_answer"
        async with asyncio.timeout(PLENTY):
            while venue.database.lines._in_use:  # noqa: ASYNC110  threads give them back
                await asyncio.sleep(0.05)


async def test_a_server_ends_though_its_database_is_frozen(own_postgresql, painter):
    async with opened_venue(own_postgresql, painter) as venue:
        await venue.read(plans.codes)
        with frozen(own_postgresql):
            async with asyncio.timeout(PLENTY):
                await venue.close()


async def test_a_moderator_and_whoever_opens_a_page_are_told_in_words(own_postgresql):
    url = own_postgresql.new_database()
    database = Database(url)
    prepare(database)
    with ServerProcess(url) as server:
        links = await asyncio.to_thread(server.links, "demo")
        async with hand(server.url, "/demo/live/moderator?lang=en", links["moderator"]) as moderator:
            await moderator.does("open_meeting", "opening-1")
            with own_postgresql.frozen():
                asked_at = time.monotonic()
                with pytest.raises(Refusal) as refused:
                    await moderator.does("tell_speaker", "telling-1", text="during")
                assert refused.value.code == "record.unavailable"
                assert time.monotonic() - asked_at < PLENTY
                assert await asyncio.to_thread(statuses, server, "/", "/healthz", "/demo/display") == [503, 503, 200]
            assert await moderator.does("tell_speaker", "telling-1", text="after all") == 2
    assert [entry.command for entry in entries(database, "demo")] == ["opening-1", "telling-1"]
    database.close()
