"""Proofs of what was rectified: their bytes lie with those of the attachments, and stay as long as the log names them.

The content comes first, and is durable before the event that names it is asked for: whatever happens in between, no
entry is without its content. A content whose entry never came does no harm, and is cleared away at the next start.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.meeting.events import ProofAdded
from app.store import contents
from app.store.rows import put
from app.store.tables import EntryRow, ProofRow, table_of

_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep(connection: Connection, code: str, content: bytes) -> str:
    """Keep what is to become a proof; returns its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    # Its row before its content: whoever clears away at this moment waits for the one, and leaves the other.
    put(connection, table_of(ProofRow), {"meeting": code, "sha256": sha256, "kept_at": clock.now()})
    return contents.keep(connection, content, sha256)


def forget_unnamed(connection: Connection, kept_until: datetime) -> int:
    """Drop what was kept until then and is named by no line of its meeting's log, of whatever kind; returns how many.

    Whoever handed it in was told nothing, or that it was not taken, and hands it in again.
    """
    proofs = table_of(ProofRow)
    kept = sa.select(proofs.c.meeting, proofs.c.sha256).where(proofs.c.kept_at <= kept_until)
    unnamed: dict[str, set[str]] = {}
    for row in connection.execute(kept):
        unnamed.setdefault(row.meeting, set()).add(row.sha256)
    gone: set[str] = set()
    for code, hashes in unnamed.items():
        gone |= _forget(connection, code, hashes - _named(connection, code, hashes), kept_until)
    contents.forget_unused(connection, gone)
    return len(gone)


def _forget(connection: Connection, code: str, hashes: set[str], kept_until: datetime) -> set[str]:
    proofs = table_of(ProofRow)
    of_these = (proofs.c.meeting == code, proofs.c.kept_at <= kept_until)
    return {
        sha256
        for sha256 in hashes
        if connection.execute(sa.delete(proofs).where(*of_these, proofs.c.sha256 == sha256)).rowcount
    }


def _named(connection: Connection, code: str, hashes: set[str]) -> set[str]:
    """The lines that add proofs name nearly all of them; for the others every line is looked through."""
    log = table_of(EntryRow)
    lines = sa.select(log.c.line).where(log.c.meeting == code)
    found: set[str] = set()
    for line in connection.scalars(lines.where(log.c.kind == ProofAdded.__name__)):
        found.update(_SHA256.findall(line))
    others = {each for each in hashes - found if connection.scalar(lines.where(log.c.line.contains(each)).limit(1))}
    return hashes & found | others


def some(connection: Connection, hashes: Iterable[str], most: int) -> dict[str, bytes]:
    """These contents by their SHA-256, in this order, as long as they come to no more than ``most`` bytes together."""
    found: dict[str, bytes] = {}
    for sha256 in dict.fromkeys(hashes):
        content = contents.load(connection, sha256)
        if content is None or not contents.is_whole(content, sha256) or len(content) > most:
            continue
        found[sha256] = content
        most -= len(content)
    return found
