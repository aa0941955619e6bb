"""Questions of the audience as the log tells of them: on the displays, on a stream, on the phones.

What has not been chosen, answered or handed over is in no meeting, and so in no picture.
"""

from typing import Literal

from app.live import paging
from app.live.contexts import Context
from app.live.screens.onstage import OnStage
from app.live.views import Look
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.findings.state import Finding, Stand
from app.meeting.measure import HEAD, Area, packed
from app.meeting.meeting import Meeting
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import Question

LATEST = 5
"""On the first page of a phone, which is to be light; all of them are a press away."""


class QuestionQuoted(Context, frozen=True, kw_only=True):
    """``unit`` is empty if all were asked; ``pages`` are the parts of its text, each as much as there is room for."""

    unit: str
    upvotes: int
    pages: list[str]


class QuestionOnStage(OnStage, frozen=True, kw_only=True):
    """One question alone; none if it has been withdrawn."""

    scene: Literal["question"] = "question"
    question: QuestionQuoted | None


class QuestionOnPhone(Context, frozen=True, kw_only=True):
    """``answer`` is empty if it was answered aloud."""

    question: str
    unit: str
    text: str
    is_answered: bool
    answer: str


class QuestionsOnPhone(Context, frozen=True, kw_only=True):
    """What the hall was shown and what was answered, the latest first. ``are_asked``: whether the audience may ask at
    all, ``are_taken``: whether it may now."""

    code: str
    are_asked: bool
    are_taken: bool
    questions: list[QuestionOnPhone]


def scene(meeting: Meeting, scene: Scene, is_held: bool) -> QuestionOnStage:
    return QuestionOnStage(is_held=is_held, question=quoted(meeting, scene, paging.STAGE))


def quoted(meeting: Meeting, scene: Scene, room: Area) -> QuestionQuoted | None:
    """The question of a scene as it fits into a room."""
    question = meeting.questions.get(scene.question or "") if scene.kind is SceneKind.QUESTION else None
    if question is None or not question.is_shown:
        return None
    pages = packed([question.asked.text], room, [HEAD])
    return QuestionQuoted(
        unit=name_of_asked(meeting, question.asked.unit),
        upvotes=question.asked.upvotes,
        pages=["".join(part.text for part in page) for page in pages],
    )


def name_of_asked(meeting: Meeting, unit: str) -> str:
    """The unit that is asked, by its id; empty if all are."""
    return next((each.short_name for each in meeting.plan.units if each.id == unit), "")


def on_phone(look: Look) -> QuestionsOnPhone:
    meeting = look.meeting
    shown = [each for each in meeting.questions.values() if each.is_shown]
    shown.sort(key=lambda each: (max(filter(None, [each.chosen_at, each.answered_at])), each.id), reverse=True)
    return QuestionsOnPhone(
        code=meeting.plan.code,
        are_asked=meeting.plan.rules.questions is not Questions.NEVER,
        are_taken=are_taken(meeting),
        questions=[_on_phone(meeting, each) for each in shown[:LATEST]],
    )


def are_taken(meeting: Meeting) -> bool:
    return meeting.is_open and meeting.plan.rules.questions is not Questions.NEVER


def finding_of(meeting: Meeting, question: Question | None) -> Finding | None:
    """What the unit has been handed of it: no draft, and nothing that was dropped as one."""
    for id in reversed(question.findings) if question else ():
        finding = meeting.findings.by_id.get(id)
        while finding is not None and finding.standing is Stand.MERGED:
            finding = meeting.findings.by_id.get(finding.merged_into)
        if finding is not None and finding.is_issued:
            return finding
    return None


def _on_phone(meeting: Meeting, question: Question) -> QuestionOnPhone:
    return QuestionOnPhone(
        question=question.id,
        unit=name_of_asked(meeting, question.asked.unit),
        text=question.asked.text,
        is_answered=question.answered_at is not None,
        answer=question.answer,
    )
