"""What is asked for of the script; the step forward is ``Advance``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassStep:
    """Go on without the next step: a comment that stays unreleased, a result that is not shown. ``step`` is its id."""

    step: str


@dataclass(frozen=True, slots=True)
class UndoStep:
    """Take back the last step, whatever it was. ``step`` is its id with its number: a double press is one."""

    step: str
