"""Keys to the doors. A token is shown once, when it is made; only its SHA-256 is kept.

A key may also have a short code, for those who type (``codes``): whoever types it is given the same token as whoever
follows the link.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.store import codes
from app.store.roles import Role as Role
from app.store.tables import CodeRow, Instant, KeyHandsRow, KeyRow, KeyUseRow, table_of
from app.store.tokens import TOKEN_BYTES, hash_of

IDS_AT_ONCE = 500
LENGTH_OF_TAG = 8


@dataclass(frozen=True, slots=True)
class Key:
    """What a token opens: a role in one meeting (none: an organiser's).

    ``of``: whose or what of that role, where there are several: the seat's id, the display's name. ``id`` tells a key
    that was made from others like it.
    """

    meeting: str | None
    role: Role
    of: str = ""
    id: str = field(default="", compare=False)

    @property
    def tag(self) -> str:
        """The first eight digits of the id: by it the log says which key was shown, where several open the same."""
        return self.id[:LENGTH_OF_TAG]


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key's token and its short code (``K7M3-9QX-D2P``): shown once, never to be asked for again."""

    token: str
    code: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Who made or revoked a key: as in the log, with the tag of the own key. Empty: nobody said."""

    by: str = ""
    tag: str = ""


NOBODY_SAID = Hand()
COMMAND_LINE, IMPORT, SET_UP = Hand("command-line"), Hand("import"), Hand("set-up")
"""Where keys are revoked without anybody having shown one, or as a seat is left out of a plan."""

TERMINAL = "terminal"
"""The label of keys whose tokens can be told again (``make_again``)."""


class Way(StrEnum):
    """How a key was shown: in a browser (which came by a link or QR code), as a typed code, or by a program."""

    BROWSER = "browser"
    CODE = "code"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Use:
    """``last_at`` is right to some minutes."""

    way: Way
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What is kept of a key that was made, good or revoked."""

    key: Key
    label: str
    has_code: bool
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    made_by: Hand = NOBODY_SAID
    revoked_by: Hand = NOBODY_SAID
    uses: tuple[Use, ...] = ()


def make(connection: Connection, key: Key, label: str, by: Hand = NOBODY_SAID) -> str:
    """A new key without a short code; returns its token (22 characters, 128 bits), which cannot be asked for again."""
    [token] = make_all(connection, [key], label, by)
    return token


def make_all(connection: Connection, wanted: Sequence[Key], label: str, by: Hand = NOBODY_SAID) -> list[str]:
    """Likewise several at once; their tokens, in this order."""
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in wanted]
    _write(connection, [(key, token, None) for key, token in zip(wanted, tokens, strict=True)], label, by)
    return tokens


def issue(
    connection: Connection, key: Key, label: str, made: codes.Cut | None = None, by: Hand = NOBODY_SAID
) -> Issued:
    """A new key with a short code; ``made``: by ``codes.cut``, beforehand, which takes its time."""
    made = made or codes.cut()
    _write(connection, [(key, made.token, made.salt)], label, by)
    codes.keep(connection, made, key.meeting)
    return Issued(made.token, codes.written(made.code))


def _write(connection: Connection, made: Sequence[tuple[Key, str, str | None]], label: str, by: Hand) -> None:
    """Keys with their tokens, and the salts of those that have a short code."""
    rows = [
        {
            "hash": hash_of(token),
            "meeting": key.meeting,
            "role": key.role,
            "of": key.of,
            "short": salt,
            "label": label,
            "made_at": clock.now(),
        }
        for key, token, salt in made
    ]
    hands = [{"key": row["hash"], "meeting": row["meeting"], "made_by": by.by, "made_with": by.tag} for row in rows]
    if rows:
        connection.execute(sa.insert(table_of(KeyRow)), rows)
        connection.execute(sa.insert(table_of(KeyHandsRow)), hands)


def make_again(connection: Connection, key: Key, label: str, tokens: Iterator[str]) -> str:
    """Of tokens that can be told again the first whose key was not revoked; it is made if it is not there yet."""
    keys = table_of(KeyRow)
    for token in tokens:
        row = connection.execute(sa.select(keys.c.revoked_at).where(keys.c.hash == hash_of(token))).one_or_none()
        if row is None:
            _write(connection, [(key, token, None)], label, NOBODY_SAID)
        if row is None or row.revoked_at is None:
            return token
    raise LookupError("no token is left")


def find(connection: Connection, token: str) -> Key | None:
    """What a token opens, if anything: unknown and revoked tokens open nothing."""
    keys = table_of(KeyRow)
    query = sa.select(keys).where(keys.c.hash == hash_of(token), keys.c.revoked_at.is_(None))
    row = connection.execute(query).one_or_none()
    return _key(row) if row else None


def listing_word(id: str) -> str:
    """By which the lobby knows that somebody has a key, without the key: it opens nothing, and is no key's id."""
    return hash_of(f"lobby\n{id}")[:32]


def listing_words(connection: Connection, meeting: str) -> set[str]:
    """Those of the good keys of a meeting."""
    keys = table_of(KeyRow)
    good = sa.select(keys.c.hash).where(keys.c.meeting == meeting, keys.c.revoked_at.is_(None))
    return {listing_word(id) for id in connection.scalars(good)}


def listed(connection: Connection, meeting: str) -> list[KeptKey]:
    """Every key that was ever made for a meeting, in the order they were made."""
    keys, hands = table_of(KeyRow), table_of(KeyHandsRow)
    of_hands = (hands.c.made_by, hands.c.made_with, hands.c.revoked_by, hands.c.revoked_with)
    query = sa.select(keys, *of_hands).join_from(keys, hands, keys.c.hash == hands.c.key, isouter=True)
    uses = _uses(connection, meeting)
    return [
        KeptKey(
            _key(row),
            row.label,
            row.short is not None,
            row.made_at,
            row.used_at,
            row.revoked_at,
            Hand(row.made_by or "", row.made_with or ""),
            Hand(row.revoked_by or "", row.revoked_with or ""),
            tuple(uses[row.hash]),
        )
        for row in connection.execute(query.where(keys.c.meeting == meeting).order_by(keys.c.made_at))
    ]


def _uses(connection: Connection, meeting: str) -> dict[str, list[Use]]:
    """Of every key of a meeting, in the order in which the ways were first gone."""
    table, uses = table_of(KeyUseRow), defaultdict[str, list[Use]](list)
    query = sa.select(table).where(table.c.meeting == meeting).order_by(table.c.first_at)
    for row in connection.execute(query):
        uses[row.key].append(Use(Way(row.way), row.first_at, row.last_at))
    return uses


def revoked(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Of these keys the ones that were revoked. One that is gone went with its meeting or the bots that had it."""
    keys, wanted, found = table_of(KeyRow), list(ids), set[str]()
    for at in range(0, len(wanted), IDS_AT_ONCE):
        dead = keys.c.hash.in_(wanted[at : at + IDS_AT_ONCE]) & keys.c.revoked_at.is_not(None)
        is_buried = keys.c.meeting.is_(None) & (keys.c.role != Role.ORGANISER)
        found |= set(connection.scalars(sa.select(keys.c.hash).where(dead & ~is_buried)))
    return found


def _key(row: Any) -> Key:
    return Key(row.meeting, Role(row.role), row.of, row.hash)


def mark_used(connection: Connection, token: str, way: Way = Way.BROWSER) -> None:
    """A key was shown: the first time at all, the first and the last time in this way. Of an unknown one nothing."""
    keys, now = table_of(KeyRow), clock.now()
    key = connection.execute(sa.select(keys.c.hash, keys.c.meeting).where(keys.c.hash == hash_of(token))).one_or_none()
    if key is None:
        return
    connection.execute(sa.update(keys).where(keys.c.hash == key.hash, keys.c.used_at.is_(None)).values(used_at=now))
    connection.execute(_USED, {"key": key.hash, "way": way, "meeting": key.meeting, "now": now})


_USED = sa.text(
    "INSERT INTO key_use (key, way, meeting, first_at, last_at) VALUES (:key, :way, :meeting, :now, :now)"
    " ON CONFLICT (key, way) DO UPDATE SET last_at = :now"
).bindparams(sa.bindparam("now", type_=Instant))


def revoke(
    connection: Connection,
    meeting: str | None,
    role: Role | None = None,
    of: str | None = None,
    by: Hand = NOBODY_SAID,
) -> set[str]:
    """Revoke every key of a meeting, or only those of a role, or of one seat or display.

    Returns the ids of those that were good.
    """
    keys = table_of(KeyRow)
    narrowed = {"meeting": meeting} | ({"role": role} if role else {}) | ({"of": of} if of else {})
    return _revoke(connection, sa.select(keys.c.hash).filter_by(**narrowed), by)


def revoke_one(connection: Connection, meeting: str | None, id: str, by: Hand = NOBODY_SAID) -> set[str]:
    """Revoke one key of a meeting by its id."""
    return _revoke(connection, sa.select(table_of(KeyRow).c.hash).filter_by(meeting=meeting, hash=id), by)


def _revoke(connection: Connection, which: sa.Select[Any], by: Hand) -> set[str]:
    keys = table_of(KeyRow)
    good: list[str] = list(connection.scalars(which.where(keys.c.revoked_at.is_(None))))
    if good:
        connection.execute(sa.update(keys).where(keys.c.hash.in_(good)).values(revoked_at=clock.now()))
        whose = connection.execute(sa.select(keys.c.hash, keys.c.meeting).where(keys.c.hash.in_(good)))
        connection.execute(_REVOKED, [{"by": by.by, "tag": by.tag, **row} for row in whose.mappings()])
    return set(good)


# Also of a key that an earlier Kaimen made, which did not write down who did.
_REVOKED = sa.text(
    "INSERT INTO key_hands (key, meeting, made_by, made_with, revoked_by, revoked_with)"
    " VALUES (:hash, :meeting, '', '', :by, :tag)"
    " ON CONFLICT (key) DO UPDATE SET revoked_by = :by, revoked_with = :tag"
)


def forget(connection: Connection, meeting: str | None, role: Role, label: str) -> None:
    """Drop keys that were made for ``label``, used or not: those of bots, which belong to nobody."""
    _forget(connection, sa.select(table_of(KeyRow).c.hash).filter_by(meeting=meeting, role=role, label=label))


def bury(connection: Connection, meeting: str) -> None:
    """Before a meeting is deleted: the tokens that could be told again for another one of its code open nothing more.

    What stays is a row that belongs to no meeting.
    """
    keys = table_of(KeyRow)
    told_again = (keys.c.meeting == meeting) & (keys.c.label == TERMINAL)
    connection.execute(sa.update(keys).where(told_again).values(meeting=None, revoked_at=clock.now()))


def _forget(connection: Connection, which: sa.Select[Any]) -> None:
    gone = list(connection.scalars(which))
    for table, column in ((KeyUseRow, "key"), (KeyHandsRow, "key"), (CodeRow, "key"), (KeyRow, "hash")):
        rows = table_of(table)
        connection.execute(sa.delete(rows).where(rows.c[column].in_(gone)))


def was_made(connection: Connection, id: str) -> bool:
    """Whether there is, or was, a key of this id."""
    keys = table_of(KeyRow)
    return connection.scalar(sa.select(keys.c.hash).where(keys.c.hash == id)) is not None
