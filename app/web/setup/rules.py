"""The page of the rules: how sheets become a result, with an example worked by the rules as they stand in the form."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.language import Language, catalogue
from app.language.groups import group_name
from app.meeting.decimals import plain, total_of_products
from app.meeting.plan import (
    GradeLine,
    Mode,
    Plan,
    QuorumBy,
    Rules,
    TieBreak,
)
from app.meeting.scoring.ranking import heaviest_of
from app.meeting.scoring.turnout import seats_needed
from app.meeting.shortcomings import FARTHEST, OF_POINTS_ALONE, fault_of_number, is_a_quorum, shortcomings
from app.meeting.texts import LONGEST_SHORT_NAME
from app.papers.plan.columns import Column
from app.papers.plan.contents import YES_OR_NO
from app.papers.plan.grade_lines import least_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.quorums import quorum_of, share_in
from app.papers.plan.sheets import ENTRIES, RULES
from app.web.setup.example import example_of
from app.web.setup.page import Rows, SetupPage
from app.web.setup.typed import Reader, Typed, typed_text


def _as_field(column: Column) -> list[str] | str:
    if column.content.kind:
        return [str(each) for each in column.content.kind]
    if column.content.is_line:
        return "line"
    return "tick" if column.content is YES_OR_NO else "count"


WEIGHT = "weight_"
LADDER = next(each for each in ENTRIES[RULES] if each.field == "tie_ladder")
TIES = ("tie_1", "tie_2", "tie_3")
PLAIN = {each.field: each for each in ENTRIES[RULES] if each.is_plain}
"""What is chosen from a list, ticked, counted or written in a line. A new rule of such a kind stands on the page by its
column alone."""

OF_POINTS = {"rank_shown", *OF_POINTS_ALONE}
OF_LEVELS = {"level_rule"}
"""Only what the mode has a use for: a meeting with levels has no arithmetic to set, one with points no level. A ranking
by levels is told if a workbook says so; the page does not offer it."""

LAID_OUT = (
    *("rounds_open", "rank_shown", "receipts", "quorum_by", "quorum"),
    *("trim_high", "trim_low", "trim_from", "trim_of", "places", "round_at"),
    *TIES,
    "level_rule",
)
CHOICES = {field: column.content.kind for field, column in PLAIN.items() if column.content.kind}
FURTHER = {field: _as_field(column) for field, column in PLAIN.items() if field not in LAID_OUT}
"""What the template gives no place of its own, with the choices, or “tick”, “count” or “line”."""
OF_AUDIENCE = ("polls", "voters", "ballots", "own_choices", "counts_seen", "audience", "questions")
"""Those of them that stand under a heading of their own."""

BESIDE = {"quorum_by": QuorumBy, "tie": TieBreak}
GRADES = Rows("grades", ("at_least", "name"))
HUNDRED = Decimal(100)
LONGEST_QUORUM = 24

# Contents of a meeting, not texts of the interface: Chinese in either language.
USUAL_GRADES = (("90", "优秀"), ("80", "良好"), ("70", "一般"), ("0", "较差"))


class RulesPage(SetupPage):
    name = "rules"
    fields = (*LAID_OUT, *FURTHER)
    rows = (GRADES,)
    words = {field: field for field in (*CHOICES, "quorum_by")} | dict.fromkeys(TIES, "tie")

    def part(self, plan: Plan) -> Any:
        return (plan.mode, plan.rules)

    def fields_of(self, plan: Plan) -> tuple[str, ...]:
        return (*self.fields, *_weights_of(plan).values())

    def _called(self, plan: Plan, name: str, language: Language) -> str:
        if not name.startswith(WEIGHT):
            return super()._called(plan, name, language)
        _ = catalogue(language).gettext
        return _("Weight of the group: {group}").format(group=group_name(plan, name.removeprefix(WEIGHT), language))

    def typed(self, plan: Plan) -> Typed:
        rules = plan.rules
        texts = {column.field: _text(column, rules) for column in _asked(plan)}
        texts |= {"quorum_by": str(rules.quorum_by), "quorum": _quorum_text(rules)}
        if plan.mode is Mode.LEVELS:
            return Typed(texts)
        texts |= {name: _weight_text(rules, group) for group, name in _weights_of(plan).items()}
        texts |= dict(zip(TIES, [*map(str, rules.tie_ladder), "", "", ""], strict=False))
        grades = [
            (str(at), {"at_least": str(plain(line.at_least)), "name": line.name})
            for at, line in enumerate(rules.grades, start=1)
        ]
        return Typed(texts).with_rows("grades", grades)

    def take(self, plan: Plan, reader: Reader) -> Plan:
        plain_rules = {column.field: reader.entry(column) for column in _asked(plan)}
        rules = replace(_with_quorum(plan.rules, reader), **plain_rules)
        if plan.mode is not Mode.LEVELS:
            rules = _with_arithmetic(plan, rules, reader)
        return replace(plan, rules=rules)

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add":
                added = typed.with_row("grades", {"at_least": "", "name": ""})
                return added.with_texts({"focus": f"grades.{added.keys('grades')[-1]}.at_least"})
            case "grades":
                rows = [{"at_least": at_least, "name": name} for at_least, name in USUAL_GRADES]
                return typed.with_rows("grades", [(f"new-{at}", row) for at, row in enumerate(rows, start=1)])
        return super().act(plan, typed, action, target)

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        reader = Reader(typed)
        looked_at = self.take(plan, reader)
        return {
            "weights": list(_weights_of(plan).items()),
            "on_panel": {seat.group for seat in plan.seats},
            "ties": TIES,
            "longest_quorum": LONGEST_QUORUM,
            "choices": {field: [str(each) for each in kind] for field, kind in (CHOICES | BESIDE).items()},
            "further": {field: kind for field, kind in FURTHER.items() if field not in OF_AUDIENCE},
            "of_audience": {field: FURTHER[field] for field in OF_AUDIENCE},
            "needed": [] if reader.complaints else list(seats_needed(looked_at).items()),
            "heaviest": _heaviest(plan),
            "example": None if reader.complaints or not _can_be_worked(looked_at) else example_of(looked_at),
        }


def _asked(plan: Plan) -> list[Column]:
    left_out = OF_POINTS if plan.mode is Mode.LEVELS else OF_LEVELS
    return [column for field, column in PLAIN.items() if field not in left_out]


def _text(column: Column, rules: Rules) -> str:
    value = column.value_of(rules)
    return str(column.written(value)) if column.content.is_line else typed_text(value)


def _quorum_text(rules: Rules) -> str:
    return share_in(rules) if rules.quorum_parts != 1 else f"{_percent(rules.quorum)}%"


def _percent(share: Decimal) -> Decimal:
    return total_of_products([(share, HUNDRED)])


def _weights_of(plan: Plan) -> dict[str, str]:
    """The field of each group's weight, by the id of the group."""
    return {group.id: f"{WEIGHT}{group.id}" for group in plan.groups}


def _weight_text(rules: Rules, group: str) -> str:
    return str(plain(rules.group_weights[group])) if group in rules.group_weights else ""


def _with_quorum(rules: Rules, reader: Reader) -> Rules:
    """Typed as a fraction or a percentage, or in words; a number above 1 is a percentage. What the words say holds."""
    by = reader.choice("quorum_by", QuorumBy)
    text = reader.line("quorum", LONGEST_QUORUM)
    if not text:
        reader.complain("quorum", "field.missing")
        return rules
    if text == _quorum_text(rules):
        return replace(rules, quorum_by=by)
    try:
        said = quorum_of(text)
    except Misread as misread:
        reader.complain("quorum", misread.said.code, **misread.said.facts)
        return rules
    is_percent = said.parts == 1 and said.share > 1
    share = total_of_products([(said.share, 1 / HUNDRED)]) if is_percent else said.share
    typed = replace(rules, quorum=share, quorum_parts=said.parts, quorum_by=said.by or by)
    if fault := fault_of_number(share):
        reader.complain("quorum", fault, where=str(plain(share)))
    elif not is_a_quorum(typed) and typed.quorum_by is QuorumBy.MORE_THAN and typed.quorum_parts == 1:
        reader.complain("quorum", "field.out_of_range", least="0", most="99.99")
    elif not is_a_quorum(typed):
        reader.complain("quorum", "quorum.not_a_share")
    else:
        return typed
    return rules


def _with_arithmetic(plan: Plan, rules: Rules, reader: Reader) -> Rules:
    dropped = rules.trim_high + rules.trim_low
    if rules.trim_from <= dropped:
        reader.complain("trim_from", "rules.trim_leaves_nothing", least=dropped + 1)
    return replace(rules, group_weights=_weights(plan, reader), tie_ladder=_ties(reader), grades=_grades(reader))


def _weights(plan: Plan, reader: Reader) -> dict[str, Decimal]:
    """Every group that sits on the panel needs a weight, or none has one."""
    fields = _weights_of(plan)
    given = {group: name for group, name in fields.items() if reader.typed.is_filled(name)}
    weights = {group: plain(reader.number(name, 0, FARTHEST)) for group, name in given.items()}
    for group, weight in weights.items():
        if weight <= 0:
            reader.complain(fields[group], "rubric.no_weight")
    if weights:
        for group in plan.groups_among({seat.group for seat in plan.seats} - weights.keys()):
            reader.complain(fields[group], "rules.weight_needed")
    return weights


def _ties(reader: Reader) -> tuple[TieBreak, ...]:
    ladder = []
    for name in TIES:
        if reader.typed.text(name):
            step = reader.chosen(name, LADDER.content)
            if step in ladder:
                reader.complain(name, "rules.tie_twice")
            ladder.append(step)
    return tuple(ladder)


def _grades(reader: Reader) -> tuple[GradeLine, ...]:
    lines: list[GradeLine] = []
    for key in reader.typed.keys("grades"):
        at_least = reader.number(
            f"grades.{key}.at_least", -FARTHEST, FARTHEST, parse=lambda text: least_of(text).points
        )
        line = GradeLine(plain(at_least), reader.needed_line(f"grades.{key}.name", LONGEST_SHORT_NAME))
        if any(each.name == line.name for each in lines):
            reader.complain(f"grades.{key}.name", "rules.grade_twice")
        if any(each.at_least == line.at_least for each in lines):
            reader.complain(f"grades.{key}.at_least", "rules.grade_twice")
        lines.append(line)
    return tuple(lines)


def _heaviest(plan: Plan) -> dict[str, str] | None:
    if plan.mode is not Mode.POINTS or not plan.criteria:
        return None
    heaviest = heaviest_of(plan)
    points = total_of_products([(heaviest.maximum, heaviest.weight)])
    return {"name": heaviest.name, "points": str(points), "full": str(plan.full_score)}


def _can_be_worked(plan: Plan) -> bool:
    about_sheets = ("criterion", "level", "rubric", "trim", "rounding", "quorum", "number")
    return plan.is_scored and not any(each.code.startswith(about_sheets) for each in shortcomings(plan))


PAGE = RulesPage()
