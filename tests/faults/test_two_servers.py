"""Two servers on one PostgreSQL: what is done at one is seen at the other, rings lost or not, restarts or not."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import psycopg
import pytest

from app.bench.ballots import votes
from app.live.bell import Bell
from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen
from app.rehearsal.process import ServerProcess
from app.store import ballots, plans
from app.store.database import Database
from app.store.scribe import Scribe
from app.store.verify import verify
from app.web.links import make_links
from tests.faults.hands import PLENTY, Refusal, hand, statuses, until_healthz_says
from tests.meetings import small_plan
from tests.records import entries

pytestmark = pytest.mark.timeout(180)


@dataclass
class Pair:
    """Two servers, the database they share, and the links of a meeting that has been opened."""

    url: str
    first: ServerProcess
    second: ServerProcess
    links: dict[str, Any]


@pytest.fixture(scope="module")
def pair(postgresql) -> Iterator[Pair]:
    url = postgresql.new_database()
    with ServerProcess(url) as first, ServerProcess(url) as second:
        links = first.links("demo")
        asyncio.run(open_meeting(first, links))
        yield Pair(url, first, second, links)


async def open_meeting(server: ServerProcess, links: dict[str, Any]) -> None:
    async with chair(server, links) as moderator:
        await moderator.does("open_meeting", "opening-1")


# --- side by side -----------------------------------------------------------------------------------------------------


async def test_what_is_done_at_one_server_is_seen_at_the_other(pair):
    async with chair(pair.first, pair.links) as moderator, timer(pair.second) as display:
        await moderator.does("tell_speaker", "telling-1", text="from the first")
        await display.sees("timer-message", "from the first")
    async with chair(pair.second, pair.links) as moderator, timer(pair.first) as display:
        await moderator.does("tell_speaker", "telling-2", text="from the second")
        await display.sees("timer-message", "from the second")


async def test_a_ring_that_is_lost_is_made_good(pair, monkeypatch):
    """An entry is written and nobody is told; the second server looks for itself."""
    with closing(Database(pair.url)) as database:
        monkeypatch.setattr(database, "announce", lambda *_: None)
        scribe = Scribe(database)
        scribe.start()
        async with timer(pair.first) as one, timer(pair.second) as other:
            scribe.ask("demo", c.TellSpeaker("nobody rang"), "moderator", "silent-1").result(PLENTY)
            await one.sees("timer-message", "nobody rang")
            await other.sees("timer-message", "nobody rang")
        scribe.stop()


def test_every_entry_rings_at_whoever_listens(pair):
    heard: SimpleQueue[tuple[str, int]] = SimpleQueue()
    with closing(Database(pair.url)) as database, closing(Database(pair.url)) as other:
        bell = Bell(database, lambda code, seq: heard.put((code, seq)))
        bell.start()
        wait_for_listeners(pair.url, 3)
        scribe = Scribe(other)
        scribe.start()
        written = scribe.ask("demo", c.TellSpeaker("hear, hear"), "moderator", "ringing-1").result(PLENTY)
        assert heard.get(timeout=PLENTY) == ("demo", written.seq)
        scribe.stop()
        bell.stop()


def wait_for_listeners(url: str, number: int) -> None:
    """Until so many connections have said LISTEN."""
    listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
    until = time.monotonic() + PLENTY
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(listening).fetchone() != (number,) and time.monotonic() < until:
            time.sleep(0.01)


async def test_a_command_sent_again_at_the_other_server_is_carried_out_once(pair):
    """A tablet whose server died comes back at the other one, with its outbox."""
    async with chair(pair.first, pair.links) as moderator:
        seq = await moderator.does("tell_speaker", "moving-1", text="sent once")
    async with chair(pair.second, pair.links) as moderator:
        assert await moderator.does("tell_speaker", "moving-1", text="sent once") == seq
    assert commands(pair).count("moving-1") == 1


async def test_commands_at_both_servers_at_once_are_all_recorded_once(pair):
    async with chair(pair.first, pair.links) as one, chair(pair.second, pair.links) as other:
        asked = [
            who.does("tell_speaker", f"both-{name}-{number:03}", text=f"{name} {number}")
            for number in range(40)
            for name, who in (("one", one), ("other", other))
        ]
        seqs = await asyncio.gather(*asked)
    assert len(set(seqs)) == 80
    assert sum(id.startswith("both-") for id in commands(pair)) == 80
    assert faults(pair) == ()


async def test_a_meeting_locked_by_another_process_is_refused_in_words(pair):
    async with chair(pair.first, pair.links) as moderator:
        with psycopg.connect(pair.url) as holder:
            holder.execute("SELECT * FROM head FOR UPDATE")
            assert await refusal(moderator, "locked-1", "during") == "record.unavailable"
        assert await moderator.does("tell_speaker", "locked-1", text="after all") == len(commands(pair))


async def test_a_server_that_is_killed_leaves_nothing_locked(pair):
    """PostgreSQL notices that the connection is gone and rolls back what it was doing."""
    async with chair(pair.second, pair.links) as moderator:
        await asyncio.to_thread(pair.first.kill)
        await moderator.does("tell_speaker", "alone-001", text="alone")
    await asyncio.to_thread(pair.first.start)
    async with timer(pair.first) as display:
        await display.sees("timer-message", "alone")


async def test_a_tablet_at_one_server_is_connected_on_the_console_of_the_other_until_its_server_is_killed(pair):
    seat, key = next(iter(pair.links["seats"].items()))
    async with chair(pair.second, pair.links) as moderator:
        async with hand(pair.first.url, "/demo/live/panel?lang=en", key):
            await moderator.until(lambda: connected(moderator) == [seat])
        await moderator.until(lambda: connected(moderator) == [])
        async with hand(pair.first.url, "/demo/live/panel?lang=en", key):
            await moderator.until(lambda: connected(moderator) == [seat])
            await asyncio.to_thread(pair.first.kill)
            await moderator.until(lambda: connected(moderator) == [])
    await asyncio.to_thread(pair.first.start)


async def test_of_ballots_cast_at_both_servers_while_the_poll_is_closed_each_that_was_acknowledged_counts_once(pair):
    plan, poll = small_plan(code="voting", rules=Rules(polls=PollsOpen.BY_HAND)), "water.1"
    with closing(Database(pair.url)) as database, database.writing() as connection:
        plans.save(connection, plan)
        key = make_links(connection, plan, "test").moderator
    async with hand(pair.first.url, "/voting/live/moderator?lang=en", key) as moderator:
        await moderator.does("open_meeting", "opening-v")
        await moderator.does("open_poll", "polling-1", unit="water")
        sent = [votes(each.url, pair.url, "voting", poll, 300) for each in (pair.first, pair.second)]
        begun = asyncio.Event()
        asked = [
            asyncio.create_task(cast(each.port, requests[at::10], begun))
            for each, requests in zip((pair.first, pair.second), sent, strict=True)
            for at in range(10)
        ]
        await begun.wait()
        await moderator.does("close_poll", "closing-1", poll=poll)
        answers = [each for told in await asyncio.gather(*asked) for each in told]
        await moderator.does("show_poll", "showing-1", poll=poll)
    counted = [told["receipt"] for status, told in answers if status == 200]
    refused = {told["refused"] for status, told in answers if status != 200}
    assert (len(answers), refused) == (600, {"ballot.too_late"})
    with closing(Database(pair.url)) as database, database.reading() as connection:
        assert ballots.receipts_of(connection, "voting", poll) == sorted(counted)
        assert verify(connection, "voting").faults == ()


async def cast(port: int, requests: list[str], begun: asyncio.Event) -> list[tuple[int, dict[str, str]]]:
    """One after the other, on one connection; says how each was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for request in requests:
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        told = json.loads(await reader.readexactly(int(length[1]) if length else 0))
        answers.append((int(head.split()[1]), told))
        if len(answers) == 3:
            begun.set()
    writer.close()
    return answers


# --- PostgreSQL comes and goes ----------------------------------------------------------------------------------------


async def test_when_postgresql_restarts_commands_are_refused_and_everything_goes_on_after_it(pair, postgresql):
    async with chair(pair.first, pair.links) as moderator, timer(pair.second) as display:
        await moderator.does("tell_speaker", "restart-1", text="before")
        await display.sees("timer-message", "before")
        with postgresql.stopped():
            assert await refusal(moderator, "restart-2", "during") == "record.unavailable"
            assert await asyncio.to_thread(statuses, pair.first, "/demo", "/demo/display") == [200, 200]
            await until_healthz_says(503, pair.first)
        await until_healthz_says(200, pair.first)
        await moderator.does("tell_speaker", "restart-2", text="after all")
        await display.sees("timer-message", "after all")
    assert commands(pair)[-2:] == ["restart-1", "restart-2"]
    assert faults(pair) == ()


# --- asking -----------------------------------------------------------------------------------------------------------


def chair(server: ServerProcess, links: dict[str, Any]):
    return hand(server.url, "/demo/live/moderator?lang=en", links["moderator"])


def timer(server: ServerProcess):
    return hand(server.url, "/demo/live/timer")


def connected(moderator) -> list[str]:
    """The seats that the console shows as connected."""
    panel = moderator.regions.get("console-panel", {"seats": []})
    return [seat["seat"] for seat in panel["seats"] if seat["devices"]]


async def refusal(moderator, id: str, text: str) -> str:
    with pytest.raises(Refusal) as refused:
        await moderator.does("tell_speaker", id, text=text)
    return refused.value.code


def commands(pair: Pair) -> list[str]:
    with closing(Database(pair.url)) as database:
        return [entry.command for entry in entries(database, "demo")]


def faults(pair: Pair) -> tuple[str, ...]:
    with closing(Database(pair.url)) as database, database.reading() as connection:
        return verify(connection, "demo").faults
