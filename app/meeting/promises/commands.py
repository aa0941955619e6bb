"""What is asked for of last year's promises: by a seat of the panel, beside its sheet."""

from dataclasses import dataclass

from app.meeting.promises.state import PromiseMark


@dataclass(frozen=True, slots=True)
class JudgePromise:
    """``promise`` is its number."""

    round: str
    seat: str
    promise: int
    mark: PromiseMark


@dataclass(frozen=True, slots=True)
class EraseJudgement:
    round: str
    seat: str
    promise: int
