"""Rehearsals: copies of a meeting under a code of their own, which can be thrown away. Nothing goes back or forth.

A copy has the plan as it is set up now, an empty log and no key. What is thrown away leaves no row behind but the
number it had: no later rehearsal gets its code, so that what still waits on a device for the old one never reaches a
new one.
"""

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.meeting.codes import LONGEST_CODE
from app.meeting.plan import Plan
from app.meeting.refusals import refuse_if, refuse_unless
from app.store import contents, keys, log, plans
from app.store.tables import AttachmentRow, MeetingRow, ProofRow, RehearsalCountRow, table_of


def copy_of(plan: Plan, number: int) -> Plan:
    """The plan of a meeting's ``number``-th rehearsal: all as it is, but for the code (``demo-r1``) and the mark."""
    suffix = f"-r{number}"
    return replace(plan, code=plan.code[: LONGEST_CODE - len(suffix)] + suffix, rehearsal_of=plan.code)


def make(connection: Connection, code: str) -> Plan:
    """Make a rehearsal of a meeting; returns its plan. Raises Refused for a rehearsal or an unknown meeting."""
    plan = plans.the_plan(connection, code)
    refuse_if(plan.is_rehearsal, "rehearsal.of_rehearsal")
    taken = set(plans.codes(connection))
    copy = copy_of(plan, _next_number(connection, code))
    while copy.code in taken:  # a meeting that somebody has named like that
        copy = copy_of(plan, _next_number(connection, code))
    plans.save(connection, copy)
    return copy


def throw_away(connection: Connection, code: str) -> None:
    """Delete all there is of a rehearsal. Raises Refused for a real meeting, or one that does not exist."""
    log.locked_tail(connection, code)  # whoever writes to it at this moment comes first
    refuse_unless(plans.the_plan(connection, code).is_rehearsal, "meeting.not_a_rehearsal")
    erase(connection, code)


def erase(connection: Connection, code: str) -> None:
    """Delete every row of a meeting, and the contents of attachments and proofs that no other has.

    How many rehearsals it had stays: no later one gets the code of an earlier, which a device may still know.
    """
    handed_in = _contents_of(connection, code)
    keys.bury(connection, code)
    for table in reversed(SQLModel.metadata.sorted_tables):
        if "meeting" in table.columns and table is not table_of(RehearsalCountRow):
            connection.execute(sa.delete(table).where(table.c.meeting == code))
    meetings = table_of(MeetingRow)
    connection.execute(sa.delete(meetings).where(meetings.c.code == code))
    contents.forget_unused(connection, handed_in)


def codes_of(connection: Connection, code: str) -> list[str]:
    """The rehearsals there are of a meeting, oldest first."""
    meetings = table_of(MeetingRow)
    query = sa.select(meetings.c.code).where(meetings.c.rehearsal_of == code).order_by(meetings.c.position)
    return list(connection.scalars(query))


def _next_number(connection: Connection, code: str) -> int:
    counts = table_of(RehearsalCountRow)
    last = connection.scalar(sa.select(counts.c.last).where(counts.c.meeting == code).with_for_update())
    if last is None:
        connection.execute(sa.insert(counts).values(meeting=code, last=1))
        return 1
    connection.execute(sa.update(counts).where(counts.c.meeting == code).values(last=last + 1))
    return int(last) + 1


def _contents_of(connection: Connection, code: str) -> set[str]:
    users = (table_of(AttachmentRow), table_of(ProofRow))
    return {
        sha256
        for each in users
        for sha256 in connection.scalars(sa.select(each.c.sha256).where(each.c.meeting == code))
    }
