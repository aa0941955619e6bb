"""Rows read cell by cell: what cannot be read is named by table, row and column, and the rest is read all the same.

SQLite keeps whatever somebody writes into a cell: a mark of “abc”, a time of “yesterday”.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.refusals import Said
from app.store.tables import Day, Exact, Instant

Row = dict[str, Any]
Readers = Mapping[str, Callable[[Any], object]]
"""How the text in a column is taken apart by those who use it; it raises whatever it likes."""


def read(
    connection: Connection, table: sa.Table, code: str, readers: Readers | None = None
) -> Iterator[tuple[tuple[Any, ...], Row | Said]]:
    """The rows of a meeting in a table by their keys; in place of one that cannot be read, the fault with its place."""
    column = table.c.code if table.name == "meeting" else table.c.meeting
    try:
        rows = connection.execute(sa.select(*map(_raw, table.columns)).where(column == code)).all()
    except sa.exc.SQLAlchemyError as error:  # not even text
        detail = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield ("",), Said("fault.cell", {"table": table.name, "row": "?", "column": "?", "detail": detail})
        return
    for values in rows:
        raw = dict(zip(table.columns.keys(), values, strict=True))
        key = tuple(raw[each.name] for each in table.primary_key)
        yield key, _row(table, key, raw, connection.dialect, readers or {})


def _raw(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A column as the database holds it."""
    if not isinstance(column.type, Instant | Day | Exact):
        return column
    return sa.type_coerce(column, sa.types.NullType()).label(column.name)


def _row(table: sa.Table, key: tuple[Any, ...], raw: Row, dialect: sa.engine.Dialect, readers: Readers) -> Row | Said:
    row = {}
    for column in table.columns:
        value = raw[column.name]
        try:
            if isinstance(column.type, Instant | Day | Exact):
                value = column.type.process_result_value(value, dialect)
            if column.name in readers:
                readers[column.name](value)
        except Exception:  # whatever it is, it cannot be read
            facts = {"row": "/".join(map(str, key)), "column": column.name, "detail": repr(value)[:80]}
            return Said("fault.cell", {"table": table.name, **facts})
        row[column.name] = value
    return row
