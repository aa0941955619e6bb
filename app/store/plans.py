"""Plans as set-up rows: edited freely until the meeting opens, then copied into the log."""

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.meeting.composites.agreed import Composite
from app.meeting.moments import Words
from app.meeting.plan import (
    PRESETS,
    AgendaItem,
    Attachment,
    Group,
    ItemKind,
    Mode,
    Order,
    Plan,
    Rules,
    Seat,
    Segment,
    SegmentKind,
    Unit,
)
from app.meeting.promises.agreed import Previous, Promise
from app.meeting.refusals import Refused, Said, refuse_if
from app.meeting.rubric import Criterion, Level
from app.store import cells, contents, keys, log, persons
from app.store.database import DatabaseUnusable
from app.store.keys import Role
from app.store.tables import (
    AgendaItemRow,
    AttachmentRow,
    CriterionRow,
    EditionRow,
    LevelRow,
    MeetingRow,
    PanelGroupRow,
    RecusalRow,
    SeatRow,
    SegmentRow,
    UnitRow,
    table_of,
)

_PARTS: tuple[type[SQLModel], ...] = (
    UnitRow,
    AttachmentRow,
    PanelGroupRow,
    SeatRow,
    RecusalRow,
    AgendaItemRow,
    SegmentRow,
    CriterionRow,
    LevelRow,
    EditionRow,
)


def save(connection: Connection, plan: Plan) -> None:
    """Write a plan's rows in place of any older ones; a new meeting also gets its empty log."""
    meetings = table_of(MeetingRow)
    position = connection.scalar(sa.select(meetings.c.position).where(meetings.c.code == plan.code))
    is_new = position is None
    if is_new:
        position = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(meetings.c.position) + 1, 0)))
        connection.execute(sa.insert(meetings), [_meeting_row(plan, position)])
        log.start(connection, plan.code)
    else:
        connection.execute(sa.update(meetings).where(meetings.c.code == plan.code), [_meeting_row(plan, position)])
    for model in _PARTS:
        table = table_of(model)
        connection.execute(sa.delete(table).where(table.c.meeting == plan.code))
    for part, rows in _rows(plan).items():
        if rows:
            connection.execute(sa.insert(table_of(part)), rows)


def change(connection: Connection, code: str, changed: Callable[[Plan], Plan], by: keys.Hand = keys.SET_UP) -> Plan:
    """The one way by which a plan in preparation becomes another one. Returns what it has become.

    Keys of seats and units that are gone open nothing any more, revoked ``by``; their people, and papers that are gone,
    are forgotten.
    Raises Refused (``meeting.unknown``, ``setup.frozen`` once the meeting has been opened) and whatever ``changed``
    refuses by.
    """
    log.locked_tail(connection, code)  # whoever opens it at this moment comes first
    refuse_if(log.has_been_opened(connection, code), "setup.frozen")
    before = the_plan(connection, code)
    after = changed(before)
    save(connection, after)
    contents.forget_unused(connection, _contents_of(before) - _contents_of(after))
    persons.forget_others(connection, after)
    for role, gone in ((Role.SEAT, _gone(before.seats, after.seats)), (Role.UNIT, _gone(before.units, after.units))):
        for of in gone:
            keys.revoke(connection, code, role, of, by)
    return after


def _gone(before: Iterable[Seat | Unit], after: Iterable[Seat | Unit]) -> list[str]:
    return sorted({each.id for each in before} - {each.id for each in after})


def _contents_of(plan: Plan) -> set[str]:
    return {each.sha256 for unit in plan.units for each in unit.attachments}


def the_plan(connection: Connection, code: str) -> Plan:
    """As ``load``, but Refused (``meeting.unknown``) if there is no such meeting."""
    try:
        return load(connection, code)
    except KeyError:
        raise Refused("meeting.unknown") from None


def load(connection: Connection, code: str) -> Plan:
    """The plan of a meeting as its rows say.

    Raises KeyError if there is no such meeting, DatabaseUnusable with the place if one of its rows cannot be read.
    """
    try:
        return _load(connection, code)
    except (ValueError, TypeError, ArithmeticError, sa.exc.DBAPIError):
        place = next(unreadable(connection, code), None)
        if place is None:
            raise
        raise DatabaseUnusable("database.unreadable", place=(place,)) from None


def unreadable(connection: Connection, code: str) -> Iterator[Said]:
    """The rows of a plan that cannot be read, by table, row and column."""
    models: tuple[type[SQLModel], ...] = (MeetingRow, *_PARTS)
    for table in map(table_of, models):
        for _, row in cells.read(connection, table, code, _READERS.get(table.name)):
            if isinstance(row, Said):
                yield row


def _load(connection: Connection, code: str) -> Plan:
    meetings = table_of(MeetingRow)
    meeting = connection.execute(sa.select(meetings).where(meetings.c.code == code)).one_or_none()
    if meeting is None:
        raise KeyError(code)
    read = _Reader(connection, code)
    return Plan(
        code=meeting.code,
        title=meeting.title,
        starts_at=meeting.starts_at,
        mode=Mode(meeting.mode),
        units=read.units(),
        seats=read.seats(),
        agenda=read.agenda(),
        criteria=read.criteria(),
        rules=msgspec.json.decode(meeting.rules, type=Rules),
        place=meeting.place,
        organisers=tuple(json.loads(meeting.organisers)),
        order=Order(meeting.order),
        invited_only=meeting.invited_only,
        rehearsal_of=meeting.rehearsal_of,
        words=msgspec.json.decode(meeting.words, type=tuple[Words, ...]),
        groups=read.groups(),
        composite=msgspec.json.decode(meeting.composite, type=Composite),
        previous=msgspec.json.decode(meeting.previous, type=Previous),
    )


_READERS: Mapping[str, cells.Readers] = {
    "meeting": {
        "mode": Mode,
        "order": Order,
        "rules": lambda text: msgspec.json.decode(text, type=Rules),
        "organisers": json.loads,
        "words": lambda text: msgspec.json.decode(text, type=tuple[Words, ...]),
        "composite": lambda text: msgspec.json.decode(text, type=Composite),
        "previous": lambda text: msgspec.json.decode(text, type=Previous),
        "starts_at": lambda at: at.utcoffset(),
    },
    "unit": {"promises": lambda text: msgspec.json.decode(text, type=tuple[Promise, ...])},
    "agenda_item": {"kind": ItemKind},
    "segment": {"kind": SegmentKind, "seconds": lambda seconds: timedelta(seconds=seconds)},
}


def codes(connection: Connection) -> list[str]:
    meetings = table_of(MeetingRow)
    return list(connection.scalars(sa.select(meetings.c.code).order_by(meetings.c.position)))


def edition(connection: Connection, code: str) -> str:
    """A word that is another one after each ``save``."""
    written = table_of(EditionRow)
    return connection.scalar(sa.select(written.c.edition).where(written.c.meeting == code)) or ""


def _meeting_row(plan: Plan, position: int | None) -> dict[str, Any]:
    return {
        "code": plan.code,
        "position": position,
        "title": plan.title,
        "place": plan.place,
        "organisers": json.dumps(plan.organisers, ensure_ascii=False),
        "starts_at": plan.starts_at,
        "mode": plan.mode,
        "rules": msgspec.json.encode(plan.rules, order="sorted").decode(),
        "order": plan.order,
        "invited_only": plan.invited_only,
        "rehearsal_of": plan.rehearsal_of,
        "words": msgspec.json.encode(plan.words).decode(),
        "composite": msgspec.json.encode(plan.composite, order="sorted").decode(),
        "previous": msgspec.json.encode(plan.previous, order="sorted").decode(),
    }


Rows = dict[type[SQLModel], list[dict[str, Any]]]


def _rows(plan: Plan) -> Rows:
    edition: Rows = {EditionRow: [{"edition": secrets.token_hex(8)}]}
    rows = edition | _rows_of_units(plan) | _rows_of_panel(plan) | _rows_of_agenda(plan) | _rows_of_rubric(plan)
    return {model: [{"meeting": plan.code, **row} for row in some] for model, some in rows.items()}


def _rows_of_units(plan: Plan) -> Rows:
    return {
        UnitRow: [
            {
                "id": unit.id,
                "position": at,
                "name": unit.name,
                "short_name": unit.short_name,
                "office": unit.office,
                "reading": unit.reading,
                "of_class": unit.of_class,
                "promises": msgspec.json.encode(unit.promises).decode(),
            }
            for at, unit in enumerate(plan.units)
        ],
        AttachmentRow: [
            {
                "id": each.id,
                "unit": unit.id,
                "position": at,
                "name": each.name,
                "size": each.size,
                "sha256": each.sha256,
            }
            for unit in plan.units
            for at, each in enumerate(unit.attachments)
        ],
    }


def _rows_of_panel(plan: Plan) -> Rows:
    return {
        PanelGroupRow: [{"id": each.id, "position": at, "name": each.name} for at, each in enumerate(plan.groups)],
        SeatRow: [
            {"id": seat.id, "position": at, "label": seat.label, "group": seat.group}
            for at, seat in enumerate(plan.seats)
        ],
        RecusalRow: [
            {"seat": seat.id, "unit": unit, "position": at, "reason": seat.reasons.get(unit, "")}
            for seat in plan.seats
            for at, unit in enumerate(seat.recusals)
        ],
    }


def _rows_of_agenda(plan: Plan) -> Rows:
    return {
        AgendaItemRow: [
            {"id": item.id, "position": at, "kind": item.kind, "title": item.title, "unit": item.unit}
            for at, item in enumerate(plan.agenda)
        ],
        SegmentRow: [
            {
                "item": item.id,
                "position": at,
                "kind": segment.kind,
                "seconds": int(segment.planned.total_seconds()),
            }
            for item in plan.agenda
            for at, segment in enumerate(item.segments)
        ],
    }


def _rows_of_rubric(plan: Plan) -> Rows:
    return {
        CriterionRow: [
            {
                "id": each.id,
                "position": at,
                "name": each.name,
                "minimum": each.minimum,
                "maximum": each.maximum,
                "step": each.step,
                "weight": each.weight,
                "help": each.help,
            }
            for at, each in enumerate(plan.criteria)
        ],
        LevelRow: [
            {
                "criterion": criterion.id,
                "position": at,
                "points": level.points,
                "name": level.name,
                "approving": level.approving,
            }
            for criterion in plan.criteria
            for at, level in enumerate(criterion.levels)
        ],
    }


class _Reader:
    """The rows of one meeting's plan, in their order."""

    def __init__(self, connection: Connection, code: str) -> None:
        self._connection = connection
        self._code = code

    def rows(self, model: type[SQLModel]) -> Sequence[Any]:
        table = table_of(model)
        query = sa.select(table).where(table.c.meeting == self._code).order_by(table.c.position)
        return self._connection.execute(query).all()

    def units(self) -> tuple[Unit, ...]:
        attachments = _grouped(self.rows(AttachmentRow), "unit")
        return tuple(_unit(row, attachments[row.id]) for row in self.rows(UnitRow))

    def groups(self) -> tuple[Group, ...]:
        return tuple(Group(row.id, row.name) for row in self.rows(PanelGroupRow)) or PRESETS

    def seats(self) -> tuple[Seat, ...]:
        recusals = _grouped(self.rows(RecusalRow), "seat")
        return tuple(_seat(row, recusals[row.id]) for row in self.rows(SeatRow))

    def agenda(self) -> tuple[AgendaItem, ...]:
        segments = _grouped(self.rows(SegmentRow), "item")
        return tuple(
            AgendaItem(row.id, ItemKind(row.kind), row.title, tuple(map(_segment, segments[row.id])), row.unit)
            for row in self.rows(AgendaItemRow)
        )

    def criteria(self) -> tuple[Criterion, ...]:
        levels = _grouped(self.rows(LevelRow), "criterion")
        return tuple(
            Criterion(
                row.id,
                row.name,
                row.maximum,
                row.minimum,
                row.step,
                row.weight,
                row.help,
                tuple(Level(each.points, each.name, each.approving) for each in levels[row.id]),
            )
            for row in self.rows(CriterionRow)
        )


def _unit(row: Any, attachments: Sequence[Any]) -> Unit:
    papers_of_unit = tuple(map(_attachment, attachments))
    promises = msgspec.json.decode(row.promises, type=tuple[Promise, ...])
    return Unit(row.id, row.name, row.short_name, row.office, papers_of_unit, row.reading, row.of_class, promises)


def _attachment(row: Any) -> Attachment:
    return Attachment(row.id, row.name, row.size, row.sha256)


def _seat(row: Any, recusals: Sequence[Any]) -> Seat:
    reasons = {each.unit: each.reason for each in recusals if each.reason}
    return Seat(row.id, row.label, row.group, tuple(each.unit for each in recusals), reasons)


def _segment(row: Any) -> Segment:
    return Segment(SegmentKind(row.kind), timedelta(seconds=row.seconds))


def _grouped(rows: Iterable[Any], by: str) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return groups
