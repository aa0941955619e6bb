"""Keys to the doors. A token is shown once, when it is made; only its SHA-256 is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.tables import KeyRow, table_of

TOKEN_BYTES = 16


class Role(StrEnum):
    """Who somebody is at a door. An organiser sets up meetings and belongs to none of them."""

    ORGANISER = "organiser"
    MODERATOR = "moderator"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    SEAT = "seat"
    DISPLAY = "display"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Key:
    """What a token opens: a role in one meeting (none: an organiser's), for ``SEAT`` which seat, for ``DISPLAY`` its
    name."""

    meeting: str | None
    role: Role
    seat: str | None = None
    name: str = ""


def make(connection: Connection, key: Key, label: str) -> str:
    """A new key; returns its token (22 characters, 128 bits), which cannot be asked for again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {
        "hash": hash_of(token),
        "meeting": key.meeting,
        "role": key.role,
        "seat": key.seat,
        "name": key.name,
        "label": label,
        "made_at": datetime.now(UTC),
    }
    connection.execute(sa.insert(table_of(KeyRow)), [row])
    return token


def find(connection: Connection, token: str) -> Key | None:
    """What a token opens, if anything: unknown and revoked tokens open nothing."""
    keys = table_of(KeyRow)
    query = sa.select(keys.c.meeting, keys.c.role, keys.c.seat, keys.c.name).where(
        keys.c.hash == hash_of(token), keys.c.revoked_at.is_(None)
    )
    row = connection.execute(query).one_or_none()
    return Key(row.meeting, Role(row.role), row.seat, row.name) if row else None


def mark_used(connection: Connection, token: str) -> None:
    keys = table_of(KeyRow)
    unused = sa.update(keys).where(keys.c.hash == hash_of(token), keys.c.used_at.is_(None))
    connection.execute(unused.values(used_at=datetime.now(UTC)))


def revoke(connection: Connection, meeting: str) -> None:
    """Revoke every key of a meeting."""
    keys = table_of(KeyRow)
    live = sa.update(keys).where(keys.c.meeting == meeting, keys.c.revoked_at.is_(None))
    connection.execute(live.values(revoked_at=datetime.now(UTC)))


def forget_unused(connection: Connection, meeting: str | None, role: Role, label: str) -> None:
    """Drop keys that were made for ``label`` and never used, such as the link a terminal showed at an earlier start."""
    keys = table_of(KeyRow)
    unused = sa.delete(keys).where(keys.c.used_at.is_(None))
    connection.execute(unused.filter_by(meeting=meeting, role=role, label=label))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
