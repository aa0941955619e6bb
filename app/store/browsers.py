"""Which kinds of browsers have been at the doors: by what they say of themselves, no device and no person."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.rows import insert_into
from app.store.tables import BrowserRow, table_of


def note(connection: Connection, agent: str, now: datetime) -> None:
    """Note a kind of browser, or that it was here again."""
    table = table_of(BrowserRow)
    new = insert_into(table, connection.dialect).values(user_agent=agent, first_seen=now, last_seen=now)
    again = {"last_seen": new.excluded.last_seen}
    connection.execute(new.on_conflict_do_update(index_elements=["user_agent"], set_=again))


def seen(connection: Connection) -> list[str]:
    """What all that have been here say of themselves."""
    return list(connection.scalars(sa.select(table_of(BrowserRow).c.user_agent)))
