"""Format 14: what units have typed and not sent yet."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_14"
down_revision = "format_13"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind(), [TABLES.tables["typed"]])


sa.Table("meeting", TABLES, sa.Column("code", sa.String(32), primary_key=True))
sa.Table(
    "typed",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("unit", sa.String(64), primary_key=True),
    sa.Column("finding", sa.String(64), primary_key=True),
    sa.Column("texts", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
)
