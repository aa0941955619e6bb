"""The database and the record in it: opens, is whole, holds; and whether the clock agrees with it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.doctor.check import Check, Condition, Translate, ok, problem, warning
from app.language.sentences import sentence_of
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


def records(patient: Patient, _: Translate, now: datetime) -> Iterator[Check]:
    if patient.is_sqlite and (keeper := keeper_of(patient.folder)):
        text = _("The database is in a folder that another program synchronises or manages: {folder}").format(
            folder=keeper
        )
        yield warning("database.place", text, _("Put it in a folder that is only on this machine, with --db."))
    if not patient.exists:
        yield ok("database", _("Database: {where} will be made at the first start").format(where=patient.where))
        return
    try:
        patient.database = Database(patient.where)
        with patient.database.reading() as connection:
            about_it = list(_database(connection, patient, _))
            yield from about_it
            is_ours = sa.inspect(connection).has_table("schema_version")
            if is_ours and not any(each.level is Condition.PROBLEM for each in about_it):
                with _of_this_format(patient, connection) as readable:
                    yield from _meetings(readable, _) if readable else ()
                yield from _clock(connection, patient, _, now)
    except Exception as error:  # the driver's, SQLAlchemy's, our own: in every case, it does not open
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield problem("database", _("The database cannot be opened: {cause}").format(cause=cause), _to_restore(_))


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


def _database(connection: Connection, patient: Patient, _: Translate) -> Iterator[Check]:
    if not sa.inspect(connection).has_table("schema_version"):
        yield ok("database", _("Database: {where} has no tables yet").format(where=patient.where))
        return
    try:
        found = known_version(connection)
        if 0 < found < SCHEMA_VERSION:
            must_be_of_format(connection, found)
    except DatabaseUnusable as error:
        yield problem("database", sentence_of(error.said, _), _("Start the Kaimen that wrote it, or another database."))
        return
    if found < SCHEMA_VERSION:
        text = _(
            "Database: {where}, format {format}, from an earlier Kaimen; the next start keeps a copy and converts it "
            "to format {known}"
        )
        yield ok("database", text.format(where=patient.where, format=found, known=SCHEMA_VERSION))
        return
    if not patient.is_sqlite:
        server = connection.exec_driver_sql("SHOW server_version").scalar()
        yield ok("database", _("Database: PostgreSQL {version}, format {format}").format(version=server, format=found))
        return
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    text = _("Database: {where}, SQLite, journal {mode}, format {format}")
    text = text.format(where=patient.where, mode=mode, format=found)
    if mode != "wal":
        yield warning("database", text, _("Put it on a disk of this machine: without WAL, readers and writers wait."))
    else:
        yield ok("database", text)
    faults = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    if faults != ["ok"]:
        text = _("The database file is damaged: {faults}").format(faults="; ".join(faults))
        yield problem("database.whole", text, _to_restore(_))


def _meetings(connection: Connection, _: Translate) -> Iterator[Check]:
    for code in plans.codes(connection):
        verdict = verify(connection, code)
        if verdict.holds and not verdict.entries:
            yield ok(f"record.{code}", sentence_of(Said("verdict.to_come", {"code": code}), _))
        elif verdict.holds:
            text = _("The record of “{code}” holds: {entries} entries")
            yield ok(f"record.{code}", text.format(code=code, entries=verdict.entries))
        else:
            text = _("The record of “{code}” does not hold: {fault}").format(
                code=code, fault=sentence_of(verdict.faults[0], _)
            )
            yield problem(f"record.{code}", text, _to_restore(_))


def _clock(connection: Connection, patient: Patient, _: Translate, now: datetime) -> Iterator[Check]:
    """A clock behind the record would write the past; one apart from the database server's shows wrong times."""
    newest = max((entry for code in plans.codes(connection) if (entry := _newest(connection, code))), default=None)
    if newest and newest > now:
        text = _("The clock is behind the record, whose last entry is from {at}").format(
            at=newest.isoformat(" ", "minutes")
        )
        yield problem("clock.record", text, _("Set the clock of this machine."))
    if not patient.is_sqlite:
        theirs = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        apart = abs(theirs - datetime.now(theirs.tzinfo))
        text = _("The clock differs from the database server's by {seconds} s")
        text = text.format(seconds=round(apart.total_seconds(), 1))
        if apart > CLOCKS_APART:
            yield warning("clock.database", text, _("Set both clocks from the same source."))
        else:
            yield ok("clock.database", text)


def _to_restore(_: Translate) -> str:
    return _("Keep a copy of it as it is, and restore the last backup.")


def _newest(connection: Connection, code: str) -> datetime | None:
    """When the last entry of a meeting was written; None without any that can be read."""
    entries = table_of(EntryRow)
    query = sa.select(entries.c.line).where(entries.c.meeting == code).order_by(entries.c.seq.desc()).limit(1)
    line = connection.scalar(query)
    with suppress(ValueError, KeyError, TypeError):  # a record that cannot be read has been told of above
        return datetime.fromisoformat(json.loads(line or "")["at"])
    return None
