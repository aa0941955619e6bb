"""What is asked for of a question of the audience.

``asked`` and ``standing`` are read from its row by whoever carries the command out, in the same transaction: nobody
who gives a command says them.
"""

from dataclasses import dataclass

from app.meeting.questions.state import Asked, Standing


@dataclass(frozen=True, slots=True)
class ChooseQuestion:
    """Show it to the hall."""

    question: str
    asked: Asked | None = None
    standing: Standing = Standing.WAITING


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """It has been answered, in words or (``answer`` empty) aloud."""

    question: str
    answer: str = ""
    asked: Asked | None = None
    standing: Standing = Standing.WAITING


@dataclass(frozen=True, slots=True)
class HandOverQuestion:
    """Make a draft of a finding on a unit of it; ``finding`` is the id of that."""

    question: str
    finding: str
    author: str
    unit: str = ""
    asked: Asked | None = None
    standing: Standing = Standing.WAITING


@dataclass(frozen=True, slots=True)
class WithdrawQuestion:
    """It is shown to nobody any more."""

    question: str
    reason: str
