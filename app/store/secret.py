"""The secret of a database: what its forms are signed and the places of its codes are made with, each in its own way.

It is the same for every process and after every start.

The links that the terminal shows are *not* made of it: whoever is handed a copy of the database has it as well.
"""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.tables import SecretRow, table_of

BYTES = 32
BYTES_OF_MARK = 4
THE_ONE = 1


@dataclass(frozen=True, slots=True)
class Secret:
    """``mark`` tells this database from others in the names of cookies, which a host's servers have in common."""

    value: str
    mark: str


def find(connection: Connection) -> Secret | None:
    row = connection.execute(sa.select(table_of(SecretRow))).one_or_none()
    return Secret(row.value, row.mark) if row else None


def make(connection: Connection) -> Secret:
    """The secret there is, or else a new one."""
    return find(connection) or _made(connection)


def _made(connection: Connection) -> Secret:
    table = table_of(SecretRow)
    row = {"id": THE_ONE, "value": secrets.token_hex(BYTES), "mark": secrets.token_hex(BYTES_OF_MARK)}
    with connection.begin_nested() as attempt:
        try:
            connection.execute(sa.insert(table), [row])
        except sa.exc.IntegrityError:  # another process was first
            attempt.rollback()
    made = find(connection)
    assert made is not None  # noqa: S101  one of the two was written
    return made
