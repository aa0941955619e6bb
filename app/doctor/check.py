"""What the doctor says about one thing: whether it is well, and what to do if not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Translate = Callable[[str], str]


class Condition(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """``subject`` for scripts (``disk.speed``), ``says`` and ``do`` for people; ``do`` is empty if all is well."""

    subject: str
    level: Condition
    says: str
    do: str = ""


def ok(subject: str, says: str) -> Check:
    return Check(subject, Condition.OK, says)


def warning(subject: str, says: str, do: str) -> Check:
    return Check(subject, Condition.WARNING, says, do)


def problem(subject: str, says: str, do: str) -> Check:
    return Check(subject, Condition.PROBLEM, says, do)


def in_words(check: Check, _: Translate) -> str:
    """One or two lines for the terminal."""
    levels = {Condition.OK: _("ok"), Condition.WARNING: _("warning"), Condition.PROBLEM: _("problem")}
    line = f"[{levels[check.level]}] {check.says}"
    return f"{line}\n    → {check.do}" if check.do else line
