"""Questions of the audience, for tests: as their rows would say them."""

from datetime import UTC, datetime
from typing import Any

from app.meeting import commands as c
from app.meeting.questions.state import Asked, Standing

ROADS = "question-of-the-roads"
WHEN = datetime(2023, 11, 17, 4, 0, tzinfo=UTC)
TEXT = "When will the road to the school be lit?"


def asked(text: str = TEXT, unit: str = "water", upvotes: int = 12) -> Asked:
    return Asked(unit, text, upvotes, WHEN)


def chooses(id: str = ROADS, **of: Any) -> c.ChooseQuestion:
    return c.ChooseQuestion(id, asked(**of), Standing.APPROVED)


def answers(id: str = ROADS, answer: str = "", **of: Any) -> c.AnswerQuestion:
    return c.AnswerQuestion(id, answer, asked(**of), Standing.APPROVED)


def hands_over(id: str = ROADS, finding: str = "finding-of-roads", unit: str = "", **of: Any) -> c.HandOverQuestion:
    return c.HandOverQuestion(id, finding, "the bureau", unit, asked(**of), Standing.APPROVED)
