"""Keys to the doors. A token is shown once, when it is made; only its SHA-256 is kept.

A key may also have a short code, for those who type. A code is far easier to guess than a token: it opens one door only
(``/join``), which counts wrong guesses. The token is made of the code and of a salt that only the row holds, so whoever
types the code is given the same token as whoever follows the link, and neither can be had from the other.
"""

import base64
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.tables import KeyRow, table_of

TOKEN_BYTES = 16
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
"""Of characters that look alike, at most one: no 0 or O, no 1, I or L, no B, S, Z or U."""

LOOK_ALIKES = str.maketrans("BSZU", "852V")
LENGTH_OF_CODE = 8
IDS_AT_ONCE = 500


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
    name. ``id`` tells a key that was made from others like it."""

    meeting: str | None
    role: Role
    seat: str | None = None
    name: str = ""
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key's token and its short code (``K7M3-9QXD``): shown once, never to be asked for again."""

    token: str
    code: str


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a key that was made, good or revoked."""

    key: Key
    label: str
    has_code: bool
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def make(connection: Connection, key: Key, label: str) -> str:
    """A new key without a short code; returns its token (22 characters, 128 bits), which cannot be asked for again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _write(connection, key, label, token, salt=None)
    return token


def issue(connection: Connection, key: Key, label: str) -> Issued:
    """A new key with a short code."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH_OF_CODE))
    salt = secrets.token_urlsafe(TOKEN_BYTES)
    token = _token_of(code, salt)
    _write(connection, key, label, token, salt)
    return Issued(token, f"{code[:4]}-{code[4:]}")


def _write(connection: Connection, key: Key, label: str, token: str, salt: str | None) -> None:
    row = {
        "hash": hash_of(token),
        "meeting": key.meeting,
        "role": key.role,
        "seat": key.seat,
        "name": key.name,
        "short": salt,
        "label": label,
        "made_at": datetime.now(UTC),
    }
    connection.execute(sa.insert(table_of(KeyRow)), [row])


def find(connection: Connection, token: str) -> Key | None:
    """What a token opens, if anything: unknown and revoked tokens open nothing."""
    keys = table_of(KeyRow)
    query = sa.select(keys).where(keys.c.hash == hash_of(token), keys.c.revoked_at.is_(None))
    row = connection.execute(query).one_or_none()
    return _key(row) if row else None


def is_good(connection: Connection, meeting: str, id: str) -> bool:
    """Whether a key of a meeting, by its id, still opens something."""
    keys = table_of(KeyRow)
    query = sa.select(keys.c.hash).where(keys.c.hash == id, keys.c.meeting == meeting, keys.c.revoked_at.is_(None))
    return connection.execute(query).first() is not None


def typed_code(text: str) -> str | None:
    """A short code as somebody typed it, whatever its case, spaces, dashes or width; None if it cannot be one."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(LOOK_ALIKES)
    code = "".join(each for each in plain if each.isalnum())
    return code if len(code) == LENGTH_OF_CODE and set(code) <= set(ALPHABET) else None


def token_of_code(connection: Connection, code: str) -> str | None:
    """The token of the good key with this code (as ``typed_code`` gives it), if there is one."""
    keys = table_of(KeyRow)
    query = sa.select(keys.c.hash, keys.c.short).where(keys.c.short.is_not(None), keys.c.revoked_at.is_(None))
    for row in connection.execute(query):
        token = _token_of(code, row.short)
        if hash_of(token) == row.hash:
            return token
    return None


def listed(connection: Connection, meeting: str) -> list[Record]:
    """Every key that was ever made for a meeting, in the order they were made."""
    keys = table_of(KeyRow)
    rows = connection.execute(sa.select(keys).where(keys.c.meeting == meeting).order_by(keys.c.made_at))
    return [
        Record(_key(row), row.label, row.short is not None, row.made_at, row.used_at, row.revoked_at) for row in rows
    ]


def revoked(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Of these keys the ones that were revoked. One that is gone went with its meeting or the bots that had it."""
    keys, wanted, found = table_of(KeyRow), list(ids), set[str]()
    for at in range(0, len(wanted), IDS_AT_ONCE):
        dead = keys.c.hash.in_(wanted[at : at + IDS_AT_ONCE]) & keys.c.revoked_at.is_not(None)
        found |= set(connection.scalars(sa.select(keys.c.hash).where(dead)))
    return found


def _key(row: Any) -> Key:
    return Key(row.meeting, Role(row.role), row.seat, row.name, row.hash)


def mark_used(connection: Connection, token: str) -> None:
    keys = table_of(KeyRow)
    unused = sa.update(keys).where(keys.c.hash == hash_of(token), keys.c.used_at.is_(None))
    connection.execute(unused.values(used_at=datetime.now(UTC)))


def revoke(connection: Connection, meeting: str | None, role: Role | None = None, seat: str | None = None) -> set[str]:
    """Revoke every key of a meeting, or only those of a role or seat. Returns the ids of those that were good."""
    keys = table_of(KeyRow)
    narrowed = {"meeting": meeting} | ({"role": role} if role else {}) | ({"seat": seat} if seat else {})
    return _revoke(connection, sa.select(keys.c.hash).filter_by(**narrowed))


def revoke_one(connection: Connection, meeting: str, id: str) -> set[str]:
    """Revoke one key of a meeting by its id."""
    return _revoke(connection, sa.select(table_of(KeyRow).c.hash).filter_by(meeting=meeting, hash=id))


def _revoke(connection: Connection, which: sa.Select[Any]) -> set[str]:
    keys = table_of(KeyRow)
    good: list[str] = list(connection.scalars(which.where(keys.c.revoked_at.is_(None))))
    if good:
        connection.execute(sa.update(keys).where(keys.c.hash.in_(good)).values(revoked_at=datetime.now(UTC)))
    return set(good)


def forget_unused(connection: Connection, meeting: str | None, role: Role, label: str) -> None:
    """Drop keys that were made for ``label`` and never used, such as the link a terminal showed at an earlier start."""
    keys = table_of(KeyRow)
    unused = sa.delete(keys).where(keys.c.used_at.is_(None))
    connection.execute(unused.filter_by(meeting=meeting, role=role, label=label))


def _token_of(code: str, salt: str) -> str:
    digest = hashlib.sha256(f"{code}\n{salt}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
