"""Format 19: the keys of slips, ballots without their voters."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_19"
down_revision = "format_18"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "slip_key",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("poll", sa.String(80), primary_key=True),
    sa.Column("key", sa.String(64), nullable=False),
)
