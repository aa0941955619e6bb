"""What came of findings month by month, and where those of a unit stand: the numbers of the charts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from enum import StrEnum

from app.meeting.findings.lateness import days_late, is_overdue
from app.meeting.findings.state import ON_ITS_WAY, Finding, Stand


class FindingStep(StrEnum):
    """``FELL_DUE``: its day passed, and the unit had not said that it is done."""

    HANDED_OVER = "handed_over"
    FELL_DUE = "fell_due"
    STRUCK_OFF = "struck_off"
    REOPENED = "reopened"


class FindingPlace(StrEnum):
    """Where a finding is, each in one place alone; the best first. What was withdrawn is in none."""

    STRUCK_OFF = "struck_off"
    ON_ITS_WAY = "on_its_way"
    IN_HAND = "in_hand"
    OVERDUE = "overdue"
    LONG_TERM = "long_term"


_STEPS = {
    "FindingHandedOver": FindingStep.HANDED_OVER,
    "FindingStruckOff": FindingStep.STRUCK_OFF,
    "FindingReopened": FindingStep.REOPENED,
}

MOST_MONTHS = 60
"""More would be too narrow to see: the latest."""


def by_month(findings: Iterable[Finding], today: date, zone: tzinfo | None) -> dict[str, Counter[FindingStep]]:
    """By the month (``2026-11``), in their order and without a gap, from the first in which something happened."""
    found: dict[str, Counter[FindingStep]] = {}
    for finding in findings:
        for what, on in _happened(finding, today, zone):
            found.setdefault(_month(on), Counter())[what] += 1
    if not found:
        return {}
    months = list(_from_to(min(found), max(found)))[-MOST_MONTHS:]
    return {month: found.get(month, Counter()) for month in months}


def place_of(finding: Finding, today: date) -> FindingPlace | None:
    if not finding.is_issued or finding.standing is Stand.WITHDRAWN:
        return None
    if finding.standing is Stand.STRUCK_OFF:
        return FindingPlace.STRUCK_OFF
    if is_overdue(finding, today):
        return FindingPlace.OVERDUE
    if finding.standing in ON_ITS_WAY:
        return FindingPlace.ON_ITS_WAY
    return FindingPlace.LONG_TERM if finding.standing is Stand.LONG_TERM else FindingPlace.IN_HAND


def _happened(finding: Finding, today: date, zone: tzinfo | None) -> Iterator[tuple[FindingStep, date]]:
    for step in finding.course:
        if step.what in _STEPS:
            yield _STEPS[step.what], step.at.astimezone(zone).date()
    if finding.due and days_late(finding, today):
        yield FindingStep.FELL_DUE, finding.due


def _from_to(first: str, last: str) -> Iterator[str]:
    month = date.fromisoformat(f"{first}-01")
    while _month(month) <= last:
        yield _month(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _month(day: date) -> str:
    return day.isoformat()[:7]
