"""Any plan at all, as people could have typed it: names given, no spaces around a text, no signs that nobody sees."""

from dataclasses import replace

from app.meeting.composites.agreed import Composite
from app.meeting.moments import Moment, Words
from app.meeting.plan import AgendaItem, Plan, Seat, Unit
from app.meeting.rubric import Criterion, Level
from app.papers.plan.names import tidy, tidy_name
from tests.plans import any_plan


def typed(plan: Plan) -> Plan:
    return replace(
        plan,
        title=tidy_name(plan.title) or "A title",
        place=tidy_name(plan.place),
        organisers=tuple(filter(None, map(tidy_name, plan.organisers))),
        units=tuple(map(_unit, plan.units)),
        groups=tuple(replace(group, name=tidy_name(group.name)) for group in plan.groups),
        seats=tuple(map(_seat, plan.seats)),
        agenda=tuple(map(_item, plan.agenda)),
        criteria=tuple(map(_criterion, plan.criteria)),
        composite=_composite(plan.composite),
        words=tuple(
            sorted((Words(each.moment, text) for each in plan.words if (text := _spoken(each.text))), key=_place)
        ),
    )


def _spoken(text: str) -> str:
    return tidy("".join(each for each in text if each not in "{}[]｛｝［］"))


def _place(words: Words) -> int:
    return list(Moment).index(words.moment)


def _unit(unit: Unit) -> Unit:
    name = tidy_name(unit.name) or "A unit"
    short, office, reading = map(tidy_name, (unit.short_name, unit.office, unit.reading))
    of_class = tidy_name(unit.of_class)
    return replace(unit, name=name, short_name=short or "Short", office=office, reading=reading, of_class=of_class)


def _composite(composite: Composite) -> Composite:
    parts = tuple(replace(part, name=tidy_name(part.name) or "A part") for part in composite.parts)
    grades = tuple(replace(line, name=tidy_name(line.name) or "A grade") for line in composite.grades)
    return replace(composite, parts=parts, grades=grades)


def _seat(seat: Seat) -> Seat:
    reasons = {unit: tidy(reason) for unit, reason in seat.reasons.items() if tidy(reason)}
    return replace(seat, label=tidy_name(seat.label) or "A seat", reasons=reasons)


def _item(item: AgendaItem) -> AgendaItem:
    return replace(item, title=tidy_name(item.title) or "An item")


def _criterion(criterion: Criterion) -> Criterion:
    levels = tuple(replace(level, name=_level_name(level)) for level in criterion.levels)
    return replace(criterion, name=tidy_name(criterion.name) or "A criterion", help=tidy(criterion.help), levels=levels)


def _level_name(level: Level) -> str:
    return tidy_name(level.name) or "A level"


any_typed_plan = any_plan.map(typed)
