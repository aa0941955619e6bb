"""What the log tells of a question of the audience. Before, it is a row, and in no log."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.questions.state import Asked


@dataclass(frozen=True, slots=True)
class QuestionChosen:
    """It was shown to the hall."""

    question: str
    asked: Asked
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """``answer`` is empty if it was answered aloud."""

    question: str
    asked: Asked
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionHandedOver:
    """It was made a draft of a finding, which is drafted by the entry that follows."""

    question: str
    asked: Asked
    finding: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn:
    question: str
    reason: str
    at: datetime
