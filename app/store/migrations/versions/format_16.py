"""Format 16: the audience asks. Questions stand beside the log until it tells of them."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_16"
down_revision = "format_15"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "question",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("question", sa.String(32), primary_key=True),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("original", sa.Text, nullable=False),
    sa.Column("device", sa.String(32), nullable=False, index=True),
    sa.Column("standing", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("merged_into", sa.String(32), nullable=False),
    sa.Column("asked_at", sa.String(40), nullable=False),
    sa.Column("moved_at", sa.String(40)),
    sa.Column("moved_with", sa.String(8), nullable=False),
)
sa.Table(
    "upvote",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("question", sa.String(32), primary_key=True),
    sa.Column("voter", sa.String(32), primary_key=True),
)
