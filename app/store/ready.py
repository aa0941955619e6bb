"""Statements of the writer, made into text once for each database and handed to the driver as they are.

At every command SQLAlchemy would spend more on the way to the driver than the database on the statement. Only for
statements whose parameters are text and whole numbers: nothing is converted on the way.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult, Dialect

Values = dict[str, str | int]


def execute(connection: Connection, statement: sa.Executable, values: Values | Sequence[Values]) -> CursorResult[Any]:
    """Execute a statement that is kept for as long as the program runs, once or for each of several values."""
    text, order = _made(statement, connection.dialect)
    if order is None:
        return connection.exec_driver_sql(text, values)
    if isinstance(values, dict):
        return connection.exec_driver_sql(text, tuple(values[name] for name in order))
    return connection.exec_driver_sql(text, [tuple(each[name] for name in order) for each in values])


@lru_cache
def _made(statement: sa.Executable, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """The text, and the order of its parameters; None where they go by name."""
    compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    return str(compiled), tuple(compiled.positiontup) if compiled.positional else None
