"""Format 15: somebody in the hall votes with a printed ticket."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_15"
down_revision = "format_14"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "ticket",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("hash", sa.String(32), primary_key=True),
    sa.Column("sheet", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("device", sa.String(32), nullable=False),
    sa.Column("made_at", sa.String(40), nullable=False),
    sa.Column("taken_at", sa.String(40)),
    sa.Column("spoiled_at", sa.String(40)),
)
