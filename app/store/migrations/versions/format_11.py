"""Format 11: a meeting may name the one before, and a unit has the promises that it made there."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_11"
down_revision = "format_10"


def upgrade(op: Operations) -> None:
    op.add_column("meeting", sa.Column("previous", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("unit", sa.Column("promises", sa.Text(), nullable=False, server_default="[]"))
