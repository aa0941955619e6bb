"""Format 6: a meeting may join its scores with other parts, and a unit may be ranked within a class."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_6"
down_revision = "format_5"


def upgrade(op: Operations) -> None:
    op.add_column("meeting", sa.Column("composite", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("unit", sa.Column("of_class", sa.String(), nullable=False, server_default=""))
