"""What a meeting still lacks, in words, each with the page and the field where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.meeting.composites.agreed import Part
from app.meeting.hints import Hint, rule_hints
from app.meeting.plan import AgendaItem, Group, ItemKind, Mode, Plan, Seat, Unit
from app.meeting.refusals import Said
from app.meeting.rubric import Criterion
from app.meeting.shortcomings import Shortcoming, shortcomings
from app.meeting.telling import word_on_small_groups

PAGE_OF = {
    "meeting": "meeting",
    "units": "units",
    "agenda": "agenda",
    "groups": "panel",
    "seats": "panel",
    "recusals": "panel",
    "criteria": "rubric",
    "levels": "rubric",
    "grades": "rules",
    "rules": "rules",
    "composite": "composite",
    "parts": "composite",
    "composite_grades": "composite",
}
FIELDS_OF_REPORTS = ("unit", "report", "comments", "reply", "scoring")
FIELDS_OF_OTHERS = ("title", "minutes")
WEIGHTS = "group_weights."


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to mend: the sentence, the page, and the id of an element there."""

    said: Said
    page: str
    field: str


def missing(plan: Plan) -> list[Missing]:
    """Why the meeting cannot open; empty when it can."""
    return [_placed(plan, each) for each in shortcomings(plan)]


def worth_a_look(plan: Plan) -> Iterator[Missing]:
    """What does not keep a meeting from opening, but is rarely meant."""
    reporting = {item.unit for item in plan.agenda}
    if not plan.units:
        yield Missing(Said("look.no_units"), "units", "rows")
    for unit in plan.units:
        if unit.id not in reporting:
            yield Missing(Said("look.unit_does_not_report", {"unit": unit.short_name}), "agenda", "rows")
    for hint in rule_hints(plan):
        yield Missing(hint.said, _page(hint), _element(plan, hint))
    if (said_of_groups := word_on_small_groups(plan)) is not None:
        yield Missing(said_of_groups, "panel", "rows")
    if not plan.place:
        yield Missing(Said("look.no_place"), "meeting", "place")


def _placed(plan: Plan, shortcoming: Shortcoming) -> Missing:
    said = Said(shortcoming.code, {"where": shortcoming.where})
    return Missing(said, _page(shortcoming), _element(plan, shortcoming))


def _page(found: Shortcoming | Hint) -> str:
    """A unit has its class on the page on which classes are ranked."""
    return PAGE_OF["composite" if (found.part, found.field) == ("units", "of_class") else found.part]


def _element(plan: Plan, found: Shortcoming | Hint) -> str:
    """The id of the element of the page where something is mended: a field, a row, or a list.

    Ids of lines stand on no page, and of levels and units not every field: there it is the row.
    """
    at, field = found.at, found.field
    match found.part, at:
        case "meeting" | "composite", _:
            return {"starts_at": "date"}.get(field, field)
        case "rules", _:
            return _of_weight(plan, field) if field.startswith(WEIGHTS) else field
        case "agenda", int():
            return _of_item(plan.agenda[at], field)
        case "levels", (int() as of, int() as level):
            return _of_level(plan, of, level)
        case "units", int() if field == "of_class":
            return f"classes.{plan.units[at].id}.of_class"
        case "units" | "groups" | "seats" | "criteria" | "parts", int() if not _is_of_scale(plan, found):
            row = f"{found.part}.{_ids(plan, found.part)[at]}"
            return f"{row}.{field}" if field != "id" else f"row-{row}"
        case "recusals", (int() as of, int() as at):
            before = sum(len(seat.recusals) for seat in plan.seats[:of])
            return f"recusals.{before + at + 1}.{field}"
        case "grades" | "composite_grades", int():
            return f"{found.part}.{at + 1}.{field}"
    return "groups" if found.part == "groups" else "rows"


def _is_of_scale(plan: Plan, found: Shortcoming | Hint) -> bool:
    """A scale has no fields of its own for numbers: they come of its levels, as soon as the page is saved."""
    return plan.mode is Mode.LEVELS and found.part == "criteria"


def _ids(plan: Plan, part: str) -> list[str]:
    lines: Sequence[Unit | Group | Seat | Criterion | Part]
    lines = plan.composite.parts if part == "parts" else getattr(plan, part)
    return [each.id for each in lines]


def _of_weight(plan: Plan, field: str) -> str:
    """Of a group that there is not, the page has no field: it is gone as soon as the page is saved."""
    group = field.removeprefix(WEIGHTS)
    return f"weight_{group}" if any(each.id == group for each in plan.groups) else "weights"


def _of_level(plan: Plan, of: int, level: int) -> str:
    """A page has fields for the levels of the one scale, from the best down; others it tells in the row of theirs."""
    if plan.mode is not Mode.LEVELS:
        return f"row-criteria.{plan.criteria[of].id}"
    if of:
        return "rows"
    levels = plan.criteria[0].levels
    place = sorted(range(len(levels)), key=lambda each: -levels[each].points).index(level)
    return f"levels.{place + 1}.name"


def _of_item(item: AgendaItem, field: str) -> str:
    """The row of an item whose page has no such field: only reports have a unit and segments, only others minutes."""
    fields = FIELDS_OF_REPORTS if item.kind is ItemKind.PRESENTATION else FIELDS_OF_OTHERS
    return f"items.{item.id}.{field}" if field in fields else f"row-items.{item.id}"
