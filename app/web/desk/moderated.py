"""A question as it lies on the desk: its row, what the list of words finds in it, and what the log tells of it."""

from dataclasses import dataclass

from app.live.screens.parts import time_of_day
from app.live.screens.questions import finding_of, name_of_asked
from app.meeting.meeting import Meeting
from app.meeting.questions.sifting import Find, Sieve
from app.store.questions import AskedQuestion


@dataclass(frozen=True, slots=True)
class QuestionOnDesk:
    """``is_told``: the log has told it, so that only withdrawing takes it away; ``is_on``: it is on the displays now.

    ``finding``: the number that the unit was given; ``is_draft``: it is a draft of a finding.
    """

    row: AskedQuestion
    unit: str
    at: str
    finds: list[Find]
    is_told: bool
    is_on: bool
    was_chosen: bool
    answer: str
    is_draft: bool
    finding: int
    finding_id: str
    into: str


def on_desk(meeting: Meeting, row: AskedQuestion, sieve: Sieve | None) -> QuestionOnDesk:
    known = meeting.questions.get(row.id)
    issued = finding_of(meeting, known)
    return QuestionOnDesk(
        row=row,
        unit=name_of_asked(meeting, row.unit),
        at=time_of_day(meeting, row.asked_at),
        finds=sieve.finds(row.text) if sieve else [],
        is_told=known is not None and known.is_shown,
        is_on=meeting.scene.question == row.id,
        was_chosen=known is not None and known.chosen_at is not None,
        answer=known.answer if known else "",
        is_draft=bool(known and known.findings and issued is None),
        finding=issued.number if issued else 0,
        finding_id=known.findings[-1] if known and known.findings else "",
        into=row.merged_into,
    )
