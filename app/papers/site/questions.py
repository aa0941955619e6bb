"""Questions of the audience as society reads them: what was chosen, answered or handed over, and nothing else."""

from app.live.screens.questions import finding_of
from app.meeting.meeting import Meeting
from app.meeting.questions.state import Question
from app.papers.site.shown import QuestionShown


def questions_shown(meeting: Meeting, unit: str) -> tuple[QuestionShown, ...]:
    """Those asked of a unit, or (empty) of all, in the order in which the log told of them first."""
    asked = (each for each in meeting.questions.values() if each.asked.unit == unit and each.withdrawn_at is None)
    return tuple(_shown(meeting, each) for each in asked if each.is_shown or finding_of(meeting, each))


def _shown(meeting: Meeting, question: Question) -> QuestionShown:
    finding = finding_of(meeting, question)
    return QuestionShown(
        text=question.asked.text,
        upvotes=question.asked.upvotes,
        is_answered=question.answered_at is not None,
        answer=question.answer,
        of_unit=finding.unit if finding else "",
        finding=finding.number if finding else 0,
    )
