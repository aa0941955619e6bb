"""What may stand in a plan's text file: its tables, their fields, and which of these are chosen from a list."""

import re
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from app.meeting.composites.agreed import Composite, CompositeGrade, Part
from app.meeting.plan import GradeLine, Group, ItemKind, Plan, QuorumBy, Rules, Seat, SegmentKind, Unit
from app.meeting.polls.agreed import Counts, OwnChoice
from app.meeting.refusals import Said
from app.meeting.rubric import Criterion, Level
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


SIMPLE: tuple[type, ...] = (Group, Seat, Criterion, Level, GradeLine, OwnChoice, Composite, Part, CompositeGrade)
KNOWN: dict[type, frozenset[str]] = {
    Plan: frozenset(each.name for each in fields(Plan)) - {"previous"},
    Unit: frozenset({"id", "name", "short_name", "office", "reading", "of_class"}),
    ItemTable: frozenset(ItemTable.__struct_fields__),
    SegmentTable: frozenset(SegmentTable.__struct_fields__),
    Rules: frozenset(each.name for each in fields(Rules)) - {"quorum_parts"},
    **{kind: frozenset(each.name for each in fields(kind)) for kind in SIMPLE},
}
"""What may be said of each part: a misspelt word must not be passed over."""

INSIDE: dict[type, dict[str, type]] = {
    Criterion: {"levels": Level},
    Rules: {"grades": GradeLine, "own_choices": OwnChoice},
    Composite: {"parts": Part, "grades": CompositeGrade},
}
"""What a part holds lists of."""

CHOICES: dict[str, type[StrEnum]] = {
    **{each.field: each.content.kind for columns in ALL.values() for each in columns if each.content.kind},
    "quorum_by": QuorumBy,
    "counts": Counts,
}


def choices_at(path: str) -> type[StrEnum]:
    name = re.sub(r"\[.*?\]$", "", path).rpartition(".")[2]
    return SegmentKind if ".segments" in path else CHOICES[name]


KINDS = {
    "str": "kind.text",
    "int": "kind.whole_number",
    "float": "kind.number",
    "decimal": "kind.number",
    "bool": "kind.yes_or_no",
    "array": "kind.list",
    "list": "kind.list",
    "object": "kind.table",
    "dict": "kind.table",
    "datetime": "kind.date_and_time",
    "date": "kind.date",
    "time": "kind.time",
}


def kind_in_words(name: str) -> tuple[Said, ...]:
    """What msgspec or Python calls a kind of value, in words; ``str | null`` is one of them."""
    return tuple(Said(KINDS.get(each, "kind.other")) for each in name.split(" | ") if each != "null")
