"""Events into read tables: what has changed in a meeting is written again, in the transaction that logs the events.

A meeting's parts are frozen and shared between a meeting and the one after it, so a part that is the same object has
not changed. ``rebuild`` writes every part; both use the same rows, and a test holds them against each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.meeting.comments.state import Comment
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.polls.state import Poll
from app.meeting.refusals import Said
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.reckoning import result_of
from app.meeting.sheets.state import Sheet
from app.store import cells
from app.store.tables import (
    READ_TABLES,
    AttendanceRow,
    CommentRow,
    FindingRow,
    ItemTimeRow,
    MarkRow,
    PollRow,
    ResultRow,
    RoundRow,
    SheetRow,
    VersionRow,
    table_of,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The rows of one part: whatever stands under ``key`` gives way to ``rows``."""

    table: type[SQLModel]
    key: Row
    rows: tuple[Row, ...]


def project(connection: Connection, before: Meeting | None, after: Meeting) -> None:
    """Bring the read tables from one state of a meeting to the next; ``before`` None writes everything."""
    _carry_out(connection, _rewrites(before, after))


def _carry_out(connection: Connection, rewrites: Iterable[Rewrite]) -> None:
    by_shape: dict[tuple[type[SQLModel], tuple[str, ...]], list[Rewrite]] = defaultdict(list)
    for rewrite in rewrites:
        by_shape[rewrite.table, tuple(rewrite.key)].append(rewrite)
    for (model, columns), alike in by_shape.items():
        delete, insert = _statements(model, columns)
        keys = [{f"key_{column}": value for column, value in each.key.items()} for each in alike]
        connection.execute(delete, keys)
        rows = [row for each in alike for row in each.rows]
        if rows:
            connection.execute(insert, rows)


@lru_cache
def _statements(model: type[SQLModel], columns: tuple[str, ...]) -> tuple[sa.Delete, sa.Insert]:
    """Made once: building a statement anew costs SQLAlchemy more than executing it."""
    table = table_of(model)
    matches = [table.c[column] == sa.bindparam(f"key_{column}") for column in columns]
    return sa.delete(table).where(*matches), sa.insert(table)


def rebuild(connection: Connection, meeting: Meeting) -> None:
    """Write the read tables of a meeting anew from its folded log."""
    write(connection, meeting, READ_TABLES)


def write(connection: Connection, meeting: Meeting, models: Collection[type[SQLModel]]) -> None:
    """Likewise some of them."""
    for model in models:
        table = table_of(model)
        connection.execute(sa.delete(table).where(table.c.meeting == meeting.plan.code))
    _carry_out(connection, (each for each in _rewrites(None, meeting) if each.table in models))


def differences(connection: Connection, meeting: Meeting) -> list[Said]:
    """The rows of read tables that do not say what the folded log says; empty when all agree."""
    expected: dict[type[SQLModel], list[Row]] = defaultdict(list)
    for rewrite in _rewrites(None, meeting):
        expected[rewrite.table] += rewrite.rows
    found: list[Said] = []
    for model in READ_TABLES:
        table = table_of(model)
        primary = [column.name for column in table.primary_key]
        actual = dict(cells.read(connection, table, meeting.plan.code))
        unreadable = [row for row in actual.values() if isinstance(row, Said)]
        found += unreadable
        if any(row.facts["row"] == "?" for row in unreadable):
            continue
        wanted = {tuple(row[name] for name in primary): row for row in expected[model]}
        found += [
            Said("fault.table", {"table": table.name, "row": "/".join(map(str, key))})
            for key in sorted(actual.keys() | wanted.keys(), key=str)
            if actual.get(key) != wanted.get(key) and not isinstance(actual.get(key), Said)
        ]
    return found


def _rewrites(before: Meeting | None, after: Meeting) -> Iterator[Rewrite]:
    yield from _items(before, after)
    yield from _attendance(before, after)
    yield from _polls(before, after)
    for id, round in after.rounds.items():
        old = before.rounds.get(id) if before else None
        if round is not old:
            yield from _round(after, old, round)
    for id in (before.rounds.keys() if before else set()) - after.rounds.keys():
        yield from _no_round(after, id)
    for id, comment in after.comments.items():
        if before is None or before.comments.get(id) is not comment:
            yield _comment(after, comment)
    yield from _findings(before, after)


def _items(before: Meeting | None, after: Meeting) -> Iterator[Rewrite]:
    if after.opened_at is None:  # the agenda is still the set-up's matter
        return
    same_order = before is not None and before.agenda.order == after.agenda.order
    for position, item in enumerate(after.agenda.order):
        run = after.agenda.runs[item]
        if before is not None and same_order and before.agenda.runs.get(item) is run:
            continue
        row = {
            "meeting": after.plan.code,
            "item": item,
            "position": position,
            "began_at": run.began_at,
            "left_at": run.left_at,
            "spent_seconds": int(sum(part.total_seconds() for part in run.spent)),
            "added_seconds": int(sum(part.total_seconds() for part in run.added)),
            "skipped": run.skipped,
            "skip_reason": run.skip_reason,
        }
        yield Rewrite(ItemTimeRow, {"meeting": after.plan.code, "item": item}, (row,))


def _attendance(before: Meeting | None, after: Meeting) -> Iterator[Rewrite]:
    was = before.panel.arrivals if before else {}
    if was is after.panel.arrivals:
        return
    for seat in was.keys() | after.panel.arrivals.keys():
        arrived_at = after.panel.arrivals.get(seat)
        if arrived_at != was.get(seat):
            key = {"meeting": after.plan.code, "seat": seat}
            yield Rewrite(AttendanceRow, key, ({**key, "arrived_at": arrived_at},) if arrived_at else ())


def _polls(before: Meeting | None, after: Meeting) -> Iterator[Rewrite]:
    for id, poll in after.polls.items():
        if before is None or before.polls.get(id) is not poll:
            key = {"meeting": after.plan.code, "poll": id}
            yield Rewrite(PollRow, key, ({**key, **_poll_row(poll)},))


def _poll_row(poll: Poll) -> Row:
    return {
        "unit": poll.unit,
        "number": poll.number,
        "opened_at": poll.opened_at,
        "closed_at": poll.closed_at,
        "shown_at": poll.shown_at,
        "withdrawn_at": poll.withdrawn_at,
        "ballots": poll.count.total if poll.count else 0,
        "digest": poll.count.of_ballots if poll.count else "",
    }


def _round(meeting: Meeting, old: Round | None, round: Round) -> Iterator[Rewrite]:
    key = {"meeting": meeting.plan.code, "round": round.id}
    row = _round_row(key, round)
    if old is None or _round_row(key, old) != row:
        yield Rewrite(RoundRow, key, (row,))
    for seat, sheet in round.sheets.items():
        before = old.sheets.get(seat) if old else None
        if sheet is not before:
            yield from _sheet(meeting, round, before, sheet)
    if old is None or not (old.is_open and round.is_open):
        yield Rewrite(ResultRow, key, () if round.is_open else (_result(meeting, round),))


def _round_row(key: Row, round: Round) -> Row:
    return {
        **key,
        "unit": round.unit,
        "opened_at": round.opened_at,
        "closed_at": round.closed_at,
        "revealed_at": round.revealed_at,
        "reopenings": len(round.reopenings),
    }


def _no_round(meeting: Meeting, id: str) -> Iterator[Rewrite]:
    for model in (RoundRow, SheetRow, MarkRow, VersionRow, ResultRow):
        yield Rewrite(model, {"meeting": meeting.plan.code, "round": id}, ())


def _sheet(meeting: Meeting, round: Round, old: Sheet | None, sheet: Sheet) -> Iterator[Rewrite]:
    """A mark on a tablet changes marks alone, and it is the commonest of all that happens."""
    key = {"meeting": meeting.plan.code, "round": round.id, "seat": sheet.seat}
    row = _sheet_row(meeting, key, sheet)
    if old is None or _sheet_row(meeting, key, old) != row:
        yield Rewrite(SheetRow, key, (row,))
    marks = {0: sheet.marks, **{version.number: version.marks for version in sheet.versions}}
    yield Rewrite(
        MarkRow,
        key,
        tuple(
            {**key, "version": number, "criterion": criterion, "points": points}
            for number, each in marks.items()
            for criterion, points in each.items()
        ),
    )
    if old is not None and old.versions == sheet.versions:
        return
    yield Rewrite(
        VersionRow,
        key,
        tuple(
            {
                **key,
                "version": version.number,
                "at": version.at,
                "receipt": version.receipt,
                "author": version.correction.author if version.correction else "",
                "reason": version.correction.reason if version.correction else "",
            }
            for version in sheet.versions
        ),
    )


def _sheet_row(meeting: Meeting, key: Row, sheet: Sheet) -> Row:
    current = sheet.current
    return {
        **key,
        "standing": sheet.standing,
        "versions": len(sheet.versions),
        "total": total_of(meeting.plan, current.marks) if current else None,
        "receipt": current.receipt if current else "",
        "reason": sheet.reason,
        "is_late": sheet.late is not None,
    }


def _comment(meeting: Meeting, comment: Comment) -> Rewrite:
    key = {"meeting": meeting.plan.code, "comment": comment.id}
    row = {
        **key,
        "seat": comment.seat,
        "unit": comment.unit,
        "kind": comment.kind,
        "text": comment.text,
        "original": comment.original,
        "standing": comment.standing,
        "sent_at": comment.sent_at,
        "released_at": comment.released_at,
    }
    return Rewrite(CommentRow, key, (row,))


def _findings(before: Meeting | None, after: Meeting) -> Iterator[Rewrite]:
    known = before.findings.by_id if before else {}
    if known is after.findings.by_id:
        return
    for id, finding in after.findings.by_id.items():
        if known.get(id) is not finding:
            key = {"meeting": after.plan.code, "finding": id}
            yield Rewrite(FindingRow, key, ({**key, **_finding_row(finding)},))


def _finding_row(finding: Finding) -> Row:
    return {
        "unit": finding.unit,
        "number": finding.number,
        "kind": finding.kind,
        "criterion": finding.criterion,
        "text": finding.text,
        "standing": finding.standing,
        "drafted_at": finding.drafted_at,
        "handed_over_on": finding.handed_over_on,
        "first_due": finding.deadlines.rectification if finding.deadlines else None,
        "due": finding.due,
        "checkpoint": finding.checkpoint,
        "asked_on": finding.asked_on,
        "notice_until": finding.notice_until,
        "struck_off_on": finding.struck_off_on,
        "look_back_on": finding.look_back_on,
        "looked_back_on": finding.looked_back_on,
        "returns": finding.returns,
        "reopenings": finding.reopenings,
        "extensions": finding.granted_extensions,
        "proofs": len(finding.standing_proofs),
        "objections": len(finding.objections),
    }


def _result(meeting: Meeting, round: Round) -> Row:
    result = result_of(meeting, round)
    turnout = result.turnout
    return {
        "meeting": meeting.plan.code,
        "round": round.id,
        "unit": round.unit,
        "outcome": result.outcome,
        "score": result.score,
        "grade": result.grade,
        "panel": turnout.panel,
        "recused": turnout.recused,
        "abstained": turnout.abstained,
        "void": turnout.void,
        "absent": turnout.absent,
        "counted": turnout.counted,
    }
