"""The contents of files that came in, attachments, proofs, an office's forms: kept once, however many have them."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.rows import unless_there
from app.store.tables import AttachmentRow, ContentRow, FormRow, ProofRow, table_of


def keep(connection: Connection, content: bytes, sha256: str = "") -> str:
    """Keep a content; returns its SHA-256 (64 hex digits), reckoned unless it is known already."""
    contents = table_of(ContentRow)
    sha256 = sha256 or hashlib.sha256(content).hexdigest()
    if connection.scalar(sa.select(contents.c.sha256).where(contents.c.sha256 == sha256)) is None:
        unless_there(connection, contents, {"sha256": sha256, "content": content})
    return sha256


def load(connection: Connection, sha256: str) -> bytes | None:
    contents = table_of(ContentRow)
    content: bytes | None = connection.scalar(sa.select(contents.c.content).where(contents.c.sha256 == sha256))
    return content


def is_whole(content: bytes, sha256: str) -> bool:
    """Whether these are the bytes that were handed in."""
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == sha256


def forget_unused(connection: Connection, hashes: set[str]) -> None:
    """Drop those of these contents that no attachment has any more, no form of a letter and no proof."""
    contents = table_of(ContentRow)
    users = (table_of(AttachmentRow), table_of(FormRow), table_of(ProofRow))
    unused = hashes.difference(
        *(connection.scalars(sa.select(each.c.sha256).where(each.c.sha256.in_(hashes))) for each in users)
    )
    if unused:
        connection.execute(sa.delete(contents).where(contents.c.sha256.in_(unused)))
