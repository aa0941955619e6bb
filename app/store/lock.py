"""One server to a file of SQLite. The lock is the kernel's: it is gone with the process that holds it, however it ends.

The file beside the database (``kaimen.db.lock``) says who holds it; it stays there, empty, when nobody does.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.settings import file_of
from app.store.database import DatabaseUnusable
from app.store.files import OWNER_ALONE, keep_private

OUT_OF_THE_WAY = 1 << 30
"""On Windows a locked byte cannot be read by others; so one far behind the text is locked."""


class Lock:
    """That of one database. On PostgreSQL, which many servers may share, there is nothing to lock."""

    def __init__(self, where: str) -> None:
        path = file_of(where)
        # Behind links: it is the same file by whatever name somebody calls it.
        self._database = path.resolve() if path else None
        self._path = self._database.with_name(f"{self._database.name}.lock") if self._database else None
        self._file: int | None = None

    def take(self, address: str) -> None:
        """Hold it as long as this process lives.

        Raises DatabaseUnusable: another holds it (``database.in_use``), or the file goes by a second name, under which
        another might hold it (``database.two_names``).
        """
        if self._path is None or self._database is None or self._file is not None:
            return
        if _number_of_names(self._database) > 1:
            raise DatabaseUnusable("database.two_names", file=str(self._database))
        try:
            file = os.open(self._path, os.O_CREAT | os.O_RDWR, OWNER_ALONE)
        except OSError:  # no folder, no right to write there: the database itself says so
            return
        keep_private(self._path)
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            os.close(file)
            raise DatabaseUnusable("database.in_use", **self._holder()) from error
        except OSError:  # a file system that knows no locks
            os.close(file)
            return
        self._file = file
        self._say({"pid": os.getpid(), "address": address})

    def release(self) -> None:
        if self._file is not None:
            self._say(None)
            os.close(self._file)
            self._file = None

    def must_be_free(self) -> None:
        """Raises DatabaseUnusable if a server works on this database now."""
        if self._path is not None and self._path.exists():
            self.take("")
            self.release()

    @property
    def listens_at(self) -> tuple[str, int] | None:
        """Host and port of the server that works on this database; of one that was killed, where it did."""
        host, _, port = str(self._holder()["address"]).rpartition(":")
        return (host, int(port)) if host and port.isascii() and port.isdigit() else None

    @contextmanager
    def held(self, why: str) -> Iterator[None]:
        """Hold it for a moment, unless this process does already. Raises DatabaseUnusable if another does."""
        try:
            self.take(why)
        except DatabaseUnusable as error:
            if error.said.facts.get("pid") != os.getpid():
                raise
        try:
            yield
        finally:
            self.release()

    def _say(self, who: dict[str, Any] | None) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, json.dumps(who).encode() if who else b"")

    def _holder(self) -> dict[str, str | int]:
        holder: dict[str, str | int] = {"pid": "?", "address": "?"}
        with suppress(OSError, ValueError, AttributeError):
            said = json.loads((self._path or Path()).read_text("utf-8"))
            holder = {"pid": int(said["pid"]), "address": str(said["address"])}
        return holder


def _number_of_names(file: Path) -> int:
    """How many hard links there are to a file. No link tells where the others are, so no lock beside one is enough."""
    try:
        return file.stat().st_nlink
    except OSError:
        return 0


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, OUT_OF_THE_WAY, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
