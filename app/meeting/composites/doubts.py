"""What of composites does not keep a plan from being opened, but is rarely meant."""

from collections.abc import Iterator

from app.meeting.composites.agreed import CompositeGrade
from app.meeting.decimals import plain
from app.meeting.plan import Plan
from app.meeting.polls.agreed import Voice
from app.meeting.refusals import Said
from app.meeting.scoring.full import full_composite

Doubt = tuple[Said, str, int | None, str]
"""What is said, and where one would look: part of the plan, its line and field."""


def doubts_about_composites(plan: Plan) -> Iterator[Doubt]:
    composite = plan.composite
    if not composite.parts:
        if composite.grades or composite.due:
            yield Said("look.composite_without_parts"), "parts", None, ""
        return
    if len(composite.parts) == 1:
        yield Said("look.one_part"), "parts", None, ""
    if (full := full_composite(plan)) != 100:
        yield Said("look.parts_not_a_hundred", {"sum": f"{full:f}"}), "parts", None, ""
    for at, part in enumerate(composite.parts):
        if part.voice and part.voice is not Voice.TICKET:
            yield Said("look.vote_without_ticket", {"name": part.name}), "parts", at, "source"
    if composite.due and composite.due < plan.starts_at.date():
        yield Said("look.due_too_early", {"day": composite.due.isoformat()}), "composite", None, "due"
    yield from _grades_never_given(plan)


def _grades_never_given(plan: Plan) -> Iterator[Doubt]:
    lines = plan.composite.grades
    for at, line in enumerate(lines):
        if before := next((each for each in lines[:at] if _covers(each, line)), None):
            facts = {"first": before.name, "second": line.name}
            yield Said("look.grade_behind_another", facts), "composite_grades", at, "at_least"
        elif line.at_least > full_composite(plan):
            facts = {"name": line.name, "full": f"{full_composite(plan):f}"}
            yield Said("look.grade_out_of_reach", facts), "composite_grades", at, "at_least"
        elif line.top is not None and (small := _too_small(plan, line)):
            facts = {"name": line.name, "top": f"{plain(line.top):f}"}
            yield Said("look.nobody_in_top", {**facts, "classes": small}), "composite_grades", at, "top"


def _covers(before: CompositeGrade, line: CompositeGrade) -> bool:
    """Whether who reaches a line has reached the one before it, too."""
    is_wider = before.top is None or (line.top is not None and before.top >= line.top)
    return before.at_least <= line.at_least and is_wider


def _too_small(plan: Plan, line: CompositeGrade) -> tuple[str | Said, ...]:
    """The classes with so few units that not even the first of them is within the share."""
    sizes = {name: sum(unit.of_class == name for unit in plan.units) for name in plan.classes}
    small = [name for name, size in sizes.items() if line.top is not None and line.top * size < 100]
    return tuple(name or Said("composite_without_class") for name in small)
