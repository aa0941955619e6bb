"""Corrections that were asked for and refused: who asked, when, for whose sheet, and why it was declined.

They are no part of the log, for nothing happened; but whoever tries sheets out is to be seen by the supervisor. What
was asked for is not kept: no mark stands here. The same refusal again is counted, so that nobody fills a disk.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.store.tables import RefusedCorrectionRow, table_of

CORRECTIONS = (c.CorrectSheet, c.VoidSheet, c.AcceptLateSheet)


@dataclass(frozen=True, slots=True)
class RefusedCorrection:
    """``command`` is what was asked for (``CorrectSheet``); ``round`` and ``seat`` are empty where there is none."""

    command: str
    round: str
    seat: str
    by: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The same refusal, however often: when it was first given, when last."""

    refused: RefusedCorrection
    last_at: datetime
    times: int


def refused_correction(
    meeting: Meeting, command: c.Command, by: str, refused: Refused, at: datetime
) -> RefusedCorrection | None:
    """What is to be noted of a refused command: nothing, if it is no correction."""
    if not isinstance(command, CORRECTIONS):
        return None
    # Only what there is: somebody's own words in place of an id are not kept.
    round = command.round if command.round in meeting.agenda.runs else ""
    seat = command.seat if any(each.id == command.seat for each in meeting.plan.seats) else ""
    return RefusedCorrection(type(command).__name__, round, seat, by, refused.code, at)


def note(connection: Connection, meeting: str, refused: RefusedCorrection) -> None:
    table = table_of(RefusedCorrectionRow)
    key = {"meeting": meeting, "command": refused.command, "round": refused.round, "seat": refused.seat}
    key |= {"by": refused.by, "code": refused.code}
    again = sa.update(table).filter_by(**key).values(last_at=refused.at, times=table.c.times + 1)
    if connection.execute(again).rowcount == 0:
        connection.execute(sa.insert(table), [{**key, "first_at": refused.at, "last_at": refused.at, "times": 1}])


def listed(connection: Connection, meeting: str) -> list[Told]:
    """All there were in a meeting, in the order in which each was given first."""
    table = table_of(RefusedCorrectionRow)
    rows = connection.execute(sa.select(table).filter_by(meeting=meeting))
    told = [
        Told(
            RefusedCorrection(row.command, row.round, row.seat, row.by, row.code, row.first_at), row.last_at, row.times
        )
        for row in rows
    ]
    return sorted(told, key=lambda each: each.refused.at)
