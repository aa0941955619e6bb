"""The page of the composite: which parts are joined with what the panel gives, by which weights, for which grades."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.composites.faults import faults_of_composite
from app.meeting.decimals import plain, to_decimals, total_of_products
from app.meeting.plan import Mode, Plan
from app.meeting.polls.agreed import PollsOpen, Voice
from app.meeting.scoring.full import full_composite, full_of
from app.meeting.scoring.joining import joining_of
from app.meeting.scoring.result import Working
from app.meeting.shortcomings import FARTHEST, fault_of_number
from app.meeting.texts import LONGEST_SHORT_NAME
from app.papers.plan.grade_lines import least_of
from app.papers.plan.joined_sheets import share_of_the_first
from app.papers.plan.times import date_of
from app.web.setup.page import Rows, SetupPage, new_id
from app.web.setup.typed import Reader, Typed

PARTS = Rows("parts", ("name", "weight", "source", "full"))
GRADES = Rows("composite_grades", ("name", "at_least", "top"))
CLASSES = Rows("classes", ("of_class",))

# Contents of a meeting, not texts of the interface: Chinese in either language.
SCORED, ENTERED, VOTED = Source.SCORED, Source.ENTERED, Source.TICKETS
PRESETS = {
    "40-40-20": (("评议团评分", "40", SCORED), ("群众满意度", "40", VOTED), ("联席会议", "20", ENTERED)),
    "50-40-10": (("现场评议", "50", SCORED), ("群众满意度", "40", VOTED), ("日常考核", "10", ENTERED)),
}
LINES = {
    "85-75-60": (("满意", "85", ""), ("比较满意", "75", ""), ("基本满意", "60", ""), ("不满意", "0", "")),
    "90-80-60": (("优秀", "90", ""), ("良好", "80", ""), ("合格", "60", ""), ("不合格", "0", "")),
    "top-30": (("先进", "75", "30"), ("达标", "60", ""), ("不达标", "0", "")),
}
SHARES = tuple(map(Decimal, ("0.8802", "0.9775", "0.8925", "0.93", "0.85")))
"""What share of its full score each part has in turn in the example."""


class CompositePage(SetupPage):
    name = "composite"
    fields = ("due", "rounds_parts")
    rows = (PARTS, GRADES, CLASSES)
    words: ClassVar = {"source": "source"}

    def part(self, plan: Plan) -> Any:
        return (plan.mode, plan.composite, [(unit.id, unit.of_class) for unit in plan.units])

    def typed(self, plan: Plan) -> Typed:
        composite = plan.composite
        due = composite.due.isoformat() if composite.due else ""
        lines = [(str(at), _line_typed(line)) for at, line in enumerate(composite.grades, start=1)]
        typed = Typed({"due": due, "rounds_parts": "on" if composite.rounds_parts else ""})
        typed = typed.with_rows("parts", [(part.id, _part_typed(part)) for part in composite.parts])
        typed = typed.with_rows("composite_grades", lines)
        return typed.with_rows("classes", [(unit.id, {"of_class": unit.of_class}) for unit in plan.units])

    def take(self, plan: Plan, reader: Reader) -> Plan:
        parts, grades = _parts(plan, reader), _grades(reader)
        due = reader.read("due", date_of, None) if reader.typed.is_filled("due") else None
        composite = Composite(parts, grades, due, reader.flag("rounds_parts"))
        units = tuple(
            replace(unit, of_class=reader.line(f"classes.{unit.id}.of_class", LONGEST_SHORT_NAME))
            for unit in plan.units
        )
        after = replace(plan, composite=composite, units=units)
        _must_be_sound(after, reader)
        return after

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add" if target in ("parts", "composite_grades"):
                fields = next(rows.fields for rows in self.rows if rows.name == target)
                added = typed.with_row(target, dict.fromkeys(fields, "") | _USUAL.get(target, {}))
                return added.with_texts({"focus": f"{target}.{added.keys(target)[-1]}.name"})
            case "preset" if target in PRESETS:
                rows = [_row_of_preset(plan, *each) for each in PRESETS[target]]
                return typed.with_rows("parts", _numbered(rows))
            case "lines" if target in LINES:
                lines = [dict(zip(GRADES.fields, each, strict=True)) for each in LINES[target]]
                return typed.with_rows("composite_grades", _numbered(lines))
        return super().act(plan, typed, action, target)

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        reader = Reader(typed)
        looked_at = self.take(plan, reader)
        is_whole = not reader.complaints and looked_at.has_composites
        return {
            "sources": [str(each) for each in Source],
            "presets": list(PRESETS),
            "lines": {name: " / ".join(_in_short(each) for each in lines) for name, lines in LINES.items()},
            "parts_of": {name: " / ".join(f"{part} {weight}" for part, weight, _ in PRESETS[name]) for name in PRESETS},
            "sum": f"{full_composite(looked_at):f}",
            "classes": [each for each in looked_at.classes if each],
            "full": f"{full_composite(looked_at):f}" if is_whole else "",
            "steps_of_example": _example(looked_at) if is_whole else (),
        }


_USUAL = {"parts": {"source": str(ENTERED)}}


def _part_typed(part: Part) -> dict[str, str]:
    full = "" if part.full is None else str(plain(part.full))
    return {"name": part.name, "weight": str(plain(part.weight)), "source": str(part.source), "full": full}


def _line_typed(line: CompositeGrade) -> dict[str, str]:
    top = "" if line.top is None else str(plain(line.top))
    return {"name": line.name, "at_least": str(plain(line.at_least)), "top": top}


def _row_of_preset(plan: Plan, name: str, weight: str, source: Source) -> dict[str, str]:
    is_there = source is not SCORED or plan.mode is not Mode.COMMENTS
    if source is VOTED:
        is_there = plan.rules.polls is not PollsOpen.NEVER and Voice.TICKET in plan.rules.voices
    return {"name": name, "weight": weight, "source": str(source if is_there else ENTERED), "full": ""}


def _numbered(rows: Iterable[dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    return [(f"new-{at}", row) for at, row in enumerate(rows, start=1)]


def _in_short(line: tuple[str, str, str]) -> str:
    name, at_least, top = line
    return f"{name} {at_least}" + (f" (≤{top}%)" if top else "")


def _parts(plan: Plan, reader: Reader) -> tuple[Part, ...]:
    known = {part.id for part in plan.composite.parts}
    taken = {*known, *reader.typed.keys("parts")}
    parts = []
    for key in reader.typed.keys("parts"):
        id = key if key in known else new_id("part", taken)
        taken.add(id)
        row = f"parts.{key}"
        is_of_its_own = reader.typed.is_filled(f"{row}.full")
        parts.append(
            Part(
                id,
                reader.needed_line(f"{row}.name", LONGEST_SHORT_NAME),
                plain(reader.number(f"{row}.weight", 0, FARTHEST)),
                reader.choice(f"{row}.source", Source),
                plain(reader.number(f"{row}.full", 0, FARTHEST)) if is_of_its_own else None,
            )
        )
    return tuple(parts)


def _grades(reader: Reader) -> tuple[CompositeGrade, ...]:
    lines = []
    for key in reader.typed.keys("composite_grades"):
        row = f"composite_grades.{key}"
        name = reader.needed_line(f"{row}.name", LONGEST_SHORT_NAME)
        at_least = reader.number(f"{row}.at_least", -FARTHEST, FARTHEST, parse=lambda text: least_of(text).points)
        is_limited = reader.typed.is_filled(f"{row}.top")
        top = plain(reader.number(f"{row}.top", 0, 100, parse=share_of_the_first)) if is_limited else None
        lines.append(CompositeGrade(name, plain(at_least), top))
    return tuple(lines)


def _must_be_sound(plan: Plan, reader: Reader) -> None:
    """What is wrong with it as a whole is complained about where it is mended."""
    for code, of, at, field, where in faults_of_composite(plan, fault_of_number):
        keys = reader.typed.keys(of)
        named = "name" if field == "id" else field
        name = "rows" if at is None else f"{of}.{keys[at]}.{named}"
        facts = {} if where == "" else {"where": where}
        if name not in reader.complaints:
            reader.complain(name, code, **facts)


def _example(plan: Plan) -> tuple[Working, ...]:
    """The steps of a unit that has about nine tenths in every part."""
    points = {
        part.id: to_decimals(total_of_products([(full_of(plan, part), SHARES[at % len(SHARES)])]), 2)
        for at, part in enumerate(plan.composite.parts)
    }
    return joining_of(plan, points)


PAGE = CompositePage()
