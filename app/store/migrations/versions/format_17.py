"""Format 17: how often ballots and tickets were refused, and why."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_17"
down_revision = "format_16"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "refusal",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("poll", sa.String(80), primary_key=True),
    sa.Column("voice", sa.String(8), primary_key=True),
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
