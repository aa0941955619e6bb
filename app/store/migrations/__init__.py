"""The steps from the format of an earlier Kaimen to this one: a file each in ``versions``, in the words of Alembic.

The table ``schema_version`` says the format, as it always did: an earlier Kaimen reads it there, and refuses. A fresh
database is made in one go from ``tables``; ``tests/store/test_migrations.py`` holds that both come to the same.
There is no step back: the copy that was made before is one.

Only who has a database of an earlier format imports this room.
"""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy.engine import Connection

from app.store.tables import SCHEMA_VERSION

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
    for number, step in enumerate(steps()[:SCHEMA_VERSION], 1):
        if number > found or found <= NUMBERED_LATE:
            step.module.upgrade(operations)


def tables_of(found: int) -> list[sa.Table]:
    """Those of which a database of this format may lack no column, if it has them; known of the first formats only.

    Who falls short of them has a database of before the first published Kaimen.
    """
    if found > NUMBERED_LATE:
        return []
    tables: sa.MetaData = steps()[0].module.TABLES
    return tables.sorted_tables
