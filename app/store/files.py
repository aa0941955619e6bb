"""The files of a database of SQLite: their owner's alone, and still where they were opened.

A record is lost without a sound if its file is deleted, replaced or robbed of its ``-wal`` while it is open: what is
written goes on into a file that has no name any more. So the files are looked at before and after every transaction.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

OWNER_ALONE = 0o600
OWNERS_FOLDER = 0o700
PUT_ASIDE = ".old"
"""Ends the name of a database in whose place another was restored."""
BESIDE = ("", "-wal", "-shm")
"""What SQLite calls a database and the files that belong to it while it is open."""
WAL = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How a ``-wal`` that is not empty begins (SQLite's file format, 4.1)."""

_making = threading.Lock()
_Place = tuple[int, int]


class Files:
    """The file at ``path`` and those beside it. What has no name, a database in memory, has none either."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # SQLite follows links before it names what stands beside the file.
        self._all = [path, *files_of(path.resolve())[1:]]
        self._found: dict[Path, _Place] = {}
        self._size = 0
        self._shared = 0

    def make(self) -> None:
        """Make the file before SQLite does, which would let everybody read it. It says itself why it cannot be used."""
        # One after the other: closing a file sets free every lock that this process has on it, SQLite's as well.
        with _making, suppress(OSError):
            if self._has_name:
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ALONE))

    def put_aside(self) -> Path | None:
        """What ``restore`` put aside, if it ended before there was a database in its place."""
        aside = self.path.with_name(f"{self.path.name}{PUT_ASIDE}")
        return aside if self._has_name and aside.exists() and not self.path.exists() else None

    def tighten(self) -> None:
        """Take other accounts' rights to files that are ours and were made by an older Kaimen, or copied here."""
        for path in self._all if self._has_name else ():
            keep_private(path)

    def remember(self) -> None:
        """These are the files that are open."""
        if not self._found and self._has_name:
            self._found = {path: place for path in self._all if (place := _place_of(path)) is not None}
            self._size = self.path.stat().st_size
            self._has_its_memory()

    def forget(self) -> None:
        """They are closed."""
        self._found, self._shared = {}, 0

    def are_in_place(self) -> bool:
        """Whether what is open is still what stands at its path, and whole: some microseconds in all."""
        has_moved = any(_place_of(path) != place for path, place in self._found.items())
        return not has_moved and self._has_its_memory() and self._are_whole()

    def lengthen(self) -> None:
        """Before closing, when nothing is under way: give an emptied ``-shm`` its length back.

        SQLite reads it once more as it closes, finds it empty and makes it anew from the ``-wal``.
        """
        if not self._has_its_memory():
            with suppress(OSError):
                os.truncate(self._all[2], self._shared)

    def _has_its_memory(self) -> bool:
        """Whether the ``-shm`` is as long as it was: it is memory of this process, which dies of reaching for the rest.

        It only grows as long as somebody has it open.
        """
        known = self._shared  # first: somebody else may see it grow meanwhile
        if self._all[2] not in self._found:
            return True
        try:
            size = self._all[2].stat().st_size
        except OSError:
            return True
        self._shared = max(size, known)
        return size >= known

    def _are_whole(self) -> bool:
        """Whether nobody has emptied a file where it stands: a database never shrinks, and a ``-wal`` has a beginning.

        SQLite would write on behind a hole, and read none of it after the next start.
        """
        wal = self._all[1]
        if wal not in self._found:
            return True
        try:
            if self.path.stat().st_size < self._size:
                return False
            with wal.open("rb", buffering=0) as file:  # no file on which SQLite has a lock that closing it would free
                beginning = file.read(len(WAL[0]))
        except OSError:
            return True
        return not beginning or beginning in WAL

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


def is_laid_away(path: Path) -> bool:
    """Whether a database cannot be written, and nobody has it open. SQLite would make files beside it even to read."""
    return not path.with_name(f"{path.name}-shm").exists() and not (
        os.access(path, os.W_OK) and takes_files(path.parent)
    )


def takes_files(folder: Path) -> bool:
    """Tried, and not asked for: on Windows and in the network rights say little."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


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
