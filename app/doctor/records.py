"""The database and the record in it: opens, is whole, holds; and whether the clock agrees with it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.doctor.check import Check, Condition, ok, problem, warning
from app.meeting.refusals import Said
from app.settings import file_of
from app.store import plans
from app.store.backup import looking_at, whole_copy
from app.store.database import Database, DatabaseUnusable, known_version, must_be_of_format
from app.store.tables import SCHEMA_VERSION, EntryRow, table_of
from app.store.verify import verify

KEEPERS = (
    "onedrive",
    "dropbox",
    "icloud",
    "com~apple~clouddocs",
    "google drive",
    "googledrive",
    "nextcloud",
    "坚果云",
    "nutstore",
    "百度网盘",
    "baidusyncdisk",
    "baidunetdisk",
    "wpsdrive",
    "wps云盘",
    "微云",
    "阿里云盘",
)
"""How the folders of clients that synchronise begin: they put older files in place of newer ones."""

CLOCKS_APART = timedelta(seconds=2)
TO_RESTORE = Said("advice.restore")


class Patient:
    """The database that is looked at; nothing is made by looking. Use as a context manager."""

    def __init__(self, where: str) -> None:
        self.where = where
        path = file_of(where)
        self.is_sqlite = path is not None
        self.folder = path.resolve().parent if path else Path.cwd()
        self.exists = path.exists() if path else True
        self.database: Database | None = None

    def __enter__(self) -> "Patient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.database is not None:
            self.database.close()


def records(patient: Patient, now: datetime) -> Iterator[Check]:
    if patient.is_sqlite and (keeper := keeper_of(patient.folder)):
        text = Said("doctor.folder_kept", {"folder": keeper})
        yield warning("database.place", text, Said("advice.own_folder"))
    if not patient.exists:
        yield ok("database", Said("doctor.database_to_come", {"where": patient.where}))
        return
    try:
        patient.database = Database(patient.where)
        with patient.database.reading() as connection:
            about_it = list(_database(connection, patient))
            yield from about_it
            is_ours = sa.inspect(connection).has_table("schema_version")
            if is_ours and not any(each.level is Condition.PROBLEM for each in about_it):
                with _of_this_format(patient, connection) as readable:
                    yield from _meetings(readable) if readable else ()
                yield from _clock(connection, patient, now)
    except Exception as error:  # the driver's, SQLAlchemy's, our own: in every case, it does not open
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield problem("database", Said("doctor.database_closed", {"cause": cause}), TO_RESTORE)


@contextmanager
def _of_this_format(patient: Patient, connection: Connection) -> Iterator[Connection | None]:
    """The database, or a copy of a file that an earlier Kaimen wrote, which the next start will convert as well.

    None of a database server of an earlier format: there is no copy to try it on.
    """
    file = file_of(patient.where)
    if known_version(connection) == SCHEMA_VERSION:
        yield connection
    elif file is not None:
        with whole_copy(file) as whole, looking_at(whole) as copy:
            yield copy
    else:
        yield None


def keeper_of(folder: PurePath) -> str:
    """The part of a path by which a client that synchronises folders, or a network drive, is known; empty if none."""
    if str(folder).startswith(("\\\\", "//")):
        return str(folder)
    return next((part for part in folder.parts if part.lower().startswith(KEEPERS)), "")


def _database(connection: Connection, patient: Patient) -> Iterator[Check]:
    if not sa.inspect(connection).has_table("schema_version"):
        yield ok("database", Said("doctor.database_empty", {"where": patient.where}))
        return
    try:
        found = known_version(connection)
        if 0 < found < SCHEMA_VERSION:
            must_be_of_format(connection, found)
    except DatabaseUnusable as error:
        yield problem("database", error.said, Said("advice.its_own_kaimen"))
        return
    if found < SCHEMA_VERSION:
        text = Said("doctor.database_earlier", {"where": patient.where, "format": found, "known": SCHEMA_VERSION})
        yield ok("database", text)
        return
    if not patient.is_sqlite:
        server = connection.exec_driver_sql("SHOW server_version").scalar()
        yield ok("database", Said("doctor.postgresql", {"version": str(server), "format": found}))
        return
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    text = Said("doctor.sqlite", {"where": patient.where, "mode": str(mode), "format": found})
    if mode != "wal":
        yield warning("database", text, Said("advice.for_wal"))
    else:
        yield ok("database", text)
    faults = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    if faults != ["ok"]:
        yield problem("database.whole", Said("doctor.file_damaged", {"faults": "; ".join(faults)}), TO_RESTORE)


def _meetings(connection: Connection) -> Iterator[Check]:
    for code in plans.codes(connection):
        verdict = verify(connection, code)
        if verdict.holds and not verdict.entries:
            yield ok(f"record.{code}", Said("verdict.to_come", {"code": code}))
        elif verdict.holds:
            yield ok(f"record.{code}", Said("doctor.record_holds", {"code": code, "entries": verdict.entries}))
        else:
            text = Said("doctor.record_does_not_hold", {"code": code, "fault": (verdict.faults[0],)})
            yield problem(f"record.{code}", text, TO_RESTORE)


def _clock(connection: Connection, patient: Patient, now: datetime) -> Iterator[Check]:
    """A clock behind the record would write the past; one apart from the database server's shows wrong times."""
    newest = max((entry for code in plans.codes(connection) if (entry := _newest(connection, code))), default=None)
    if newest and newest > now:
        text = Said("doctor.clock_behind", {"at": newest.isoformat(" ", "minutes")})
        yield problem("clock.record", text, Said("advice.set_clock"))
    if not patient.is_sqlite:
        theirs = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        apart = abs(theirs - datetime.now(theirs.tzinfo))
        text = Said("doctor.clocks_apart", {"seconds": str(round(apart.total_seconds(), 1))})
        if apart > CLOCKS_APART:
            yield warning("clock.database", text, Said("advice.same_source"))
        else:
            yield ok("clock.database", text)


def _newest(connection: Connection, code: str) -> datetime | None:
    """When the last entry of a meeting was written; None without any that can be read."""
    entries = table_of(EntryRow)
    query = sa.select(entries.c.line).where(entries.c.meeting == code).order_by(entries.c.seq.desc()).limit(1)
    line = connection.scalar(query)
    with suppress(ValueError, KeyError, TypeError):  # a record that cannot be read has been told of above
        return datetime.fromisoformat(json.loads(line or "")["at"])
    return None
