"""Kinds of columns that mean the same on every database, and the way from a model to its table."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel


class Row(SQLModel):
    """What every table is made of. No row is ever made of it, so pydantic need not learn to check one."""

    model_config = {"defer_build": True}


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 text: the same on every database, readable, and it keeps its offset."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        return value.isoformat() if value else None

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class Day(sa.types.TypeDecorator[date]):
    """A day of the calendar as ISO 8601 text: the same on every database, and in the order of the days."""

    impl = sa.String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        return value.isoformat() if value else None

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if value else None


class Exact(sa.types.TypeDecorator[Decimal]):
    """A decimal, exact on every database: NUMERIC on PostgreSQL, text on SQLite (whose numerics are floats)."""

    impl = sa.String(40)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Numeric())
        return dialect.type_descriptor(sa.String(40))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        if value is None or dialect.name == "postgresql":
            return value
        return str(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def table_of(model: type[SQLModel]) -> sa.Table:
    """The table behind a model, for statements over many rows at once."""
    return cast(sa.Table, model.__table__)  # type: ignore[attr-defined]
