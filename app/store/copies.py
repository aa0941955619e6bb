"""Copies of a database of SQLite: of one moment, their owner's alone, and under their name only when they are whole."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import Connection

from app.store.files import OWNER_ALONE, files_of


def copy_of(connection: Connection, file: Path) -> None:
    """Write all that a connection to SQLite sees into a file."""
    source = connection.connection.driver_connection
    with closing(sqlite3.connect(file, isolation_level=None)) as target:
        # In one step: in several, each command that is recorded in between would have it begin anew.
        source.backup(target)  # type: ignore[union-attr]
        target.execute("PRAGMA journal_mode = DELETE")  # one file, which is read from a stick or a disc as well


@contextmanager
def unfinished(to: Path) -> Iterator[Path]:
    """A file of ours beside the one it is to become; gone if it does not come to that."""
    descriptor, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".unfinished", dir=to.resolve().parent)
    os.close(descriptor)
    file = Path(name)
    try:
        file.chmod(OWNER_ALONE)
        yield file
    finally:
        for each in files_of(file):
            with suppress(FileNotFoundError):
                each.unlink()


def to_disk(path: Path) -> None:
    """Wait until a file, or the name that a folder gives it, is on the disk."""
    with suppress(PermissionError):  # Windows opens no folder, and needs no such wait
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
