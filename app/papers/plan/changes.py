"""What would change in a meeting, line by line, in the words of the workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any, Literal

from app.meeting.plan import PRESETS, AgendaItem, Group, Plan, Seat
from app.meeting.rubric import Criterion
from app.meeting.scoring.turnout import seats_needed
from app.meeting.shortcomings import is_a_quorum
from app.papers.plan.choices import word_of
from app.papers.plan.groups import written as written_group
from app.papers.plan.joined_sheets import COMPOSITE, COMPOSITE_GRADES, PARTS
from app.papers.plan.references import pair
from app.papers.plan.segments import written
from app.papers.plan.sheets import (
    AGENDA,
    ENTRIES,
    GRADES,
    GROUPS,
    LEVELS,
    MEETING,
    PANEL,
    RECUSALS,
    RUBRIC,
    RULES,
    TABLES,
    UNITS,
    WORDS,
)

Kind = Literal["new", "changed", "gone", "same"]
Texts = dict[str, str]
"""What is said of a thing, by heading."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be new, changed, gone or the same. ``before`` and ``after`` name what differs."""

    kind: Kind
    sheet: str
    row: int | None
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A line of a sheet as it is told: known again by its id, called by its name.

    ``note`` says what comes of it; of itself it is no change.
    """

    id: str
    name: str
    texts: Texts
    note: str = ""


def changes(before: Plan | None, after: Plan, rows: Mapping[tuple[str, str], int]) -> Iterator[Change]:
    """All that a new plan changes, in the order of the sheets. ``rows`` tells where each thing stands in the file."""
    old = _things(before) if before else {}
    for sheet, things in _things(after).items():
        yield from _compared(sheet, old.get(sheet, []), things, rows)


def _compared(
    sheet: str, old: Sequence[_Thing], new: Sequence[_Thing], rows: Mapping[tuple[str, str], int]
) -> Iterator[Change]:
    known = {thing.id: thing for thing in old}
    moved = _moved([thing.id for thing in old], [thing.id for thing in new])
    for at, thing in enumerate(new, start=1):
        row = rows.get((sheet, thing.id))
        if thing.id not in known and sheet in ENTRIES and not thing.texts["内容"]:
            continue
        if thing.id not in known:
            yield Change("new", sheet, row, thing.name, "", _told(thing.texts) + thing.note)
            continue
        was, is_now = dict(known[thing.id].texts), dict(thing.texts)
        if thing.id in moved:
            was["次序"], is_now["次序"] = str(moved[thing.id]), str(at)
        different = [heading for heading in is_now | was if was.get(heading, "") != is_now.get(heading, "")]
        texts = [_told({heading: texts.get(heading, "") for heading in different}) for texts in (was, is_now)]
        before, after = texts
        kind: Kind = "changed" if different else "same"
        yield Change(kind, sheet, row, thing.name, before, after + thing.note if different else after)
    left = {thing.id for thing in new}
    for thing in old:
        if thing.id not in left:
            yield Change("gone", sheet, None, thing.name, _told(thing.texts), "")


def _moved(old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
    """What stood elsewhere among what is in both, with its old position (1 the first)."""
    both = [id for id in old if id in set(new)], [id for id in new if id in set(old)]
    stayed = {
        id
        for block in SequenceMatcher(None, *both, autojunk=False).get_matching_blocks()
        for id in both[0][block.a : block.a + block.size]
    }
    return {id: at for at, id in enumerate(old, start=1) if id in both[0] and id not in stayed}


def _told(texts: Texts) -> str:
    return "；".join(f"{heading}：{text or '—'}" for heading, text in texts.items())


# --- a plan as things -------------------------------------------------------------------------------------------------


def _things(plan: Plan) -> dict[str, list[_Thing]]:
    units = {unit.id: unit.short_name for unit in plan.units}
    groups = {seat.group: written_group(plan.group(seat.group)) for seat in plan.seats}
    return {
        MEETING: _entries(MEETING, plan),
        UNITS: [_Thing(unit.id, unit.short_name, _texts(UNITS, unit)) for unit in plan.units],
        AGENDA: [_Thing(item.id, item.title, _item(item, units)) for item in plan.agenda],
        GROUPS: [_group(plan, group) for group in plan.groups if _is_told(plan, group)],
        PANEL: [_Thing(seat.id, seat.label, {"席位": seat.label, "类别": groups[seat.group]}) for seat in plan.seats],
        RECUSALS: [each for seat in plan.seats for each in _recusals(seat, units)],
        RUBRIC: [_Thing(each.id, each.name, _texts(RUBRIC, each)) for each in plan.criteria],
        LEVELS: [each for criterion in plan.criteria for each in _levels(criterion)],
        GRADES: [_Thing(line.name, line.name, _texts(GRADES, line)) for line in plan.rules.grades],
        RULES: [
            replace(each, note=_seats(plan)) if each.id == "法定份数比例" else each
            for each in _entries(RULES, plan.rules)
        ],
        COMPOSITE: _entries(COMPOSITE, plan.composite),
        PARTS: [_Thing(part.id, part.name, _texts(PARTS, part)) for part in plan.composite.parts],
        COMPOSITE_GRADES: [
            _Thing(line.name, line.name, _texts(COMPOSITE_GRADES, line)) for line in plan.composite.grades
        ],
        WORDS: _entries(WORDS, plan),
    }


KNOWN_BY = {LEVELS: ("criterion", "name"), GRADES: ("name",), COMPOSITE_GRADES: ("name",)}
"""What a thing is known by is in its name already."""


def _texts(sheet: str, part: Any) -> Texts:
    columns = [each for each in TABLES[sheet] if each.field not in ("id", *KNOWN_BY.get(sheet, ()))]
    return {column.heading: column.told(part) for column in columns}


def _entries(sheet: str, part: Any) -> list[_Thing]:
    columns = [each for each in ENTRIES[sheet] if not each.is_rare and not each.is_outdated]
    told = {column.heading: column.told(part) for column in columns}
    return [_Thing(heading, heading, {"内容": text}) for heading, text in told.items()]


def _item(item: AgendaItem, units: Mapping[str, str]) -> Texts:
    return {
        "类型": word_of(item.kind),
        "单位": units.get(item.unit or "", ""),
        "标题": item.title,
        "用时": f"{_minutes(item.planned)} 分钟",
        "环节": written(item.segments),
    }


def _is_told(plan: Plan, group: Group) -> bool:
    """A preset of which nothing is said is in every meeting."""
    return group not in PRESETS or group.id in plan.rules.group_weights


def _group(plan: Plan, group: Group) -> _Thing:
    weight = plan.rules.group_weights.get(group.id)
    name = written_group(group)
    return _Thing(group.id, name, {"类别": name, "权重": "" if weight is None else str(weight)})


def _recusals(seat: Seat, units: Mapping[str, str]) -> Iterator[_Thing]:
    for unit in seat.recusals:
        name = f"{seat.label} · {units.get(unit, unit)}"
        yield _Thing(pair(seat.id, unit), name, {"事由": seat.reasons.get(unit, "")})


def _levels(criterion: Criterion) -> Iterator[_Thing]:
    for level in criterion.levels:
        name = f"{criterion.name} · {level.name}"
        yield _Thing(pair(criterion.id, level.name), name, _texts(LEVELS, level))


def _seats(plan: Plan) -> str:
    """What the quorum comes to."""
    needed = seats_needed(plan).items() if is_a_quorum(plan.rules) else ()
    said = "，".join(f"应评 {entitled} 席时至少 {sheets} 份" for entitled, sheets in needed)
    return f"（{said}）" if said else ""


def _minutes(length: timedelta) -> str:
    return f"{length.total_seconds() / 60:g}"
