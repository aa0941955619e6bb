"""A full disk, a locked database: new commands are refused in words, screens and pages go on, and so does everything
once there is room again. Nothing acknowledged is lost, nothing refused has happened."""

import asyncio
import os
import resource
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.rehearsal.process import ServerProcess
from app.store.database import Database
from app.store.verify import verify
from tests.faults.hands import Hand, Refusal, hand, status, statuses, until_healthz_says
from tests.records import entries

UNAVAILABLE = "The record cannot be written at the moment. Nothing was changed; please try again."
PAGES = ("/", "/demo", "/demo/display", "/demo/display?view=timer", "/demo/results")

# --- two ways to have no room -----------------------------------------------------------------------------------------


@contextmanager
def no_room_for_this_process(server: ServerProcess) -> Iterator[None]:
    """Its files may not grow any more: a quota. (EFBIG; works for everybody.)"""
    assert server.process is not None
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def no_room_on_the_disk(server: ServerProcess) -> Iterator[None]:
    """Somebody else has filled the disk to the last byte (ENOSPC)."""
    ballast = Path(server.db).with_name("ballast")
    file = os.open(ballast, os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(file, bytes(4096))
    except OSError:
        os.close(file)
    yield
    ballast.unlink()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of one megabyte."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "kaimen-test", tmp_path], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk; the quota test covers the rest")
    yield tmp_path
    subprocess.run(["umount", "--lazy", tmp_path], check=True)


async def test_a_full_disk_refuses_in_words_and_everything_goes_on_after_it(small_disk):
    with ServerProcess(str(small_disk / "kaimen.db")) as server:
        await goes_through_it(server, no_room_on_the_disk)


async def test_a_quota_refuses_in_words_and_everything_goes_on_after_it(server):
    await goes_through_it(server, no_room_for_this_process)


async def goes_through_it(server, without_room) -> None:
    links = await asyncio.to_thread(server.links, "demo")
    async with at_the_chair(server, links) as moderator:
        await moderator.does("open_meeting", "opening-1")
        await moderator.does("tell_speaker", "telling-1", text="before")
        with without_room(server):
            for _ in range(3):
                assert await refusal(moderator, "tell_speaker", "telling-2", text="during") == UNAVAILABLE
            assert await asyncio.to_thread(statuses, server, *PAGES) == [200] * len(PAGES)
            await until_healthz_says(503, server)
            async with at_the_timer(server) as timer:
                await timer.sees("timer-message", "before")
        async with at_the_timer(server) as timer:
            assert await moderator.does("tell_speaker", "telling-2", text="after all") == 3
            await timer.sees("timer-message", "after all")
        await until_healthz_says(200, server)
    assert recorded(server) == (["opening-1", "telling-1", "telling-2"], ())


async def test_a_full_disk_keeps_nobody_out(server):
    """A tablet that was changed in the middle of it must still be able to show the sheet."""
    links = await asyncio.to_thread(server.links, "demo")
    with no_room_for_this_process(server):
        assert await asyncio.to_thread(status, links["seats"]["expert-1"], with_cookies()) == 200


# --- a locked database ------------------------------------------------------------------------------------------------


async def test_a_locked_database_refuses_in_words_and_everything_goes_on_after_it(server):
    """A backup tool, or somebody with a database browser, holds the lock and goes to lunch."""
    links = await asyncio.to_thread(server.links, "demo")
    async with at_the_chair(server, links) as moderator:
        await moderator.does("open_meeting", "opening-1")
        holder = sqlite3.connect(server.db, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert await refusal(moderator, "tell_speaker", "telling-1", text="during") == UNAVAILABLE
        assert await asyncio.to_thread(statuses, server, *PAGES) == [200] * len(PAGES)
        await until_healthz_says(503, server)
        holder.close()
        assert await moderator.does("tell_speaker", "telling-1", text="after all") == 2
        await until_healthz_says(200, server)
    assert recorded(server) == (["opening-1", "telling-1"], ())


# --- looking ----------------------------------------------------------------------------------------------------------


def at_the_chair(server, links):
    return hand(server.url, "/demo/live/moderator?lang=en", links["moderator"])


def at_the_timer(server):
    return hand(server.url, "/demo/live/timer?lang=en")


async def refusal(who: Hand, do: str, id: str, **fields: str) -> str:
    with pytest.raises(Refusal) as refused:
        await who.does(do, id, **fields)
    assert refused.value.code == "record.unavailable"
    return refused.value.sentence


def with_cookies() -> urllib.request.OpenerDirector:
    """A device that keeps the cookie a link gives it."""
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor())


def recorded(server) -> tuple[list[str], tuple[str, ...]]:
    """The ids of the commands in the record, in order, and what ``verify`` finds."""
    database = Database(server.db)
    try:
        ids = [entry.command for entry in entries(database, "demo")]
        with database.reading() as connection:
            return ids, verify(connection, "demo").faults
    finally:
        database.close()
