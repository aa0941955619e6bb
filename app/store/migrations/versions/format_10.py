"""Format 10: the audience votes. Polls are written from the log, ballots stand beside it."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_10"
down_revision = "format_9"

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "poll",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("poll", sa.String(80), primary_key=True),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("opened_at", sa.String(40), nullable=False),
    sa.Column("closed_at", sa.String(40)),
    sa.Column("shown_at", sa.String(40)),
    sa.Column("withdrawn_at", sa.String(40)),
    sa.Column("ballots", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)
sa.Table(
    "ballot",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("poll", sa.String(80), primary_key=True),
    sa.Column("voter", sa.String(32), primary_key=True),
    sa.Column("voice", sa.String(8), nullable=False),
    sa.Column("choice", sa.String(16), nullable=False),
    sa.Column("press", sa.BigInteger, nullable=False),
    sa.Column("cast_at", sa.String(40), nullable=False),
)
