"""Databases that earlier Kaimens wrote, put where a test wants them; written once, never changed."""

import lzma
import shutil
from pathlib import Path

FOLDER = Path(__file__).parent


def small_version_1(to: Path) -> Path:
    """Format 1, by the Kaimen of commit 776225c: the small meeting in the midst of its first report, a paper, a key."""
    shutil.copy(FOLDER / "small-version-1.sqlite", to)
    return to


def rehearsed_version_2(to: Path) -> Path:
    """Format 2, by the Kaimen of commit 1b799e8: “levels”, never opened, and a rehearsal of it that bots played to the
    end, with links, a card, a revoked key. The organiser and the moderator have keys as well."""
    to.write_bytes(lzma.decompress((FOLDER / "rehearsed-version-2.sqlite.xz").read_bytes()))
    return to
