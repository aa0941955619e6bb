"""Whose move it is, by when, and how late it is: computed from the day it is asked about, never set."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.meeting.findings.state import Finding, Party, Stand

_WAITS_FOR: dict[Stand, Party] = {
    Stand.DRAFT: Party.BUREAU,
    Stand.HANDED_OVER: Party.UNIT,
    Stand.DISPUTED: Party.BUREAU,
    Stand.SIGNED_FOR: Party.UNIT,
    Stand.PLANNED: Party.BUREAU,
    Stand.RECTIFYING: Party.UNIT,
    Stand.LONG_TERM: Party.UNIT,
    Stand.ASKED: Party.BUREAU,
    Stand.TO_VERIFY: Party.VERIFIER,
    Stand.VERIFIED: Party.BUREAU,
    Stand.NOTICE: Party.SOCIETY,
}


DAYS_OF_WEEK = 7

_REACHED = frozenset({"FindingSignedFor", "FindingDisputed"})
"""Steps by which a unit shows that the papers are with it."""

_NOT_REPORTED_ON = frozenset({Stand.DRAFT, Stand.DISPUTED, Stand.WITHDRAWN, Stand.MERGED})


@dataclass(frozen=True, slots=True)
class Awaited:
    """``party``: whose move it is; ``by``: the last day for it, where there is one."""

    party: Party
    by: date | None = None


def awaited(finding: Finding, today: date) -> Awaited | None:
    """None: nobody has to do anything, unless its look-back is due."""
    if finding.standing is Stand.STRUCK_OFF:
        waits = finding.looked_back_on is None and finding.look_back_on is not None
        return Awaited(Party.BUREAU, finding.look_back_on) if waits else None
    party = _WAITS_FOR.get(finding.standing)
    if party is None:
        return None
    is_over = finding.notice_until is not None and today > finding.notice_until
    if finding.standing is Stand.NOTICE and (is_over or finding.open_objections):
        return Awaited(Party.BUREAU)
    return Awaited(party, _by(finding))


def next_to_move(finding: Finding, today: date) -> Party | None:
    """Who can do something now: before its day a look-back is nobody's."""
    waits = awaited(finding, today)
    is_later = finding.standing is Stand.STRUCK_OFF and waits is not None and waits.by is not None and today < waits.by
    return None if waits is None or is_later else waits.party


def _by(finding: Finding) -> date | None:
    days = finding.deadlines
    match finding.standing:
        case Stand.HANDED_OVER:
            return _earlier(days.dispute if days else None, finding.due)
        case Stand.SIGNED_FOR:
            return _earlier(days.plan if days else None, finding.due)
        case Stand.RECTIFYING:
            return finding.due
        case Stand.LONG_TERM:
            return finding.checkpoint
        case Stand.NOTICE:
            return finding.notice_until
    return None


def _earlier(day: date | None, due: date | None) -> date | None:
    """What is put right at once is due before its plan would be."""
    return min(day, due) if day and due else day or due


def waits_too_long(finding: Finding, today: date) -> bool:
    """Whether somebody's day has passed: the unit's, or the bureau's for a look-back."""
    waits = awaited(finding, today)
    is_counted = finding.standing is not Stand.NOTICE
    return is_counted and waits is not None and waits.by is not None and today > waits.by


def is_overdue(finding: Finding, today: date) -> bool:
    """Whether a day of the unit has passed: that of its next step, or that on which all was to be put right, whoever
    has to do something now. That nobody looks back at what is struck off is not its delay."""
    if finding.standing is Stand.STRUCK_OFF:
        return False
    return waits_too_long(finding, today) or (finding.asked_on is None and days_late(finding, today) > 0)


def days_late(finding: Finding, today: date) -> int:
    """Days after the day on which it was due to be put right, up to the day on which the unit said that it is done.

    What was given more time counts from the day that was granted, and what is long-term not at all.
    """
    if finding.due is None or finding.checkpoint is not None or finding.standing in (Stand.WITHDRAWN, Stand.MERGED):
        return 0
    return max(0, ((finding.asked_on or today) - finding.due).days)


def papers_by(finding: Finding) -> date | None:
    """By when the papers are to be with the unit; None once it has signed for them or returned them."""
    is_on_its_way = finding.standing is Stand.HANDED_OVER and not any(each.what in _REACHED for each in finding.course)
    return finding.deadlines.notice if finding.deadlines and is_on_its_way else None


def report_by(finding: Finding) -> date | None:
    """By when the unit is to report on it; None once it has, and of what it need not report on."""
    is_waited_for = finding.reported_on is None and finding.standing not in _NOT_REPORTED_ON
    return finding.deadlines.report if finding.deadlines and is_waited_for else None


def is_past(day: date | None, today: date) -> bool:
    return day is not None and today > day


def is_due_within(finding: Finding, today: date, days: int) -> bool:
    return any(0 <= (day - today).days <= days for day in _due(finding, today))


def is_due_this_week(finding: Finding, today: date) -> bool:
    """From Monday to Sunday, whether the day is still to come or has passed in vain."""
    monday = today - timedelta(days=today.weekday())
    return any(0 <= (day - monday).days < DAYS_OF_WEEK for day in _due(finding, today))


def _due(finding: Finding, today: date) -> list[date]:
    """Its next step, the papers that are to reach the unit, and the report on it, as far as they are waited for."""
    waits = awaited(finding, today)
    due = (waits.by if waits else None, papers_by(finding), report_by(finding))
    return [day for day in due if day is not None]
