"""Questions: choose, answer, hand over, withdraw. Only what has been approved, and so everybody may read."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.displays.state import SceneKind
from app.meeting.findings.asking import must_be_a_new_one
from app.meeting.findings.state import FindingKind, Stand
from app.meeting.lookups import must_be_open, the_unit
from app.meeting.meeting import Meeting
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import PUBLIC, Asked, Question, Standing
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.texts import the_author, the_reason, the_text

LONGEST_QUESTION = 200
LONGEST_ANSWER = 500


def choose_question(meeting: Meeting, command: c.ChooseQuestion, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    asked = _approved(meeting, command.asked, command.standing)
    is_on = meeting.scene.kind is SceneKind.QUESTION and meeting.scene.question == command.question
    return [] if is_on else [e.QuestionChosen(command.question, asked, at=now)]


def answer_question(meeting: Meeting, command: c.AnswerQuestion, now: datetime) -> list[e.Event]:
    """During the meeting or after it."""
    asked = _approved(meeting, command.asked, command.standing)
    answer = the_text(command.answer, LONGEST_ANSWER) if command.answer.strip() else ""
    known = meeting.questions.get(command.question)
    is_so = known is not None and known.answered_at is not None and answer in ("", known.answer)
    is_so = is_so and command.standing is Standing.ANSWERED
    return [] if is_so else [e.QuestionAnswered(command.question, asked, answer, at=now)]


def hand_over_question(meeting: Meeting, command: c.HandOverQuestion, now: datetime) -> list[e.Event]:
    """In its own words, which the bureau may still put right in the draft."""
    asked = _approved(meeting, command.asked, command.standing)
    author = the_author(command.author)
    refuse_unless(bool(command.unit or asked.unit), "question.for_no_unit")
    unit = the_unit(meeting, command.unit or asked.unit)
    refuse_if(_is_handed_over(meeting, meeting.questions.get(command.question)), "question.handed_over")
    must_be_a_new_one(meeting, command.finding)
    kind, of = FindingKind.IN_TERM, (command.question,)
    return [
        e.QuestionHandedOver(command.question, asked, command.finding, unit.id, at=now),
        e.FindingDrafted(command.finding, unit.id, asked.text, kind, author, now, questions=of),
    ]


def withdraw_question(meeting: Meeting, command: c.WithdrawQuestion, now: datetime) -> list[e.Event]:
    question = meeting.questions.get(command.question)
    if question is None:
        raise Refused("question.unknown")
    refuse_if(question.withdrawn_at is not None, "question.withdrawn")
    return [e.QuestionWithdrawn(question.id, the_reason(command.reason), at=now)]


def _approved(meeting: Meeting, asked: Asked | None, standing: Standing) -> Asked:
    refuse_if(meeting.opened_at is None, "meeting.not_open")
    refuse_if(meeting.plan.rules.questions is Questions.NEVER, "questions.none")
    if asked is None:
        raise Refused("question.unknown")
    refuse_unless(standing in PUBLIC, "question.not_approved")
    return asked


def _is_handed_over(meeting: Meeting, question: Question | None) -> bool:
    """Whether it has become a finding that was not withdrawn as a draft or later."""
    found = [meeting.findings.by_id.get(id) for id in question.findings] if question else []
    return any(each is not None and each.standing is not Stand.WITHDRAWN for each in found)
