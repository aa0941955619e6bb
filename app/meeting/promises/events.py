"""What the panel said of last year's promises."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.promises.state import PromiseCount, PromiseMark


@dataclass(frozen=True, slots=True)
class PromiseJudged:
    round: str
    seat: str
    promise: int
    mark: PromiseMark
    at: datetime


@dataclass(frozen=True, slots=True)
class JudgementErased:
    round: str
    seat: str
    promise: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PromisesTold:
    """Told with the result of the round; ``counts`` as everybody is told them, which ``verify`` compares."""

    round: str
    counts: tuple[PromiseCount, ...]
    at: datetime
