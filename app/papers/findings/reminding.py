"""Which findings a unit is reminded of on a given day, and how: shortly before their day, after it, long after it.

What a unit is late with is never written down: each of these papers is computed for the day on which it is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.meeting.findings.lateness import awaited, report_by
from app.meeting.findings.state import Finding, Party
from app.meeting.meeting import Meeting
from app.papers.findings.telling import what_is_due
from app.papers.letters.saying import said
from app.papers.wording import word
from app.workdays import working_days_after, working_days_between

SHORTLY_BEFORE, LONG_AFTER = 3, 10
TO_ANSWER, TO_BE_DONE = 3, 5
"""Working days: when a day is near, when it is long past, and what a unit is given then to answer or to be done."""

REMINDER, URGING, ADMONITION = "reminder", "urging", "admonition"
"""提醒书, 督办单, 告诫书."""
ASKED_FOR = (REMINDER, URGING, ADMONITION)


@dataclass(frozen=True, slots=True)
class Due:
    """A finding that waits for its unit: for ``what``, and the day by which it was or is to be done."""

    finding: Finding
    what: str
    by: date
    difference: str


@dataclass(frozen=True, slots=True)
class Reminding:
    """``last_day``: by when the unit is to answer, or to be done; nothing new where its day is still to come."""

    form: str
    unit: str
    due: tuple[Due, ...]
    last_day: date | None


def remindings_of(meeting: Meeting, day: date) -> list[Reminding]:
    """The mildest first, each unit in the order of the plan."""
    found: dict[tuple[str, str], list[Due]] = {}
    for finding in meeting.findings.issued:
        for form, due in _due(finding, day):
            found.setdefault((form, finding.unit), []).append(due)
    lasts = {
        REMINDER: None,
        URGING: working_days_after(day, TO_ANSWER),
        ADMONITION: working_days_after(day, TO_BE_DONE),
    }
    return [
        Reminding(form, unit.id, tuple(found[form, unit.id]), last)
        for form, last in lasts.items()
        for unit in meeting.plan.units
        if (form, unit.id) in found
    ]


def _due(finding: Finding, day: date) -> Iterator[tuple[str, Due]]:
    waits, report = awaited(finding, day), report_by(finding)
    if waits is not None and waits.party is Party.UNIT and waits.by is not None:
        yield from _reminded(finding, what_is_due(finding), waits.by, day)
    if report is not None:
        yield from _reminded(finding, word("due.report"), report, day)


def _reminded(finding: Finding, what: str, by: date, day: date) -> Iterator[tuple[str, Due]]:
    if day <= by:
        left = working_days_between(day, by)
        if left <= SHORTLY_BEFORE:
            yield REMINDER, Due(finding, what, by, said("letter.working_days_left", days=left))
        return
    form = ADMONITION if working_days_between(by, day) >= LONG_AFTER else URGING
    yield form, Due(finding, what, by, said("letter.days_late", days=(day - by).days))
