"""What is wrong with the parts of a plan, and with the grades of its composites."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from app.meeting.composites.agreed import CompositeGrade, Part, Source
from app.meeting.decimals import plain
from app.meeting.plan import Mode, Plan
from app.meeting.polls.agreed import Counts, PollsOpen
from app.meeting.scoring.full import full_of

MOST_PARTS = 8
Fault = tuple[str, str, int | None, str, str]
"""Code, part of the plan, its line, field, and for the sentence where it is."""


def faults_of_composite(plan: Plan, fault_of_number: Callable[[Decimal], str]) -> Iterator[Fault]:
    parts, grades = plan.composite.parts, plan.composite.grades
    yield from _twice("part.twice", "parts", "id", [part.id for part in parts])
    yield from _twice("part.same_name", "parts", "name", [part.name for part in parts])
    yield from _twice("composite_grade.twice", "composite_grades", "name", [line.name for line in grades])
    if len(parts) > MOST_PARTS:
        yield "part.too_many", "parts", None, "", str(MOST_PARTS)
    for at, part in enumerate(parts):
        yield from _of_part(plan, at, part, fault_of_number)
    for at, line in enumerate(grades):
        yield from _of_grade(at, line, fault_of_number)


def _twice(code: str, of: str, field: str, names: Sequence[str]) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name and names[:at].count(name) == 1:
            yield code, of, at, field, name


def _of_part(plan: Plan, at: int, part: Part, fault_of_number: Callable[[Decimal], str]) -> Iterator[Fault]:
    if not part.name:
        yield "part.without_name", "parts", at, "name", part.id
    numbers = (("part.no_weight", "weight", part.weight), ("part.no_full", "full", part.full))
    for no_number, field, number in numbers:
        if number is None:
            continue
        if not number.is_finite() or number <= 0:
            yield no_number, "parts", at, field, part.name
        elif code := fault_of_number(number):
            yield code, "parts", at, field, str(plain(number))
    if part.source is Source.SCORED:
        yield from _of_scored(plan, at, part)
    if part.voice:
        yield from _of_voted(plan, at, part)


def _of_voted(plan: Plan, at: int, part: Part) -> Iterator[Fault]:
    rules = plan.rules
    if rules.polls is PollsOpen.NEVER or part.voice not in rules.voices:
        yield "part.nobody_votes", "parts", at, "source", part.name
    elif next(each for each in plan.composite.parts if each.source is part.source) is not part:
        yield "part.voted_twice", "parts", at, "source", part.name
    if Counts.FOR not in rules.counts_as.values():
        yield "choices.none_satisfied", "rules", None, "own_choices", part.name


def _of_scored(plan: Plan, at: int, part: Part) -> Iterator[Fault]:
    if plan.mode is Mode.COMMENTS:
        yield "part.nothing_scored", "parts", at, "source", part.name
    elif plan.composite.scored is not part:
        yield "part.scored_twice", "parts", at, "source", part.name
    elif part.full is not None and part.full != full_of(plan, part):
        yield "part.other_full", "parts", at, "full", str(plain(full_of(plan, part)))
    elif plan.criteria and full_of(plan, part) <= 0:
        yield "part.no_full", "parts", at, "full", part.name


def _of_grade(at: int, line: CompositeGrade, fault_of_number: Callable[[Decimal], str]) -> Iterator[Fault]:
    if not line.name:
        yield "composite_grade.without_name", "composite_grades", at, "name", ""
    if not line.at_least.is_finite():
        yield "composite_grade.no_number", "composite_grades", at, "at_least", line.name
    elif code := fault_of_number(line.at_least):
        yield code, "composite_grades", at, "at_least", str(plain(line.at_least))
    if line.top is not None and not (line.top.is_finite() and 0 < line.top <= 100):
        yield "composite_grade.no_share", "composite_grades", at, "top", line.name
