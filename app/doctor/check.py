"""What the doctor says about one thing: whether it is well, and what to do if not."""

from dataclasses import dataclass
from enum import StrEnum

from app.language import Language, say
from app.meeting.refusals import Said


class Condition(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """``subject`` for scripts (``disk.speed``), ``says`` and ``do`` for people; no ``do`` if all is well."""

    subject: str
    level: Condition
    says: Said
    do: Said | None = None


def ok(subject: str, says: Said) -> Check:
    return Check(subject, Condition.OK, says)


def warning(subject: str, says: Said, do: Said) -> Check:
    return Check(subject, Condition.WARNING, says, do)


def problem(subject: str, says: Said, do: Said) -> Check:
    return Check(subject, Condition.PROBLEM, says, do)


def told(check: Check, language: Language) -> dict[str, str]:
    """As a program is told it, in the order of the fields; ``do`` is empty where nothing is to be done."""
    says, do = say(check.says, language), say(check.do, language) if check.do else ""
    return {"subject": check.subject, "level": check.level.value, "says": says, "do": do}


def in_words(check: Check, language: Language) -> str:
    """One or two lines for the terminal."""
    level = say(Said(f"condition.{check.level}"), language)
    line = f"[{level}] {say(check.says, language)}"
    return f"{line}\n    → {say(check.do, language)}" if check.do else line
