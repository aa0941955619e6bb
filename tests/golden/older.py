"""Databases that earlier Kaimens wrote, put where a test wants them; written once, never changed.

Those of formats 1 and 2 are told of here. ``databases.py`` wrote the others, and writes the next.
"""

import lzma
from pathlib import Path

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.sqlite*"))
"""All there are, of whatever format."""


def unpacked(file: Path, to: Path) -> Path:
    content = file.read_bytes()
    to.write_bytes(lzma.decompress(content) if file.suffix == ".xz" else content)
    return to


def small_version_1(to: Path) -> Path:
    """Format 1, by the Kaimen of commit 776225c: the small meeting in the midst of its first report, a paper, a key."""
    return unpacked(FOLDER / "small-version-1.sqlite", to)


def rehearsed_version_2(to: Path) -> Path:
    """Format 2, by the Kaimen of commit 1b799e8: “levels”, never opened, and a rehearsal of it that bots played to the
    end, with links, a card, a revoked key. The organiser and the moderator have keys as well."""
    return unpacked(FOLDER / "rehearsed-version-2.sqlite.xz", to)
