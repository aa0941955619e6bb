"""Format 1, of the first published Kaimen (commit 776225c). While it was the format, tables came to it: those are made
that a database of that time lacks."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "format_1"
down_revision = None

INSTANT = sa.String(40)
EXACT = sa.String(40).with_variant(sa.Numeric(), "postgresql")

TABLES = sa.MetaData()


def upgrade(op: Operations) -> None:
    TABLES.create_all(op.get_bind())


sa.Table(
    "schema_version",
    TABLES,
    sa.Column("version", sa.Integer, primary_key=True),
)
sa.Table(
    "meeting",
    TABLES,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("organisers", sa.Text, nullable=False),
    sa.Column("starts_at", INSTANT, nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("rules", sa.Text, nullable=False),
    sa.Column("order", sa.String(16), nullable=False),
    sa.Column("invited_only", sa.Boolean, nullable=False),
    sa.Column("rehearsal_of", sa.String(32), nullable=False),
)
sa.Table(
    "edition",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("edition", sa.String(32), nullable=False),
)
sa.Table(
    "unit",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("short_name", sa.String, nullable=False),
    sa.Column("office", sa.String, nullable=False),
)
sa.Table(
    "attachment",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)
sa.Table(
    "paper",
    TABLES,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
sa.Table(
    "seat",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("label", sa.String, nullable=False),
    sa.Column("group", sa.String(16), nullable=False),
)
sa.Table(
    "recusal",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("unit", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
)
sa.Table(
    "agenda_item",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("unit", sa.String(64)),
)
sa.Table(
    "segment",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("item", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("seconds", sa.Integer, nullable=False),
)
sa.Table(
    "criterion",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("minimum", EXACT, nullable=False),
    sa.Column("maximum", EXACT, nullable=False),
    sa.Column("step", EXACT, nullable=False),
    sa.Column("weight", EXACT, nullable=False),
    sa.Column("help", sa.Text, nullable=False),
)
sa.Table(
    "level",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("criterion", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("points", EXACT, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("approving", sa.Boolean, nullable=False),
)
sa.Table(
    "key",
    TABLES,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("seat", sa.String(64)),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("short", sa.String(64), unique=True),
    sa.Column("label", sa.String, nullable=False),
    sa.Column("made_at", INSTANT, nullable=False),
    sa.Column("used_at", INSTANT),
    sa.Column("revoked_at", INSTANT),
)
sa.Table(
    "draft",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("unit", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("saved_at", INSTANT, nullable=False),
)
sa.Table(
    "rehearsal_count",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
sa.Table(
    "browser_seen",
    TABLES,
    sa.Column("user_agent", sa.String(300), primary_key=True),
    sa.Column("first_seen", INSTANT, nullable=False),
    sa.Column("last_seen", INSTANT, nullable=False),
)
sa.Table(
    "draw",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("commitment", sa.String(64), primary_key=True),
    sa.Column("seed", sa.String(64), nullable=False),
    sa.Column("made_at", INSTANT, nullable=False),
)
sa.Table(
    "head",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("seal", sa.String(64), nullable=False),
)
sa.Table(
    "log",
    TABLES,
    sa.Column("meeting", sa.String(32), sa.ForeignKey("meeting.code"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("by", sa.String(80), nullable=False),
    sa.Column("command", sa.String(64), nullable=False),
    sa.Column("line", sa.Text, nullable=False),
    sa.Column("seal", sa.String(64), nullable=False),
    sa.Index("ix_log_command", "meeting", "command"),
)
sa.Table(
    "pulse",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", INSTANT, nullable=False),
)
sa.Table(
    "item_time",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("item", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("began_at", INSTANT),
    sa.Column("left_at", INSTANT),
    sa.Column("spent_seconds", sa.Integer, nullable=False),
    sa.Column("added_seconds", sa.Integer, nullable=False),
    sa.Column("skipped", sa.Boolean, nullable=False),
    sa.Column("skip_reason", sa.String, nullable=False),
)
sa.Table(
    "attendance",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("arrived_at", INSTANT, nullable=False),
)
sa.Table(
    "round",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("opened_at", INSTANT, nullable=False),
    sa.Column("closed_at", INSTANT),
    sa.Column("revealed_at", INSTANT),
    sa.Column("reopenings", sa.Integer, nullable=False),
)
sa.Table(
    "sheet",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("standing", sa.String(16), nullable=False),
    sa.Column("versions", sa.Integer, nullable=False),
    sa.Column("total", EXACT),
    sa.Column("receipt", sa.String, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("is_late", sa.Boolean, nullable=False),
)
sa.Table(
    "mark",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("criterion", sa.String(64), primary_key=True),
    sa.Column("points", EXACT, nullable=False),
)
sa.Table(
    "sheet_version",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("seat", sa.String(64), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("at", INSTANT, nullable=False),
    sa.Column("receipt", sa.String, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
)
sa.Table(
    "comment",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("comment", sa.String(64), primary_key=True),
    sa.Column("seat", sa.String(64), nullable=False),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("original", sa.Text, nullable=False),
    sa.Column("standing", sa.String(16), nullable=False),
    sa.Column("sent_at", INSTANT, nullable=False),
    sa.Column("released_at", INSTANT),
)
sa.Table(
    "result",
    TABLES,
    sa.Column("meeting", sa.String(32), primary_key=True),
    sa.Column("round", sa.String(64), primary_key=True),
    sa.Column("unit", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("score", EXACT),
    sa.Column("grade", sa.String, nullable=False),
    sa.Column("panel", sa.Integer, nullable=False),
    sa.Column("recused", sa.Integer, nullable=False),
    sa.Column("abstained", sa.Integer, nullable=False),
    sa.Column("void", sa.Integer, nullable=False),
    sa.Column("absent", sa.Integer, nullable=False),
    sa.Column("counted", sa.Integer, nullable=False),
)
