"""Format 13: findings, written from the log."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_13"
down_revision = "format_12"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "finding",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("finding", sa.String(64), primary_key=True),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("criterion", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("standing", sa.String(16), nullable=False),
    sa.Column("drafted_at", sa.String(40), nullable=False),
    sa.Column("handed_over_on", sa.String(10)),
    sa.Column("first_due", sa.String(10)),
    sa.Column("due", sa.String(10)),
    sa.Column("checkpoint", sa.String(10)),
    sa.Column("asked_on", sa.String(10)),
    sa.Column("notice_until", sa.String(10)),
    sa.Column("struck_off_on", sa.String(10)),
    sa.Column("look_back_on", sa.String(10)),
    sa.Column("looked_back_on", sa.String(10)),
    sa.Column("returns", sa.Integer, nullable=False),
    sa.Column("reopenings", sa.Integer, nullable=False),
    sa.Column("extensions", sa.Integer, nullable=False),
    sa.Column("proofs", sa.Integer, nullable=False),
    sa.Column("objections", sa.Integer, nullable=False),
)
