"""What is wrong with a file that somebody hands in: where, and in a sentence what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.meeting.plan import Plan
from app.meeting.refusals import Fact, Said


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. In a workbook: sheet, row from 1, column as ``C 简称``; in a text: line and path
    (``units[2].name``). What is not known stays empty."""

    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right, or with ``is_warning`` only to look at. ``said`` is the sentence."""

    said: Said
    sheet: str = ""
    row: int | None = None
    column: str = ""
    is_warning: bool = False

    @property
    def place(self) -> Where:
        return Where(self.sheet, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. ``plan`` is None if a part of it could not be understood.

    ``rows`` tells where a part stands, by sheet and id (of a label: sheet and label); ``made`` are the sheets and ids
    that were not in the file but made from the position.
    """

    plan: Plan | None
    mistakes: tuple[Mistake, ...] = ()
    rows: Mapping[tuple[str, str], int] = field(default_factory=dict)
    made: frozenset[tuple[str, str]] = frozenset()

    @property
    def has_errors(self) -> bool:
        return any(not each.is_warning for each in self.mistakes)


class Misread(Exception):
    """A value that cannot be understood; the place is added by whoever knows it."""

    def __init__(self, code: str, /, **facts: Fact) -> None:
        super().__init__(code)
        self.said = Said(code, facts)


class Unreadable(Exception):
    """A file that is no meeting at all."""

    def __init__(self, code: str, /, **facts: Fact) -> None:
        super().__init__(code)
        self.said = Said(code, facts)


def mistake_at(place: Where, code: str, /, **facts: Fact) -> Mistake:
    return Mistake(Said(code, facts), place.sheet, place.row, place.column)


def warning_at(place: Where, code: str, /, **facts: Fact) -> Mistake:
    return Mistake(Said(code, facts), place.sheet, place.row, place.column, is_warning=True)
