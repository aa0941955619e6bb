"""The files of a database of SQLite: their owner's alone, and still where they were opened.

A record is lost without a sound if its file is deleted, replaced or robbed of its ``-wal`` while it is open: what is
written goes on into a file that has no name any more. So the files are looked at before and after every transaction.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

OWNER_ALONE = 0o600
OWNERS_FOLDER = 0o700
BESIDE = ("", "-wal", "-shm")
"""What SQLite calls a database and the files that belong to it while it is open."""

_making = threading.Lock()
_Place = tuple[int, int]


class Files:
    """The file at ``path`` and those beside it. What has no name, a database in memory, has none either."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # SQLite follows links before it names what stands beside the file.
        real = path.resolve()
        self._all = [path, *(real.with_name(real.name + ending) for ending in BESIDE if ending)]
        self._found: dict[Path, _Place] = {}

    def make(self) -> None:
        """Make the file before SQLite does, which would let everybody read it. It says itself why it cannot be used."""
        # One after the other: closing a file sets free every lock that this process has on it, SQLite's as well.
        with _making, suppress(OSError):
            if self._has_name:
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ALONE))

    def tighten(self) -> None:
        """Take other accounts' rights to files that are ours and were made by an older Kaimen, or copied here."""
        for path in files_of(self.path) if self._has_name else ():
            keep_private(path)

    def remember(self) -> None:
        """These are the files that are open."""
        if not self._found and self._has_name:
            self._found = {path: place for path in files_of(self.path) if (place := _place_of(path)) is not None}

    def forget(self) -> None:
        """They are closed."""
        self._found = {}

    def are_in_place(self) -> bool:
        """Whether what is open is still what stands at its path: a stat for each file, some microseconds in all."""
        return all(_place_of(path) == place for path, place in self._found.items())

    @property
    def _has_name(self) -> bool:
        return self.path.name not in ("", ":memory:")


def files_of(path: Path) -> list[Path]:
    """A database, and what SQLite keeps beside it."""
    return [path.with_name(path.name + ending) for ending in BESIDE]


def _place_of(path: Path) -> _Place | None:
    """Device and inode, by which a file is known whatever its name is; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def keep_private(path: Path) -> None:
    """Let nobody but its owner read a file, if it is ours; on Windows the folder decides."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        found = path.stat()
        if path.is_file() and found.st_uid == os.geteuid() and found.st_mode & 0o077:
            path.chmod(OWNER_ALONE)


@contextmanager
def written_privately(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that only its owner reads."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), OWNER_ALONE)
    keep_private(path)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def write_private(path: Path, content: bytes) -> None:
    with written_privately(path) as file:
        file.write(content)
