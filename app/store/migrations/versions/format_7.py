"""Format 7: who sits where, and by which drawing somebody signed, in rows of their own."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_7"
down_revision = "format_6"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind(), [TABLES.tables["person"], TABLES.tables["signature"]])


sa.Table("meeting", TABLES, sa.Column("code", sa.String(32), primary_key=True))  # is there; others refer to it
sa.Table(
    "person",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("of", sa.String(64), primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("office", sa.String, nullable=False),
)
sa.Table(
    "signature",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("of", sa.String(64), primary_key=True),
    sa.Column("bound", sa.String(64), primary_key=True),
    sa.Column("strokes", sa.Text, nullable=False),
    sa.Column("signed_at", sa.String(40), nullable=False),
)
