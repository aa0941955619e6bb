"""Seeds of draws: secret until the draw has ended, so they stand here and not in the log.

A seed is kept under its commitment before the draw is asked for. However often that is asked, and by whichever server,
the draw that came into the log finds its seed; the other seeds are nobody's.
"""

import json
import secrets

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.meeting.draw.events import DrawPrepared
from app.meeting.draw.lots import commitment_of
from app.store.tables import DrawRow, EntryRow, table_of

SEED_BYTES = 32


def new_seed(connection: Connection, meeting: str) -> str:
    """Make and keep a seed (64 hex digits, 256 random bits); returns the commitment to it."""
    seed = secrets.token_hex(SEED_BYTES)
    commitment = commitment_of(seed)
    row = {"meeting": meeting, "commitment": commitment, "seed": seed, "made_at": clock.now()}
    connection.execute(sa.insert(table_of(DrawRow)), [row])
    return commitment


def seed_of(connection: Connection, meeting: str) -> str:
    """The seed of the draw prepared last, by the log; empty if there was none, or its seed is not here."""
    entries, draws = table_of(EntryRow), table_of(DrawRow)
    prepared = sa.select(entries.c.line).filter_by(meeting=meeting, kind=DrawPrepared.__name__)
    line = connection.scalar(prepared.order_by(entries.c.seq.desc()).limit(1))
    if line is None:
        return ""
    commitment = json.loads(line)["data"]["commitment"]
    return connection.scalar(sa.select(draws.c.seed).filter_by(meeting=meeting, commitment=commitment)) or ""
