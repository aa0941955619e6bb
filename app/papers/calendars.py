"""The days of findings as a calendar file, for whatever people keep their days in: of one unit, or of all.

An event for each unit, day and thing to do, all day long, with the numbers of the findings that it is about. The same
record makes the same bytes, and an event keeps its name as long as its day does not move: so a file that is read in
again adds nothing twice.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.language import Language, say
from app.meeting.findings.lateness import papers_by, report_by
from app.meeting.findings.state import Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.papers.findings.telling import called, note_on_days
from app.workdays import working_days_before

REMINDED_BEFORE, REMINDED_AT = 3, timedelta(hours=9)
"""So many working days before, at this time of the day."""

_MAY_RETURN = frozenset({Stand.HANDED_OVER, Stand.SIGNED_FOR})
_NOT_DONE = _MAY_RETURN | {Stand.DISPUTED, Stand.PLANNED, Stand.RECTIFYING}


@dataclass(frozen=True, slots=True)
class _Day:
    """What is due on a day, of which unit and which of its findings."""

    unit: str
    what: str
    on: date
    findings: tuple[Finding, ...]


def calendar_of(meeting: Meeting, day: date, unit: str | None = None) -> bytes:
    """What is due from ``day`` on: of one unit what is its own to do, else of all units, and the bureau's."""
    from icalendar import Calendar  # seldom needed, and a start should not wait for it

    made = Calendar()
    made.add("prodid", "-//Kaimen//Findings//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _said("calendar.name", meeting=meeting.plan.name))
    for each in _days(meeting, day, unit):
        made.add_component(_event(meeting, each))
    content: bytes = made.to_ical()
    return content


def _days(meeting: Meeting, from_day: date, unit: str | None) -> list[_Day]:
    found: dict[tuple[date, str, str], list[Finding]] = {}
    for finding in meeting.findings.issued:
        if unit is None or finding.unit == unit:
            for what, on, is_bureaus in _due(finding):
                if on >= from_day and (unit is None or not is_bureaus):
                    found.setdefault((on, finding.unit, what), []).append(finding)
    return [_Day(of, what, on, tuple(findings)) for (on, of, what), findings in sorted(found.items(), key=_in_order)]


def _in_order(found: tuple[tuple[date, str, str], list[Finding]]) -> tuple[date, str, str]:
    return found[0]


def _due(finding: Finding) -> Iterator[tuple[str, date, bool]]:
    """What is due, when, and whether it is the bureau's alone."""
    days, standing = finding.deadlines, finding.standing
    if papers := papers_by(finding):
        yield "notice", papers, True
    if days and standing in _MAY_RETURN:
        yield "dispute", days.dispute, False
        yield "plan", days.plan, False
    if days and finding.due and standing in _NOT_DONE:
        yield "rectification", finding.due, False
    if report := report_by(finding):
        yield "report", report, False
    if finding.checkpoint and standing is Stand.LONG_TERM:
        yield "checkpoint", finding.checkpoint, False
    if finding.notice_until and standing is Stand.NOTICE:
        yield "public", finding.notice_until, False
    if finding.look_back_on and standing is Stand.STRUCK_OFF and not finding.looked_back_on:
        yield "look_back", finding.look_back_on, True


def _event(meeting: Meeting, due: _Day) -> Any:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", _name_of(meeting, due))
    event.add("dtstamp", _last_change(due))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", _summary(meeting, due))
    event.add("description", _description(due))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(meeting, due))
    alarm.add("trigger", working_days_before(due.on, REMINDED_BEFORE) - due.on + REMINDED_AT)
    event.add_component(alarm)
    return event


def _name_of(meeting: Meeting, due: _Day) -> str:
    told = f"{meeting.plan.code}\n{due.unit}\n{due.what}\n{due.on.isoformat()}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@kaimen"


def _last_change(due: _Day) -> datetime:
    return max(step.at for finding in due.findings for step in finding.steps)


def _summary(meeting: Meeting, due: _Day) -> str:
    unit = meeting.unit(due.unit).short_name
    return _said(f"calendar.{due.what}", unit=unit, numbers=tuple(str(each.number) for each in due.findings))


def _description(due: _Day) -> str:
    texts = [f"{each.number}. {called(each)}" for each in due.findings]
    return "\n".join([*texts, *filter(None, [note_on_days([due.on])])])


def _said(code: str, **facts: str | tuple[str, ...]) -> str:
    return say(Said(code, dict(facts)), Language.CHINESE)
