"""A unit's report on how its findings were put right comes in: by its own page, or on paper at the bureau."""

from collections.abc import Iterable
from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.findings.asking import LONGEST_ACCOUNT, each_in_standing, of_unit, today
from app.meeting.findings.state import Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.texts import the_author, the_text

REPORTABLE = (
    Stand.SIGNED_FOR,
    Stand.PLANNED,
    Stand.RECTIFYING,
    Stand.LONG_TERM,
    Stand.ASKED,
    Stand.TO_VERIFY,
    Stand.VERIFIED,
    Stand.NOTICE,
    Stand.STRUCK_OFF,
)
"""Signed for, whatever has become of it since: a report says of what is not done why it is not."""


def hand_in_report(meeting: Meeting, command: c.HandInReport, now: datetime) -> list[e.Event]:
    """Also another one, after more has been done."""
    refuse_unless(bool(command.findings), "findings.none_chosen")
    ids = dict.fromkeys(command.findings)
    findings = [of_unit(meeting, command.unit, id, *REPORTABLE) for id in ids]
    text, author = the_text(command.text, LONGEST_ACCOUNT), the_author(command.author)
    return [e.ReportCameIn(command.unit, _ids(findings), today(meeting, now), text, author, at=now)]


def enter_report(meeting: Meeting, command: c.EnterReport, now: datetime) -> list[e.Event]:
    """One for each unit."""
    findings = each_in_standing(meeting, command.findings, *REPORTABLE)
    author, on = the_author(command.author), command.on
    refuse_if(on > today(meeting, now), "report.in_future", day=on.isoformat())
    handed_over = max((each.handed_over_on for each in findings if each.handed_over_on), default=on)
    refuse_if(on < handed_over, "report.before_hand_over", day=handed_over.isoformat())
    units = dict.fromkeys(each.unit for each in findings)
    return [
        e.ReportCameIn(unit, _ids(each for each in findings if each.unit == unit), on, "", author, now, on_paper=True)
        for unit in units
    ]


def _ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(each.id for each in findings)
