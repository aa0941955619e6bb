"""A line of a workbook: each cell read, or complained about there.

It goes on after a complaint, with a harmless value in place of the unreadable one, so that nothing hides behind it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.meeting.decimals import to_decimals
from app.meeting.refusals import Fact
from app.meeting.shortcomings import MOST_DECIMALS
from app.papers.plan.cells import is_blank
from app.papers.plan.contents import Holds
from app.papers.plan.grids import Failure
from app.papers.plan.mistakes import Misread, Mistake, Where, mistake_at, warning_at
from app.papers.plan.sheets import column_of


class Mistakes:
    """The mistakes found so far."""

    def __init__(self) -> None:
        self.all: list[Mistake] = []

    def error(self, place: Where, code: str, /, **facts: Fact) -> None:
        self.all.append(mistake_at(place, code, **facts))

    def warn(self, place: Where, code: str, /, **facts: Fact) -> None:
        self.all.append(warning_at(place, code, **facts))

    @property
    def has_errors(self) -> bool:
        return any(not each.is_warning for each in self.all)

    def is_wrong(self, sheet: str) -> bool:
        """Whether there is an error in a sheet."""
        return any(not each.is_warning and each.sheet == sheet for each in self.all)


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    letter: str
    value: Any


@dataclass(slots=True)
class PlanLine:
    """What belongs together: a row of a table, or all entries of a sheet. ``is_bad`` once something was unreadable."""

    sheet: str
    row: int | None
    cells: Mapping[str, Cell]
    mistakes: Mistakes
    not_computed: frozenset[str] = frozenset()
    is_bad: bool = field(default=False)

    def place(self, heading: str) -> Where:
        cell = self.cells.get(heading)
        if cell is None:
            return Where(self.sheet, self.row, heading)
        return Where(self.sheet, cell.row, f"{cell.letter} {heading}")

    def says(self, heading: str) -> bool:
        cell = self.cells.get(heading)
        if cell is None:
            return False
        return not (is_blank(cell.value) or self._is_stroke(heading, cell)) or self._lacks_value(cell)

    def read(self, heading: str, otherwise: Any, parse: Callable[[Any], Any] | None = None) -> Any:
        """A cell's value, as its column is read or by ``parse``; ``otherwise`` if it is empty, or complained about."""
        if not self.says(heading):
            return otherwise
        try:
            value = (parse or column_of(self.sheet, heading).content.read)(self._value(self.cells[heading]))
        except Misread as misread:
            self.complain(heading, misread)
            return otherwise
        return self._as_reckoned(heading, value) if isinstance(value, Decimal) else value

    def need(self, heading: str, otherwise: Any, parse: Callable[[Any], Any] | None = None) -> Any:
        """The value of a cell that must not be empty."""
        if heading not in self.cells:
            self.is_bad = True
            if not column_of(self.sheet, heading).is_needed:  # else that the column is missing has been said
                self.mistakes.error(self.place(heading), "cell.missing")
        elif not self.says(heading):
            self.lack(heading)
        return self.read(heading, otherwise, parse)

    def lack(self, heading: str) -> None:
        self.complain(heading, Misread("cell.missing"))

    def complain(self, heading: str, misread: Misread) -> None:
        self.is_bad = True
        self.mistakes.error(self.place(heading), misread.said.code, **misread.said.facts)

    def _as_reckoned(self, heading: str, number: Decimal) -> Any:
        """A number as it is reckoned with: a formula's endless decimals are rounded, and that is said."""
        taken = to_decimals(number, MOST_DECIMALS)
        if taken != number:
            self.mistakes.warn(self.place(heading), "cell.rounded", value=str(number), taken=str(taken))
        return taken

    def _value(self, cell: Cell) -> Any:
        if self._lacks_value(cell):
            raise Misread("cell.not_computed")
        if isinstance(cell.value, Failure):
            raise Misread("cell.is_an_error", value=str(cell.value))
        return cell.value

    def _is_stroke(self, heading: str, cell: Cell) -> bool:
        """Whether a stroke (/, —) stands where a number could: an empty cell of a form on paper."""
        is_stroke = isinstance(cell.value, str) and not any(each.isalnum() for each in cell.value)
        return is_stroke and column_of(self.sheet, heading).holds in (Holds.NUMBER, Holds.MINUTES)

    def _lacks_value(self, cell: Cell) -> bool:
        return f"{cell.letter}{cell.row}" in self.not_computed
