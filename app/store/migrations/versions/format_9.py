"""Format 9: the contents of files that came in are called so; a paper is what Kaimen makes."""

from alembic.operations import Operations

revision = "format_9"
down_revision = "format_8"


def upgrade(op: Operations) -> None:
    op.rename_table("paper", "content")
