"""Format 4: a meeting has the words to say where they are not the usual ones, a unit how its name is read."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_4"
down_revision = "format_3"


def upgrade(op: Operations) -> None:
    op.add_column("meeting", sa.Column("words", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("unit", sa.Column("reading", sa.String(), nullable=False, server_default=""))
