"""What a meeting lacks leads to an element that is on its page, and is the one meant: a field, a row or a list."""

import inspect
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.meeting.composites import faults
from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.plan import Mode, Plan, Rules
from app.meeting.polls.agreed import Counts, OwnChoice, PollsOpen, Voters
from app.meeting.rubric import Level
from app.meeting.shortcomings import Shortcoming, shortcomings
from app.store import plans
from app.web.setup.missing import missing, worth_a_look
from tests.meeting.wrong_plans import WRONG
from tests.meetings import CLARITY, joining, small_plan

PANEL, TYPED, DAILY = joining(Mode.POINTS).parts
VOTED = replace(TYPED, source=Source.TICKETS)
BEST = CompositeGrade("best", Decimal(90))
AGAINST = OwnChoice("No", Counts.AGAINST)
POLLED = Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)


def joined(*parts: Part, grades: tuple[CompositeGrade, ...] = (), **changes: Any) -> Plan:
    return small_plan(composite=Composite(parts, grades), **changes)


def graded(**changes: Any) -> Plan:
    return joined(PANEL, TYPED, grades=(BEST, replace(CompositeGrade("good", Decimal(80)), **changes)))


WRONG_PARTS = [
    joined(PANEL, TYPED, replace(TYPED, name="Again")),
    joined(PANEL, TYPED, replace(TYPED, id="again")),
    joined(*(Part(f"p{at}", f"Part {at}", Decimal(1)) for at in range(9))),
    joined(PANEL, replace(TYPED, name="")),
    joined(PANEL, replace(TYPED, weight=Decimal(0))),
    joined(PANEL, replace(TYPED, full=Decimal(0))),
    joined(PANEL, replace(TYPED, source=Source.SCORED)),
    joined(replace(PANEL, full=Decimal(1)), TYPED),
    joined(PANEL, TYPED, mode=Mode.COMMENTS),
    joined(PANEL, VOTED),
    joined(PANEL, VOTED, replace(VOTED, id="again", name="Again"), rules=POLLED),
    joined(PANEL, VOTED, rules=replace(POLLED, own_choices=(AGAINST, replace(AGAINST, name="Not at all")))),
    joined(PANEL, TYPED, grades=(BEST, BEST)),
    graded(name=""),
    graded(top=Decimal(101)),
]
OF_LEVELS = [
    small_plan(mode=Mode.LEVELS, criteria=(replace(CLARITY, levels=levels),))
    for levels in (
        (Level(Decimal(1), "poor"), Level(Decimal(2), "good"), Level(Decimal(3), "good")),
        (Level(Decimal(1), "poor"), Level(Decimal(2), "good"), Level(Decimal(2), "fair")),
        (Level(Decimal(99), "out of range"), Level(Decimal(1), "poor")),
    )
]
OTHER_MODES = [replace(plan, mode=mode) for plan, _ in WRONG for mode in (Mode.LEVELS, Mode.COMMENTS)]
PLANS = [*(plan for plan, _ in WRONG), *WRONG_PARTS, *OF_LEVELS, *OTHER_MODES]


def is_typed(plan: Plan) -> bool:
    """No door reads a number that is none, or a share of no parts."""
    numbers = [plan.rules.quorum, *(each.weight for each in plan.criteria)]
    return plan.rules.quorum_parts > 0 and all(each.is_finite() for each in numbers)


def is_stored(plan: Plan) -> bool:
    """No door gives an id twice, and no database takes it; but of parts, which are kept in one column."""
    lists = (plan.units, plan.seats, plan.agenda, plan.criteria, plan.groups, plan.composite.parts)
    return all(len({each.id for each in listed}) == len(listed) for listed in lists)


TRIED = [plan for plan in PLANS if is_typed(plan) and is_stored(plan)]


@pytest.mark.parametrize(
    "plan", TRIED, ids=lambda plan: f"{plan.mode}-{'-'.join(each.code for each in shortcomings(plan))}"
)
def test_what_a_plan_lacks_leads_to_the_one_element_that_is_meant(organiser, plan):
    with organiser.served.database.writing() as connection:
        plans.save(connection, plan)
    kept = organiser.plan(plan.code)
    for short, led in zip(shortcomings(kept), missing(kept), strict=True):
        page = Page.of(organiser.opens(f"/setup/{plan.code}/{led.page}").text)
        assert led.field in page.elements, short
        must_be_meant(kept, short, page, led.field)
    for led in worth_a_look(kept):
        assert led.field in Page.of(organiser.opens(f"/setup/{plan.code}/{led.page}").text).elements, led


def test_all_that_a_plan_can_lack_is_tried_here():
    tried = {short.code for plan in TRIED for short in shortcomings(plan)}
    of_parts = set(re.findall(r'"((?:part|composite_grade|choices)\.[a-z_]+)"', inspect.getsource(faults)))
    untried = ({short.code for _, short in WRONG} | of_parts) - tried
    assert untried == {
        *("unit.twice", "seat.twice", "item.twice", "criterion.twice", "group.twice", "part.twice"),
        *("criterion.no_number", "composite_grade.no_number"),
    }


def test_lines_with_one_id_are_in_no_database(organiser):
    for plan in (plan for plan, short in WRONG if not is_stored(plan)):
        with pytest.raises(IntegrityError), organiser.served.database.writing() as connection:
            plans.save(connection, plan)


# --- what is meant ----------------------------------------------------------------------------------------------------

ROWS = {"agenda": "items"}
"""What the rows of a part are called, where that is not the part's own name."""
CALLED = {"starts_at": "date"}


def must_be_meant(plan: Plan, short: Shortcoming, page: "Page", id: str) -> None:
    row, name = page.rows_of[id], page.elements[id].get("name", "")
    if short.at is None and short.field:
        group = short.field.removeprefix("group_weights.")
        is_known = group == short.field or any(each.id == group for each in plan.groups)
        assert name == (CALLED.get(short.field, short.field) if group == short.field else f"weight_{group}" * is_known)
    elif short.at is None or is_of_the_scale(plan, short):
        rows = "levels" if short.part == "criteria" and plan.mode is Mode.LEVELS else ROWS.get(short.part, short.part)
        assert page.lists[id] == [each for each in page.values if each.startswith(f"row-{rows}.")]
    else:
        assert is_the_line(plan, short, page, row)
        assert name.rpartition(".")[2] in ("", short.field, "name")


def is_of_the_scale(plan: Plan, short: Shortcoming) -> bool:
    """A scale has no numbers of its own on its page: they come of its levels."""
    return plan.mode is Mode.LEVELS and short.part == "criteria"


def is_the_line(plan: Plan, short: Shortcoming, page: "Page", row: str) -> bool:
    """Whether a row is that of the line: by its place in its list, or by what it says."""
    match short.part, short.at:
        case "recusals", (int() as of, int()):
            return plan.seats[of].id in page.values[row]
        case "levels", (int() as of, int() as at):
            criterion = plan.criteria[of]
            return (criterion.levels[at].name if plan.mode is Mode.LEVELS else criterion.name) in page.values[row]
    [rows] = [listed for listed in page.lists.values() if row in listed]
    return rows.index(row) == short.at


@dataclass
class Page(HTMLParser):
    """Elements by their ids, and the rows of lists, each with what stands and is chosen in its fields."""

    elements: dict[str, dict[str, str]] = field(default_factory=dict)
    rows_of: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, html: str) -> "Page":
        page = cls()
        HTMLParser.__init__(page)
        page.list, page.row = "", ""
        page.feed(html)
        return page

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "ol":
            self.list = given.get("id", "")
            self.lists.setdefault(self.list, [])
        if "row" in given.get("class", "").split():
            self.row = given["id"]
            self.values[self.row] = {given.get("data-group", "")}
            self.lists[self.list].append(self.row)
        if self.row and (tag == "input" or (tag == "option" and "selected" in given)):
            self.values[self.row].add(given.get("value", ""))
        if "id" in given:
            self.elements[given["id"]] = given
            self.rows_of[given["id"]] = self.row

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self.row = ""
