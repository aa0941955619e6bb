"""Copies of everything, made while the server runs: for the organiser to take away, for the moderator to keep here.

A backup holds the named sheets of every meeting and the keys to every door. So a moderator, who sees neither, can have
one made on the server's own disk, beside the database, and is told where; only an organiser is given the file.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Stream

from app import clock
from app.language import say
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said, refusal_of
from app.store.backup import backup
from app.store.database import DatabaseUnusable
from app.store.files import OWNERS_FOLDER
from app.web.page import AnyRequest, asked_language, html_page

FOLDER = "kaimen-backups"
PIECE = 256 * 1024
LONGEST_BACKUP = 600.0
"""Seconds after which it is given up; a database of one gigabyte takes a few."""

_one_at_a_time = asyncio.Lock()
"""Each takes room on the disk, and of the machine."""


@post("/setup/backup", status_code=200)
async def download(venue: NamedDependency[Venue]) -> Stream:
    """Everything there is, as a file, for an organiser."""
    folder = Path(tempfile.mkdtemp(prefix="kaimen-"))
    name = f"kaimen-{clock.now():%Y%m%d-%H%M%S}.db"
    try:
        await _make(venue, folder / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Stream(_pieces_of(folder / name), media_type="application/vnd.sqlite3", headers=headers)


@get("/{code:str}/backup")
async def ask(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return html_page(request, "backup", plan=meeting.plan, file="", problem="")


@post("/{code:str}/backup", status_code=200)
async def keep(request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]) -> Response[str]:
    """A backup beside the database, in place of the one that was made for this meeting before."""
    folder = beside(venue)
    file, problem = folder / f"{meeting.plan.code}.db", ""
    try:
        folder.mkdir(mode=OWNERS_FOLDER, exist_ok=True)
        await _make(venue, file)
    except OSError as error:
        problem = say(Said("backup.not_written", {"cause": str(error)}), asked_language(request))
    status = 500 if problem else 200
    return html_page(request, "backup", status, plan=meeting.plan, file=str(file), problem=problem)


def beside(venue: Venue) -> Path:
    """The folder of these backups: beside the file of SQLite, else where the server was started."""
    return (venue.database.files.path.resolve().parent if venue.database.files else Path.cwd()) / FOLDER


async def _make(venue: Venue, file: Path) -> None:
    async with _one_at_a_time:
        try:
            await venue.reading(lambda: backup(venue.database, file, replace=True), LONGEST_BACKUP)
        except DatabaseUnusable as error:
            raise refusal_of(error.said) from error


async def _pieces_of(file: Path) -> AsyncIterator[bytes]:
    """The file, piece by piece; it is gone afterwards, also if nobody takes it to its end."""
    try:
        with await asyncio.to_thread(file.open, "rb") as opened:
            while piece := await asyncio.to_thread(opened.read, PIECE):
                yield piece
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)


ROUTES: list[Any] = [download, ask, keep]
