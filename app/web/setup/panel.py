"""The page of the panel: its groups as the organiser calls them, its seats, and who does not score whom."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.language import Language
from app.language.groups import group_name
from app.meeting.groups import LONGEST_NAME_OF_GROUP, MOST_GROUPS
from app.meeting.plan import Group, Mode, Plan, Preset, Rules, Seat
from app.meeting.texts import LONGEST_SHORT_NAME
from app.papers.plan.groups import alike, named, written
from app.papers.plan.names import key as looks_like
from app.web.setup.page import Rows, SetupPage, new_id
from app.web.setup.typed import Reader, Typed

SEATS = Rows("seats", ("label", "group"))
GROUPS = Rows("groups", ("name",))
RECUSALS = Rows("recusals", ("seat", "unit", "reason"))
USUAL_PANEL = ((Preset.EXPERT, 3), (Preset.DEPUTY, 3), (Preset.CPPCC, 3))


class PanelPage(SetupPage):
    name = "panel"
    rows = (SEATS, GROUPS, RECUSALS)

    def part(self, plan: Plan) -> Any:
        return (plan.seats, plan.groups)

    def typed(self, plan: Plan) -> Typed:
        recusals = [(seat, unit) for seat in plan.seats for unit in seat.recusals]
        rows = [
            (str(at), {"seat": seat.id, "unit": unit, "reason": seat.reasons.get(unit, "")})
            for at, (seat, unit) in enumerate(recusals, start=1)
        ]
        seats = [(seat.id, {"label": seat.label, "group": seat.group}) for seat in plan.seats]
        groups = [(group.id, {"name": group.name}) for group in plan.groups]
        return Typed().with_rows("seats", seats).with_rows("groups", groups).with_rows("recusals", rows)

    def take(self, plan: Plan, reader: Reader) -> Plan:
        groups = _groups(plan, reader)
        seats = _seats(plan, groups, reader)
        _must_differ(reader, seats)
        listed = tuple(groups.values())
        rules = _without_weights_of_others(plan.rules, listed)
        return replace(plan, groups=listed, seats=_with_recusals(plan, seats, reader), rules=rules)

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add":
                return _with_a_seat(typed)
            case "usual":
                return with_usual_panel(typed)
            case "group":
                added = typed.with_row("groups", {"name": ""}) if len(typed.keys("groups")) < MOST_GROUPS else typed
                return added.with_texts({"focus": f"groups.{added.keys('groups')[-1]}.name"})
            case "recuse":
                added = typed.with_row("recusals", {"seat": "", "unit": "", "reason": ""})
                return added.with_texts({"focus": f"recusals.{added.keys('recusals')[-1]}.seat"})
        rows, _, key = target.partition(".")
        if action == "remove" and rows == "groups" and _seats_in(typed, key):
            return typed.with_texts({"kept": key, "focus": f"groups.{key}.name"})
        typed = super().act(plan, typed, action, target)
        seats = set(typed.keys("seats"))
        kept = [(key, typed.row("recusals", key)) for key in typed.keys("recusals")]
        return typed.with_rows("recusals", [(key, row) for key, row in kept if row.get("seat", "") in {*seats, ""}])

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        groups = typed.keys("groups")
        numbers = {group: len(_seats_in(typed, group)) for group in groups}
        return {
            "groups": groups,
            "kept": typed.text("kept"),
            "can_add_group": len(groups) < MOST_GROUPS,
            "tally": [(group, number) for group, number in numbers.items() if number],
            "weights": None if plan.mode is Mode.LEVELS else plan.rules.group_weights,
        }

    def _shown(self, plan: Plan, name: str, value: str, language: Language) -> str:
        if name.rpartition(".")[2] == "group" and value:
            return group_name(plan, value, language)
        return super()._shown(plan, name, value, language)

    def _row_shown(self, plan: Plan, typed: Typed, rows: Rows, key: str, language: Language) -> list[str]:
        if rows is GROUPS:
            return [group_name(plan, key, language)]
        return super()._row_shown(plan, typed, rows, key, language)


def _seats_in(typed: Typed, group: str) -> list[str]:
    return [key for key in typed.keys("seats") if typed.text(f"seats.{key}.group") == group]


def _groups(plan: Plan, reader: Reader) -> dict[str, Group]:
    """By their rows; a form without any says nothing about them."""
    typed = reader.typed
    known = {*Preset, *(group.id for group in plan.groups)}
    taken = {*known, *typed.keys("groups")}
    groups: dict[str, Group] = {}
    for key in typed.keys("groups"):
        field = f"groups.{key}.name"
        name = reader.line(field, LONGEST_NAME_OF_GROUP)
        id = key if key in known else new_id("group", taken)
        taken.add(id)
        if not name and id not in set(Preset):
            reader.complain(field, "field.missing")
        groups[key] = named(id, name)
    keys = list(groups)
    for at, _ in alike(list(groups.values())):
        reader.complain(f"groups.{keys[at]}.name", "panel.same_group", name=written(groups[keys[at]]))
    for key in keys[MOST_GROUPS:]:
        reader.complain(f"groups.{key}.name", "field.too_many", most=MOST_GROUPS)
    return groups or {group.id: group for group in plan.groups}


def _seats(plan: Plan, groups: Mapping[str, Group], reader: Reader) -> dict[str, Seat]:
    typed = reader.typed
    known = {seat.id for seat in plan.seats}
    taken = {*known, *typed.keys("seats")}
    seats: dict[str, Seat] = {}
    for key in typed.keys("seats"):
        group = groups.get(typed.text(f"seats.{key}.group"))
        if group is None:
            reader.complain(f"seats.{key}.group", "field.no_choice")
            group = next(iter(groups.values()))
        id = key if key in known else new_id(group.id, taken)
        taken.add(id)
        seats[key] = Seat(id, reader.needed_line(f"seats.{key}.label", LONGEST_SHORT_NAME), group.id)
    return seats


def _without_weights_of_others(rules: Rules, groups: tuple[Group, ...]) -> Rules:
    """A group that is gone takes its weight with it."""
    known = {group.id for group in groups}
    return replace(rules, group_weights={id: each for id, each in rules.group_weights.items() if id in known})


def _must_differ(reader: Reader, seats: dict[str, Seat]) -> None:
    seen: set[str] = set()
    for key, seat in seats.items():
        if seat.label and looks_like(seat.label) in seen:
            reader.complain(f"seats.{key}.label", "panel.same_label", label=seat.label)
        seen.add(looks_like(seat.label))


def _with_recusals(plan: Plan, seats: dict[str, Seat], reader: Reader) -> tuple[Seat, ...]:
    units = {unit.id for unit in plan.units}
    reasons: dict[str, dict[str, str]] = {key: {} for key in seats}
    for key in reader.typed.keys("recusals"):
        row = f"recusals.{key}"
        seat, unit = reader.typed.text(f"{row}.seat"), reader.typed.text(f"{row}.unit")
        reason = reader.line(f"{row}.reason")
        if seat not in seats:
            reader.complain(f"{row}.seat", "field.no_choice")
        elif unit not in units:
            reader.complain(f"{row}.unit", "field.no_choice")
        elif unit in reasons[seat]:
            reader.complain(f"{row}.unit", "panel.recused_twice")
        else:
            reasons[seat][unit] = reason
    return tuple(
        replace(
            seat,
            recusals=tuple(reasons[key]),
            reasons={unit: reason for unit, reason in reasons[key].items() if reason},
        )
        for key, seat in seats.items()
    )


def _with_a_seat(typed: Typed) -> Typed:
    """One more, of the group of the last."""
    group = next((typed.text(f"seats.{key}.group") for key in reversed(typed.keys("seats"))), "")
    group = group if group in typed.keys("groups") else next(iter(typed.keys("groups")), str(Preset.EXPERT))
    added = typed.with_row("seats", {"label": _next_label(typed, group), "group": group})
    return added.with_texts({"focus": f"seats.{added.keys('seats')[-1]}.label"})


def with_usual_panel(typed: Typed) -> Typed:
    """Three experts, three deputies, three CPPCC members more."""
    for preset, number in USUAL_PANEL:
        if preset not in typed.keys("groups"):
            groups = [(key, typed.row("groups", key)) for key in typed.keys("groups")]
            typed = typed.with_rows("groups", [*groups, (str(preset), {"name": ""})])
        for _ in range(number):
            typed = typed.with_row("seats", {"label": _next_label(typed, preset), "group": str(preset)})
    return typed


def _next_label(typed: Typed, group: str) -> str:
    # Labels belong to the meeting, not to who looks: they are Chinese in either language, like the units' names.
    name = typed.text(f"groups.{group}.name").strip() or written(Group(group))
    taken = {typed.text(f"seats.{key}.label") for key in typed.keys("seats")}
    return next(label for at in range(1, len(taken) + 2) if (label := f"{name}{at}") not in taken)


PAGE = PanelPage()
