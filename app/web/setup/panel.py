"""The page of the panel: its seats, and who does not score whom."""

from dataclasses import replace
from typing import Any, ClassVar

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Plan, Preset, Seat
from app.papers.plan.names import key as looks_like
from app.web.setup.page import Rows, SetupPage, new_id
from app.web.setup.typed import Reader, Typed

SEATS = Rows("seats", ("label", "group"))
RECUSALS = Rows("recusals", ("seat", "unit", "reason"))
LONGEST_LABEL = 24
USUAL_PANEL = ((Preset.EXPERT, 3), (Preset.DEPUTY, 3), (Preset.CPPCC, 3))


class PanelPage(SetupPage):
    name = "panel"
    rows = (SEATS, RECUSALS)
    words: ClassVar = {"group": "group"}

    def part(self, plan: Plan) -> Any:
        return plan.seats

    def typed(self, plan: Plan) -> Typed:
        recusals = [(seat, unit) for seat in plan.seats for unit in seat.recusals]
        rows = [
            (str(at), {"seat": seat.id, "unit": unit, "reason": seat.reasons.get(unit, "")})
            for at, (seat, unit) in enumerate(recusals, start=1)
        ]
        seats = [(seat.id, {"label": seat.label, "group": str(seat.group)}) for seat in plan.seats]
        return Typed().with_rows("seats", seats).with_rows("recusals", rows)

    def take(self, plan: Plan, reader: Reader) -> Plan:
        typed = reader.typed
        known = {seat.id for seat in plan.seats}
        taken = {*known, *typed.keys("seats")}
        seats: dict[str, Seat] = {}
        for key in typed.keys("seats"):
            group = reader.choice(f"seats.{key}.group", Preset)
            id = key if key in known else new_id(str(group), taken)
            taken.add(id)
            seats[key] = Seat(id, reader.needed_line(f"seats.{key}.label", LONGEST_LABEL), group)
        _must_differ(reader, seats)
        return replace(plan, seats=_with_recusals(plan, seats, reader))

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add":
                row = {"label": _next_label(typed, Preset.EXPERT), "group": str(Preset.EXPERT)}
                added = typed.with_row("seats", row)
                return added.with_texts({"focus": f"seats.{added.keys('seats')[-1]}.label"})
            case "usual":
                return with_usual_panel(typed)
            case "recuse":
                added = typed.with_row("recusals", {"seat": "", "unit": "", "reason": ""})
                return added.with_texts({"focus": f"recusals.{added.keys('recusals')[-1]}.seat"})
        typed = super().act(plan, typed, action, target)
        seats = set(typed.keys("seats"))
        kept = [(key, typed.row("recusals", key)) for key in typed.keys("recusals")]
        return typed.with_rows("recusals", [(key, row) for key, row in kept if row.get("seat", "") in {*seats, ""}])

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        groups = [typed.text(f"seats.{key}.group") for key in typed.keys("seats")]
        return {
            "groups": [str(group) for group in Preset],
            "tally": [(str(group), groups.count(group)) for group in Preset if group in groups],
            "weights": {str(group): str(weight) for group, weight in plan.rules.group_weights.items()},
        }


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


def with_usual_panel(typed: Typed) -> Typed:
    """Three experts, three deputies, three CPPCC members more."""
    for group, number in USUAL_PANEL:
        for _ in range(number):
            typed = typed.with_row("seats", {"label": _next_label(typed, group), "group": str(group)})
    return typed


def _next_label(typed: Typed, group: str) -> str:
    # Labels belong to the meeting, not to who looks: they are Chinese in either language, like the units' names.
    name = catalogue(Language.CHINESE).gettext(WORDS[f"group.{group}"])
    taken = {typed.text(f"seats.{key}.label") for key in typed.keys("seats")}
    return next(label for at in range(1, len(taken) + 2) if (label := f"{name}{at}") not in taken)


PAGE = PanelPage()
