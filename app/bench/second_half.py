"""What the second half costs in processor time: each page of desk, unit, supervisor and society, and publishing.

The record is that of ten units with so many findings each, every one with twenty proofs. What a page costs stands
beside what the page where codes are typed costs on the same server; publishing, beside reading the same log and
following it.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.bench.filled import fill, finding_of
from app.bench.gauges import cpu_seconds
from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed
from app.meeting.plan import Plan
from app.papers.folder.proceedings import proceedings_of
from app.papers.plan.textfile import shipped_plans
from app.papers.site.following import publish
from app.rehearsal import stage
from app.rehearsal.browser import Browser
from app.rehearsal.process import ServerProcess
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import link_of

TIMES = 10
"""Each page is asked for; once more before it counts."""
PROOFS = 20
T = TypeVar("T")
LOBBY = "the page where codes are typed"
LOG = "reading the log and following it"


async def bench(_db: str | None, numbers: Sequence[int]) -> list[Row]:
    """On a scratch file, whatever is asked for. ``numbers``: of findings of each unit."""
    return [row for number in numbers for row in _rows(number)]


@dataclass(frozen=True, slots=True)
class Filled:
    """A running server with the full record, and what there is to be asked for."""

    server: ServerProcess
    database: Database
    plan: Plan


def _rows(number: int) -> Iterator[Row]:
    with _filled(number) as here:
        yield from _pages(here, number)
        yield from _publishing(here, number)


@contextmanager
def _filled(number: int) -> Iterator[Filled]:
    plan = next(each for each in shipped_plans() if each.code == "demo")
    with stage.scratch(plan) as where, stage.opened(where) as database:
        fill(database, plan, number, PROOFS)
        with ServerProcess(where) as server:
            yield Filled(server, database, plan)


def _pages(here: Filled, number: int) -> Iterator[Row]:
    lobby = _cost(here, Browser(here.server.url), "/join")
    for name, browser, path in _asked(here):
        yield Row(name, number, rounded(_cost(here, browser, path)), "ms of cpu", rounded(lobby), LOBBY)


def _asked(here: Filled) -> Iterator[tuple[str, Browser, str]]:
    code, unit = here.plan.code, here.plan.units[0].id
    desk, seen = _browser(here, Key(None, Role.ORGANISER)), _browser(here, Key(code, Role.SUPERVISOR))
    theirs, anybody = _browser(here, Key(code, Role.UNIT, unit)), Browser(here.server.url)
    finding, to_verify, at_work = (finding_of(unit, each) for each in (1, 2, 0))
    for name, path in (
        ("ledger", ""),
        ("one finding", f"/{finding}"),
        ("write one", f"/new?unit={unit}"),
        ("figures", "/figures"),
        ("papers", "/papers"),
        ("terms", "/terms"),
        ("ledger as workbook", "/ledger.xlsx"),
    ):
        yield f"desk: {name}", desk, f"/{code}/findings{path}"
    yield "desk: cures", desk, f"/{code}/cures"
    yield "desk: publication", desk, f"/{code}/publication"
    yield "supervisor: ledger", seen, f"/{code}/findings"
    yield "supervisor: finding", seen, f"/{code}/findings/{to_verify}"
    yield "unit: list", theirs, f"/{code}/unit"
    yield "unit: one finding", theirs, f"/{code}/unit/findings/{at_work}"
    yield "public: first page", anybody, f"/{code}/public"
    yield "public: unit", anybody, f"/{code}/public/unit/{unit}"
    yield "public: data", anybody, f"/{code}/public/public.json"


def _browser(here: Filled, key: Key) -> Browser:
    browser = Browser(here.server.url)
    with here.database.writing() as connection:
        token = keys.make(connection, key, "bench")
    browser.ask(link_of(key, token))
    return browser


def _cost(here: Filled, browser: Browser, path: str) -> float:
    """Milliseconds of the server's processor for a page. Raises BenchFailed if it is not there."""
    process = here.server.process
    if process is None or (page := browser.ask(path)).status != 200:
        raise BenchFailed(f"{path} {page.status if process else 'no server'}")
    before = cpu_seconds(process.pid)
    for _ in range(TIMES):
        browser.ask(path)
    return (cpu_seconds(process.pid) - before) * 1000 / TIMES


def _publishing(here: Filled, number: int) -> Iterator[Row]:
    code = here.plan.code
    with here.database.reading() as connection, tempfile.TemporaryDirectory(prefix="kaimen-") as folder:
        record, reading = _timed(lambda: proceedings_of(connection, code))
        for name in ("publish", "publish once more"):
            _, seconds = _timed(lambda: publish(connection, record, record.at, Path(folder) / "site"))
            yield Row(name, number, rounded(reading + seconds), "s of cpu", rounded(reading), LOG)


def _timed(makes: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    made = makes()
    return made, time.process_time() - began
