"""Format 12: which contents the proofs of a meeting are made of."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_12"
down_revision = "format_11"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind(), [TABLES.tables["proof"]])


sa.Table("meeting", TABLES, sa.Column("code", sa.String(32), primary_key=True))
sa.Table(
    "proof",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("kept_at", sa.String(40), nullable=False),
)
