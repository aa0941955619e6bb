"""The steps from the format of an earlier Kaimen to this one: a file each in ``versions``, in the words of Alembic.

The table ``schema_version`` says the format, as it always did: an earlier Kaimen reads it there, and refuses. A fresh
database is made in one go from ``tables``; ``tests/store/test_migrations.py`` holds that both come to the same.
There is no step back: the copy that was made before is one. Of what a log tells and no table told then, the steps make
the tables, and the rows are written here: findings were recorded before there was a table of them.

Only who has a database of an earlier format imports this room.
"""

import logging
from collections.abc import Collection
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.store import plans
from app.store.heads import load_head
from app.store.project import write
from app.store.tables import READ_TABLES, SCHEMA_VERSION, table_of

logger = logging.getLogger("kaimen.database")

NUMBERED_LATE = 2
"""Up to this format, tables were added without a new number: its steps make whatever is missing."""


@cache
def steps() -> tuple[Script, ...]:
    """All there are, the oldest first; the n-th leads to format n. A database asks for them twice."""
    scripts = ScriptDirectory(str(Path(__file__).parent))
    return tuple(reversed(list(scripts.iterate_revisions("head", "base"))))


def migrate(connection: Connection, found: int) -> None:
    """Bring the tables from the format that was found to this one, within the caller's transaction."""
    operations = Operations(MigrationContext.configure(connection))
    there = set(sa.inspect(connection).get_table_names())
    for number, step in enumerate(steps()[:SCHEMA_VERSION], 1):
        if number > found or found <= NUMBERED_LATE:
            step.module.upgrade(operations)
    if new := [model for model in READ_TABLES if table_of(model).name not in there]:
        for code in plans.codes(connection):
            _write_from_log(connection, code, new)


def _write_from_log(connection: Connection, code: str, new: Collection[type[SQLModel]]) -> None:
    try:
        head = load_head(connection, code)
    except sa.exc.SQLAlchemyError:
        raise
    except Exception:  # a record that cannot be followed keeps nobody from the others; ``verify`` says where it fails
        said = "The record of “%s” cannot be followed: some of its tables stay empty"
        logger.error(said, code)  # noqa: TRY400  what is in it stands in no log
    else:
        if head is not None:
            write(connection, head.meeting, new)


def tables_of(found: int) -> list[sa.Table]:
    """Those of which a database of this format may lack no column, if it has them; known of the first formats only.

    Who falls short of them has a database of before the first published Kaimen.
    """
    if found > NUMBERED_LATE:
        return []
    tables: sa.MetaData = steps()[0].module.TABLES
    return tables.sorted_tables
