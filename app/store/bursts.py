"""Bursts of ballots from equal browsers, as counts: how often there was one, and the largest. Nothing says whose."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.rows import the_own
from app.store.tables import BurstRow, table_of

_BURSTS = table_of(BurstRow)


@dataclass(frozen=True, slots=True)
class Bursts:
    """``largest``: so many of ``among`` so many ballots came from equal browsers."""

    times: int = 0
    largest: int = 0
    among: int = 0

    def and_then(self, later: "Bursts") -> "Bursts":
        """Both together."""
        larger = later if later.largest > self.largest else self
        return Bursts(self.times + later.times, larger.largest, larger.among)


NO_BURSTS = Bursts()


def add(connection: Connection, more: Mapping[str, Bursts]) -> None:
    """By meeting."""
    for meeting, bursts in sorted(more.items()):
        row = the_own(connection, _BURSTS, {"meeting": meeting, "times": 0, "largest": 0, "among": 0})
        both = Bursts(row.times, row.largest, row.among).and_then(bursts)
        of = {"times": both.times, "largest": both.largest, "among": both.among}
        connection.execute(sa.update(_BURSTS).where(_BURSTS.c.meeting == meeting).values(**of))


def bursts_of(connection: Connection, meeting: str) -> Bursts:
    row = connection.execute(sa.select(_BURSTS).where(_BURSTS.c.meeting == meeting)).one_or_none()
    return Bursts(row.times, row.largest, row.among) if row else NO_BURSTS
