"""The page of the units: who reports. Taking a unit off the list takes it off the agenda and out of recusals, too."""

from dataclasses import replace
from typing import Any

from app.meeting.plan import Plan, Seat, Unit
from app.meeting.texts import LONGEST_SHORT_NAME
from app.papers.plan.names import key as looks_like
from app.web.setup.page import Rows, SetupPage, new_id
from app.web.setup.typed import LONGEST_LIST, MOST_ROWS, Reader, Typed

ROWS = Rows("units", ("name", "short_name", "office", "reading"))


class UnitsPage(SetupPage):
    name = "units"
    rows = (ROWS,)

    def part(self, plan: Plan) -> Any:
        # Attachments have a page of their own: handing one in does not disturb who is naming units.
        return [(unit.id, unit.name, unit.short_name, unit.office, unit.reading) for unit in plan.units]

    def typed(self, plan: Plan) -> Typed:
        rows = [(unit.id, {field: getattr(unit, field) for field in ROWS.fields}) for unit in plan.units]
        return Typed({"pasted": ""}).with_rows("units", rows)

    def take(self, plan: Plan, reader: Reader) -> Plan:
        typed = reader.typed
        if typed.is_filled("pasted"):
            reader.complain("pasted", "units.not_added_yet")
        known = {unit.id: unit for unit in plan.units}
        taken = {*known, *typed.keys("units")}
        units = []
        for key in typed.keys("units"):
            id = key if key in known else new_id("unit", taken)
            taken.add(id)
            units.append(_unit(known.get(id) or Unit(id, "", ""), f"units.{key}", reader))
        _must_differ(reader, typed.keys("units"), units)
        return with_units(plan, tuple(units))

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add":
                added = typed.with_row("units", dict.fromkeys(ROWS.fields, ""))
                return added.with_texts({"focus": f"units.{added.keys('units')[-1]}.name"})
            case "paste":
                return _pasted(typed)
        return super().act(plan, typed, action, target)

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        left = set(typed.keys("units"))
        gone = [unit for unit in plan.units if unit.id not in left]
        reporting = {item.unit for item in plan.agenda}
        return {
            "longest_list": LONGEST_LIST,
            "attachments": {unit.id: len(unit.attachments) for unit in plan.units},
            "gone": [unit.short_name for unit in gone if unit.id in reporting],
        }


def with_units(plan: Plan, units: tuple[Unit, ...]) -> Plan:
    """The plan with other units; nothing in it names one that is gone."""
    left = {unit.id for unit in units}
    names = {unit.id: unit.short_name for unit in units}
    before = {unit.id: unit.short_name for unit in plan.units}
    agenda = tuple(
        replace(item, title=names[item.unit]) if item.unit and item.title == before.get(item.unit) else item
        for item in plan.agenda
        if item.unit is None or item.unit in left
    )
    return replace(plan, units=units, agenda=agenda, seats=tuple(_recused_from(seat, left) for seat in plan.seats))


def _recused_from(seat: Seat, left: set[str]) -> Seat:
    reasons = {unit: reason for unit, reason in seat.reasons.items() if unit in left}
    return replace(seat, recusals=tuple(unit for unit in seat.recusals if unit in left), reasons=reasons)


def _unit(unit: Unit, row: str, reader: Reader) -> Unit:
    name = reader.needed_line(f"{row}.name")
    short = reader.line(f"{row}.short_name", LONGEST_SHORT_NAME)
    if not short and len(name) > LONGEST_SHORT_NAME:
        reader.complain(f"{row}.short_name", "units.short_name_needed", most=LONGEST_SHORT_NAME)
    office, reading = reader.line(f"{row}.office"), reader.line(f"{row}.reading")
    return replace(unit, name=name, short_name=short or name, office=office, reading=reading)


def _must_differ(reader: Reader, keys: list[str], units: list[Unit]) -> None:
    called, in_full = set[str](), set[str]()
    for key, unit in zip(keys, units, strict=True):
        if unit.name and looks_like(unit.name) in in_full:
            reader.complain(f"units.{key}.name", "units.same_full_name", name=unit.name)
        elif unit.short_name and looks_like(unit.short_name) in called:
            field = "short_name" if reader.typed.is_filled(f"units.{key}.short_name") else "name"
            reader.complain(f"units.{key}.{field}", "units.same_name", name=unit.short_name)
        in_full.add(looks_like(unit.name))
        called.add(looks_like(unit.short_name))


def _pasted(typed: Typed) -> Typed:
    """A row for each unit of a list; lines that are none, or for which there is no room, stay in the box."""
    from app.papers.plan.pasted import pasted_units  # few paste a list

    units, left = pasted_units(typed.text("pasted"))
    room = MOST_ROWS - len(typed.keys("units"))
    for unit in units[:room]:
        typed = typed.with_row("units", dict(zip(ROWS.fields, (*unit, ""), strict=True)))
    return typed.with_texts({"pasted": "\n".join(["\t".join(unit).rstrip() for unit in units[room:]] + left)})


PAGE = UnitsPage()
