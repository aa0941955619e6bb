"""What the doctor says about one thing: whether it is well, and what to do if not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Translate = Callable[[str], str]


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """``subject`` for scripts (``disk.speed``), ``says`` and ``do`` for people; ``do`` is empty if all is well."""

    subject: str
    level: Level
    says: str
    do: str = ""


def ok(subject: str, says: str) -> Finding:
    return Finding(subject, Level.OK, says)


def warning(subject: str, says: str, do: str) -> Finding:
    return Finding(subject, Level.WARNING, says, do)


def problem(subject: str, says: str, do: str) -> Finding:
    return Finding(subject, Level.PROBLEM, says, do)


def in_words(finding: Finding, _: Translate) -> str:
    """One or two lines for the terminal."""
    levels = {Level.OK: _("ok"), Level.WARNING: _("warning"), Level.PROBLEM: _("problem")}
    line = f"[{levels[finding.level]}] {finding.says}"
    return f"{line}\n    → {finding.do}" if finding.do else line
