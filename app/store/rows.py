"""Rows that two processes may write at the same moment: neither is told that the other was there first."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def lock(connection: Connection, name: str, is_shared: bool = False) -> None:
    """Until the end of the transaction, alone or with others who share it: whoever waits to have it alone is not
    overtaken by these. On SQLite one thread writes at a time, and no such lock is needed."""
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        lock = sa.func.pg_advisory_xact_lock_shared if is_shared else sa.func.pg_advisory_xact_lock
        connection.execute(sa.select(lock(key)))


def insert_into(table: sa.Table, dialect: sa.Dialect) -> "sqlite.Insert | postgresql.Insert":
    """An insert that can be told what to do where the row is there already."""
    if dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # long to read, and most halls do without

    return postgresql.insert(table)


def unless_there(connection: Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    connection.execute(insert_into(table, connection.dialect).on_conflict_do_nothing(), [dict(row)])


def put(connection: Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """In place of the one with the same key. Until the end of the transaction nobody else can change it."""
    new = insert_into(table, connection.dialect)
    key = [column.name for column in table.primary_key]
    others = {name: new.excluded[name] for name in row if name not in key}
    connection.execute(new.on_conflict_do_update(index_elements=key, set_=others), [dict(row)])


def the_own(connection: Connection, table: sa.Table, row: Mapping[str, Any]) -> sa.Row[Any]:
    """The row with this key as it stands, or else this one. Until the end of the transaction nobody else changes it."""
    key = {column.name: row[column.name] for column in table.primary_key}
    new = insert_into(table, connection.dialect)
    lock = {name: table.c[name] for name in row if name not in key}
    connection.execute(new.on_conflict_do_update(index_elements=list(key), set_=lock), [dict(row)])
    return connection.execute(sa.select(table).filter_by(**key)).one()
