"""A site that is kept fresh: a look a second at the record, as another process, and what has changed is written."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.engine import Connection

from app.meeting.evolve import fold
from app.meeting.findings.asking import today
from app.papers.folder.proceedings import Proceedings, proceedings_of, with_ballots
from app.papers.site.site import site_of
from app.papers.site.writing import Written, write_site
from app.store import contents, log
from app.store.database import Database

SECONDS_BETWEEN_LOOKS = 1.0


def publish(connection: Connection, record: Proceedings, now: datetime, to: Path) -> Written:
    """Write the site of a record as it is seen on a day."""
    site = site_of(record, today(record.meeting, now))
    return write_site(record.code, site, to, lambda sha256: contents.load(connection, sha256))


def follow(
    database: Database, code: str, to: Path, now: Callable[[], datetime], rest: Callable[[float], None]
) -> Iterator[Written]:
    """What was written, each time that the record goes on or another day begins; without an end."""
    record: Proceedings | None = None
    day: date | None = None
    while True:
        with database.reading() as connection:
            newest = went_on(connection, code, record)
            on = today(newest.meeting, now())
            if newest is not record or on != day:
                yield publish(connection, newest, now(), to)
        record, day = newest, on
        rest(SECONDS_BETWEEN_LOOKS)


def went_on(connection: Connection, code: str, record: Proceedings | None) -> Proceedings:
    """The record with what has come since; itself if nothing has. One that was put back is read anew."""
    if record is None or not record.entries:
        return with_ballots(connection, proceedings_of(connection, code))
    known, *new = tuple(log.load(connection, code, after=record.number - 1)) or (None,)
    if known is None or known.seal != record.entries[-1].seal:
        return with_ballots(connection, proceedings_of(connection, code))
    if not new:
        return record
    meeting = fold(record.meeting, (entry.event for entry in new))
    return with_ballots(connection, replace(record, meeting=meeting, entries=(*record.entries, *new)))
