"""A plan as one text file (.toml), laid out as a person would: one line for each unit, seat and agenda item."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.meeting.composites.agreed import NO_COMPOSITE, Composite, CompositeGrade, Part
from app.meeting.plan import PRESETS, AgendaItem, Group, Plan, Rules, Seat, Segment, Unit
from app.meeting.polls.agreed import OwnChoice
from app.meeting.rubric import Criterion
from app.meeting.shortcomings import field_of
from app.papers.plan.quorums import share_in
from app.papers.plan.segments import fit_columns
from app.papers.plan.sheets import ENTRIES, MEETING, RULES

_HALF_MINUTE = timedelta(seconds=30)


def write_text(plan: Plan) -> str:
    """A plan as a .toml text, from which ``read_text`` makes the same plan; attachments are not in it."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    for column in ENTRIES[MEETING]:
        if hasattr(plan, column.field) and (getattr(plan, column.field) or not column.is_rare):
            yield f"{column.field} = {_value(getattr(plan, column.field))}"
    names = {unit.id: unit.short_name for unit in plan.units}
    yield from _list("units", map(_unit, plan.units))
    if plan.groups != PRESETS:
        yield from _list("groups", map(_group, plan.groups))
    yield from _list("seats", map(_seat, plan.seats))
    yield ""
    yield "# Minutes, or segments with seconds. A presentation has report, comments, reply, scoring, as far as named."
    yield from _list("agenda", (_item(item, names) for item in plan.agenda))[1:]
    yield from _list("criteria", map(_criterion, plan.criteria))
    yield "\n[rules]"
    yield from _rules(plan.rules)
    if plan.composite != NO_COMPOSITE:
        yield "\n[composite]"
        yield from _composite(plan.composite)
    if plan.words:
        yield "\n[words]"
        yield from (f"{each.moment} = {_value(each.text)}" for each in plan.words)


def _list(name: str, tables: Iterable[Mapping[str, Any]]) -> list[str]:
    rows = [f"    {_value(table)}," for table in tables]
    return ["", f"{name} = [", *rows, "]"] if rows else ["", f"{name} = []"]


def _unit(unit: Unit) -> dict[str, Any]:
    said = {"id": unit.id, "name": unit.name, "short_name": unit.short_name}
    return said | {name: text for name in ("office", "reading", "of_class") if (text := getattr(unit, name))}


def _group(group: Group) -> dict[str, Any]:
    return {"id": group.id} | ({"name": group.name} if group.name else {})


def _seat(seat: Seat) -> dict[str, Any]:
    said: dict[str, Any] = {"id": seat.id, "label": seat.label, "group": seat.group}
    if seat.recusals:
        said["recusals"] = seat.recusals
    if seat.reasons:
        said["reasons"] = seat.reasons
    return said


def _item(item: AgendaItem, names: Mapping[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {"id": item.id, "kind": item.kind}
    if item.unit is not None:
        said["unit"] = item.unit
    if item.title != names.get(item.unit or "", ""):
        said["title"] = item.title
    return said | _segments(item.segments)


def _segments(segments: tuple[Segment, ...]) -> dict[str, Any]:
    if fit_columns(segments) and not any(each.planned % _HALF_MINUTE for each in segments):
        return {field_of(each.kind): _minutes(each.planned) for each in segments}
    return {"segments": [{"kind": each.kind, "seconds": int(each.planned.total_seconds())} for each in segments]}


def _minutes(planned: timedelta) -> Decimal:
    minutes = Decimal(int(planned.total_seconds())) / 60
    return minutes.quantize(Decimal(1)) if minutes == int(minutes) else minutes


def _criterion(criterion: Criterion) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: getattr(criterion, name) for name in ("id", "name", "maximum", "minimum", "step", "weight")
    }
    if criterion.help:
        said["help"] = criterion.help
    if criterion.levels:
        said["levels"] = [
            {"points": level.points, "name": level.name, "approving": level.approving} for level in criterion.levels
        ]
    return said


def _rules(rules: Rules) -> Iterator[str]:
    for name in dict.fromkeys(column.field.partition(".")[0] for column in ENTRIES[RULES]):
        if name == "quorum":
            yield f"quorum = {_value(rules.quorum if rules.quorum_parts == 1 else share_in(rules))}"
            yield f"quorum_by = {_value(rules.quorum_by)}"
        else:
            yield f"{name} = {_value(getattr(rules, name))}"
    grades = [{"at_least": line.at_least, "name": line.name} for line in rules.grades]
    yield from _list("grades", grades)[1:]


def _composite(composite: Composite) -> Iterator[str]:
    if composite.due:
        yield f"due = {_value(composite.due)}"
    yield f"rounds_parts = {_value(composite.rounds_parts)}"
    yield from _list("parts", map(_given, composite.parts))[1:]
    yield from _list("grades", map(_given, composite.grades))[1:]


def _given(part: Part | CompositeGrade) -> dict[str, Any]:
    """The fields of which something is said."""
    return {each.name: value for each in fields(part) if (value := getattr(part, each.name)) is not None}


def _value(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, StrEnum | str):
        # JSON escapes what TOML must have escaped, but for DEL.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(str(name))} = {_value(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, OwnChoice):
        return _value({"name": value.name, "counts": value.counts})
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)


def _key(name: str) -> str:
    is_bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if is_bare else _value(name)


def _number(number: Decimal) -> str:
    """A decimal with all its digits: as a number, or as text where TOML has no such number."""
    if not number.is_finite():
        return str(number).lower().replace("infinity", "inf").removeprefix("s")
    text = format(number, "f") if -30 < number.adjusted() < 30 else str(number)
    return text if Decimal(text).as_tuple() == number.as_tuple() else _value(str(number))
