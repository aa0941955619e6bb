"""What a meeting still lacks, in words, each with the page and the field where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.meeting.decimals import plain
from app.meeting.hints import rule_hints
from app.meeting.plan import Plan
from app.meeting.refusals import Said
from app.meeting.shortcomings import Shortcoming, shortcomings
from app.meeting.telling import word_on_small_groups

PAGE_OF = {
    "title.missing": ("meeting", "title"),
    "start.without_offset": ("meeting", "date"),
    "agenda.empty": ("agenda", "rows"),
    "panel.empty": ("panel", "rows"),
    "rubric.empty": ("rubric", "rows"),
    "rubric.not_one_scale": ("rubric", "rows"),
    "trim.negative": ("rules", "trim_high"),
    "trim.leaves_nothing": ("rules", "trim_from"),
    "rounding.places": ("rules", "places"),
    "quorum.not_a_share": ("rules", "quorum"),
    "group.without_weight": ("rules", "weights"),
    "group.no_weight": ("rules", "weights"),
    "grade.twice": ("rules", "rows"),
    "seat.twice": ("panel", "rows"),
    "recusal.unknown_unit": ("panel", "rows"),
    "unit.twice": ("units", "rows"),
    "unit.reports_twice": ("agenda", "rows"),
}
PLACE_OF_HINT = {
    "look.not_a_hundred": ("rubric", "rows"),
    "look.weights_do_not_round": ("rules", "round_at"),
    "look.groups_never_trimmed": ("rules", "trim_from"),
    "look.grades_alike": ("rules", "rows"),
    "look.grade_out_of_reach": ("rules", "rows"),
}
PAGE_OF_KIND = {"item": "agenda", "segment": "agenda", "criterion": "rubric", "level": "rubric", "unit": "units"}
FIELD_OF = {
    "segment.without_time": "minutes",
    "item.without_segments": "minutes",
    "item.unknown_unit": "unit",
    "criterion.no_range": "maximum",
    "criterion.step_does_not_fit": "step",
    "criterion.no_weight": "weight",
    "criterion.no_number": "maximum",
}


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
    for said in rule_hints(plan):
        yield Missing(said, *PLACE_OF_HINT[said.code])
    if (said_of_groups := word_on_small_groups(plan)) is not None:
        yield Missing(said_of_groups, "panel", "rows")
    if not plan.place:
        yield Missing(Said("look.no_place"), "meeting", "place")


def _placed(plan: Plan, shortcoming: Shortcoming) -> Missing:
    said = Said(shortcoming.code, {"where": shortcoming.where})
    if shortcoming.code.startswith("number."):
        return Missing(said, *_place_of_number(plan, shortcoming.where))
    if shortcoming.code in PAGE_OF:
        return Missing(said, *PAGE_OF[shortcoming.code])
    page = PAGE_OF_KIND.get(shortcoming.code.partition(".")[0], "meeting")
    return Missing(said, page, _field(plan, shortcoming) or "rows")


def _place_of_number(plan: Plan, number: str) -> tuple[str, str]:
    """Page and field of a number: of several that are the same, the first."""
    for each in plan.criteria:
        for name in ("minimum", "maximum", "step", "weight"):
            if str(plain(getattr(each, name))) == number:
                return "rubric", f"criteria.{each.id}.{name}"
        if any(str(plain(level.points)) == number for level in each.levels):
            return "rubric", "rows"
    is_weight = any(str(plain(weight)) == number for weight in plan.rules.group_weights.values())
    return "rules", "weights" if is_weight else "rows"


def _field(plan: Plan, shortcoming: Shortcoming) -> str:
    """The field of the row that a shortcoming names, by the title or name it gives."""
    field = FIELD_OF.get(shortcoming.code, "")
    item = next((each for each in plan.agenda if each.title == shortcoming.where), None)
    if item and field == "minutes":
        return f"items.{item.id}.{'report' if item.unit else 'minutes'}"
    if item and field:
        return f"items.{item.id}.{field}"
    criterion = next((each for each in plan.criteria if each.name == shortcoming.where), None)
    return f"criteria.{criterion.id}.{field}" if criterion and field else ""
