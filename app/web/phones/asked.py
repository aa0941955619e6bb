"""A question as a phone shows it: where it stands, also months later, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.live.screens.questions import finding_of, name_of_asked
from app.meeting.meeting import Meeting
from app.meeting.questions.state import Standing
from app.store.questions import AskedQuestion


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """``state``: the word that says where it stands; ``into``: the text of the one that it is part of, if that is told.

    ``finding``: the number that the unit was given, of ``of_unit``; 0 if it was not handed over.
    """

    id: str
    unit: str
    text: str
    upvotes: int
    state: str
    reason: str
    answer: str
    into: str
    finding: int
    of_unit: str
    id_of_unit: str
    standing: str


def told(meeting: Meeting, row: AskedQuestion, into: Mapping[str, AskedQuestion] | None = None) -> QuestionTold:
    """Of one that is part of another what that one is, as far as everybody may know it."""
    whole = (into or {}).get(row.merged_into, row)
    known = meeting.questions.get(whole.id)
    finding = finding_of(meeting, known)
    unit = meeting.unit(finding.unit) if finding else None
    return QuestionTold(
        id=row.id,
        unit=name_of_asked(meeting, row.unit),
        text=row.text,
        upvotes=whole.upvotes,
        state=_state(meeting, whole),
        reason=row.reason,
        answer=known.answer if known and known.is_shown else "",
        into=whole.text if whole is not row else "",
        finding=finding.number if finding else 0,
        of_unit=unit.short_name if unit else "",
        id_of_unit=unit.id if unit else "",
        standing=str(finding.standing) if finding else "",
    )


def _state(meeting: Meeting, row: AskedQuestion) -> str:
    """As its row stands, and more than approved where the log tells more."""
    known = meeting.questions.get(row.id)
    if row.standing is not Standing.APPROVED or known is None:
        return str(row.standing)
    if finding_of(meeting, known) is None and known.findings:
        return "taken_up"
    return "chosen" if known.chosen_at else str(row.standing)
