"""Format 3: a key says in one word which seat or display it is of, and from now on a unit as well."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_3"
down_revision = "format_2"

SEAT = "CASE WHEN role = 'seat' THEN \"of\" END"
KEY = sa.table("key", sa.column("name"), sa.column("seat"))


def upgrade(op: Operations) -> None:
    op.execute(sa.update(KEY).where(KEY.c.seat.is_not(None)).values(name=KEY.c.seat))  # no key had both
    with op.batch_alter_table("key") as key:
        key.alter_column("name", new_column_name="of")
        key.drop_column("seat")
    with op.batch_alter_table("key") as key:
        key.add_column(sa.Column("seat", sa.String(), sa.Computed(SEAT, persisted=True)))
