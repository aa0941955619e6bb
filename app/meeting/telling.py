"""What of a result is told to whom: all of it to the staff, to everybody nothing by which a sheet is known to be whose.

A panelist who must show a receipt can be asked what stands beside it. So the receipts say that a sheet was counted, and
the totals stand apart, highest first, as the hall sees them; unless the sealed rules say that sheets are published as
they were given.

A number about a group is told only if every group of the panel has ``FEWEST`` sheets: what is said of all groups but
one gives away that one, by subtraction from what is said of all sheets together. Where groups have weights, the score
itself says something of each group, and with the sum of all totals it would say all: there the totals, and whatever
their sum can be had from, are withheld as well. A mean by criterion of fewer than ``FEWEST`` sheets is a mark.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.meeting.groups import said_of_group
from app.meeting.plan import Mode, Plan, Receipts, ResultsShown
from app.meeting.refusals import Said
from app.meeting.scoring.result import CountedSheet, CriterionMean, GroupMean, Result, Spread, Working

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Total:
    """The total of some sheet, and whether the trim dropped it: ``high``, ``low`` or empty."""

    total: Decimal
    dropped: str


@dataclass(frozen=True, slots=True)
class SheetTold:
    """A counted sheet by its receipt, never by its seat. Without ``marks``: it was counted, and no more is said."""

    receipt: str
    total: Decimal | None = None
    dropped: str = ""
    marks: dict[str, Decimal] = field(default_factory=dict)
    dropped_marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of a result beside score, grade and turnout.

    ``totals`` are highest first, ``sheets`` in the order of their receipts. ``withheld`` names what is not told because
    too few sheets are behind it: ``groups``, ``totals``, ``criteria``; or ``scores``, where only grades are told.
    """

    totals: tuple[Total, ...]
    sheets: tuple[SheetTold, ...]
    criteria: tuple[CriterionMean, ...]
    groups: tuple[GroupMean, ...]
    spread: Spread | None
    working: tuple[Working, ...]
    withheld: frozenset[str] = frozenset()


def told_to_staff(result: Result) -> Account:
    sheets = tuple(map(_as_given, _by_receipt(result)))
    return Account(_totals(result), sheets, result.criteria, result.groups, result.spread, result.working)


def tells_numbers(plan: Plan) -> bool:
    """Whether anybody but the staff is told a number of a result, or who is ahead or level."""
    return plan.rules.results_shown is not ResultsShown.BY_GRADE


def told(plan: Plan, result: Result) -> Result:
    """What everybody is told that a result is: by the rules, all of it, or the grade without any number."""
    if tells_numbers(plan):
        return result
    return replace(result, score=None, approval=None, levels=())


def told_to_everybody(plan: Plan, result: Result) -> Account:
    if not tells_numbers(plan):
        return _grade_alone(result)
    withheld = frozenset(_withheld(plan, result))
    is_given = plan.rules.receipts is Receipts.AS_GIVEN and "totals" not in withheld
    return Account(
        totals=() if "totals" in withheld else _totals(result),
        sheets=tuple(_as_given(each) if is_given else SheetTold(each.receipt) for each in _by_receipt(result)),
        criteria=() if "criteria" in withheld else result.criteria,
        groups=() if "groups" in withheld else result.groups,
        spread=None if "totals" in withheld else result.spread,
        working=tuple(step for step in result.working if not _needs(step) & withheld),
        withheld=withheld,
    )


def _grade_alone(result: Result) -> Account:
    """That each sheet was counted, and how many there were."""
    return Account(
        totals=(),
        sheets=tuple(SheetTold(each.receipt) for each in _by_receipt(result)),
        criteria=(),
        groups=(),
        spread=None,
        working=tuple(step for step in result.working if step.code in ("turnout", "quorum", "no_quorum")),
        withheld=frozenset({"scores"}),
    )


def small_groups(plan: Plan) -> list[str]:
    """The groups of which no number can be told, in a panel of several: too few seats, as far as the plan knows.

    With weights that is said also where they are too few for one unit, because of recusals: its totals will be missed.
    """
    entitled = [[seat for seat in plan.seats if unit.id not in seat.recusals] for unit in plan.units]
    panels = [list(plan.seats), *(entitled if plan.rules.group_weights else [])]
    groups = plan.groups_among({seat.group for seat in plan.seats})
    if len(groups) < 2:
        return []
    return [group for group in groups if any(sum(seat.group == group for seat in each) < FEWEST for each in panels)]


def word_on_small_groups(plan: Plan) -> Said | None:
    """What whoever prepares a meeting should know of its small groups; None if it has none."""
    small = tuple(said_of_group(plan, group) for group in small_groups(plan))
    if plan.mode is not Mode.POINTS or not small:
        return None
    code = "look.small_groups_with_weights" if plan.rules.group_weights else "look.small_groups"
    return Said(code, {"groups": small})


def _withheld(plan: Plan, result: Result) -> Iterator[str]:
    if not result.is_scored:
        return
    groups = {seat.group for seat in plan.seats}
    sheets = Counter(sheet.group for sheet in result.sheets)
    if len(groups) > 1 and any(sheets[group] < FEWEST for group in groups):
        yield "groups"
        if plan.rules.group_weights and result.level is None:
            yield "totals"
    if result.criteria and min(_kept_of(result, each.criterion) for each in result.criteria) < FEWEST:
        yield "criteria"


def _kept_of(result: Result, criterion: str) -> int:
    return sum(not sheet.dropped and criterion not in sheet.dropped_marks for sheet in result.sheets)


NEEDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("turnout", "quorum", "no_quorum", "rounded", "grade", "no_grade", "sum_of_means"), frozenset()),
    **dict.fromkeys(("levels", "approval", "level_by_plurality", "level_by_median"), frozenset()),
    **dict.fromkeys(("totals", "mean", "trimmed_sheets"), frozenset({"totals"})),
    **dict.fromkeys(("not_trimmed", "trimmed_criteria"), frozenset()),
    **dict.fromkeys(("criterion_means", "criterion_means_rounded", "weighted_means_rounded"), frozenset({"criteria"})),
    **dict.fromkeys(("group_mean", "weighted_mean"), frozenset({"groups"})),
}
"""What a step of the working speaks of, by its code; of one that names a group, also ``groups``."""

EVERYTHING = frozenset({"groups", "totals", "criteria"})


def _needs(step: Working) -> frozenset[str]:
    """A step that nobody has thought of is told only where nothing is withheld."""
    needed = NEEDS.get(step.code, EVERYTHING)
    return needed | {"groups"} if step.facts.get("group") else needed


STANDS = ("high", "", "low")
"""Of equal totals, what was dropped as the highest stands first, what was dropped as the lowest last."""


def _totals(result: Result) -> tuple[Total, ...]:
    """Level sheets have none."""
    if result.level is not None:
        return ()
    ordered = sorted(result.sheets, key=lambda sheet: (sheet.total.copy_negate(), STANDS.index(sheet.dropped)))
    return tuple(Total(sheet.total, sheet.dropped) for sheet in ordered)


def _by_receipt(result: Result) -> list[CountedSheet]:
    return sorted(result.sheets, key=lambda sheet: sheet.receipt)


def _as_given(sheet: CountedSheet) -> SheetTold:
    return SheetTold(sheet.receipt, sheet.total, sheet.dropped, sheet.marks, sheet.dropped_marks)
