"""Format 18: how often ballots came in bursts from equal browsers."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_18"
down_revision = "format_17"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "burst",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("largest", sa.Integer, nullable=False),
    sa.Column("among", sa.Integer, nullable=False),
)
