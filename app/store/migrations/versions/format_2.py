"""Format 2: the secret of the database, codes that are made slowly, who made and used a key, refused corrections.

These came one after the other under one number, too: those are made that are not there.
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_2"
down_revision = "format_1"

INSTANT = sa.String(40)

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table("meeting", TABLES, sa.Column("code", sa.String(32), primary_key=True))  # is there; others refer to it
sa.Table(
    "secret",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", sa.String(64), nullable=False),
    sa.Column("mark", sa.String(16), nullable=False),
)
sa.Table(
    "key_hands",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("meeting", sa.String(32), index=True),
    sa.Column("made_by", sa.String(80), nullable=False),
    sa.Column("made_with", sa.String(8), nullable=False),
    sa.Column("revoked_by", sa.String(80), nullable=False),
    sa.Column("revoked_with", sa.String(8), nullable=False),
)
sa.Table(
    "key_use",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("way", sa.String(16), primary_key=True),
    sa.Column("meeting", sa.String(32), index=True),
    sa.Column("first_at", INSTANT, nullable=False),
    sa.Column("last_at", INSTANT, nullable=False),
)
sa.Table(
    "key_code",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("meeting", sa.String(32)),
    sa.Column("place", sa.Integer, nullable=False, index=True),
    sa.Column("way", sa.String(32), nullable=False),
)
sa.Table(
    "refused_correction",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("command", sa.String(40), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("by", sa.String(80), primary_key=True),
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("first_at", INSTANT, nullable=False),
    sa.Column("last_at", INSTANT, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)
