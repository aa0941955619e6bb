"""Questions of the audience as the log tells of them: on the displays and on a stream.

What has not been chosen is in no meeting, and so in no picture.
"""

from typing import Literal

from app.live import paging
from app.live.contexts import Context
from app.live.screens.onstage import OnStage
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.measure import HEAD, Area, packed
from app.meeting.meeting import Meeting
from app.meeting.questions.state import Question


class QuestionQuoted(Context, frozen=True, kw_only=True):
    """``unit`` is empty if all were asked; ``pages`` are the parts of its text, each as much as there is room for."""

    unit: str
    upvotes: int
    pages: list[str]


class QuestionOnStage(OnStage, frozen=True, kw_only=True):
    """One question alone; none if it has been withdrawn."""

    scene: Literal["question"] = "question"
    question: QuestionQuoted | None


def scene(meeting: Meeting, scene: Scene, is_held: bool) -> QuestionOnStage:
    return QuestionOnStage(is_held=is_held, question=quoted(meeting, scene, paging.STAGE))


def quoted(meeting: Meeting, scene: Scene, room: Area) -> QuestionQuoted | None:
    """The question of a scene as it fits into a room."""
    question = meeting.questions.get(scene.question or "") if scene.kind is SceneKind.QUESTION else None
    if question is None or not question.is_shown:
        return None
    pages = packed([question.asked.text], room, [HEAD])
    return QuestionQuoted(
        unit=name_of_asked(meeting, question),
        upvotes=question.asked.upvotes,
        pages=["".join(part.text for part in page) for page in pages],
    )


def name_of_asked(meeting: Meeting, question: Question) -> str:
    """The unit that is asked; empty if all are."""
    unit = question.asked.unit
    return meeting.unit(unit).short_name if unit else ""
