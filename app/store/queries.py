"""Questions to the database that belong to no one table's room."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.store.tables import PulseRow, table_of


def pulse(connection: Connection) -> None:
    """Write one row, to learn whether the record can be written."""
    pulses = table_of(PulseRow)
    connection.execute(sa.delete(pulses))
    connection.execute(sa.insert(pulses).values(id=1, at=clock.now()))
