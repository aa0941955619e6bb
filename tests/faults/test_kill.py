"""Promise 1: acknowledged means durable. The server is killed at any moment, ten times, under load.

Nine panelists and the moderator send as fast as they are answered. After each restart everything that was acknowledged
is in the record once, under the number that was said, and the record holds; what was not answered is sent again under
its id and carried out once.
"""

import asyncio
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from app.papers.plan.textfile import shipped_plans
from app.rehearsal.process import NotReady, ServerProcess
from app.store import log, plans
from app.store.database import Database
from app.store.verify import verify
from tests.faults import slow_disk
from tests.faults.hands import PLENTY, Hand, hand
from tests.meetings import shipped

KILLS = 10
AT_ONCE = 3
"""Commands that each sender has under way."""

ROUND = "report-edu"

GONE = (ConnectionClosed, InvalidHandshake, OSError)


@dataclass
class Sender:
    """One device with its outbox: what is not answered stays in it, in order."""

    name: str
    path: str
    link: str
    seat: str | None
    numbers: Iterator[int] = field(default_factory=count)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    acked: dict[str, int] = field(default_factory=dict)

    async def sends_until_the_end(self, url: str, answered: Callable[[], None]) -> None:
        """What is left in the outbox first, then more and more, until the server is gone."""
        try:
            async with hand(url, self.path, self.link) as mine:
                while True:
                    while len(self.outbox) < AT_ONCE:
                        self.outbox.append(self.something(next(self.numbers)))
                    await asyncio.gather(*(self._sends(mine, command, answered) for command in list(self.outbox)))
        except GONE:
            pass

    async def empties_its_outbox(self, url: str) -> None:
        async with hand(url, self.path, self.link) as mine:
            for command in list(self.outbox):
                await self._sends(mine, command, lambda: None)

    async def _sends(self, mine: Hand, command: dict[str, Any], answered: Callable[[], None]) -> None:
        self.acked[command["id"]] = await mine.does(**command)
        answered()
        self.outbox.remove(command)

    def something(self, number: int) -> dict[str, Any]:
        """A command that makes exactly one entry, whatever became of the ones before it but in their order."""
        id = f"{self.name}-{number:06}"
        if self.seat is None:
            return {"do": "tell_speaker", "id": id, "text": f"message {number}"}
        if number % 5 == 4:
            text = f"comment {number} of {self.seat}"
            return {
                "do": "send_comment",
                "id": id,
                "comment": id,
                "seat": self.seat,
                "unit": "edu",
                "kind": "problem",
                "text": text,
            }
        points = str(1 + number % 5)
        criterion = shipped("demo").criteria[0].id
        return {
            "do": "give_score",
            "id": id,
            "round": ROUND,
            "seat": self.seat,
            "criterion": criterion,
            "points": points,
        }


class Plug:
    """Pulled at the very moment of an answer, the worst one for a server that answers too early, or a little later."""

    def __init__(self, server: ServerProcess, answers: int, later: float) -> None:
        assert server.process is not None
        self._process, self._answers, self._later = server.process, answers, later
        self.was_pulled = asyncio.Event()

    def count(self) -> None:
        self._answers -= 1
        if self._answers == 0 and self._later:
            asyncio.get_running_loop().call_later(self._later, self._pull)
        elif self._answers == 0:
            self._pull()

    def _pull(self) -> None:
        self._process.kill()
        self.was_pulled.set()


@pytest.mark.timeout(300)
async def test_whatever_was_acknowledged_survives_ten_kills(tmp_path, monkeypatch):
    monkeypatch.setattr("app.rehearsal.process.RUN", Path(slow_disk.__file__))
    chance = Random(20231117)
    with ServerProcess(str(tmp_path / "kaimen.db")) as server:
        senders = await everybody(server)
        interrupted = 0
        for number in range(KILLS):
            plug = Plug(server, answers=chance.randint(5, 80), later=chance.uniform(0, 0.01) if number % 2 else 0.0)
            sending = [asyncio.create_task(each.sends_until_the_end(server.url, plug.count)) for each in senders]
            await asyncio.wait_for(plug.was_pulled.wait(), PLENTY)
            await asyncio.to_thread(server.kill)  # it is dead already: this takes it away
            await asyncio.gather(*sending)
            interrupted += sum(len(each.outbox) for each in senders)
            await asyncio.to_thread(server.start)
            assert lost_or_doubled(server.db, senders) == []
        assert interrupted > KILLS  # some commands were under way whenever the server was killed
        for sender in senders:
            await sender.empties_its_outbox(server.url)
    sent = {f"{each.name}-{number:06}" for each in senders for number in range(next(each.numbers))}
    assert len(sent) > KILLS * len(senders)
    assert {id: times for id, times in entries_by_command(server.db).items() if "-" in id} == dict.fromkeys(sent, 1)
    assert lost_or_doubled(server.db, senders) == []


def test_a_server_killed_at_its_first_start_starts_the_next_time(tmp_path):
    """When there is a file, when it has its tables, when it has its meetings."""
    for number, moment in enumerate((Path.exists, has_rows("sqlite_master"), has_rows("meeting"))):
        server = ServerProcess(str(tmp_path / f"{number}.db"))
        starting = threading.Thread(target=suppressing(NotReady, server.start))
        starting.start()
        wait_until(moment, Path(server.db))
        assert server.process is not None
        server.process.kill()
        starting.join()
        with server:
            pass
        assert what_is_ready(server.db) == {plan.code: (plan, ()) for plan in shipped_plans()}


def suppressing(error: type[Exception], work: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        with suppress(error):
            work()

    return run


def has_rows(table: str) -> Callable[[Path], bool]:
    def holds(path: Path) -> bool:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as looking:
            return bool(looking.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        return False

    return holds


def wait_until(moment: Callable[[Path], bool], path: Path) -> None:
    until = time.monotonic() + PLENTY
    while not moment(path):
        assert time.monotonic() < until
        time.sleep(0.001)


def what_is_ready(db: str) -> dict[str, Any]:
    """The plan of each meeting, and what ``verify`` finds."""
    with closing(Database(db)) as database, database.reading() as connection:
        return {
            code: (plans.load(connection, code), verify(connection, code).faults) for code in plans.codes(connection)
        }


async def everybody(server: ServerProcess) -> list[Sender]:
    """The moderator, who has opened the meeting and gone to the first report, and all seats."""
    links = await asyncio.to_thread(server.links, "demo")
    async with hand(server.url, "/demo/live/moderator", links["moderator"]) as moderator:
        await moderator.does("open_meeting", "opening1")
        await moderator.does("jump_to", "firstreport", place={"item": ROUND, "segment": 0})
    seats = [Sender(seat, "/demo/live/panel", link, seat) for seat, link in links["seats"].items()]
    return [Sender("moderator", "/demo/live/moderator", links["moderator"], None), *seats]


def lost_or_doubled(db: str, senders: list[Sender]) -> list[str]:
    """What is wrong with the record: acknowledged commands that are not in it once, and what ``verify`` finds."""
    with closing(Database(db)) as database, database.reading() as connection:
        entries = list(log.load(connection, "demo"))
        faults = verify(connection, "demo").faults
    times = Counter(entry.command for entry in entries)
    numbers = {entry.command: entry.seq for entry in entries}
    acked = {id: seq for each in senders for id, seq in each.acked.items()}
    return [
        *faults,
        *(f"{id} is in the log {times[id]} times" for id in acked if times[id] != 1),
        *(f"{id} was said to be {seq}, is {numbers.get(id)}" for id, seq in acked.items() if numbers.get(id) != seq),
    ]


def entries_by_command(db: str) -> Counter[str]:
    with closing(Database(db)) as database, database.reading() as connection:
        return Counter(entry.command for entry in log.load(connection, "demo"))
