"""Where in a workbook a shortcoming of its plan belongs: sheet, which of its lines, and column."""

from dataclasses import dataclass

from app.meeting.hints import Hint
from app.meeting.plan import Plan
from app.meeting.refusals import Fact
from app.meeting.shortcomings import At, Shortcoming
from app.papers.plan.sheets import GROUPS, SHEET_OF, heading_of

STILL_MISSING = {"agenda.empty", "panel.empty", "rubric.empty"}
"""What a file may leave open: the meeting can be completed on the pages before it opens."""


@dataclass(frozen=True, slots=True)
class Spot:
    sheet: str
    at: At = None
    heading: str = ""


def spot_of(plan: Plan, found: Shortcoming | Hint) -> Spot:
    _, is_weight, group = found.field.partition("group_weights.")
    if is_weight:
        return Spot(GROUPS, next((at for at, each in enumerate(plan.groups) if each.id == group), None), "权重")
    sheet = SHEET_OF[found.part]
    return Spot(sheet, found.at, heading_of(sheet, found.field))


def where_in_words(plan: Plan, shortcoming: Shortcoming) -> Fact:
    """With names in place of ids: in a workbook nobody knows the ids."""
    if shortcoming.code == "unit.reports_twice":
        return next((unit.short_name for unit in plan.units if unit.id == shortcoming.where), shortcoming.where)
    return shortcoming.where
