"""Format 8: an office keeps its own forms of letters."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_8"
down_revision = "format_7"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind(), [TABLES.tables["form"]])


sa.Table(
    "form",
    TABLES,
    sa.Column("letter", sa.String(16), primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)
