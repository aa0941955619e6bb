"""A line for the first page of everybody who has a key: what of the findings is due, and what waits for the bureau."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.findings.asking import today
from app.meeting.findings.state import Party
from app.meeting.findings.summing import Mark, sum_up
from app.meeting.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Due:
    open: int
    overdue: int
    due_soon: int
    for_bureau: int


def due_of(meeting: Meeting, now: datetime) -> Due | None:
    """None as long as there is no finding."""
    if not meeting.findings.by_id:
        return None
    summary = sum_up(meeting.findings.by_id.values(), today(meeting, now))
    for_bureau = sum(each.number for each in summary.waiting if each.party is Party.BUREAU)
    marks = summary.whole
    return Due(marks[Mark.OPEN], marks[Mark.OVERDUE], marks[Mark.DUE_SOON], for_bureau)
