"""The bytes of the papers that units hand in, and of an office's forms: kept once, however many meetings have them."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.tables import AttachmentRow, FormRow, PaperRow, table_of


def keep(connection: Connection, content: bytes) -> str:
    """Keep a paper; returns its SHA-256 (64 hex digits)."""
    papers = table_of(PaperRow)
    sha256 = hashlib.sha256(content).hexdigest()
    if connection.scalar(sa.select(papers.c.sha256).where(papers.c.sha256 == sha256)) is None:
        connection.execute(sa.insert(papers), [{"sha256": sha256, "content": content}])
    return sha256


def load(connection: Connection, sha256: str) -> bytes | None:
    papers = table_of(PaperRow)
    content: bytes | None = connection.scalar(sa.select(papers.c.content).where(papers.c.sha256 == sha256))
    return content


def is_whole(content: bytes, sha256: str) -> bool:
    """Whether these are the bytes that were handed in."""
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == sha256


def forget_unused(connection: Connection, hashes: set[str]) -> None:
    """Drop those of these papers that no meeting has any more, and that are no form of a letter."""
    papers = table_of(PaperRow)
    users = (table_of(AttachmentRow), table_of(FormRow))
    unused = hashes.difference(
        *(connection.scalars(sa.select(each.c.sha256).where(each.c.sha256.in_(hashes))) for each in users)
    )
    if unused:
        connection.execute(sa.delete(papers).where(papers.c.sha256.in_(unused)))
