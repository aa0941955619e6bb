"""How things stand with many findings on a day: the numbers that desk, papers and public page have in common."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.meeting.findings.lateness import (
    Awaited,
    awaited,
    days_late,
    is_due_this_week,
    is_due_within,
    is_overdue,
    is_past,
    papers_by,
    report_by,
    waits_too_long,
)
from app.meeting.findings.state import Finding, Party, Stand

SOON_DAYS = 7


class Mark(StrEnum):
    """What a finding counts as. ``LATE``: later than its day, whether still open or struck off since. ``OVERDUE`` is
    the unit's day alone; ``LOOK_BACK``: the bureau should have looked back at it by now; ``UNDELIVERED``: the papers
    should be with the unit by now; ``REPORT_LATE``: the unit's report on it should have come in."""

    DRAFT = "draft"
    ISSUED = "issued"
    OPEN = "open"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    DUE_THIS_WEEK = "due_this_week"
    LONG_TERM = "long_term"
    STRUCK_OFF = "struck_off"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    ASKS_FOR_TIME = "asks_for_time"
    RETURNED = "returned"
    EXTENDED = "extended"
    REOPENED = "reopened"
    LOOK_BACK = "look_back"
    UNDELIVERED = "undelivered"
    REPORT_LATE = "report_late"


Tally = Counter[Mark]
"""How many findings bear each mark."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many stand so and wait for this party; ``since`` when the first of them does; ``by``: the first day due."""

    standing: Stand
    party: Party
    number: int
    overdue: int
    since: datetime | None
    by: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """``by_month``: those handed over in a month (``2026-11``), with what has become of them; drafts stand in none."""

    whole: Tally
    by_unit: dict[str, Tally]
    by_criterion: dict[str, Tally]
    by_month: dict[str, Tally]
    waiting: list[Waiting]


def sum_up(findings: Iterable[Finding], today: date) -> Summary:
    """Each finding is looked at once. Drafts that were merged or withdrawn count as nothing."""
    whole: Tally = Counter()
    by: tuple[defaultdict[str, Tally], ...] = (defaultdict(Counter), defaultdict(Counter), defaultdict(Counter))
    waiting: defaultdict[tuple[Stand, Party], list[tuple[Finding, Awaited]]] = defaultdict(list)
    for finding in findings:
        marks = tuple(marks_of(finding, today))
        if not marks:
            continue
        month = finding.handed_over_on.isoformat()[:7] if finding.handed_over_on else ""
        for tally in (whole, by[0][finding.unit], by[1][finding.criterion], by[2][month]):
            tally.update(marks)
        if waits := awaited(finding, today):
            waiting[finding.standing, waits.party].append((finding, waits))
    by_month = {month: by[2][month] for month in sorted(by[2]) if month}
    return Summary(whole, dict(by[0]), dict(by[1]), by_month, _waiting(waiting, today))


def marks_of(finding: Finding, today: date) -> Iterator[Mark]:
    if finding.standing is Stand.DRAFT:
        yield Mark.DRAFT
    if not finding.is_issued:
        return
    yield Mark.ISSUED
    yield _where(finding)
    counts = {
        Mark.LONG_TERM: finding.standing is Stand.LONG_TERM,
        Mark.OVERDUE: is_overdue(finding, today),
        Mark.DUE_SOON: is_due_within(finding, today, SOON_DAYS),
        Mark.DUE_THIS_WEEK: is_due_this_week(finding, today),
        Mark.LATE: days_late(finding, today) > 0,
        Mark.ASKS_FOR_TIME: finding.waiting_extension is not None and not finding.is_ended,
        Mark.RETURNED: finding.returns > 0,
        Mark.EXTENDED: finding.granted_extensions > 0,
        Mark.REOPENED: finding.reopenings > 0,
        Mark.LOOK_BACK: finding.standing is Stand.STRUCK_OFF and waits_too_long(finding, today),
        Mark.UNDELIVERED: is_past(papers_by(finding), today),
        Mark.REPORT_LATE: is_past(report_by(finding), today),
    }
    yield from (mark for mark, counted in counts.items() if counted)


def _where(finding: Finding) -> Mark:
    if finding.standing is Stand.WITHDRAWN:
        return Mark.WITHDRAWN
    return Mark.STRUCK_OFF if finding.standing is Stand.STRUCK_OFF else Mark.OPEN


def _waiting(found: dict[tuple[Stand, Party], list[tuple[Finding, Awaited]]], today: date) -> list[Waiting]:
    """In the order of the course."""
    order = list(Stand)
    return [
        Waiting(
            standing,
            party,
            len(those),
            sum(1 for finding, _ in those if waits_too_long(finding, today)),
            min((finding.since for finding, _ in those if finding.since), default=None),
            min((waits.by for _, waits in those if waits.by), default=None),
        )
        for (standing, party), those in sorted(found.items(), key=lambda each: order.index(each[0][0]))
    ]
