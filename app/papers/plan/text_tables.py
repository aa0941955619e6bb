"""What may stand in a plan's text file: its tables, their fields, and which of these are chosen from a list."""

from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from app.meeting.plan import (
    Criterion,
    GradeLine,
    ItemKind,
    Level,
    Plan,
    Preset,
    QuorumBy,
    Rules,
    Seat,
    SegmentKind,
    Unit,
)
from app.papers.plan.sheets import ALL


class ItemTable(msgspec.Struct):
    """An agenda line. Times are minutes; a presentation names a unit and its segments, any other item ``minutes``.

    ``segments`` in place of the minutes: where they come in another order, or are no round number of minutes.
    """

    id: str = ""
    kind: ItemKind = ItemKind.PRESENTATION
    title: str | None = None
    unit: str | None = None
    minutes: Decimal | None = None
    report: Decimal | None = None
    comments: Decimal | None = None
    reply: Decimal | None = None
    scoring: Decimal | None = None
    segments: tuple[dict[str, Any], ...] = ()


class SegmentTable(msgspec.Struct):
    kind: SegmentKind
    seconds: int


KNOWN: dict[type, frozenset[str]] = {
    Plan: frozenset(each.name for each in fields(Plan)),
    Unit: frozenset({"id", "name", "short_name", "office", "reading"}),
    ItemTable: frozenset(ItemTable.__struct_fields__),
    SegmentTable: frozenset(SegmentTable.__struct_fields__),
    Rules: frozenset(each.name for each in fields(Rules)) - {"quorum_parts"},
    **{kind: frozenset(each.name for each in fields(kind)) for kind in (Seat, Criterion, Level, GradeLine)},
}
"""What may be said of each part: a misspelt word must not be passed over."""

CHOICES: dict[str, type[StrEnum]] = {
    **{each.field: each.content.kind for columns in ALL.values() for each in columns if each.content.kind},
    "quorum_by": QuorumBy,
    "group_weights": Preset,
}
