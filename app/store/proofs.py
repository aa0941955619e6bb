"""Proofs of what was rectified: their bytes lie with those of the attachments, and stay as long as the log names them.

The content comes first, and is durable before the event that names it is asked for: whatever happens in between, no
entry is without its content, and a content without an entry does no harm.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.store import contents
from app.store.tables import ProofRow, table_of


def keep(connection: Connection, code: str, content: bytes) -> str:
    """Keep what is to become a proof; returns its SHA-256."""
    proofs = table_of(ProofRow)
    row = {"meeting": code, "sha256": contents.keep(connection, content)}
    if connection.scalar(sa.select(proofs.c.sha256).filter_by(**row)) is None:
        connection.execute(sa.insert(proofs), [{**row, "kept_at": clock.now()}])
    return row["sha256"]


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
