"""Units hand in papers for the panel. Which of them society may read is decided apart, and by default none."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.texts import the_author


def show_reports(meeting: Meeting, command: c.ShowReports, now: datetime) -> list[e.Event]:
    """Also of a meeting that is over, but of none that has not begun: until then its papers can change."""
    refuse_if(meeting.opened_at is None, "meeting.not_open")
    handed_in = [each.id for unit in meeting.plan.units for each in unit.attachments]
    refuse_unless(set(command.attachments) <= set(handed_in), "report.unknown")
    shown = tuple(each for each in handed_in if each in command.attachments)
    author = the_author(command.author)
    return [] if shown == meeting.reports_shown else [e.ReportsShown(shown, author, at=now)]
