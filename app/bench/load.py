"""What every page costs on its first visit over a slow line: bytes, files, first paint, and until it is ready.

Chromium emulates the line (browser.py). The baseline is a page of one word from the same server over the same line:
what a visit costs before anything of ours.
"""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from app.bench.browser import Visit, chromium, visit
from app.bench.ground import Ground, demo, ground, handshake, organisers_key
from app.bench.rows import Row, rounded
from app.bench.tablet import Tablet, tablet
from app.meeting.decimals import plain
from app.store.keys import Key, Role
from app.web.links import link_of

if TYPE_CHECKING:
    from playwright.async_api import Browser

RESULTS = 9
COMMENTS = 20
TEXT = "普法责任清单只列到处室，没有列到人，缺少完成时限；建议把年度重点工作与整改清单合并公示，便于群众监督。"
PLAN = demo()
ROUNDS = {item.unit: item.id for item in PLAN.agenda if item.unit}
UNITS = list(ROUNDS)
EMPTY = "/healthz"
AGAINST = "a page of one word, same line"


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    path: str
    key: str = ""


async def bench(db: str | None, clients: Sequence[int]) -> list[Row]:
    """``clients``: how often each page is visited; what is said is the median."""
    return [row for times in clients for row in await _case(db, times)]


async def _case(db: str | None, times: int) -> list[Row]:
    rows = []
    async with chromium() as browser, ground(db) as here:
        empty = await _visited(browser, here, Page("empty", EMPTY), times)
        rows += _rows("phone, start", await _visited(browser, here, Page("", f"/{here.code}"), times), empty, times)
        await _hold_a_meeting(here)
        with organisers_key(here) as key:
            for page in pages(here, link_of(Key(None, Role.ORGANISER), key)):
                rows += _rows(page.name, await _visited(browser, here, page, times), empty, times)
    return rows


def pages(here: Ground, organiser: str) -> list[Page]:
    """All but the first visit of a phone to a meeting that has just begun."""
    code, links = here.code, here.tokens.links
    display = f"/{code}/display?view="
    return [
        Page(f"phone, {COMMENTS} comments", f"/{code}"),
        Page("results", f"/{code}/results"),
        Page("hall", f"{display}hall"),
        Page("timer", f"{display}timer"),
        Page("lower third", f"{display}lower"),
        Page("tablet", f"/{code}/panel?unit={UNITS[-1]}", next(iter(links.seats.values()))),
        Page("console", f"/{code}/moderator", links.moderator),
        Page("devices", f"/{code}/devices", links.moderator),
        Page("set-up", f"/setup/{code}/agenda", organiser),
        Page("lobby", "/"),
        Page("join", "/join"),
        Page("record", f"/{code}/record", links.moderator),
    ]


async def _visited(browser: "Browser", here: Ground, page: Page, times: int) -> list[Visit]:
    url = here.server.url
    return [await visit(browser, url + page.path, page.key and url + page.key) for _ in range(times)]


def _rows(name: str, visits: list[Visit], empty: list[Visit], times: int) -> list[Row]:
    def row(figure: str, unit: str, value: Any) -> Row:
        ours, theirs = median(map(value, visits)), median(map(value, empty))
        return Row(f"{name}: {figure}", times, rounded(ours), unit, rounded(theirs), AGAINST)

    return [
        row("size", "kB", lambda each: each.bytes / 1000),
        row("files", "files", lambda each: each.files),
        row("paint", "ms", lambda each: each.painted),
        row("ready", "ms", lambda each: each.ready),
    ]


# --- a meeting with something on its pages ----------------------------------------------------------------------------


async def _hold_a_meeting(here: Ground) -> None:
    """Results of the first units, and comments on the first one; the next unit is on."""
    for unit in UNITS[: RESULTS + 1]:
        await here.must("jump_to", place={"item": ROUNDS[unit], "segment": 0}, without_order=True)
        if unit != UNITS[RESULTS]:
            await judge(here, unit)
            await here.must("reveal_result", round=ROUNDS[unit])
    seats = list(here.seats.items())
    for at in range(COMMENTS):
        await _comment(here, *seats[at % len(seats)])


async def judge(here: Ground, unit: str) -> None:
    """Every seat gives its sheet for the unit that is on, and its round is closed."""
    round = ROUNDS[unit]
    marks = {each.id: str(plain(each.maximum)) for each in PLAN.criteria}
    for seat, token in here.seats.items():
        async with _at_seat(here, token) as panelist:
            sheet = {"unit": unit, "marks": marks, "total": str(plain(PLAN.full_score))}
            await panelist.must("submit_sheet", round=round, seat=seat, salt=secrets.token_hex(16), **sheet)
    await here.must("close_round", round=round, without=[])


async def _comment(here: Ground, seat: str, token: str) -> None:
    comment, kind = secrets.token_hex(16), "problem"
    async with _at_seat(here, token) as panelist:
        await panelist.must("send_comment", comment=comment, seat=seat, unit=UNITS[0], kind=kind, text=TEXT)
    await here.must("release_comment", comment=comment, text=TEXT, kind=None)


@asynccontextmanager
async def _at_seat(here: Ground, token: str) -> AsyncIterator[Tablet]:
    async with tablet(here.server.port, handshake(here.code, "panel", token)) as panelist:
        yield panelist
