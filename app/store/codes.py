"""Short codes of keys, for those who type: far easier to guess than a token, so they open one door only (``/join``).

The token is made of the code and of a salt that only the row holds, so whoever types the code is given the same token
as whoever follows the link, and neither can be had from the other.

That is made slowly on purpose (scrypt, 16 MiB and some 50 ms a try; RFC 7914): a copy of the database is no key to the
cards. Ten characters are 47.5 bits. So that the server itself need not try every salt, a code also has a *place*: 12
bits of its HMAC under the secret of the database. Of wrong codes 39 in 40 find no key at their place (of a hundred
keys) and cost nothing; the others cost one try. Whoever has a copy of the database knows the place and still has 35.5
bits to try for each key: 4.9 * 10^10 tries, some 39 years of one core for half of them; the cards are good for one day.

Codes that were given out before have eight characters, and a token that is their plain SHA-256 with the salt. They
stay good.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store import secret
from app.store.tables import CodeRow, KeyRow, table_of
from app.store.tokens import TOKEN_BYTES, hash_of

ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
"""Of characters that look alike, at most one: no 0 or O, no 1, I or L, no B, S, Z or U."""

LOOK_ALIKES = str.maketrans("BSZU", "852V")
LENGTH_OF_CODE = 10
LENGTH_OF_OLD_CODE = 8
GROUPS = (4, 3, 3)
"""How a code is written: in groups that are read at one glance and typed without looking again."""

PLACES = 2**12
SCRYPT = "scrypt-14-8-1"
"""How the tokens of new codes are made: cost 2^14, block size 8, one lane."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A code and the token made of it, before they are the key to anything."""

    code: str
    salt: str
    token: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """A good key that a code may be that of; ``way`` empty: with a code of the first kind."""

    id: str
    salt: str
    way: str


def cut() -> Cut:
    """A new code and its token. Slow: not in the event loop, and not in the writer's thread."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH_OF_CODE))
    salt = secrets.token_urlsafe(TOKEN_BYTES)
    return Cut(code, salt, _token_of(code, salt, SCRYPT))


def keep(connection: Connection, made: Cut, meeting: str | None) -> None:
    """Write down where a code finds the key that has been made of it."""
    place = place_of(made.code, secret.make(connection).value)
    row = {"key": hash_of(made.token), "meeting": meeting, "place": place, "way": SCRYPT}
    connection.execute(sa.insert(table_of(CodeRow)), [row])


def written(code: str) -> str:
    """A code as it stands on a card."""
    ends = [sum(GROUPS[: at + 1]) for at in range(len(GROUPS))]
    return "-".join(code[end - length : end] for end, length in zip(ends, GROUPS, strict=True))


def place_of(code: str, under: str) -> int:
    digest = hmac.digest(under.encode(), f"place\n{code}".encode(), "sha256")
    return int.from_bytes(digest[:4]) % PLACES


def typed_code(text: str) -> str | None:
    """A short code as somebody typed it, whatever its case, spaces, dashes or width; None if it cannot be one."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(LOOK_ALIKES)
    code = "".join(each for each in plain if each.isalnum())
    is_one = len(code) in (LENGTH_OF_CODE, LENGTH_OF_OLD_CODE) and set(code) <= set(ALPHABET)
    return code if is_one else None


def is_old(code: str) -> bool:
    """Whether a code is of the first kind, which is easier to guess."""
    return len(code) == LENGTH_OF_OLD_CODE


def fitting(connection: Connection, code: str) -> list[Fitting]:
    """The good keys that a code (as ``typed_code`` gives it) may be that of: for the most part none."""
    keys, codes = table_of(KeyRow), table_of(CodeRow)
    query = sa.select(keys.c.hash, keys.c.short, codes.c.way).join_from(
        keys, codes, keys.c.hash == codes.c.key, isouter=is_old(code)
    )
    query = query.where(keys.c.short.is_not(None), keys.c.revoked_at.is_(None))
    if is_old(code):
        query = query.where(codes.c.key.is_(None))
    else:
        kept = secret.find(connection)
        if kept is None:
            return []
        query = query.where(codes.c.place == place_of(code, kept.value))
    return [Fitting(row.hash, row.short, row.way or "") for row in connection.execute(query)]


def token_among(keys: Iterable[Fitting], code: str) -> str | None:
    """The token of the one among these keys whose code this is. Slow: some 50 ms for each."""
    for key in keys:
        token = _token_of(code, key.salt, key.way)
        if hmac.compare_digest(hash_of(token), key.id):
            return token
    return None


def _token_of(code: str, salt: str, way: str) -> str:
    if way:
        cost, block, lanes = (int(each) for each in way.removeprefix("scrypt-").split("-"))
        memory = 129 * block * 2**cost + 2**20
        digest = hashlib.scrypt(
            code.encode(), salt=salt.encode(), n=2**cost, r=block, p=lanes, dklen=TOKEN_BYTES, maxmem=memory
        )
    else:
        digest = hashlib.sha256(f"{code}\n{salt}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")
