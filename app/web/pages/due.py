"""A line for the first page of everybody who has a key: what of the findings is due, and what waits for the bureau."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.findings.asking import today
from app.meeting.findings.lateness import next_to_move
from app.meeting.findings.state import Party
from app.meeting.findings.summing import Mark, sum_up
from app.meeting.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Due:
    """``for_bureau``: what it can do something about now."""

    open: int
    overdue: int
    due_soon: int
    for_bureau: int


def due_of(meeting: Meeting, now: datetime) -> Due | None:
    """None as long as there is no finding."""
    if not meeting.findings.by_id:
        return None
    findings, day = meeting.findings.by_id.values(), today(meeting, now)
    marks = sum_up(findings, day).whole
    for_bureau = sum(next_to_move(each, day) is Party.BUREAU for each in findings)
    return Due(marks[Mark.OPEN], marks[Mark.OVERDUE], marks[Mark.DUE_SOON], for_bureau)
