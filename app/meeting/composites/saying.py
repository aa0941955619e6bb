"""Composites in words: what is sealed of them (codes of ``app.language.sealed``), and what a unit lacks."""

from collections.abc import Iterator

from app.meeting.composites.agreed import CompositeGrade, Part
from app.meeting.decimals import plain
from app.meeting.plan import Plan
from app.meeting.polls.agreed import Counts, Voice
from app.meeting.refusals import Fact, Said
from app.meeting.scoring.full import full_composite, full_of


def said_of_composites(plan: Plan) -> Iterator[Said]:
    """In the order in which parts become a grade; nothing where the plan joins no parts."""
    composite = plan.composite
    if not composite.parts:
        return
    yield Said("composite", {"parts": tuple(_part(plan, part) for part in composite.parts)})
    code = "composite_rounds_parts" if composite.rounds_parts else "composite_rounded"
    yield Said(code, {"full": f"{full_composite(plan):f}", "places": plan.rules.places})
    yield from _votes(plan)
    yield Said("composite_missing")
    if any(plan.classes):
        yield Said("composite_classes", {"classes": tuple(_class(plan, each) for each in plan.classes)})
    if composite.grades:
        yield Said("composite_grades", {"grades": tuple(map(_grade, composite.grades))})
    if composite.due:
        yield Said("composite_due", {"day": composite.due.isoformat()})


def _votes(plan: Plan) -> Iterator[Said]:
    """What points are made of votes, and what else than tickets is taken for a vote."""
    voted = [part for part in plan.composite.parts if part.voice]
    if not voted:
        return
    facts: dict[str, Fact] = {
        "approving": _choices(plan, Counts.FOR),
        "undecided": _choices(plan, Counts.NEITHER),
        "places": plan.rules.places,
    }
    yield Said("composite_votes" if facts["undecided"] else "composite_votes_all", facts)
    if open_to_all := tuple(Said(f"source.{part.source}") for part in voted if part.voice is not Voice.TICKET):
        yield Said("composite_votes_without_ticket", {"sources": open_to_all})


def _choices(plan: Plan, counts: Counts) -> tuple[Said | str, ...]:
    rules = plan.rules
    names = rules.names_of_choices
    return tuple(names.get(id) or Said(f"choice.{id}") for id in rules.choices if rules.counts_as[id] is counts)


def said_of_missing(plan: Plan, unit: str, missing: tuple[str, ...]) -> Said:
    """A unit with the parts that it lacks."""
    name = next(each.short_name for each in plan.units if each.id == unit)
    parts = tuple(part.name for part in plan.composite.parts if part.id in missing)
    return Said("composites.lack", {"unit": name, "parts": parts})


def _part(plan: Plan, part: Part) -> Said:
    facts = {"name": part.name, "weight": f"{plain(part.weight):f}", "full": f"{plain(full_of(plan, part)):f}"}
    return Said("composite_part", {**facts, "source": (Said(f"source.{part.source}"),)})


def _class(plan: Plan, name: str) -> Said:
    units = tuple(unit.short_name for unit in plan.units if unit.of_class == name)
    return Said("composite_class" if name else "composite_no_class", {"name": name, "units": units})


def _grade(line: CompositeGrade) -> Said:
    facts = {"name": line.name, "at_least": f"{plain(line.at_least):f}"}
    if line.top is None:
        return Said("grade_line", facts)
    return Said("composite_grade_top", {**facts, "top": f"{plain(line.top):f}"})
