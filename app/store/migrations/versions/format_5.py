"""Format 5: a meeting lists the groups of its panel, and a seat names one of them by an id of any length."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_5"
down_revision = "format_4"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind(), [TABLES.tables["panel_group"]])
    with op.batch_alter_table("seat") as seat:
        seat.alter_column("group", existing_type=sa.String(16), type_=sa.String(64), existing_nullable=False)


sa.Table("meeting", TABLES, sa.Column("code", sa.String(32), primary_key=True))  # is there; others refer to it
sa.Table(
    "panel_group",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String, nullable=False),
)
