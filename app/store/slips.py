"""Slips: the ballots of a poll without their voters, as everybody may count them once the poll is shown.

A slip is a line ``id voice choice``. The id is made of the voter with a key that is random, another in each poll, and
kept beside the ballots for ever: no receipt, cookie or ticket leads to a slip. The key is made as the poll ends, so
that whoever holds it, in a copy of the database, holds the ballots themselves, and no earlier copy leads to a slip.
"""

import hmac
import secrets
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.tables import SlipKeyRow, table_of

BYTES_OF_KEY = 32
BYTES_OF_ID = 16
"""So many that nobody finds out by trying to what tally the digest of a few slips belongs."""

_KEYS = table_of(SlipKeyRow)


def make_key(connection: Connection, code: str, poll: str) -> None:
    """As the poll ends, in the transaction in which its ballots are counted.

    None is kept that stands there already: somebody put it there, and by it slips would lead to their voters.
    """
    connection.execute(sa.delete(_KEYS).where(_KEYS.c.meeting == code, _KEYS.c.poll == poll))
    row = {"meeting": code, "poll": poll, "key": secrets.token_hex(BYTES_OF_KEY)}
    connection.execute(sa.insert(_KEYS), [row])


def key_of(connection: Connection, code: str, poll: str) -> str:
    """Empty of a poll that ended before there were slips."""
    query = sa.select(_KEYS.c.key).where(_KEYS.c.meeting == code, _KEYS.c.poll == poll)
    return connection.scalar(query) or ""


def slips(key: str, code: str, poll: str, ballots: Iterable[tuple[str, str, str]]) -> list[str]:
    """Of ballots (voter, voice, choice), in an order that says nothing of them."""
    secret, of_poll = bytes.fromhex(key), f"slip\n{code}\n{poll}\n"
    return sorted(
        f"{hmac.digest(secret, f'{of_poll}{voter}'.encode(), 'sha256')[:BYTES_OF_ID].hex()} {voice} {choice}"
        for voter, voice, choice in ballots
    )
