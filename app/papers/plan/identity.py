"""Knowing parts of a meeting again that came without an id: by their names.

Keys of seats and attachments of units hang on ids: a seat that is still called 专家2 must keep the id it had, even if a
line was put in before it; and another unit in the same line must not come by the papers of the one that stood there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.meeting.composites.agreed import Composite
from app.meeting.plan import AgendaItem, Plan, Rules, Seat
from app.papers.plan.joined_sheets import PARTS
from app.papers.plan.mistakes import Reading
from app.papers.plan.names import key
from app.papers.plan.references import PAIRED, Numbering, pair
from app.papers.plan.sheets import AGENDA, GROUPS, LEVELS, PANEL, RECUSALS, RUBRIC, UNITS

PREFIXES = {UNITS: "unit", AGENDA: "item", GROUPS: "group", PANEL: "seat", RUBRIC: "criterion", PARTS: "part"}
"""How made ids begin."""


def with_known_ids(before: Plan, reading: Reading) -> Reading:
    """A reading in which each part without an id of its own has the id that it had before."""
    plan = reading.plan
    if plan is None or not reading.made:
        return reading
    units = _renamed(UNITS, reading, before.units, plan.units)
    # Reports are known again by their units, so these come first.
    plan = _with_units(plan, units)
    items = _renamed(AGENDA, reading, before.agenda, plan.agenda)
    groups = _renamed(GROUPS, reading, before.groups, plan.groups)
    seats = _renamed(PANEL, reading, before.seats, plan.seats)
    criteria = _renamed(RUBRIC, reading, before.criteria, plan.criteria)
    parts = _renamed(PARTS, reading, before.composite.parts, plan.composite.parts)
    plan = replace(
        plan,
        agenda=tuple(replace(item, id=items[item.id]) for item in plan.agenda),
        groups=tuple(replace(group, id=groups[group.id]) for group in plan.groups),
        seats=tuple(replace(seat, id=seats[seat.id], group=groups.get(seat.group, seat.group)) for seat in plan.seats),
        rules=_with_groups(plan.rules, groups),
        criteria=tuple(replace(each, id=criteria[each.id]) for each in plan.criteria),
        composite=_with_parts(plan.composite, parts),
    )
    new = {UNITS: units, AGENDA: items, GROUPS: groups, PANEL: seats, RUBRIC: criteria, PARTS: parts}
    new |= {RECUSALS: seats | units, LEVELS: criteria}
    rows = {(sheet, _with_ids(id, new.get(sheet, {}))): row for (sheet, id), row in reading.rows.items()}
    return replace(reading, plan=plan, rows=rows)


def _with_groups(rules: Rules, ids: Mapping[str, str]) -> Rules:
    weights = {ids.get(group, group): weight for group, weight in rules.group_weights.items()}
    return replace(rules, group_weights=weights)


def _with_parts(composite: Composite, ids: Mapping[str, str]) -> Composite:
    return replace(composite, parts=tuple(replace(part, id=ids[part.id]) for part in composite.parts))


def _with_ids(key: str, ids: Mapping[str, str]) -> str:
    return pair(*(ids.get(id, id) for id in key.split(PAIRED)))


def _renamed(sheet: str, reading: Reading, before: Sequence[Any], now: Sequence[Any]) -> dict[str, str]:
    """The ids that these parts are to have, by the ids that they have."""
    renamed = {part.id: part.id for part in now if (sheet, part.id) not in reading.made}
    unknown = [part for part in now if part.id not in renamed]
    old = _by_name([part for part in before if part.id not in renamed.values()])
    for part in unknown:
        id = old.pop(_name_of(part), None)
        if id is not None:
            renamed[part.id] = id
    taken = {*renamed.values(), *(part.id for part in before)}
    numbering = Numbering(PREFIXES[sheet], taken | {part.id for part in now})
    for at, part in enumerate(now):
        if part.id not in renamed:
            renamed[part.id] = numbering.new(at) if part.id in taken else part.id
    return renamed


def _by_name(parts: Sequence[Any]) -> dict[str, str]:
    """Ids by name, without the names that stand several times."""
    names = [_name_of(part) for part in parts]
    return {name: part.id for name, part in zip(names, parts, strict=True) if names.count(name) == 1}


def _name_of(part: Any) -> str:
    if isinstance(part, AgendaItem):
        return f"unit {part.unit}" if part.unit else f"{part.kind} {key(part.title)}"
    return key(part.label if isinstance(part, Seat) else part.name)


def _with_units(plan: Plan, ids: Mapping[str, str]) -> Plan:
    def seat_of(seat: Seat) -> Seat:
        recusals = tuple(ids.get(unit, unit) for unit in seat.recusals)
        return replace(
            seat, recusals=recusals, reasons={ids.get(unit, unit): why for unit, why in seat.reasons.items()}
        )

    return replace(
        plan,
        units=tuple(replace(unit, id=ids[unit.id]) for unit in plan.units),
        agenda=tuple(
            replace(item, unit=None if item.unit is None else ids.get(item.unit, item.unit)) for item in plan.agenda
        ),
        seats=tuple(map(seat_of, plan.seats)),
    )
