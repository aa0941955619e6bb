"""A meeting as one text file (.toml): read it into a plan."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from app.meeting.plan import (
    AgendaItem,
    Criterion,
    ItemKind,
    Mode,
    Plan,
    Rules,
    Seat,
    Segment,
    SegmentKind,
    Unit,
    shortcomings,
)
from app.meeting.refusals import Said, sentence_of

SHIPPED = Path(__file__).parent / "shipped"
ORDER_OF_SEGMENTS = (SegmentKind.REPORT, SegmentKind.COMMENTS, SegmentKind.REPLY, SegmentKind.SCORING)


class Unreadable(Exception):
    """A file that is no meeting; the message says where and why."""


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """An agenda line. Times are minutes; a presentation names a unit and its segments, any other item ``minutes``."""

    id: str = ""
    kind: ItemKind = ItemKind.PRESENTATION
    title: str = ""
    unit: str | None = None
    minutes: Decimal | None = None
    report: Decimal | None = None
    comments: Decimal | None = None
    reply: Decimal | None = None
    scoring: Decimal | None = None

    def segments(self) -> Iterator[Segment]:
        if self.minutes is not None:
            yield Segment(SegmentKind.WHOLE, _minutes(self.minutes))
        for kind in ORDER_OF_SEGMENTS:
            minutes: Decimal | None = getattr(self, kind)
            if minutes is not None:
                yield Segment(kind, _minutes(minutes))


class _File(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    title: str
    starts_at: datetime
    mode: Mode
    agenda: list[_Line]
    seats: tuple[Seat, ...]
    units: tuple[Unit, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    rules: Rules = Rules()
    place: str = ""
    organisers: tuple[str, ...] = ()


def read_plan(text: str) -> Plan:
    """The plan in a .toml text. Raises Unreadable if it is not one, or could not be opened as a meeting."""
    try:
        file = msgspec.convert(_parsed(text), _File)
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)) from error
    names = {unit.id: unit.short_name for unit in file.units}
    plan = Plan(
        code=file.code,
        title=file.title,
        starts_at=file.starts_at,
        mode=file.mode,
        units=file.units,
        seats=file.seats,
        agenda=tuple(_item(line, at, names) for at, line in enumerate(file.agenda, start=1)),
        criteria=file.criteria,
        rules=file.rules,
        place=file.place,
        organisers=file.organisers,
    )
    wrong = [sentence_of(Said(each.code, {"where": each.where})) for each in shortcomings(plan)]
    if wrong:
        raise Unreadable("; ".join(wrong))
    return plan


def shipped_plans() -> list[Plan]:
    """The meetings that come with Kaimen."""
    return [read_plan(path.read_text("utf-8")) for path in sorted(SHIPPED.glob("*.toml"), key=_demo_first)]


def _demo_first(path: Path) -> tuple[bool, str]:
    return path.stem != "demo", path.stem


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(str(error)) from error


def _item(line: _Line, at: int, names: dict[str, str]) -> AgendaItem:
    id = line.id or (f"report-{line.unit}" if line.unit else f"item-{at}")
    title = line.title or names.get(line.unit or "", "")
    return AgendaItem(id, line.kind, title, tuple(line.segments()), line.unit)


def _minutes(minutes: Decimal) -> timedelta:
    return timedelta(seconds=int(minutes * 60))
