"""What choosing, answering, handing over and withdrawing a question changes, also on the displays."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.displays.state import Displays, Scene, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.questions.state import Question

OfQuestions = e.QuestionChosen | e.QuestionAnswered | e.QuestionHandedOver | e.QuestionWithdrawn


def turned(meeting: Meeting, event: OfQuestions) -> Meeting:
    questions = {**meeting.questions, event.question: _turned(meeting, event)}
    return replace(meeting, questions=questions, displays=_displays(meeting, event))


def _turned(meeting: Meeting, event: OfQuestions) -> Question:
    if isinstance(event, e.QuestionWithdrawn):
        return replace(meeting.questions[event.question], withdrawn_at=event.at, reason=event.reason)
    known = meeting.questions.get(event.question) or Question(event.question, event.asked)
    if known.withdrawn_at is not None:  # what it was shown or answered as before is told no more
        known = Question(event.question, event.asked, findings=known.findings)
    told = replace(known, asked=event.asked)
    match event:
        case e.QuestionChosen():
            return replace(told, chosen_at=event.at)
        case e.QuestionAnswered():
            return replace(told, answered_at=event.at, answer=event.answer)
        case e.QuestionHandedOver():
            return replace(told, findings=(*told.findings, event.finding))


def _displays(meeting: Meeting, event: OfQuestions) -> Displays:
    """It stands on them until it is answered, or the agenda goes on."""
    match event:
        case e.QuestionChosen():
            return replace(meeting.displays, shown=Scene(SceneKind.QUESTION, question=event.question))
        case e.QuestionAnswered() | e.QuestionWithdrawn():
            return meeting.displays.without(lambda scene: scene.question == event.question)
    return meeting.displays
